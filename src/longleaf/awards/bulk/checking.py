"""What stands in the way of each line of a list: the dry run, and again before a row is awarded.

Every problem of a line is named at once, with its column and how to mend it, so that a list is mended in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from longleaf.awards.bulk.reading import Line
from longleaf.awards.contents import credentials, moments
from longleaf.awards.models import Award, BulkRow
from longleaf.awards.status import AwardStatus, BulkStatus, RowStatus
from longleaf.directory import queries as directory
from longleaf.kit import dates

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

AMERICAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
PEOPLE_AT_ONCE = 1000


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, and how to mend it."""

    column: str
    code: str
    sentence: str


def check(lines: Sequence[Line], *, version: Version, day: date | None) -> list[BulkRow]:
    """The rows that a list would become, not stored yet, each ready or with its problems. `day` is for empty days."""
    people = directory.people_named(line.person for line in lines)
    found = _Holders(version, {person.pk for person in people.values()})
    listed = _listed_elsewhere(version)
    first_lines: dict[int, int] = {}
    rows = []
    for line in lines:
        person, earned_on = people.get(line.person.lower()), _day_of(line, day)
        problems = [
            *_of_cells(line, person, earned_on, version),
            *_of_person(line, person, first_lines, listed),
            *(found.problems(person, earned_on) if person and earned_on else ()),
        ]
        rows.append(_row(line, person, earned_on, problems))
    return rows


def still_in_the_way(rows: Iterable[BulkRow], *, version: Version) -> dict[int, Problem]:
    """By the number of each row: what has come between since the list was checked. Asked under the issuer's lock."""
    listed = list(rows)
    found = _Holders(version, {row.person_id for row in listed if row.person_id})
    answers: dict[int, Problem] = {}
    for row in listed:
        assert row.person is not None
        assert row.earned_on is not None
        for problem in found.problems(row.person, row.earned_on):
            answers[row.number] = problem
    return answers


def occasion_of(version: Version, person: Person, earned_on: date) -> str:
    """The occasion of a listed award. One person earns one version once a day, whatever list says so."""
    return f"bulk:{version.uuid}:{person.ref}:{earned_on.isoformat()}"


class _Holders:
    """Who holds the micro-credential already, in any version."""

    def __init__(self, version: Version, people: set[int]) -> None:
        self._version = version
        versions = {each.pk: each for each in version.micro_credential.versions.all()}
        self._held: dict[int, list[Award]] = {}
        for award in _awards_of(people):
            if award.version_id in versions:
                award.version = versions[award.version_id]
                self._held.setdefault(award.earner_id, []).append(award)

    def problems(self, person: Person, earned_on: date) -> Iterator[Problem]:
        """At most one: that somebody holds it, or that it was taken back for that very day."""
        held = self._held.get(person.pk, [])
        if any(_is_good_on(award, moments.first_instant(earned_on)) for award in held):
            yield Problem("person", "already-awarded", "This person holds the badge already. Take the line out.")
        elif any(award.occasion == occasion_of(self._version, person, earned_on) for award in held):
            yield Problem(
                "earned_on",
                "revoked-for-that-day",
                "This badge was awarded for that day and revoked. A new award needs its own day.",
            )


def _awards_of(people: set[int]) -> Iterator[Award]:
    """All that these people hold, which is little.

    Asked for one micro-credential only, a database may go through everybody's awards of it, at every claim of a list.
    """
    wanted = sorted(people)
    for start in range(0, len(wanted), PEOPLE_AT_ONCE):
        found: QuerySet[Award] = Award.objects.filter(earner__in=wanted[start : start + PEOPLE_AT_ONCE])
        yield from found.only("occasion", "earner_id", "version_id", "earned_at", "status")


def _is_good_on(award: Award, moment: datetime) -> bool:
    expires = credentials.expiry_of(award.version, award.earned_at)
    return award.status != AwardStatus.REVOKED and (expires is None or expires > moment)


def _listed_elsewhere(version: Version) -> dict[int, str]:
    """By person: the list that is being awarded now and has not come to them yet."""
    waiting = BulkRow.objects.filter(
        status=RowStatus.READY,
        bulk_award__status=BulkStatus.CONFIRMED,
        bulk_award__version__micro_credential=version.micro_credential_id,
    )
    return dict(waiting.values_list("person_id", "bulk_award__ref"))


def _of_cells(line: Line, person: Person | None, earned_on: date | None, version: Version) -> Iterator[Problem]:
    if line.has_more_cells:
        yield Problem("", "too-many-cells", "The line has more cells than there are columns. Look for a stray comma.")
    if earned_on is None and line.earned_on:
        yield Problem("earned_on", "unreadable-day", "This is no day. Write it as 2026-05-29 or 5/29/2026.")
    elif earned_on is None:
        yield Problem("earned_on", "day-missing", "Give the day here, or one day for the whole list.")
    elif earned_on > timezone.localdate():
        yield Problem("earned_on", "day-ahead", "This day is still to come. Give the day on which it was earned.")
    elif (expires := credentials.expiry_of(version, moments.first_instant(earned_on))) and expires <= timezone.now():
        yield Problem("earned_on", "expired-since", f"Earned that day, the badge expired on {dates.day(expires)}.")
    if person and line.name and _plain(line.name) != _plain(person.name):
        yield Problem("name", "name-differs", f"The record says {person.name}. Correct the name or the address.")


def _of_person(
    line: Line, person: Person | None, first_lines: dict[int, int], listed: dict[int, str]
) -> Iterator[Problem]:
    if not line.person:
        yield Problem("person", "person-missing", "Give an address or a reference.")
    elif person is None:
        yield Problem(
            "person", "unknown-person", "Nobody is enrolled with this. Correct it, or have the person enrolled."
        )
    elif not person.is_active:
        yield Problem("person", "closed-account", "This person’s account is closed. Take the line out.")
    elif (first := first_lines.setdefault(person.pk, line.number)) != line.number:
        yield Problem("person", "listed-twice", f"Line {first} names the same person. Take one of the two out.")
    elif person.pk in listed:
        yield Problem("person", "being-awarded", f"The list {listed[person.pk]} is awarding it now. Take the line out.")


def _day_of(line: Line, day: date | None) -> date | None:
    if not line.earned_on:
        return day
    american = AMERICAN_DAY.fullmatch(line.earned_on)
    try:
        if american:
            month, day_of_month, year = (int(part) for part in american.groups())
            return _usual(date(year, month, day_of_month))
        return _usual(date.fromisoformat(line.earned_on))
    except ValueError:
        return None


def _usual(day: date) -> date:
    """Years of a spreadsheet that lost its way (1900, 0026) are no days on which anything was earned."""
    if not 1990 <= day.year <= 9998:
        raise ValueError(day)
    return day


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _row(line: Line, person: Person | None, earned_on: date | None, problems: list[Problem]) -> BulkRow:
    return BulkRow(
        number=line.number,
        named=line.person,
        person=person,
        earned_on=earned_on,
        status=RowStatus.PROBLEM if problems else RowStatus.READY,
        problems=[asdict(problem) for problem in problems],
    )
