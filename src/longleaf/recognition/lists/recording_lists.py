"""The verbs on lists: hand one in (the dry run), record it, discard it. Locks: the list, the requests that it approves,
then the turn to decide, so that of two lists of the same learning the second sees all that the first recorded.

Whatever list says so, one person takes part in one learning once: the credit's occasion is made of school unit, kind,
title, day and person. So the same list twice, or a line twice, records one credit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.journal.recording import record, take_turn
from longleaf.kit.errors import Refusal
from longleaf.kit.status import require_move
from longleaf.recognition import access, recording
from longleaf.recognition.credit_requests import deciding
from longleaf.recognition.credit_requests.holding import policy_in_force
from longleaf.recognition.credit_requests.soundness import MOST, Grant
from longleaf.recognition.errors import NoSuchList, NotYourUnit, UnusableList
from longleaf.recognition.events import Event
from longleaf.recognition.lists.reading import Line
from longleaf.recognition.models import CreditList, CreditRequest, OtherCredit
from longleaf.recognition.status import LIST_MOVES, ListStatus, RequestSort, RequestStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person
    from longleaf.engines.policy import Policy

# What became of a row, or will.
READY, REQUEST, THERE, PROBLEM, DONE = "ready", "request", "there", "problem", "recorded"


@transaction.atomic
def hand_in(
    *,
    office: Organisation,
    kind: str,
    title: str,
    amount: Decimal,
    earned_on: date,
    category: str,
    lines: Sequence[Line],
    acting_person: Person,
) -> CreditList:
    """Keep a list with what stands in the way of each line. Nothing is recorded yet.

    Raises `NotYourUnit`, and `UnusableList` with a sentence for each field of what all have in common.
    """
    if not access.may_hand_in_list(acting_person, office):
        raise NotYourUnit("Only a licensure officer of the school unit records for its educators.")
    if mistakes := dict(_mistakes_of_common(policy_in_force(office), kind, amount, earned_on, category)):
        raise UnusableList("The list cannot be checked like this.", fields=mistakes)
    found = CreditList(
        office=office,
        handed_in_by=acting_person,
        kind=kind,
        title=title.strip(),
        amount=amount,
        earned_on=earned_on,
        category=category,
    )
    found.rows = list(_checked(found, lines, acting_person))
    found.save()
    return found


@transaction.atomic
def record_list(*, credit_list: CreditList, acting_person: Person) -> CreditList:
    """Record every row that nothing stands in the way of; a like request that waits is approved with it.

    Each row is one verb of its own: one that fails meanwhile is told and stops no other. A list is recorded once.
    """
    held = _held(credit_list, acting_person)
    require_move(LIST_MOVES, ListStatus(held.status), ListStatus.RECORDED, what=f"The list {held.ref}")
    people = {person.ref: person for person in _people_of(held.rows).values()}
    waiting = _like_requests(held, people.values(), are_held=True)
    take_turn()
    there = _already_there(held, people.values())
    held.rows = [_recorded(held, row, people, there, waiting, acting_person) for row in held.rows]
    held.status, held.recorded_at = ListStatus.RECORDED, timezone.now()
    held.save(update_fields=["rows", "status", "recorded_at"])
    data = {"office": held.office.code, "title": held.title, "kind": held.kind, "recorded": held_counts(held)[DONE]}
    record(Event.LIST_RECORDED, actor=acting_person, subject=f"credit-list:{held.ref}", data=data)
    return held


@transaction.atomic
def discard(*, credit_list: CreditList, acting_person: Person) -> CreditList:
    """Put a checked list away; its names are forgotten."""
    held = _held(credit_list, acting_person)
    require_move(LIST_MOVES, ListStatus(held.status), ListStatus.DISCARDED, what=f"The list {held.ref}")
    held.status, held.rows = ListStatus.DISCARDED, []
    held.save(update_fields=["status", "rows"])
    return held


def held_counts(credit_list: CreditList) -> dict[str, int]:
    """How many rows of a list came to what."""
    counts = dict.fromkeys((READY, REQUEST, THERE, PROBLEM, DONE), 0)
    for row in credit_list.rows:
        counts[row["outcome"]] += 1
    return counts


def occasion_of(credit_list: CreditList, person: Person) -> str:
    """The occasion of a listed credit."""
    told = "\n".join(
        (credit_list.office.code, credit_list.kind, _plain(credit_list.title), credit_list.earned_on.isoformat())
    )
    return f"list:{hashlib.sha256(told.encode()).hexdigest()[:40]}:{person.ref}"


def _checked(found: CreditList, lines: Sequence[Line], officer: Person) -> Iterator[dict[str, Any]]:
    people = directory.people_named(line.person for line in lines)
    ours = set(access.educators_of([found.office.pk]).filter(pk__in=[each.pk for each in people.values()])
               .values_list("pk", flat=True))  # fmt: skip
    there, waiting = _already_there(found, people.values()), _like_requests(found, people.values())
    seen: dict[int, int] = {}
    for line in lines:
        person = people.get(line.person.lower())
        amount = _amount(line.amount) if line.amount else found.amount
        row = {
            "line": line.number,
            "named": line.person,
            "ref": person.ref if person else "",
            "amount": str(amount) if amount else "",
            "outcome": PROBLEM,
            "sentence": "",
        }
        if problem := _problem(line, person, amount, ours, seen, officer):
            row["sentence"] = problem
        elif person and occasion_of(found, person) in there:
            row |= {"outcome": THERE, "sentence": "It is on record already; nothing is recorded twice."}
        elif person and person.pk in waiting:
            row |= {"outcome": REQUEST, "sentence": f"The request {waiting[person.pk].ref} is approved with it."}
        else:
            row["outcome"] = READY
        yield row


def _problem(
    line: Line, person: Person | None, amount: Decimal | None, ours: set[int], seen: dict[int, int], officer: Person
) -> str:
    # Whether somebody is enrolled elsewhere is not told.
    if person is None or person.pk not in ours:
        return "No educator of this school unit has this address or reference."
    if person.pk == officer.pk:
        return "Nobody records for themselves. Have another officer do it."
    if (first := seen.setdefault(person.pk, line.number)) != line.number:
        return f"Line {first} names the same person."
    if line.name and _plain(line.name) != _plain(person.name):
        return f"The record says {person.name}. Correct the name or the address."
    return "" if amount else "Give the amount as a number, such as 6."


def _recorded(
    held: CreditList,
    row: Mapping[str, Any],
    people: Mapping[str, Person],
    there: set[str],
    waiting: Mapping[int, CreditRequest],
    officer: Person,
) -> dict[str, Any]:
    person = people.get(row["ref"])
    if row["outcome"] not in {READY, REQUEST} or person is None:
        return dict(row)
    if occasion_of(held, person) in there:
        return {**row, "outcome": THERE, "sentence": "It was recorded meanwhile; nothing is recorded twice."}
    amount = Decimal(row["amount"])
    try:
        with transaction.atomic():
            request = waiting.get(person.pk)
            if request is None:
                _record_row(held, person, amount, officer)
                return {**row, "outcome": DONE, "sentence": ""}
            _approve_row(held, request, amount, officer)
            return {**row, "outcome": DONE, "sentence": f"The request {request.ref} is approved."}
    except Refusal as refusal:
        return {**row, "outcome": PROBLEM, "sentence": refusal.sentence}


def _record_row(held: CreditList, person: Person, amount: Decimal, officer: Person) -> OtherCredit:
    return recording.record_credit(
        person=person,
        kind=held.kind,
        title=held.title,
        amount=amount,
        earned_on=held.earned_on,
        categories_claimed=[held.category] if held.category else [],
        occasion=occasion_of(held, person),
        acting_person=officer,
    )


def _approve_row(held: CreditList, request: CreditRequest, amount: Decimal, officer: Person) -> None:
    decided = deciding.approve(
        request=request,
        reason=f"By the list of those who took part in “{held.title}” ({held.ref}).",
        grant=Grant(held.kind, amount, held.category),
        acting_person=officer,
    )
    # From now on the list's own occasion stands for it, so that another list does not record it again.
    assert decided.credit is not None
    OtherCredit.objects.filter(pk=decided.credit.pk).update(occasion=occasion_of(held, decided.educator))


def _already_there(found: CreditList, people: Any) -> set[str]:
    """The occasions of this learning for whom it is recorded, by a list or by an own request that was approved."""
    occasions = {person.pk: occasion_of(found, person) for person in people}
    recorded = OtherCredit.objects.filter(occasion__in=occasions.values()).values_list("occasion", flat=True)
    approved = _requests_like(found, occasions).filter(credit__isnull=False)
    return {*recorded, *(occasions[each.educator_id] for each in approved if _plain(each.title) == _plain(found.title))}


def _like_requests(found: CreditList, people: Any, *, are_held: bool = False) -> dict[int, CreditRequest]:
    """By person: the request for this very learning that waits at the same office; locked where they `are_held`."""
    waiting = _requests_like(found, [person.pk for person in people]).filter(status=RequestStatus.SENT).order_by("pk")
    waiting = waiting.select_for_update() if are_held else waiting
    return {each.educator_id: each for each in waiting if _plain(each.title) == _plain(found.title)}


def _requests_like(found: CreditList, educators: Iterable[int]) -> QuerySet[CreditRequest]:
    """Requests of educators, by their keys, for learning of the same kind and day at the same office."""
    same = {"office": found.office, "sort": RequestSort.CREDIT, "kind": found.kind, "earned_on": found.earned_on}
    return CreditRequest.objects.filter(educator__in=list(educators), **same)


def _people_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Person]:
    return directory.people_named(row["ref"] for row in rows if row["ref"])


def _mistakes_of_common(
    policy: Policy, kind: str, amount: Decimal, earned_on: date, category: str
) -> Iterator[tuple[str, str]]:
    if policy.kind(kind) is None:
        yield "kind", "This school unit does not know it; choose another."
    if not 0 < amount <= MOST:
        yield "amount", "Give how much of it each takes home, such as 6."
    if earned_on > timezone.localdate():
        yield "earned_on", "This day is still to come. Record it once it has taken place."
    if category and category not in {each.code for each in policy.categories}:
        yield "category", "This school unit does not know it; choose another."


def _held(credit_list: CreditList, person: Person) -> CreditList:
    found = CreditList.objects.select_for_update(of=("self",)).select_related("office").get(pk=credit_list.pk)
    if not access.may_hand_in_list(person, found.office):
        raise NoSuchList
    return found


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    sound = amount.is_finite() and 0 < amount <= MOST and amount == round(amount, 2)
    return amount if sound else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
