"""The verbs of employers on an educator's record: enter a licence, record other professional learning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.journal import recording as journal
from longleaf.recognition import access, overlays, policies
from longleaf.recognition.errors import NotYoursToRecord, UnusableLicence, UnusableValue
from longleaf.recognition.events import Event
from longleaf.recognition.licences.facts import LicenceFacts, changes_of, meant_by, mistakes_of
from longleaf.recognition.models import Licence, OtherCredit

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person, State
    from longleaf.engines.policy import Score

NOT_YOURS = (
    "Only the licensure office of the educator's own school unit records this, and the state's agency for whoever no"
    " unit employs."
)


@transaction.atomic
def enter_licence(
    *,
    person: Person,
    state: State,
    kind: str,
    role: str,
    issued: date,
    expires: date,
    acting_person: Person | None,
    areas: Sequence[str] | None = None,
    scores: Mapping[str, Score] | None = None,
    ended_on: date | None = None,
    is_open_again: bool = False,
    in_place_of: Licence | None = None,
) -> Licence:
    """Enter a licence, or bring the one that is meant up to date; what is on record already changes nothing.

    Meant is `in_place_of`, or the one of the same kind and expiry, or else of the same kind and beginning. `areas`,
    `scores` and `ended_on` stay as they are where nothing is told. No number is asked for. `acting_person` None means
    that the system itself enters it, for instance from a file of the state. Raises `NotYoursToRecord` and
    `UnusableLicence`.
    """
    if acting_person is not None and not access.may_enter_licence_of(acting_person, person):
        raise NotYoursToRecord("Only the educator's own school unit or the state's agency enters a license.")
    told_areas = None if areas is None else tuple(areas)
    facts = LicenceFacts(kind, role, issued, expires, told_areas, scores, ended_on, is_open_again)
    if mistakes := dict(mistakes_of(facts, None)):
        raise UnusableLicence("The license cannot be entered like this.", fields=mistakes)
    # Two who enter the same licence at the same moment enter it once.
    journal.take_turn()
    theirs = list(Licence.objects.filter(person=person, state=state).order_by("expires", "pk"))
    held = next((each for each in theirs if in_place_of and each.pk == in_place_of.pk), None) or meant_by(facts, theirs)
    if held and any(each != held and (each.kind, each.expires) == (kind, expires) for each in theirs):
        sentence = "Another license of this kind with this last day is on record. Change that one."
        raise UnusableLicence(sentence, fields={"expires": sentence})
    licence = held or Licence(person=person, state=state, kind=kind, issued=issued, expires=expires)
    changes = changes_of(facts, licence)
    if held and not changes:
        return licence
    for name, (_, after) in changes.items():
        setattr(licence, name, after)
    licence.save()
    data: dict[str, Any] = {"kind": kind, "role": role, "expires": expires.isoformat()}
    if held:
        data["changed"] = {name: str(before) for name, (before, _) in changes.items() if name != "scores"}
    if ended_on:
        data["ended_on"] = ended_on.isoformat()
    event = Event.LICENCE_ENDED if "ended_on" in changes and ended_on else Event.LICENCE_ENTERED
    journal.record(event, actor=acting_person, subject=f"person:{person.ref}", data=data)
    return licence


@transaction.atomic
def record_credit(
    *,
    person: Person,
    kind: str,
    title: str,
    amount: Decimal | None,
    earned_on: date,
    acting_person: Person | None,
    alignments: Sequence[str] = (),
    topics: Sequence[str] = (),
    categories_claimed: Sequence[str] = (),
    occasion: str = "",
) -> OtherCredit:
    """Record professional learning that is not a badge of ours. `kind` is one that the policy knows.

    What was recorded on an `occasion` is recorded on it only once: the database refuses a second time.
    """
    _require_office(acting_person, person)
    return _recorded(
        acting_person,
        directory.employer_of(person),
        person=person,
        kind=kind,
        title=title,
        amount=amount,
        earned_on=earned_on,
        alignments=list(alignments),
        topics=list(topics),
        categories_claimed=list(categories_claimed),
        occasion=occasion,
    )


@transaction.atomic
def record_as_asked(*, office: Organisation, acting_person: Person, **facts: Any) -> OtherCredit:
    """Record what the office that an educator asked has granted, also when they have left it since.

    Facts are those of `record_credit`. Raises `NotYoursToRecord` for anybody but another officer of that office.
    """
    if not access.may_grant(acting_person, facts["person"], office):
        raise NotYoursToRecord("Only an officer of the office that was asked grants it.")
    return _recorded(acting_person, office, **facts)


@transaction.atomic
def record_on_appeal(*, office: Organisation, acting_person: Person, **facts: Any) -> OtherCredit:
    """Record what a state officer granted against the school unit that was asked: the facts of `record_credit`."""
    if not access.is_state_officer(acting_person):
        raise NotYoursToRecord("Only an officer of the state's agency grants what was appealed.")
    return _recorded(acting_person, office, **facts)


@transaction.atomic
def amend_credit(
    *,
    credit: OtherCredit,
    acting_person: Person,
    kind: str | None = None,
    amount: Decimal | None = None,
    further_category: str = "",
    counted_before: Decimal | None = None,
    office: Organisation | None = None,
    reason: str,
) -> OtherCredit:
    """Change what a recorded credit counts as, after a decision. The journal keeps what it was.

    `office` is the school unit that was asked, if one was. Raises `NotYoursToRecord` for whoever is neither of that
    unit, nor of the educator's employer, nor an officer of the state's agency.
    """
    held = OtherCredit.objects.select_for_update(of=("self",)).select_related("person").get(pk=credit.pk)
    was_asked = office is not None and access.may_grant(acting_person, held.person, office)
    may_record = was_asked or access.may_record_for(acting_person, held.person)
    if not (may_record or access.is_state_officer(acting_person)):
        raise NotYoursToRecord(NOT_YOURS)
    before = _as_told(held)
    held.kind = kind or held.kind
    held.amount = amount if amount is not None else held.amount
    _require_usable(office or directory.employer_of(held.person), held.kind, held.amount)
    if further_category and further_category not in held.categories_claimed:
        held.categories_claimed = [*held.categories_claimed, further_category]
    held.counted_before = counted_before if counted_before is not None else held.counted_before
    held.save(update_fields=["kind", "amount", "categories_claimed", "counted_before"])
    data = {"title": held.title, "before": before, "after": _as_told(held), "reason": reason}
    journal.record(Event.CREDIT_AMENDED, actor=acting_person, subject=f"person:{held.person.ref}", data=data)
    return held


def _recorded(acting_person: Person | None, office: Organisation | None, **facts: Any) -> OtherCredit:
    _require_usable(office, facts["kind"], facts["amount"])
    credit = OtherCredit.objects.create(recorded_by=acting_person, **facts)
    data = {
        "kind": credit.kind,
        "title": credit.title,
        "amount": _in_words(credit.amount),
        "earned_on": credit.earned_on.isoformat(),
    }
    journal.record(Event.CREDIT_RECORDED, actor=acting_person, subject=f"person:{credit.person.ref}", data=data)
    return credit


def _require_usable(office: Organisation | None, kind: str, amount: Decimal | None) -> None:
    policy = policies.renewal_policy()
    # What the unit added is looked up only where the state does not know it, for lists record many at once.
    if policy and policy.kind(kind) is None and not _is_kind_of_unit(office, kind):
        raise UnusableValue(f"The policy knows no kind of credit called {kind}.", fields={"kind": "Choose one listed."})
    if amount is not None and amount <= 0:
        raise UnusableValue("An amount is more than 0.", fields={"amount": "Give the number of hours or credits."})


def _is_kind_of_unit(office: Organisation | None, kind: str) -> bool:
    overlay = overlays.overlay_of(office, timezone.localdate())
    return overlay is not None and overlay.policy.kind(kind) is not None


def _as_told(credit: OtherCredit) -> dict[str, Any]:
    told = {"kind": credit.kind, "amount": _in_words(credit.amount), "categories": credit.categories_claimed}
    return {**told, "counted_before": _in_words(credit.counted_before)} if credit.counted_before else told


def _in_words(amount: Decimal | None) -> str | None:
    return str(amount) if amount is not None else None


def _require_office(acting_person: Person | None, educator: Person) -> None:
    if acting_person is not None and not access.may_record_for(acting_person, educator):
        raise NotYoursToRecord(NOT_YOURS)
