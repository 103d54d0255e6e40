"""What the catalog was searched for in vain: counted by phrase, month and day, without who asked.

A phrase is shown to designers once it was looked for on several different days, so that no single person's words are
told, and is forgotten after a year. One person who looks again on the same day adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Sum

from longleaf.catalog import queries, search
from longleaf.catalog.facets import Asked
from longleaf.catalog.models import Sought

if TYPE_CHECKING:
    from longleaf.directory.models import State

# Fewer days could tell of one person.
FEWEST_DAYS = 5
MOST_SHOWN = 20
MOST_WORDS = 8
LONGEST_PHRASE = 80
SHORTEST_PHRASE = 3
# An address or a number of somebody's is no phrase that designers need.
MOST_DIGITS = 3
# Nobody can fill the table with made-up phrases.
MOST_PHRASES_A_MONTH = 5_000


@dataclass(frozen=True)
class Signal:
    """A phrase, on how many different days of the last year it found little, and the month of the last of them."""

    phrase: str
    days: int
    last: date


@transaction.atomic
def note_sought(*, state: State, words: str, today: date) -> bool:
    """Count a search that found nothing, or one thing that is not called so; answers whether it counts.

    Whoever calls cannot make it count twice on a day, nor what finds something.
    """
    phrase = phrase_of(words)
    if not phrase or not _found_little(phrase):
        return False
    month, bit = today.replace(day=1), 1 << (today.day - 1)
    of_month = Sought.objects.filter(state=state, month=month)
    if not of_month.filter(phrase=phrase).exists():
        forget(today=today)
        if of_month.count() >= MOST_PHRASES_A_MONTH:
            return False
    row, _ = Sought.objects.select_for_update().get_or_create(state=state, month=month, phrase=phrase)
    if not row.days & bit:
        row.days |= bit
        row.day_count += 1
        row.save(update_fields=["days", "day_count"])
    return True


def forget(*, today: date) -> None:
    """Let go what is older than a year."""
    Sought.objects.filter(month__lt=_a_year_before(today)).delete()


def sought_in_vain(state: State, *, today: date) -> Sequence[Signal]:
    """The phrases that may be shown, those of the most days first."""
    rows = Sought.objects.filter(state=state, month__gte=_a_year_before(today)).values("phrase")
    summed = rows.annotate(on=Sum("day_count"), last=Max("month")).filter(on__gte=FEWEST_DAYS)
    found = summed.order_by("-on", "phrase")[:MOST_SHOWN]
    return [Signal(row["phrase"], row["on"], row["last"]) for row in found]


def phrase_of(words: str) -> str:
    """The words as the index knows them; "" for what is no phrase, such as an address or a number of somebody's."""
    cut = search.words_in(words)
    phrase = " ".join(cut)
    is_phrase = "@" not in words and len(cut) <= MOST_WORDS and SHORTEST_PHRASE <= len(phrase) <= LONGEST_PHRASE
    return phrase if is_phrase and sum(each.isdigit() for each in phrase) <= MOST_DIGITS else ""


def _found_little(phrase: str) -> bool:
    found = list(queries.found(Asked(words=phrase)).values_list("title", flat=True)[:2])
    return not found or (len(found) == 1 and not set(search.words_in(found[0])) & set(phrase.split()))


def _a_year_before(today: date) -> date:
    return today.replace(year=today.year - 1, day=1)
