"""Ratings for researchers: a CSV file that `longleaf agreement` reads, in which nothing leads back to anybody."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from random import SystemRandom
from typing import TYPE_CHECKING

from longleaf.panels.leading.rated import RubricInUse, ratings_of

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

COLUMNS = ("subject", "rater", "criterion", "rating")


def written(pool: Organisation, used: RubricInUse) -> str:
    """The ratings as CSV. Subjects and raters get numbers that are drawn anew each time and kept nowhere.

    Lines stand in the order of those numbers: the order of the database would tell which work came first.
    """
    ratings = list(ratings_of(pool, used))
    subjects = _drawn("s", (each.subject for each in ratings))
    raters = _drawn("r", (each.rater for each in ratings))
    rows = sorted((subjects[each.subject], raters[each.rater], each.criterion, each.value) for each in ratings)
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerows([COLUMNS, *rows])
    return text.getvalue()


def _drawn(letter: str, keys: Iterable[str]) -> dict[str, str]:
    """A pseudonym for each key, all of one length, drawn without order."""
    found = sorted(set(keys))
    SystemRandom().shuffle(found)
    return {key: f"{letter}{number:06}" for number, key in enumerate(found, 1)}
