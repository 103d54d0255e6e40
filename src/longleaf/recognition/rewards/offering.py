"""The verbs on offers: make one, end one. An offer is never edited: end it and make another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.journal.recording import record
from longleaf.recognition import overlays
from longleaf.recognition.models import FundingSource, RewardOffer, RewardPromise
from longleaf.recognition.rewards import access, asks, money
from longleaf.recognition.rewards.errors import NotYourBudget, OfferNotOpen, UnusableOffer
from longleaf.recognition.rewards.events import Event
from longleaf.recognition.rewards.lining_up import lock, move, tell
from longleaf.recognition.rewards.status import PromiseStatus, RewardKind

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential, Stack
    from longleaf.directory.models import Organisation, Person

MOST_HOURS = Decimal(2_000)


@dataclass(frozen=True)
class Wording:
    """What is offered and to whom. `needed` of 0 means all that is chosen; `result` is a code of `asks.results_in`."""

    kind: str
    title: str
    valid_from: date
    valid_until: date
    earn_by: date
    amount: Decimal = Decimal(0)
    what: str = ""
    hours: Decimal | None = None
    needed: int = 0
    licence_role: str = ""
    conditions: str = ""
    cap: int | None = None
    result: str = ""


@dataclass(frozen=True)
class Among:
    """For which micro-credentials and whole stacks, and in which schools (none: in all)."""

    micro_credentials: Sequence[MicroCredential]
    schools: Sequence[Organisation] = field(default=())
    stacks: Sequence[Stack] = field(default=())


@transaction.atomic
def offer(
    *,
    organisation: Organisation,
    wording: Wording,
    among: Among,
    funding: FundingSource | None,
    acting_person: Person,
) -> RewardOffer:
    """Offer a reward. Raises `NotYourBudget`, and `UnusableOffer` with a sentence at each field."""
    if not access.may_offer(acting_person, organisation):
        raise NotYourBudget("Rewards are offered by officers of the school unit, and for the state by its agency’s.")
    if fields := dict(_mistakes_in(organisation, wording, among, funding)):
        raise UnusableOffer("This cannot be offered as it is.", fields=fields)
    told = asdict(wording)
    told["needed"] = wording.needed or _how_many(among)
    asked = asks.as_told(among.micro_credentials, among.stacks)
    made = RewardOffer.objects.create(
        organisation=organisation, funding=funding, asks=asked, offered_by=acting_person, **told
    )
    made.stacks.set(among.stacks)
    # The pieces of a stack are among them, so that each of their pages tells of the offer.
    made.micro_credentials.set({*(each.pk for each in among.micro_credentials), *_pieces_of(among.stacks)})
    made.schools.set(among.schools)
    data = {
        **{name: str(value) for name, value in told.items() if value not in (None, "")},
        "offer": made.ref,
        "micro_credentials": [each.slug for each in among.micro_credentials],
        "stacks": [each.slug for each in among.stacks],
        "schools": [each.code for each in among.schools],
        "funding": str(funding) if funding else "",
    }
    record(Event.OFFERED, actor=acting_person, subject=f"organisation:{organisation.code}", data=data)
    return made


@transaction.atomic
def end(*, offer: RewardOffer, acting_person: Person) -> RewardOffer:
    """End an offer: nobody can ask for it any more, and the waiting list is told. What was promised is kept."""
    held = lock(offer)
    if not access.may_offer(acting_person, held.organisation):
        raise NotYourBudget("Rewards are offered by officers of the school unit, and for the state by its agency’s.")
    today = timezone.localdate()
    if held.ended_on is not None:
        raise OfferNotOpen("This offer was ended before.")
    held.ended_on = today
    held.save(update_fields=["ended_on"])
    data = {"offer": held.ref}
    record(Event.OFFER_ENDED, actor=acting_person, subject=f"organisation:{held.organisation.code}", data=data)
    for promise in RewardPromise.objects.filter(offer=held, status=PromiseStatus.WAITING).select_related("educator"):
        promise.offer, promise.over_on = held, today
        move(promise, PromiseStatus.ENDED)
        tell(Event.OFFER_ENDED, promise, acting_person)
    return held


def _mistakes_in(
    organisation: Organisation, wording: Wording, among: Among, funding: FundingSource | None
) -> Iterator[tuple[str, str]]:
    if wording.kind not in RewardKind.values:
        yield "kind", "Choose one that is listed."
    if not wording.title.strip():
        yield "title", "Give it a title, such as Stipend for literacy leaders."
    if not _how_many(among):
        yield "micro_credentials", "Choose at least one, or a stack."
    elif not 0 <= wording.needed <= _how_many(among):
        yield "needed", "This is more than you have chosen."
    policy = overlays.policy_for(organisation, timezone.localdate())
    if wording.result and wording.result not in asks.results_in(policy):
        yield "result", "Choose one that is listed."
    yield from _mistakes_in_what_is_given(organisation, wording, funding)
    yield from _mistakes_in_days(wording)
    if wording.cap is not None and wording.cap < 1:
        yield "cap", "Give at least 1, or leave it empty."
    ours = set(directory.with_their_schools([organisation.pk]).values_list("pk", flat=True))
    if any(each.pk not in ours for each in among.schools):
        yield "schools", "Choose schools of this unit."


def _pieces_of(stacks: Sequence[Stack]) -> set[int]:
    return {member.micro_credential_id for stack in stacks for member in stack.members.all()}


def _how_many(among: Among) -> int:
    """How many may be earned: a stack is one, and a micro-credential that is in it none beside it."""
    inside = _pieces_of(among.stacks)
    empty = sum(not stack.members.all() for stack in among.stacks)
    return len(among.stacks) - empty + sum(each.pk not in inside for each in among.micro_credentials)


def _mistakes_in_what_is_given(
    organisation: Organisation, wording: Wording, funding: FundingSource | None
) -> Iterator[tuple[str, str]]:
    if not money.is_sound(wording.amount, most=money.MOST_AT_ONCE):
        yield "amount", f"Give an amount from 0 to {money.dollars(money.MOST_AT_ONCE)}, in whole cents."
    elif wording.kind == RewardKind.STIPEND and not wording.amount:
        yield "amount", "Say how many dollars the stipend is."
    if wording.amount and funding is None:
        yield "funding", "Say from which money it is paid."
    if funding is not None and (not wording.amount or funding.organisation_id != organisation.pk):
        yield "funding", "Choose money of this unit, and only for a reward that costs some."
    if wording.hours is not None and not 0 < wording.hours <= MOST_HOURS:
        yield "hours", "Give how many hours, such as 7.5."
    if wording.kind == RewardKind.LEAVE and wording.hours is None:
        yield "hours", "Say how many hours."
    named = wording.kind in {RewardKind.LANE, RewardKind.ADVANCED_ROLE, RewardKind.OTHER}
    if named and not wording.what.strip():
        yield "what", "Say what is given, such as the lane or the role by its name."


def _mistakes_in_days(wording: Wording) -> Iterator[tuple[str, str]]:
    if wording.valid_until < wording.valid_from:
        yield "valid_until", "This day is before the first one."
    if wording.earn_by < wording.valid_until:
        yield "earn_by", "Leave time to earn it: choose the last day of the offer or a later one."
