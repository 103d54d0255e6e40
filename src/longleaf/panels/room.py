"""The room where readers meet who differ, as one of them may see it: what each found, what was said, what was changed.

Readers have letters in an order that tells nothing, the same letter throughout a room. What they agree on is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from string import ascii_uppercase
from typing import TYPE_CHECKING

from longleaf.engines.rubrics import Criterion, Level
from longleaf.panels import queries, reconciling
from longleaf.panels.access import may_talk
from longleaf.panels.blindness import BLIND_RECONCILER
from longleaf.panels.errors import NoSuchReading
from longleaf.panels.instruments import rubric_of
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.status import AssignmentStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person

OWN = "You"


@dataclass(frozen=True)
class Finding:
    """What one reader found for a criterion: blind, and as it stands now with the reason where it was changed."""

    reader: str
    is_own: bool
    seat: int
    level: Level
    comment: str
    stands: Level
    reasons: Sequence[str]


@dataclass(frozen=True)
class Said:
    reader: str
    text: str
    day: date | datetime | None


@dataclass(frozen=True)
class Difference:
    """A criterion on which the readers differ, with what each found and what was said about it."""

    criterion: Criterion
    findings: Sequence[Finding]
    said: Sequence[Said]

    @property
    def own(self) -> Finding:
        return next(each for each in self.findings if each.is_own)


@dataclass(frozen=True)
class Room:
    """The room of one reader, by their seat."""

    assignment: Assignment

    @property
    def is_open(self) -> bool:
        return self.assignment.panel.status == PanelStatus.RECONCILING

    @cached_property
    def levels(self) -> Sequence[Level]:
        return rubric_of(self.assignment.panel).levels

    @cached_property
    def differences(self) -> list[Difference]:
        rubric = rubric_of(self.assignment.panel)
        codes = reconciling.differing_in(self.assignment.panel)
        return [self._difference(rubric.criterion_by_code[code]) for code in codes]

    @cached_property
    def waits_for(self) -> int:
        """How many of the readers have not said that they are done."""
        return sum(each.settled_at is None for each in self._seats)

    @cached_property
    def _seats(self) -> list[Assignment]:
        inside = reconciling.first_readings(self.assignment.panel).order_by("ref")
        return list(inside.prefetch_related("ratings", "revisions", "remarks"))

    @cached_property
    def _names(self) -> dict[int, str]:
        others = [each.pk for each in self._seats if each.pk != self.assignment.pk]
        letters = {pk: f"Reader {letter}" for pk, letter in zip(others, ascii_uppercase, strict=False)}
        return {self.assignment.pk: OWN, **letters}

    def _difference(self, criterion: Criterion) -> Difference:
        return Difference(
            criterion=criterion,
            findings=[self._finding(seat, criterion.code) for seat in self._seats],
            said=self._said(criterion.code),
        )

    def _finding(self, seat: Assignment, code: str) -> Finding:
        rating = next(each for each in seat.ratings.all() if each.criterion == code)
        by_code = rubric_of(self.assignment.panel).level_by_code
        revised = sorted((each for each in seat.revisions.all() if each.criterion == code), key=lambda each: each.pk)
        return Finding(
            reader=self._names[seat.pk],
            is_own=seat.pk == self.assignment.pk,
            seat=seat.pk,
            level=by_code[rating.level],
            comment=rating.comment,
            stands=by_code[queries.levels_that_stand(seat)[code]],
            reasons=[each.reason for each in revised],
        )

    def _said(self, code: str) -> list[Said]:
        remarks = [(each, seat.pk) for seat in self._seats for each in seat.remarks.all() if each.criterion == code]
        in_order = sorted(remarks, key=lambda pair: (pair[0].said_at, pair[0].pk))
        return [Said(self._names[pk], each.text, BLIND_RECONCILER.moment(each.said_at)) for each, pk in in_order]


@dataclass(frozen=True)
class Found:
    """What a reader found for a criterion, under a letter: for whoever decides on what was read."""

    reader: str
    level: Level
    comment: str
    stands: Level
    reasons: Sequence[str]


def found_on(panel: Panel) -> dict[str, list[Found]]:
    """By criterion, what each reader found whose reading is in; the same letter throughout. Four questions."""
    by_code, found = rubric_of(panel).level_by_code, dict[str, list[Found]]()
    for letter, seat in zip(ascii_uppercase, _handed_in(panel), strict=False):
        stands = queries.levels_that_stand(seat)
        reasons = [(each.criterion, each.reason) for each in sorted(seat.revisions.all(), key=lambda each: each.pk)]
        for rating in seat.ratings.all():
            code = rating.criterion
            told = [reason for criterion, reason in reasons if criterion == code]
            finding = Found(f"Reader {letter}", by_code[rating.level], rating.comment, by_code[stands[code]], told)
            found.setdefault(code, []).append(finding)
    return found


def said_on(panel: Panel) -> dict[str, list[Said]]:
    """By criterion, what readers said to one another, under the letters of `found_on`."""
    said: dict[str, list[tuple[datetime, Said]]] = {}
    for letter, seat in zip(ascii_uppercase, _handed_in(panel), strict=False):
        for each in seat.remarks.all():
            told = Said(f"Reader {letter}", each.text, BLIND_RECONCILER.moment(each.said_at))
            said.setdefault(each.criterion, []).append((each.said_at, told))
    return {code: [each for _, each in sorted(told, key=lambda pair: pair[0])] for code, told in said.items()}


def _handed_in(panel: Panel) -> list[Assignment]:
    seats = panel.assignments.filter(status=AssignmentStatus.SUBMITTED).order_by("ref")
    return list(seats.prefetch_related("ratings", "revisions", "remarks"))


def room_of(person: Person, ref: str, *, kind: str) -> Room:
    """The room of a reader, by the reference of their reading. Raises `NoSuchReading` for anybody else."""
    found = queries.reading_for(person, ref, kind=kind)
    if not may_talk(person, found):
        raise NoSuchReading
    return Room(found)


def rooms_of(person: Person, *, kind: str) -> list[Assignment]:
    """The readings about which somebody is asked to talk now, the first to end on top."""
    mine = queries.finished_readings_of(person, kind=kind).filter(panel__status=PanelStatus.RECONCILING)
    return list(
        BLIND_RECONCILER.ordered(mine.filter(status=AssignmentStatus.SUBMITTED), due="panel__talk_until", ref="ref")
    )
