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
from longleaf.recognition import ledgers
from longleaf.recognition.models import RewardPromise
from longleaf.recognition.rewards.asks import reached_in
from longleaf.recognition.rewards.events import Event
from longleaf.recognition.rewards.lining_up import advance_behind, lock_promise, move, tell
from longleaf.recognition.rewards.status import PromiseStatus

if TYPE_CHECKING:
    from longleaf.awards.queries import LedgerAward

AT_ONCE = 500
_OPEN = (PromiseStatus.WAITING, PromiseStatus.PROMISED, PromiseStatus.DUE)


@dataclass(frozen=True)
class Reached:
    """What somebody has reached of their policy, as of a day."""

    codes: frozenset[str]
    on: date


@dataclass(frozen=True)
class Progress:
    """How many of the stacks and micro-credentials of a promise are earned, and the day on which that was enough.

    `lacks` names what of the policy is still to be reached.
    """

    earned: int
    needed: int
    enough_on: date | None
    lacks: str = ""

    @property
    def has_badges(self) -> bool:
        """Whether the badges are there, whatever else is still to be reached."""
        return self.earned >= self.needed


def progress_of(promise: RewardPromise, earned: Iterable[LedgerAward], reached: Reached | None = None) -> Progress:
    """How far somebody's awards go under the terms of a promise, and what they have `reached` of their policy.

    One micro-credential counts once, a stack when all of its pieces are earned. What is due stays due whatever becomes
    of a result: those belong to a cycle, and it ends.
    """
    terms: dict[str, Any] = promise.terms
    stacks = [{each["key"] for each in stack["micro_credentials"]} for stack in terms.get("stacks", ())]
    units = [*({each["key"]} for each in terms["micro_credentials"]), *stacks]
    wanted = set[int]().union(*units)
    first, last = date.fromisoformat(terms["earned_from"]), promise.earn_by
    days: dict[int, date] = {}
    for award in earned:
        if award.micro_credential_id in wanted and not award.revoked and first <= award.earned_on <= last:
            days.setdefault(award.micro_credential_id, award.earned_on)
    needed = terms["needed"]
    in_order = sorted(max(days[key] for key in unit) for unit in units if unit and unit <= set(days))
    enough_on = in_order[needed - 1] if len(in_order) >= needed else None
    if not asks_for_result(promise):
        return Progress(len(in_order), needed, enough_on)
    if reached is None or terms["result"]["code"] not in reached.codes:
        return Progress(len(in_order), needed, None, lacks=terms["result"]["title"])
    return Progress(len(in_order), needed, max(enough_on, reached.on) if enough_on else None)


def asks_for_result(promise: RewardPromise) -> bool:
    """Whether something of the policy has to be reached before it is due."""
    return bool(promise.terms.get("result")) and promise.status in (PromiseStatus.WAITING, PromiseStatus.PROMISED)


def reached_by(promises: Iterable[RewardPromise], *, on: date) -> dict[int, Reached]:
    """What those have reached on a day, by their keys, whose promises ask for it. No query where none does."""
    asking = {each.educator_id for each in promises if asks_for_result(each)}
    found = ledgers.standings_of(asking, on=on) if asking else {}
    return {person: Reached(reached_in(standing.ledger), on) for person, standing in found.items()}


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
    # A ledger is much work, and tells nothing new as long as badges are missing.
    enough = [it for it in promises if progress_of(it, earned.get(it.educator_id, ())).has_badges]
    reached = reached_by(enough, on=day)
    progress = ((each, progress_of(each, earned.get(each.educator_id, ()), reached.get(each.educator_id)))
                for each in promises)  # fmt: skip
    return sum(_moved(promise, found, day) for promise, found in progress)


def look_again(promise: RewardPromise) -> RewardPromise:
    """See to one locked promise by the awards of this moment."""
    earned = awards.awards_for_ledgers([promise.educator_id]).get(promise.educator_id, ())
    _settle(promise, progress_of(promise, earned), timezone.localdate())
    return promise


def _moved(promise: RewardPromise, progress: Progress, day: date) -> bool:
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
