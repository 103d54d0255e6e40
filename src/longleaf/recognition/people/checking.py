"""The verb that checks a list of people and badge addresses, and what it tells of each.

Of an educator of the unit all badges are told, with what they count for. Of a badge whose address is given, what its
page tells everybody who has the address. Of anybody else nothing, and not whether they are known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from longleaf.awards import queries as awards
from longleaf.directory import queries as directory
from longleaf.journal.recording import record
from longleaf.quality import queries as quality
from longleaf.recognition import access, ledgers, records
from longleaf.recognition.errors import NotYourUnit
from longleaf.recognition.events import Event
from longleaf.recognition.lists.reading import LONGEST_CELL, unusable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from longleaf.directory.models import Organisation, Person

IN_AN_ADDRESS = re.compile(r"/badges/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)", re.IGNORECASE)
NOT_SHARED = "Not shared with you, or not known here."
MOST_CHECKED = 500


@dataclass(frozen=True)
class CheckedBadge:
    """A badge of somebody: how it stands, whether the state recognises what it is for, and what counts of it."""

    uuid: UUID
    title: str
    issuer: str
    earned_on: date
    status: str
    recognised: str
    counted: Decimal | None
    is_open: bool = True


@dataclass(frozen=True)
class Checked:
    """What can be told of one line: of a person, or of the badge at an address. `problem` where nothing can."""

    named: str
    name: str = ""
    ref: str = ""
    is_synthetic: bool = False
    badges: tuple[CheckedBadge, ...] = ()
    problem: str = ""


@transaction.atomic
def check(*, unit: Organisation, lines: Sequence[str], acting_person: Person) -> list[Checked]:
    """Tell of each line what the rights of an officer of the unit allow. The journal keeps how many were checked.

    As many queries for any number of lines. Raises `NotYourUnit`, and `UnusableList` for no line or too many.
    """
    if not access.may_hand_in_list(acting_person, unit):
        raise NotYourUnit("Only an officer of the school unit checks lists for it.")
    named = list(dict.fromkeys(line.strip()[: 2 * LONGEST_CELL] for line in lines if line.strip()))
    if not named:
        raise unusable("Give at least one address, reference or badge address, each on its own line.", "people")
    if len(named) > MOST_CHECKED:
        raise unusable(f"Check at most {MOST_CHECKED:,} lines at once.", "people")
    addressed = {line: UUID(found[1]) for line in named if (found := IN_AN_ADDRESS.search(line))}
    people = _ours(unit, [line for line in named if line not in addressed])
    told = _Told.of(people.values(), addressed.values(), reader=acting_person)
    checked = [_checked(line, people.get(line.lower()), addressed.get(line), told) for line in named]
    data = {"lines": len(named), "told": sum(not each.problem for each in checked)}
    record(Event.PEOPLE_CHECKED, actor=acting_person, subject=f"organisation:{unit.code}", data=data)
    return checked


def lines_in(text: str) -> list[str]:
    """The lines of what was pasted, or the first column of a CSV that was; its heading is left out."""
    rows = [re.split(r"[,;\t]", line, maxsplit=1)[0].strip().strip('"') for line in text.splitlines()]
    return rows[1:] if rows and rows[0].lower() in {"person", "email", "badge"} else rows


@dataclass(frozen=True)
class _Told:
    """Everything that is told of the lines, read at once."""

    by_person: Mapping[int, tuple[CheckedBadge, ...]]
    by_address: Mapping[UUID, CheckedBadge]
    names: Mapping[UUID, str]

    @classmethod
    def of(cls, people: Iterable[Person], addressed: Iterable[UUID], *, reader: Person) -> _Told:
        keys, today, now = {person.pk for person in people}, timezone.localdate(), timezone.now()
        theirs = awards.awards_to_check(people=keys)
        shown = awards.awards_to_check(uuids=set(addressed), reader=reader)
        recognised = quality.versions_recognised({row.version_id for row in (*theirs, *shown)}, today)
        counted = _counted(keys, today)
        by_person: dict[int, list[CheckedBadge]] = {}
        for row in theirs:
            by_person.setdefault(row.earner_id, []).append(_badge(row, recognised, counted, now))
        return cls(
            {pk: tuple(badges) for pk, badges in by_person.items()},
            {row.uuid: _badge(row, recognised, counted, now) for row in shown},
            {row.uuid: row.earner_name for row in shown},
        )


def _ours(unit: Organisation, named: Sequence[str]) -> dict[str, Person]:
    found = directory.people_named(named)
    ours = access.educators_of([unit.pk]).filter(pk__in={person.pk for person in found.values()})
    keys = set(ours.values_list("pk", flat=True))
    return {line: person for line, person in found.items() if person.pk in keys}


def _checked(line: str, person: Person | None, badge: UUID | None, told: _Told) -> Checked:
    if person is not None:
        badges = told.by_person.get(person.pk, ())
        return Checked(line, person.name, person.ref, person.is_synthetic, badges)
    if badge is not None and badge in told.by_address:
        return Checked(line, told.names[badge], badges=(told.by_address[badge],))
    return Checked(line, problem=NOT_SHARED)


def _badge(
    row: awards.AwardToCheck, recognised: Mapping[int, bool], counted: Mapping[UUID, Decimal], now: datetime
) -> CheckedBadge:
    known = recognised.get(row.version_id)
    return CheckedBadge(
        row.uuid,
        row.title,
        row.issuer,
        timezone.localdate(row.earned_at),
        row.standing(now),
        "Recognized" if known else "No decision" if known is None else "Not recognized",
        counted.get(row.uuid),
        row.is_open,
    )


def _counted(people: set[int], today: date) -> dict[UUID, Decimal]:
    """How much of each badge counts in its earner's present cycle."""
    found: dict[UUID, Decimal] = {}
    for standing in ledgers.standings_of(people, on=today).values():
        for line in standing.ledger.lines if standing.ledger else ():
            badge = records.badge_of(line.credit_id)
            if badge is not None:
                found[badge] = found.get(badge, Decimal(0)) + line.counted
    return found


def report(checked: Sequence[Checked]) -> Iterator[tuple[str, ...]]:
    """What was found as rows of a table, one for each badge."""
    for each in checked:
        for badge in each.badges:
            counted = "" if badge.counted is None else f"{badge.counted.normalize():f}"
            facts = (badge.title, badge.issuer, badge.earned_on.isoformat(), badge.status, badge.recognised, counted)
            yield (each.named, each.name, *facts, "")
        if not each.badges:
            yield (each.named, each.name, "", "", "", "", "", "", each.problem or "No badge was earned here.")


REPORT_COLUMNS = (
    *("line", "name", "badge", "issuer", "earned_on", "status"),
    *("recognition", "counts", "problem"),
)
