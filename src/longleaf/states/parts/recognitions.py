"""`recognitions.yaml`: what the state has decided on micro-credentials and on agencies."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from longleaf.states.parts.values import Code, Part, Slug, Sourced, Text


class Decision(StrEnum):
    RECOGNISED = "recognised"
    RECOGNISED_WITH_CONDITIONS = "recognised_with_conditions"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class QualityDecision(Sourced):
    """One version of a micro-credential judged by one version of the quality rubric."""

    code: Code
    micro_credential: Slug
    version: Annotated[int, Field(ge=1)]
    decided_by: Code
    rubric: Code
    rubric_version: Text
    decision: Decision
    decided_on: date
    valid_from: date
    valid_until: date | None
    conditions: tuple[Text, ...] = ()


class AgencyApproval(Sourced):
    """One organisation judged by one version of the agency criteria."""

    code: Code
    organisation: Code
    decided_by: Code
    criteria: Code
    criteria_version: Text
    decision: Decision
    decided_on: date
    valid_from: date
    valid_until: date | None
    conditions: tuple[Text, ...] = ()


class Recognitions(Part):
    quality_decisions: tuple[QualityDecision, ...]
    agency_approvals: tuple[AgencyApproval, ...]
