"""Whom rewards remind: payers of what they owe, and educators of what they earned and of what is still to be earned.

Sentences name references and titles of offers, never people. A payer is told of all that is due in one line: a large
one owes hundreds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.kit.dates import day
from longleaf.kit.numbers import number
from longleaf.recognition.models import RewardPromise
from longleaf.recognition.rewards.status import PromiseStatus
from longleaf.reminders.sources import Due, Source

# Longer titles are cut: a reminder is one line.
LONGEST_TITLE = 80


def to_be_paid(now: datetime) -> Iterator[Due]:
    """To each officer of a payer: what is due and not yet paid, so many business days after the oldest was earned."""
    rows = RewardPromise.objects.filter(status=PromiseStatus.DUE).order_by("offer__organisation")
    told = rows.values_list("offer__organisation", "offer__organisation__code", "offer__organisation__slug")
    owing = list(told.annotate(many=Count("pk"), oldest=Min("due_on")))
    held = directory.holders_of([Role.PSU_OFFICER, Role.STATE_OFFICER], [row[0] for row in owing])
    for key, code, slug, many, oldest in owing:
        officers = held.get((Role.PSU_OFFICER, key), frozenset()) | held.get((Role.STATE_OFFICER, key), frozenset())
        waits = f"{number(many, 'reward')} of {code} {'waits' if many == 1 else 'wait'} to be paid"
        for officer in officers:
            yield Due(
                person=officer,
                about=f"rewards-due:{code}",
                link=f"{reverse('rewards:due')}?unit={slug}",
                since=oldest,
                says=f"{waits}; the oldest was earned on {day(oldest)}.",
                late=f"{waits}; the oldest was earned on {day(oldest)}, and its educator still waits.",
            )


def earned(now: datetime) -> Iterator[Due]:
    """To its educator: a reward is earned, and by whom it is paid."""
    for each in _promises(PromiseStatus.DUE):
        yield Due(
            person=each.educator_id,
            about=f"reward:{each.ref}",
            link=reverse("rewards:mine"),
            due=each.due_on,
            at_once=True,
            says=f"You earned “{_title(each)}” ({each.ref}). {each.terms['payer']} pays it."[:400],
        )


def to_be_earned(now: datetime) -> Iterator[Due]:
    """To its educator: the day by which a promised reward has to be earned."""
    for each in _promises(PromiseStatus.PROMISED):
        yield Due(
            person=each.educator_id,
            about=f"reward:{each.ref}",
            link=reverse("rewards:mine"),
            due=each.earn_by,
            says=f"“{_title(each)}” ({each.ref}) is yours if you earn it by {day(each.earn_by)}.",
        )


def _promises(status: PromiseStatus) -> Iterator[RewardPromise]:
    return RewardPromise.objects.filter(status=status).order_by("pk").iterator()


def _title(promise: RewardPromise) -> str:
    title = str(promise.terms["title"])
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


REMINDERS = (
    Source("reward-to-pay", to_be_paid, days=(0, 10), within=20),
    Source("reward-earned", earned),
    Source("reward-to-earn", to_be_earned, days=(-20, -5)),
)
