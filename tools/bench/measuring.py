"""Timing pages and bare pages in turn, so that whatever else the machine does falls on both alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

from bench.client import Connection, Crowd, Timing, UnexpectedAnswer, Visit, require_page
from bench.pages import Page

FLOOR, FLOOR_IN_DJANGO = Visit("/floor/jinja/"), Visit("/floor/django/")
# Tables in which reading every row is nobody's mistake have fewer.
BIG_TABLES = (
    "directory_person",
    "directory_roleheld",
    "assessment_",
    "panels_panel",
    "panels_assignment",
    "panels_rating",
    "awards_award",
    "journal_journalline",
    "recognition_licence",
    "recognition_othercredit",
    "django_session",
)


@dataclass(frozen=True)
class Pace:
    """How many visitors there are at once, how many rounds, and how long each turn of a round is, in seconds."""

    visitors: int = 8
    rounds: int = 3
    page: float = 0.8
    floor: float = 0.4


@dataclass
class Measured:
    """What was found of one page. `problem` says why nothing was."""

    page: Page
    timing: Timing = field(default_factory=Timing)
    floor: Timing = field(default_factory=Timing)
    floor_in_django: Timing = field(default_factory=Timing)
    queries: list[int] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def ratio(self) -> float:
        """How many times the bare page's p95 this page's is."""
        return self.timing.percentile(0.95) / self.floor.percentile(0.95)

    @property
    def ratio_in_django(self) -> float:
        return self.timing.percentile(0.95) / self.floor_in_django.percentile(0.95)


def measure(pages: Sequence[Page], *, port: int, workers: int, pace: Pace) -> list[Measured]:
    """Question every page, then time it beside the floor."""
    crowd = Crowd(port, visitors=pace.visitors, workers=workers)
    try:
        return [_measure(page, crowd, pace) for page in pages]
    finally:
        crowd.close()


def _measure(page: Page, crowd: Crowd, pace: Pace) -> Measured:
    found = Measured(page)
    try:
        _question(found, crowd.connections[0])
        _time(found, crowd, pace)
    except UnexpectedAnswer as answer:
        found.problem = str(answer)
    return found


def _question(found: Measured, connection: Connection) -> None:
    """Queries at each length, and whatever the database would read from one end to the other."""
    visits = list(found.page.by_length.values()) or found.page.visits[:3]
    for visit in visits:
        connection.ask(visit.request())
        answer = connection.ask(visit.request("count"))
        require_page(visit, answer)
        found.queries.append(int(answer.headers["x-bench-queries"]))
    plans = json.loads(connection.ask(visits[-1].request("explain")).body)
    found.scans = [f"{scan} ← {plan['sql']}" for plan in plans for scan in plan["scans"] if _is_big(scan, plan["sql"])]


def _is_big(scan: str, sql: str) -> bool:
    """SQLite names what it scans by its alias, which the query says right after the table."""
    name = scan.split()[1]
    return any(table in scan or (f'"{name}"' in sql and _aliased(table, name, sql)) for table in BIG_TABLES)


def _aliased(table: str, alias: str, sql: str) -> bool:
    before = sql.partition(f" {alias} ")[0] if f" {alias} " in sql else ""
    return table in before.rpartition('"')[0].rpartition('"')[2]


def _time(found: Measured, crowd: Crowd, pace: Pace) -> None:
    visits = found.page.in_turn()
    if not found.page.once:
        crowd.visit(visits, seconds=pace.floor)
    for _ in range(pace.rounds):
        found.floor.add(crowd.visit(cycle([FLOOR]), seconds=pace.floor))
        found.timing.add(crowd.visit(visits, seconds=pace.page))
        found.floor_in_django.add(crowd.visit(cycle([FLOOR_IN_DJANGO]), seconds=pace.floor))
