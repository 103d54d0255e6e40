"""A rubric: criteria, each judged on the same ladder of levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from longleaf.engines.documents import DocumentError, Place, note_repeated_codes


class RubricError(DocumentError):
    """A rubric or panel rule that cannot be used; `mistakes` lists every mistake as path and reason."""


@dataclass(frozen=True)
class Level:
    """One rung of the ladder; rank 0 is the worst, and `meets` says that a criterion at this level is met."""

    code: str
    title: str
    rank: int
    meets: bool


@dataclass(frozen=True)
class Indicator:
    """One sign that readers look for when they judge a criterion."""

    code: str
    text: str


@dataclass(frozen=True)
class Criterion:
    """What is judged: on which evidence requirements, and what each level looks like for it."""

    code: str
    title: str
    description: str = ""
    required: bool = True
    weight: Decimal = Decimal(1)
    requirements: tuple[str, ...] = ()
    descriptors: Mapping[str, str] = field(default_factory=dict, hash=False)
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Rubric:
    """Levels from worst to best, and criteria in the order in which they are shown."""

    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]

    @cached_property
    def level_by_code(self) -> Mapping[str, Level]:
        return {level.code: level for level in self.levels}

    @cached_property
    def criterion_by_code(self) -> Mapping[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria}

    def lowest(self, codes: Iterable[str]) -> str:
        """The worst of some levels."""
        return min(codes, key=lambda code: self.level_by_code[code].rank)

    def titles(self, codes: Iterable[str]) -> str:
        """Criteria named for a sentence, in the order of the rubric."""
        wanted = set(codes)
        return ", ".join(f"“{item.title}”" for item in self.criteria if item.code in wanted)


def rubric_from_document(document: object) -> Rubric:
    """Read a rubric from a mapping such as YAML or JSON gives.

    Levels stand from worst to best; their rank is their position. Raises `RubricError` with every mistake.
    """
    top = Place(document).only("levels", "criteria")
    levels = _levels(top)
    rubric = Rubric(levels=levels, criteria=_criteria(top, {level.code for level in levels}))
    top.raise_mistakes(RubricError)
    return rubric


def rubric_to_document(rubric: Rubric) -> dict[str, Any]:
    """The document that `rubric_from_document` would read back to the same rubric; ready for JSON."""
    return {
        "levels": [{"code": it.code, "title": it.title, "meets": it.meets} for it in rubric.levels],
        "criteria": [_criterion_document(it) for it in rubric.criteria],
    }


def _levels(top: Place) -> tuple[Level, ...]:
    places = top.items("levels")
    levels = tuple(_level(place, rank) for rank, place in enumerate(places))
    note_repeated_codes(places, [level.code for level in levels])
    if levels:
        _check_ladder(top.at("levels"), levels)
    return levels


def _level(place: Place, rank: int) -> Level:
    place.only("code", "title", "meets")
    return Level(code=place.text("code"), title=place.text("title"), rank=rank, meets=place.flag("meets"))


def _check_ladder(place: Place, levels: tuple[Level, ...]) -> None:
    """A ladder is worth climbing only if it crosses from “not met” to “met” exactly once."""
    meets = [level.meets for level in levels]
    if all(meets) or not any(meets):
        place.wrong("Some level must meet a criterion and some level must not; say of each whether it meets.")
    if meets != sorted(meets):
        place.wrong("Levels go from worst to best, so a level after one that meets must meet too.")


def _criteria(top: Place, level_codes: set[str]) -> tuple[Criterion, ...]:
    places = top.items("criteria")
    criteria = tuple(_criterion(place, level_codes) for place in places)
    note_repeated_codes(places, [criterion.code for criterion in criteria])
    return criteria


def _criterion(place: Place, level_codes: set[str]) -> Criterion:
    place.only("code", "title", "description", "required", "weight", "requirements", "levels", "indicators")
    return Criterion(
        code=place.text("code"),
        title=place.text("title"),
        description=place.text("description", default=""),
        required=place.flag("required", default=True),
        weight=place.number("weight", default=Decimal(1), positive=True),
        requirements=place.words("requirements", default=()),
        descriptors=_descriptors(place, level_codes),
        indicators=_indicators(place),
    )


def _descriptors(place: Place, level_codes: set[str]) -> Mapping[str, str]:
    for code, spot in place.entries("levels").items():
        if level_codes and code not in level_codes:
            spot.wrong(f"“{code}” is not a level of this rubric; add it to the levels, or mend its code.")
    texts = place.at("levels")
    return {code: texts.text(code) for code in place.entries("levels")}


def _indicators(place: Place) -> tuple[Indicator, ...]:
    places = place.items("indicators", required=False)
    indicators = tuple(_indicator(spot) for spot in places)
    note_repeated_codes(places, [indicator.code for indicator in indicators])
    return indicators


def _indicator(place: Place) -> Indicator:
    place.only("code", "text")
    return Indicator(code=place.text("code"), text=place.text("text"))


def _criterion_document(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "title": criterion.title,
        "description": criterion.description,
        "required": criterion.required,
        # Text keeps the decimal exact on its way through JSON.
        "weight": str(criterion.weight),
        "requirements": list(criterion.requirements),
        "levels": dict(criterion.descriptors),
        "indicators": [{"code": it.code, "text": it.text} for it in criterion.indicators],
    }
