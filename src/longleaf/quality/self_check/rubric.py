"""The rubric of a state as the self-check reads it: each component with what is looked for, and by which checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from longleaf.quality import instruments, queries

if TYPE_CHECKING:
    from longleaf.directory.models import State


@dataclass(frozen=True)
class NamedCheck:
    """A check that a component names, with its bounds; None where the rubric gives none."""

    name: str
    at_least: int | None
    at_most: int | None
    says: str


@dataclass(frozen=True)
class Component:
    code: str
    title: str
    text: str
    look_for: str
    standard: str
    standing: str
    checks: tuple[NamedCheck, ...]
    asks_people: bool


def components_for(state: State) -> list[Component]:
    """Every component of the rubric by which a state reviews designs now; none where it has no rubric."""
    instrument = queries.design_rubric(state)
    return list(_components(instrument.document)) if instrument else []


def _components(document: Mapping[str, Any]) -> Iterator[Component]:
    shown = instruments.components_of(document)
    for standard in document["standards"]:
        for each in standard["components"]:
            told = shown[each["code"]]
            checks = tuple(_check(check) for check in each.get("checks") or ())
            yield Component(
                code=told.code,
                title=told.title,
                text=told.text,
                look_for=each["look_for"],
                standard=told.standard,
                standing=told.standing,
                checks=checks,
                # What software is said to find out, and no check is named for, is asked like the rest.
                asks_people="human" in each["check"] or not checks,
            )


def _check(given: Mapping[str, Any]) -> NamedCheck:
    return NamedCheck(given["name"], given.get("at_least"), given.get("at_most"), given.get("says") or "")
