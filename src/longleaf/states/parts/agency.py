"""`agency-criteria.yaml`, `pathway-criteria.yaml`, `plan-criteria.yaml`: what an organisation must show.

The first is for whoever wants to issue, the second for a school unit that runs a pathway of the state, the third for a
school unit's own plan to renew licenses. A state may leave the last two out.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, JsonValue

from longleaf.states.parts.organisations import OrganisationKind
from longleaf.states.parts.quality import Category, RatingLevel, ReviewTerms, level_documents
from longleaf.states.parts.values import Code, Document, Sourced, Text


class WayOfChecking(StrEnum):
    DOCUMENT_REVIEW = "document_review"
    AUTOMATIC = "automatic"
    HUMAN_JUDGEMENT = "human_judgement"
    DATA_OVER_TIME = "data_over_time"


class LiveFigure(StrEnum):
    """A figure of an issuer's live work; the values are those of `longleaf.quality.status.Measure`."""

    FIRST_TIME = "first-time"
    IN_THE_END = "in-the-end"
    TURNAROUND = "turnaround"
    AGREEMENT = "agreement"
    APPEALS = "appeals"
    COMPLAINTS = "complaints"


class AgencyCriterion(Sourced):
    """One criterion; `evidence` names what the organisation hands in to show it, `figures` what the system shows beside
    it of the work that the organisation does already."""

    code: Code
    area: Code
    title: Text
    text: Text
    official_text: Text | None
    check: WayOfChecking
    evidence: Text
    required: bool
    figures: tuple[LiveFigure, ...] = ()

    @property
    def shown_text(self) -> str:
        return self.official_text or self.text


class ApplicationTerms(ReviewTerms):
    """How applications are run: as reviews are, and how long before its end an approval may be renewed."""

    renewal_opens_days: Annotated[int, Field(ge=1, le=1000)] = 180


class AgencyCriteria(Sourced):
    """The criteria in one version, with the rule by which ratings become a decision.

    `takes` names criteria of `agency-criteria.yaml` that are asked here too, word for word; `applicants` are the kinds
    of organisation that they are for, none meaning any.
    """

    code: Code
    title: Text
    version: Text
    effective_from: date
    introduction: Text
    levels: tuple[RatingLevel, ...]
    areas: tuple[Category, ...]
    panel_rule: Document
    criteria: tuple[AgencyCriterion, ...]
    takes: tuple[Code, ...] = ()
    applicants: tuple[OrganisationKind, ...] = ()
    review: ApplicationTerms = ApplicationTerms()

    def whole(self, agency: AgencyCriteria) -> AgencyCriteria:
        """The same with the criteria that it takes from those for agencies, and their areas, in front of its own."""
        if not self.takes or self is agency:
            return self
        taken = tuple(each for each in agency.criteria if each.code in self.takes)
        own = {area.code for area in self.areas}
        wanted = {each.area for each in taken} - own
        areas = (*(area for area in agency.areas if area.code in wanted), *self.areas)
        return self.model_copy(update={"areas": areas, "criteria": (*taken, *self.criteria), "takes": ()})

    def rubric_document(self) -> Document:
        """The criteria as one rubric, in the document shape of `longleaf.engines.rubrics`."""
        criteria: list[JsonValue] = [_criterion(criterion) for criterion in self.criteria]
        return {"levels": level_documents(self.levels), "criteria": criteria}


def _criterion(criterion: AgencyCriterion) -> JsonValue:
    return {
        "code": criterion.code,
        "title": criterion.title,
        "description": criterion.shown_text,
        "required": criterion.required,
        "indicators": [{"code": f"{criterion.code}.evidence", "text": criterion.evidence}],
    }
