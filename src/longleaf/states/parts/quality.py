"""`quality-rubric.yaml`: the standards that a micro-credential must meet before it is offered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, JsonValue

from longleaf.quality import instruments
from longleaf.states.parts.values import Code, Document, Part, Sourced, Text


class Check(StrEnum):
    """Who can find out whether a component is met."""

    AUTOMATED = "automated"
    HUMAN = "human"


class SoftwareCheck(Part):
    """A check of `quality.self_check` that a component names, with its bounds.

    `says` is for what this system does for every micro-credential alike: what is then told.
    """

    name: Code
    at_least: Annotated[int, Field(ge=0)] | None = None
    at_most: Annotated[int, Field(ge=1)] | None = None
    says: str = ""


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
    checks: tuple[SoftwareCheck, ...] = ()
    required: bool = True
    weight: Annotated[float, Field(gt=0)] | None = None
    levels: Mapping[Code, Text] = {}

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


class ReviewTerms(Part):
    """How reviews by the rubric are run: how long reviewers read, and how long a recognition usually holds."""

    reading_days: Annotated[int, Field(ge=1, le=365)] = 21
    recognised_for_years: Annotated[int, Field(ge=1, le=20)] = 3


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
    review: ReviewTerms = ReviewTerms()
    standards: tuple[QualityStandard, ...]

    @property
    def components(self) -> tuple[QualityComponent, ...]:
        return tuple(component for standard in self.standards for component in standard.components)

    def rubric_document(self) -> Document:
        """The components as criteria of one rubric, in the document shape of `longleaf.engines.rubrics`."""
        return instruments.rubric_of(self.model_dump(mode="json"))


def level_documents(levels: tuple[RatingLevel, ...]) -> list[JsonValue]:
    """A ladder in the document shape of `longleaf.engines.rubrics`."""
    return [{"code": it.code, "title": it.title, "meets": it.meets} for it in levels]
