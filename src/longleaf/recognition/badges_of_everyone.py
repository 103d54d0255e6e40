"""Everybody's badges with what tells two of one version apart, and of that only what policies look at.

Most policies look at little of it, and most people were granted nothing. Then a badge is its version and its day, and
no more is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from longleaf.assessment.works import DaysOfWork, days_of_work_between
from longleaf.awards.levels import level_found
from longleaf.awards.statewide import awards_between
from longleaf.catalog import queries as catalog
from longleaf.engines import policy as engine
from longleaf.engines.rubrics import Rubric
from longleaf.kit.raw_rows import LocalDays
from longleaf.recognition.granted import NOTHING_GRANTED, Granted, as_known

KEY, OCCASION, FINDING = "pk", "occasion", "finding"


class Told(NamedTuple):
    """What is told of one badge beside its version and day, by the names of a credit."""

    level: str = ""
    begun_on: date | None = None
    evidence_on: date | None = None
    approved_on: date | None = None
    decision: engine.Decision | None = None
    categories_claimed: frozenset[str] = frozenset()


NOTHING_TOLD = Told()
Row = tuple[int, int, date, Told]


class Awards:
    """Reads the badges of stretches of people, as of a day, as far as some policies look at them."""

    def __init__(self, policies: Iterable[engine.Policy], on: date, days: LocalDays) -> None:
        policies = tuple(policies)
        self._on, self._days = on, days
        self._looked_at = engine.looked_at(policies)
        programs = engine.programs_in(policies) if "begun_on" in self._looked_at else ()
        self._in_programs = catalog.versions_of(programs) if programs else frozenset()
        self._micro_credentials: dict[int, int] = {}
        self._rubrics: dict[int, Rubric] = {}
        self._levels: dict[tuple[int, str], str] = {}

    def between(self, first: int, last: int, granted: Mapping[int, Granted]) -> list[Row]:
        """Earner, version, day and what is told of what people with these keys have earned, the latest of each first.

        `granted` is what was granted to these people. One query; one more for the days of the work where policies look
        at them, and one each for rubrics and for what was approved beforehand of versions that were not met before.
        """
        further = self._columns(granted)
        rows = awards_between(first, last, days=self._days, further=further)
        if not further:
            return [(earner, version, day, NOTHING_TOLD) for earner, version, day, _ in rows]
        closely = list(rows)
        self._meet({version for _, version, _, _ in closely}, granted)
        works = days_of_work_between(first, last, days=self._days) if OCCASION in further else {}
        found = []
        for earner, version, day, columns in closely:
            raw = dict(zip(further, columns, strict=True))
            theirs, work = granted.get(earner, NOTHING_GRANTED), works.get(raw.get(OCCASION, ""))
            found.append((earner, version, day, self._told(version, day, raw, work, theirs)))
        return found

    def _columns(self, granted: Mapping[int, Granted]) -> list[str]:
        """What must be read of each badge beside its version and day."""
        is_approved = "approved_on" in self._looked_at and any(each.beforehand for each in granted.values())
        asked = {
            KEY: any(each.on_badges for each in granted.values()),
            OCCASION: "evidence_on" in self._looked_at or bool(self._in_programs) or is_approved,
            FINDING: "level" in self._looked_at,
        }
        return [column for column, is_asked in asked.items() if is_asked]

    def _meet(self, versions: Iterable[int], granted: Mapping[int, Granted]) -> None:
        versions = set(versions)
        if "level" in self._looked_at and (new := versions - self._rubrics.keys()):
            self._rubrics |= catalog.rubrics_of(new)
        if any(each.beforehand for each in granted.values()) and (new := versions - self._micro_credentials.keys()):
            self._micro_credentials |= catalog.micro_credentials_of(new)

    def _told(self, version: int, day: date, raw: Mapping[str, Any], work: DaysOfWork | None, theirs: Granted) -> Told:
        """Whatever rules cannot tell apart is told alike, so that few badges differ."""
        begun, handed_in = (work.begun_on, work.handed_in_on) if work else (None, None)
        approved = theirs.beforehand.get(self._micro_credentials.get(version, 0)) if theirs.beforehand else None
        decided = theirs.on_badges.get(raw[KEY]) if theirs.on_badges else None
        known = as_known(decided, self._on) if decided else None
        return Told(
            level=self._level(version, raw[FINDING]) if FINDING in raw else "",
            # Rules ask for the very day only in a program.
            begun_on=begun if version in self._in_programs else None,
            evidence_on=date.min if handed_in and handed_in <= day else handed_in,
            approved_on=date.min if approved and approved <= (begun or day) else None,
            decision=known.decision if known else None,
            categories_claimed=known.categories if known else frozenset(),
        )

    def _level(self, version: int, finding: str) -> str:
        known = self._levels.get((version, finding))
        if known is None:
            known = self._levels[version, finding] = level_found(json.loads(finding), self._rubrics[version])
        return known
