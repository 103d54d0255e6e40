"""What becomes of promises: due when earned, owed no more when a badge is revoked, lapsed when the day is over.

It reads awards when it is asked and once in every round of the worker; nothing below this floor has to know of rewards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.awards import queries as awards
from longleaf.kit import keeping
from longleaf.recognition.models import RewardPromise
from longleaf.recognition.rewards.events import Event
from longleaf.recognition.rewards.lining_up import advance_behind, lock_promise, move, tell
from longleaf.recognition.rewards.status import PromiseStatus

if TYPE_CHECKING:
    from longleaf.awards.queries import LedgerAward

AT_ONCE = 500
_OPEN = (PromiseStatus.WAITING, PromiseStatus.PROMISED, PromiseStatus.DUE)


@dataclass(frozen=True)
class Progress:
    """How many of the micro-credentials of a promise are earned, and the day on which that was enough."""

    earned: int
    needed: int
    enough_on: date | None


def progress_of(promise: RewardPromise, earned: Iterable[LedgerAward]) -> Progress:
    """How far somebody's awards go under the terms of a promise. One micro-credential counts once."""
    terms: dict[str, Any] = promise.terms
    wanted = {each["key"] for each in terms["micro_credentials"]}
    first, last = date.fromisoformat(terms["earned_from"]), promise.earn_by
    days: dict[int, date] = {}
    for award in earned:
        if award.micro_credential_id in wanted and not award.revoked and first <= award.earned_on <= last:
            days.setdefault(award.micro_credential_id, award.earned_on)
    needed = terms["needed"]
    in_order = sorted(days.values())
    return Progress(len(in_order), needed, in_order[needed - 1] if len(in_order) >= needed else None)


def see_what_is_earned(*, today: date | None = None) -> int:
    """Look through the open promises and move those that moved; how many did. Once between two decisions and a day."""
    day = today or timezone.localdate()
    return keeping.as_decided("rewards seen to", day, make=lambda: _see_to_all(day))


def _see_to_all(day: date) -> int:
    keys = list(RewardPromise.objects.filter(status__in=_OPEN).order_by("pk").values_list("pk", flat=True))
    return sum(_see_to(keys[start : start + AT_ONCE], day) for start in range(0, len(keys), AT_ONCE))


def _see_to(keys: Sequence[int], day: date) -> int:
    promises = list(RewardPromise.objects.filter(pk__in=keys).select_related("offer"))
    earned = awards.awards_for_ledgers({each.educator_id for each in promises})
    return sum(_moved(each, earned.get(each.educator_id, ()), day) for each in promises)


def look_again(promise: RewardPromise) -> RewardPromise:
    """See to one locked promise by the awards of this moment."""
    earned = awards.awards_for_ledgers([promise.educator_id]).get(promise.educator_id, ())
    _settle(promise, progress_of(promise, earned), timezone.localdate())
    return promise


def _moved(promise: RewardPromise, earned: Sequence[LedgerAward], day: date) -> bool:
    progress = progress_of(promise, earned)
    if _next(promise, progress, day) is None:
        return False
    with transaction.atomic():
        held = lock_promise(promise)
        return _settle(held, progress, day)


def _settle(held: RewardPromise, progress: Progress, day: date) -> bool:
    new = _next(held, progress, day)
    if new is None:
        return False
    held.due_on = progress.enough_on if new == PromiseStatus.DUE else None
    held.over_on = day if new == PromiseStatus.LAPSED else None
    was_due = held.status == PromiseStatus.DUE
    move(held, new)
    event = {PromiseStatus.DUE: Event.DUE, PromiseStatus.LAPSED: Event.LAPSED}.get(new, Event.NO_LONGER_DUE)
    tell(event, held, None, **({"earned_on": held.due_on.isoformat()} if held.due_on else {}))
    if new == PromiseStatus.LAPSED and not was_due:
        advance_behind(held.offer, acting_person=None)
    return True


def _next(promise: RewardPromise, progress: Progress, day: date) -> PromiseStatus | None:
    """What a promise becomes on a day, or None. Who earned it in time but waits for money goes on waiting."""
    met, late = progress.enough_on is not None, day > promise.earn_by
    if promise.status == PromiseStatus.PROMISED:
        return PromiseStatus.DUE if met else PromiseStatus.LAPSED if late else None
    if promise.status == PromiseStatus.WAITING:
        return PromiseStatus.LAPSED if late and not met else None
    return PromiseStatus.PROMISED if promise.status == PromiseStatus.DUE and not met else None
