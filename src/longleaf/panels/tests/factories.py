"""Panels to test with: a rubric of two criteria, convened on a subject that nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.panels import convening, rating
from longleaf.panels.models import Assignment, Panel
from tests import cast

KIND = "test"
MEETS, NOT_YET = "demonstrated", "not-yet"
Result = TypeVar("Result")


def convene(pool: Organisation, *, subject: str = "SUB-TEST-0001", **changes: Any) -> Panel:
    document = cast.make_document()
    facts: dict[str, Any] = {
        "rubric": document["rubric"],
        "rule": document["panel_rule"],
        "due_at": timezone.now() + timedelta(days=15),
        "acting_person": None,
    }
    return convening.convene(kind=KIND, subject=subject, pool=pool, **{**facts, **changes})


def seat_of(panel: Panel, person: Person) -> Assignment:
    return panel.assignments.get(rater=person)


def raters_of(panel: Panel) -> list[str]:
    """Who sits, in the order of seats."""
    seats = panel.assignments.exclude(status__in=["declined", "expired"]).order_by("seat")
    return [seat.rater.name for seat in seats]


def fill_in(seat: Assignment, *, level: str = MEETS, **levels: str) -> Assignment:
    """Take a reading up and rate everything: `level`, or another for one criterion (A="not-yet")."""
    rater = seat.rater
    rating.take_up(assignment=seat, acting_person=rater)
    for criterion in ("A", "B"):
        chosen = levels.get(criterion, level)
        said = f"About {criterion}."
        rating.rate(assignment=seat, criterion=criterion, level=chosen, comment=said, revision=0, acting_person=rater)
    return seat


def read(seat: Assignment, *, level: str = MEETS, **levels: str) -> Panel:
    """A whole reading, handed in."""
    fill_in(seat, level=level, **levels)
    return rating.submit_reading(assignment=seat, acting_person=seat.rater)


def at_the_same_moment(*acts: Callable[[], Result]) -> list[Result | Exception]:
    """Run acts in threads that start together; what each gave, or the refusal it met."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result | Exception:
        start.wait()
        try:
            return act()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)
