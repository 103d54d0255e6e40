"""Timing pages and bare pages in turn, so that whatever else the machine does falls on both alike."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle, islice, repeat, takewhile

from bench.client import Connection, Crowd, Timing, UnexpectedAnswer, Visit, require_page
from bench.pages import Page

WARM_UP = 4
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
    """How many visitors there are at once, and how long, in seconds, a page and its floors are timed in all."""

    visitors: int = 8
    seconds: float = 4.0
    # How often each visitor asks in a turn. Turns are short, so that noise that lasts a second falls on all alike.
    asks: int = 2
    asks_of_floor: int = 4
    fewest_rounds: int = 4


@dataclass
class Measured:
    """What was found of one page. `problem` says why nothing was."""

    page: Page
    timing: Timing = field(default_factory=Timing)
    floor: Timing = field(default_factory=Timing)
    floor_in_django: Timing = field(default_factory=Timing)
    unsearched: Timing = field(default_factory=Timing)
    queries: list[int] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)
    problem: str = ""

    def times_floor(self, share: float) -> float:
        """How many times what the bare page takes for such a share of the requests this page takes."""
        return self.timing.percentile(share) / self.floor.percentile(share)

    def times_floor_in_django(self, share: float) -> float:
        return self.timing.percentile(share) / self.floor_in_django.percentile(share)


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
    except (UnexpectedAnswer, OSError) as failure:
        # One page that does not answer must not take the figures of all others with it.
        found.problem = str(failure) or type(failure).__name__
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
    """Page, floor, floor in Django's language, and again, until the time is over."""
    unsearched = cycle(found.page.unsearched)
    visits, few, many = found.page.in_turn(), pace.visitors * pace.asks, pace.visitors * pace.asks_of_floor
    if not found.page.once:
        # Often enough that each worker has seen what it keeps, which slow pages are spared.
        crowd.visit(_at_most(pace.seconds, islice(visits, WARM_UP * few)))
    until = time.perf_counter() + pace.seconds
    for number in count():
        if number >= pace.fewest_rounds and time.perf_counter() > until:
            return
        timing = crowd.visit(islice(visits, few))
        if not timing.each:
            return
        found.timing.add(timing)
        if found.page.unsearched:
            found.unsearched.add(crowd.visit(islice(unsearched, few)))
        found.floor.add(crowd.visit(repeat(FLOOR, many)))
        found.floor_in_django.add(crowd.visit(repeat(FLOOR_IN_DJANGO, few)))


def _at_most(seconds: float, visits: Iterator[Visit]) -> Iterator[Visit]:
    until = time.perf_counter() + seconds
    return takewhile(lambda _: time.perf_counter() < until, visits)
