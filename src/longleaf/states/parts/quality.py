"""`quality-rubric.yaml`: the standards that a micro-credential must meet before it is offered."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, JsonValue

from longleaf.states.parts.values import Code, Document, Part, Sourced, Text


class Check(StrEnum):
    """Who can find out whether a component is met."""

    AUTOMATED = "automated"
    HUMAN = "human"


class RatingLevel(Part):
    """A rung of the ladder, from worst to best; `meets` says that a component on it is met."""

    code: Code
    title: Text
    meets: bool
    description: Text


class QualityComponent(Sourced):
    """One thing that is judged. The official slots are null until the official text is put in."""

    code: Code
    title: Text
    text: Text
    official_title: Text | None
    official_text: Text | None
    look_for: Text
    check: tuple[Check, ...]

    @property
    def shown_title(self) -> str:
        return self.official_title or self.title

    @property
    def shown_text(self) -> str:
        return self.official_text or self.text

    @property
    def is_official(self) -> bool:
        """Whether the wording shown is the official one and not our reconstruction."""
        return self.official_text is not None


class QualityStandard(Sourced):
    """A standard with its components; the official slots work as in `QualityComponent`."""

    code: Code
    number: Annotated[int, Field(ge=1)]
    category: Code
    title: Text
    description: Text
    official_title: Text | None
    official_text: Text | None
    responsible: tuple[Code, ...]
    components: tuple[QualityComponent, ...]

    @property
    def shown_title(self) -> str:
        return self.official_title or self.title

    @property
    def shown_description(self) -> str:
        return self.official_text or self.description


class Category(Part):
    """A chapter under which the rubric page groups standards."""

    code: Code
    title: Text


class QualityRubric(Sourced):
    """The rubric in one version, with the rule by which reviewers' ratings become a decision."""

    code: Code
    title: Text
    version: Text
    effective_from: date
    introduction: Text
    levels: tuple[RatingLevel, ...]
    categories: tuple[Category, ...]
    panel_rule: Document
    standards: tuple[QualityStandard, ...]

    @property
    def components(self) -> tuple[QualityComponent, ...]:
        return tuple(component for standard in self.standards for component in standard.components)

    def rubric_document(self) -> Document:
        """The components as criteria of one rubric, in the document shape of `longleaf.engines.rubrics`."""
        criteria: list[JsonValue] = [_criterion(component) for component in self.components]
        return {"levels": level_documents(self.levels), "criteria": criteria}


def level_documents(levels: tuple[RatingLevel, ...]) -> list[JsonValue]:
    """A ladder in the document shape of `longleaf.engines.rubrics`."""
    return [{"code": it.code, "title": it.title, "meets": it.meets} for it in levels]


def _criterion(component: QualityComponent) -> JsonValue:
    return {
        "code": component.code,
        "title": component.shown_title,
        "description": component.shown_text,
        "indicators": [{"code": f"{component.code}.look-for", "text": component.look_for}],
    }
