"""Everybody's badges with what tells two of one version apart, and of that only what policies look at.

Most policies look at nothing of it. Then a badge is its version and its day, and no more is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from longleaf.assessment.works import DaysOfWork, days_of_work_between
from longleaf.awards.levels import level_found
from longleaf.awards.statewide import awards_between, awards_closely_between
from longleaf.catalog import queries as catalog
from longleaf.engines import policy as engine
from longleaf.engines.rubrics import Rubric
from longleaf.kit.raw_rows import LocalDays


class Work(NamedTuple):
    """What is told of the work behind one badge, by the names of a credit."""

    level: str = ""
    begun_on: date | None = None
    evidence_on: date | None = None


NOTHING_TOLD = Work()
Row = tuple[int, int, date, Work]


class Awards:
    """Reads the badges of stretches of people as far as some policies look at them."""

    def __init__(self, policies: Iterable[engine.Policy], days: LocalDays) -> None:
        policies = tuple(policies)
        self._looked_at = engine.looked_at(policies)
        programs = engine.programs_in(policies) if "begun_on" in self._looked_at else ()
        self._in_programs = catalog.versions_of(programs) if programs else frozenset()
        self._days = days
        self._rubrics: dict[int, Rubric] = {}
        self._levels: dict[tuple[int, str], str] = {}

    def between(self, first: int, last: int) -> list[Row]:
        """Earner, version, day and work of what people with these keys have earned, the latest of each first.

        One query; where policies look at the work, one for its days, and one for rubrics that were not met before.
        """
        if not self._looked_at & {"level", "begun_on", "evidence_on"}:
            rows = awards_between(first, last, days=self._days)
            return [(earner, version, day, NOTHING_TOLD) for earner, version, day in rows]
        closely = list(awards_closely_between(first, last, days=self._days))
        works = days_of_work_between(first, last, days=self._days)
        self._meet({version for _, version, *_ in closely})
        return [
            (earner, version, day, self._work(version, day, works.get(occasion), finding))
            for earner, version, day, occasion, finding in closely
        ]

    def _meet(self, versions: Iterable[int]) -> None:
        if new := set(versions) - self._rubrics.keys():
            self._rubrics |= catalog.rubrics_of(new)

    def _work(self, version: int, day: date, days: DaysOfWork | None, finding: str) -> Work:
        level = self._level(version, finding) if "level" in self._looked_at else ""
        if days is None:
            return Work(level)
        # Rules ask for the very day only in a program, and of proof that is there in time only whether it is.
        begun_on = days.begun_on if version in self._in_programs else None
        return Work(level, begun_on, date.min if days.handed_in_on <= day else days.handed_in_on)

    def _level(self, version: int, finding: str) -> str:
        known = self._levels.get((version, finding))
        if known is None:
            known = self._levels[version, finding] = level_found(json.loads(finding), self._rubrics[version])
        return known
