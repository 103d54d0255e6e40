"""The verbs of an assessor about themselves: how much and what they read, when they are away, and their conflicts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.panels.access import may_tell
from longleaf.panels.errors import (
    NoSuchMember,
    NotInThePool,
    UnknownQualification,
    UnusableAbsence,
    UnusableCapacity,
    UnusableConflict,
)
from longleaf.panels.events import Event
from longleaf.panels.models import Absence, Assessor, DeclaredConflict, Qualification, SpokenLanguage
from longleaf.panels.pool import vocabulary
from longleaf.panels.pool.joining import assessor_of

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

# More than anybody reads: what is greater is a slip of the hand.
MOST_AT_A_TIME = 100
MOST_A_MONTH = 500
LONGEST_ABSENCE = 366  # days
LONGEST_REASON = 2_000  # characters


@transaction.atomic
def tell(
    *,
    at_a_time: int,
    a_month: int,
    languages: Collection[str],
    qualifications: Collection[str],
    acting_person: Person,
) -> Assessor:
    """Say how many readings one takes at a time and in 30 days, in which languages, and what one knows about.

    `languages` are codes (`pool.vocabulary.codes_of_languages`), `qualifications` codes of the state's vocabulary with
    their list. Raises `UnusableCapacity`, `UnknownQualification`, and `NotInThePool` for somebody who reads for nobody.
    """
    _require_capacity(at_a_time, a_month)
    _require_known(qualifications)
    assessor = _hold(acting_person)
    assessor.at_a_time, assessor.a_month = at_a_time, a_month
    assessor.save(update_fields=["at_a_time", "a_month"])
    assessor.languages.all().delete()
    SpokenLanguage.objects.bulk_create(
        [SpokenLanguage(assessor=assessor, code=code) for code in sorted(set(languages))]
    )
    assessor.qualifications.all().delete()
    known = sorted(set(qualifications))
    Qualification.objects.bulk_create([Qualification(assessor=assessor, code=code) for code in known])
    data = {"at_a_time": at_a_time, "a_month": a_month, "languages": sorted(set(languages)), "qualifications": known}
    _record(Event.ASSESSOR_TOLD, acting_person, data)
    return assessor


@transaction.atomic
def enter_absence(*, begins: date, ends: date, acting_person: Person) -> Absence:
    """Say that one reads nothing from a day to a day, both included. Raises `UnusableAbsence`.

    Nothing new is offered for those days; what is under way stays, to be handed in or given back.
    """
    _require_days(begins, ends)
    absence = Absence.objects.create(assessor=_hold(acting_person), begins=begins, ends=ends)
    _record(Event.ABSENCE_ENTERED, acting_person, {"begins": begins.isoformat(), "ends": ends.isoformat()})
    return absence


@transaction.atomic
def remove_absence(*, absence: int, acting_person: Person) -> None:
    """Take an absence, by its key, away. Raises `NoSuchMember` for one of somebody else."""
    found = _hold(acting_person).absences.filter(pk=absence).first()
    if found is None:
        raise NoSuchMember
    data = {"begins": found.begins.isoformat(), "ends": found.ends.isoformat()}
    found.delete()
    _record(Event.ABSENCE_REMOVED, acting_person, data)


@transaction.atomic
def declare_conflict(
    *, address: str = "", organisation: Organisation | None = None, reason: str, acting_person: Person
) -> DeclaredConflict:
    """Say whose work one does not judge: a person, by an e-mail address of theirs, or everybody of an organisation.

    Whether anybody has that address is not told. With whom, and why, stays out of the journal. Saying it again replaces
    the reason. Raises `UnusableConflict`.
    """
    _require_conflict(address, organisation, reason)
    conflict, _ = DeclaredConflict.objects.update_or_create(
        assessor=_hold(acting_person),
        address=address.strip().lower(),
        organisation=organisation,
        defaults={"reason": reason.strip()},
    )
    _record(Event.CONFLICT_DECLARED, acting_person, {"with": "an organization" if organisation else "a person"})
    return conflict


@transaction.atomic
def withdraw_conflict(*, conflict: int, acting_person: Person) -> None:
    """Take a conflict, by its key, back. Raises `NoSuchMember` for one of somebody else."""
    found = _hold(acting_person).conflicts.filter(pk=conflict).first()
    if found is None:
        raise NoSuchMember
    data = {"with": "an organization" if found.organisation_id else "a person"}
    found.delete()
    _record(Event.CONFLICT_WITHDRAWN, acting_person, data)


def _hold(person: Person) -> Assessor:
    if not may_tell(person):
        raise NotInThePool
    return Assessor.objects.select_for_update().get(pk=assessor_of(person).pk)


def _require_capacity(at_a_time: int, a_month: int) -> None:
    fields = {}
    if not 1 <= at_a_time <= MOST_AT_A_TIME:
        fields["at_a_time"] = (
            f"Give a number from 1 to {MOST_AT_A_TIME}. If you want none for a while, enter an absence."
        )
    if not 1 <= a_month <= MOST_A_MONTH:
        fields["a_month"] = f"Give a number from 1 to {MOST_A_MONTH}. If you want none for a while, enter an absence."
    if fields:
        raise UnusableCapacity("Nothing is saved yet: a number is too small or too large.", fields=fields)


def _require_known(qualifications: Collection[str]) -> None:
    unknown = sorted(set(qualifications) - set(vocabulary.titles()))
    if unknown:
        sentence = f"“{unknown[0]}” is not in the state's vocabulary. Reload the page and choose again."
        raise UnknownQualification(sentence, fields={"qualifications": sentence})


def _require_days(begins: date, ends: date) -> None:
    fields = {}
    if ends < begins:
        fields["ends"] = "The last day lies before the first. Mend one of them."
    elif ends < timezone.localdate():
        fields["ends"] = "These days are over. Give days that are still to come."
    elif (ends - begins).days >= LONGEST_ABSENCE:
        fields["ends"] = "That is more than a year. Leave the pool instead, and come back when you want to read again."
    if fields:
        raise UnusableAbsence("The absence is not entered yet.", fields=fields)


def _require_conflict(address: str, organisation: Organisation | None, reason: str) -> None:
    fields = {}
    if bool(address.strip()) == (organisation is not None):
        fields["address"] = "Give either a person's address or an organization, not both."
    elif address.strip():
        try:
            validate_email(address.strip())
        except ValidationError:
            fields["address"] = "This is not an e-mail address. Write it as in name@school.org."
    if not reason.strip():
        fields["reason"] = "Say in a few words why. Only those who lead your pools read it."
    elif len(reason) > LONGEST_REASON:
        fields["reason"] = f"The reason is longer than {LONGEST_REASON:,} characters. Shorten it to what matters."
    if fields:
        raise UnusableConflict("The conflict is not declared yet.", fields=fields)


def _record(event: Event, person: Person, data: dict[str, Any]) -> None:
    record(event, actor=person, subject=f"assessor:{person.ref}", data=data)
