"""Results: what an achievement says may be found of a work (ResultDescription), and what was found (Result).

Most descriptions are criteria of a rubric, and their results name the level that was reached. Whatever else is told of
a judgement is told as a value (Open Badges 3.0, sections "ResultDescription", "RubricCriterionLevel" and "Result").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .errors import CannotBuild
from .parts import Alignment, alignments, derived, needed, present

# Under these the other parts of an achievement and of a credential have their ids.
_TAKEN = ("", "criteria", "criterion", "evidence", "result", "subject")


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of a rubric criterion. `key` names it within its criterion."""

    key: str
    name: str
    description: str = ""
    level: str = ""
    points: str = ""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One criterion of the rubric that was applied. `required` is the key of the level needed to demonstrate it."""

    key: str
    name: str
    levels: tuple[Level, ...]
    required: str = ""
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResultDescription:
    """Something that is told of a judgement by a value. `key` names it within its achievement.

    `type` is a word of the standard (`Percent`, `Status`, `Result`, …). `allowed_values` stand from the lowest to the
    highest; whether a result's value is one of them is the matter of whoever awards.
    """

    key: str
    name: str
    type: str = "Result"
    allowed_values: tuple[str, ...] = ()
    required_value: str = ""
    value_min: str = ""
    value_max: str = ""


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one criterion was met: the keys of the criterion and of the level that was reached."""

    criterion: str
    level: str
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class FurtherResult:
    """The value that was found for a result description, which is given by its key."""

    description: str
    value: str


def descriptions(
    rubric: tuple[Criterion, ...], further: tuple[ResultDescription, ...], achievement_id: str
) -> Iterator[dict[str, Any]]:
    """The ResultDescriptions of an achievement: its criteria, then what else may be told. Raises `CannotBuild`."""
    _check_keys(further)
    yield from (_criterion(found, achievement_id) for found in rubric)
    yield from (_description(found, achievement_id) for found in further)


def result(found: Result, rubric: tuple[Criterion, ...], *, achievement_id: str, credential_id: str) -> dict[str, Any]:
    """The Result for a criterion. Raises `CannotBuild` for a criterion or level that the rubric does not have."""
    known = {(criterion.key, level.key) for criterion in rubric for level in criterion.levels}
    if (found.criterion, found.level) not in known:
        raise CannotBuild(f"The rubric has no criterion {found.criterion!r} with a level {found.level!r}.")
    return present(
        {
            "id": derived(credential_id, f"result/{found.criterion}"),
            "type": ["Result"],
            "resultDescription": derived(achievement_id, f"criterion/{found.criterion}"),
            "achievedLevel": _level_id(achievement_id, found.criterion, found.level),
            "value": found.value,
        }
    )


def further_result(
    found: FurtherResult, described: tuple[ResultDescription, ...], *, achievement_id: str, credential_id: str
) -> dict[str, Any]:
    """The Result that gives a value. Raises `CannotBuild` when it is not described, or there is no value."""
    if all(each.key != found.description for each in described):
        raise CannotBuild(f"The achievement describes no result {found.description!r}.")
    return {
        "id": derived(credential_id, found.description),
        "type": ["Result"],
        "resultDescription": derived(achievement_id, found.description),
        "value": needed(found.value, "a value for every result"),
    }


def _check_keys(descriptions: tuple[ResultDescription, ...]) -> None:
    """Every part has an id of its own, and so must these."""
    keys = [found.key for found in descriptions]
    for key in keys:
        if key.partition("/")[0] in _TAKEN or keys.count(key) > 1:
            raise CannotBuild(f"The result descriptions do not have keys of their own: {key!r} is taken.")


def _criterion(found: Criterion, achievement_id: str) -> dict[str, Any]:
    levels = {level.key: level for level in found.levels}
    if len(levels) != len(found.levels) or (found.required and found.required not in levels):
        raise CannotBuild(f"The levels of the criterion {found.name!r} do not have keys of their own.")
    place = f"criterion/{found.key}"
    return present(
        {
            "id": derived(achievement_id, place),
            "type": ["ResultDescription"],
            "name": needed(found.name, "a criterion's name"),
            "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [
                _level(level, _level_id(achievement_id, found.key, level.key)) for level in found.levels
            ],
            "requiredLevel": _level_id(achievement_id, found.key, found.required) if found.required else None,
            "alignment": alignments(found.alignments, achievement_id, place),
        }
    )


def _level(found: Level, id: str) -> dict[str, Any]:
    return present(
        {
            "id": id,
            "type": ["RubricCriterionLevel"],
            "name": needed(found.name, "a level's name"),
            "description": found.description,
            "level": found.level,
            "points": found.points,
        }
    )


def _description(found: ResultDescription, achievement_id: str) -> dict[str, Any]:
    if found.required_value and found.allowed_values and found.required_value not in found.allowed_values:
        raise CannotBuild(f"What {found.name!r} requires is not among its allowed values.")
    return present(
        {
            "id": derived(achievement_id, found.key),
            "type": ["ResultDescription"],
            "name": needed(found.name, "a result description's name"),
            "resultType": needed(found.type, "a result description's type"),
            "allowedValue": [needed(value, "a text for every allowed value") for value in found.allowed_values],
            "requiredValue": found.required_value,
            "valueMin": found.value_min,
            "valueMax": found.value_max,
        }
    )


def _level_id(achievement_id: str, criterion: str, level: str) -> str:
    return derived(achievement_id, f"criterion/{criterion}/level/{level}")
