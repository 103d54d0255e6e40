"""`agency-criteria.yaml`: what an organisation must show before it may issue."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import JsonValue

from longleaf.states.parts.quality import Category, RatingLevel, level_documents
from longleaf.states.parts.values import Code, Document, Sourced, Text


class WayOfChecking(StrEnum):
    DOCUMENT_REVIEW = "document_review"
    AUTOMATIC = "automatic"
    HUMAN_JUDGEMENT = "human_judgement"
    DATA_OVER_TIME = "data_over_time"


class AgencyCriterion(Sourced):
    """One criterion; `evidence` names what the organisation hands in to show it."""

    code: Code
    area: Code
    title: Text
    text: Text
    official_text: Text | None
    check: WayOfChecking
    evidence: Text
    required: bool

    @property
    def shown_text(self) -> str:
        return self.official_text or self.text


class AgencyCriteria(Sourced):
    """The criteria in one version, with the rule by which ratings become a decision."""

    code: Code
    title: Text
    version: Text
    effective_from: date
    introduction: Text
    levels: tuple[RatingLevel, ...]
    areas: tuple[Category, ...]
    panel_rule: Document
    criteria: tuple[AgencyCriterion, ...]

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
