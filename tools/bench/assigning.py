"""Assignment: 10,000 waiting submissions to 1,000 assessors, beside a random valid assignment.

`make bench` runs it last, `tools/bench.py --assigning` alone, and both write the section "Assignment" of
docs/reference/measurements-assessment.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import django

from bench.assigning_scenario import Figures, Pair, at_random, figures, scenario
from bench.places import ROOT, VAR, Database, python

TURNS = 3
# Everybody takes so little that there is not room for all.
SCARCE = 0.6
Result = TypeVar("Result")
FOUND = "assigning.json"
DATABASE = "longleaf_bench_assigning"


def sqlite() -> Database:
    var = VAR / "assigning"
    var.mkdir(parents=True, exist_ok=True)
    return Database("SQLite", f"sqlite:///{var / 'longleaf.sqlite3'}", var)


def in_memory(*, take: float = 1.0) -> dict[str, Any]:
    """The matching alone, on values; ours and the floor take turns."""
    vacancies, raters = scenario(take=take)
    ours, floor = list[float](), list[float]()
    for _ in range(TURNS):
        seconds, matched = _timed(lambda: _matched(vacancies, raters))
        ours.append(seconds)
        seconds, drawn = _timed(lambda: at_random(vacancies, raters))
        floor.append(seconds)
    return {
        "seconds": median(ours),
        "times_floor": median(mine / its for mine, its in zip(ours, floor, strict=True)),
        "ours": asdict(figures(matched, vacancies, raters)),
        "floor": asdict(figures(drawn, vacancies, raters)),
    }


def run(database: Database) -> dict[str, Any]:
    """The whole verb on a database of its own, in a process of its own; returns what it found."""
    (database.var / FOUND).unlink(missing_ok=True)
    subprocess.run([python(), "-m", "bench.assigning"], env=database.environment, cwd=ROOT, check=True)
    found: dict[str, Any] = json.loads((database.var / FOUND).read_text())
    return found


def _timed(act: Callable[[], Result]) -> tuple[float, Result]:
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def _matched(vacancies: Sequence[Any], raters: Sequence[Any]) -> list[Pair]:
    from longleaf.panels.assigning.matching import match  # noqa: PLC0415 (a plain module; Django is not set up here)
    from longleaf.panels.pool.rules import DEFAULTS  # noqa: PLC0415

    return [Pair(each.panel, each.seat, each.rater.person) for each in match(vacancies, raters, rules=DEFAULTS)]


def _in_database() -> None:
    """Seed, draw by the verb, check; then the floor on the same rows: read, draw at random, write."""
    from django.conf import settings  # noqa: PLC0415 (after setup)

    from bench import assigning_seed  # noqa: PLC0415
    from bench.seeding.pouring import in_a_hurry  # noqa: PLC0415
    from longleaf.panels import drawing  # noqa: PLC0415
    from longleaf.panels.models import Assignment  # noqa: PLC0415

    vacancies, raters = scenario()
    # Gates are data of another room, so the database part is drawn without them.
    vacancies = [replace(each, certified=None) for each in vacancies]
    assigning_seed.fill(vacancies, raters)
    seconds, _ = _timed(drawing.assign_waiting)
    ours = figures(_stored(), vacancies, raters)
    with in_a_hurry():
        Assignment.objects.all().delete()
    floor_seconds, _ = _timed(_floor_in_database)
    found = {
        "seconds": seconds,
        "times_floor": seconds / floor_seconds,
        "ours": asdict(ours),
        "floor": asdict(figures(_stored(), vacancies, raters)),
    }
    (Path(settings.VAR) / FOUND).write_text(json.dumps(found))


def _stored() -> list[Pair]:
    from longleaf.panels.models import Assignment  # noqa: PLC0415 (after setup)

    rows = Assignment.objects.values_list("panel", "seat", "rater")
    return [Pair(panel, seat, person) for panel, seat, person in rows]


def _floor_in_database() -> None:
    """Everything that any way of assigning must do: read panels and pool, choose, write seats with their lines."""
    from django.db import transaction  # noqa: PLC0415 (after setup)
    from django.utils import timezone  # noqa: PLC0415

    from bench.assigning_seed import POOL  # noqa: PLC0415
    from longleaf.panels import convening, queries  # noqa: PLC0415
    from longleaf.panels.assigning.gathering import raters_of, vacancies_of  # noqa: PLC0415
    from longleaf.panels.assigning.matching import Match  # noqa: PLC0415
    from longleaf.panels.drawing import READ_AT_ONCE  # noqa: PLC0415
    from longleaf.panels.pool.rules import DEFAULTS  # noqa: PLC0415

    now = timezone.now()
    panels = list(queries.short_panels())
    raters = {each.person: each for each in raters_of(POOL, rules=DEFAULTS, now=now)}
    vacancies = [
        vacancy
        for start in range(0, len(panels), READ_AT_ONCE)
        for vacancy in vacancies_of(panels[start : start + READ_AT_ONCE], rules=DEFAULTS, now=now)
    ]
    pairs, by_key = at_random(vacancies, list(raters.values())), {panel.pk: panel for panel in panels}
    for start in range(0, len(pairs), READ_AT_ONCE):
        some = pairs[start : start + READ_AT_ONCE]
        with transaction.atomic():
            chosen = [Match(each.panel, each.seat, raters[each.person], 0, 0, 0) for each in some]
            convening.offer(chosen, panels=by_key, rules=DEFAULTS, now=now)


def told(found: dict[str, Any], who: str) -> Figures:
    return Figures(**found[who])


if __name__ == "__main__":
    django.setup()
    _in_database()
    sys.exit(0)
