"""The verbs of whoever is asked to help: accept, say no, leave. Whoever accepts is kept from judging it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.errors import ClosedForComments, NoSuchMentorship
from longleaf.assessment.events import Event
from longleaf.assessment.mentoring.access import may_mentor
from longleaf.assessment.mentoring.inviting import move
from longleaf.assessment.models import Attempt, Mentorship, Submission
from longleaf.assessment.nearness import with_teammates
from longleaf.assessment.status import OPEN_FOR_WRITING, AttemptStatus, MentorStatus
from longleaf.journal.recording import record
from longleaf.panels import convening

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def accept(*, mentorship: Mentorship, acting_person: Person) -> Mentorship:
    """Agree to look at a draft. Doing it twice does it once.

    Raises `NoSuchMentorship` for anybody else and for whoever may not come near this attempt, and `ClosedForComments`
    once it was handed in or taken back.
    """
    held = hold_as_mentor(mentorship, acting_person=acting_person)
    if held.status == MentorStatus.ACCEPTED:
        return held
    if not may_mentor(acting_person, held.attempt):
        raise NoSuchMentorship
    if held.status != MentorStatus.INVITED or AttemptStatus(held.attempt.status) not in OPEN_FOR_WRITING:
        raise ClosedForComments("This invitation is over. Ask the person who sent it to invite you anew.")
    move(held, MentorStatus.ACCEPTED)
    # A teammate may be with the assessors already, and their panel short of a reader.
    teams = with_teammates([held.attempt_id])[held.attempt_id]
    handed_in = Submission.objects.filter(attempt__in=teams, panel__isnull=False).values_list("ref", flat=True)
    convening.keep_off(subjects=handed_in, person=acting_person)
    _record(Event.MENTOR_ACCEPTED, held, acting_person)
    return held


@transaction.atomic
def decline(*, mentorship: Mentorship, acting_person: Person) -> Mentorship:
    """Say no to an invitation. The earner is told that and no reason."""
    held = hold_as_mentor(mentorship, acting_person=acting_person)
    if held.status == MentorStatus.INVITED:
        move(held, MentorStatus.DECLINED)
        _record(Event.MENTOR_DECLINED, held, acting_person)
    return held


@transaction.atomic
def leave(*, mentorship: Mentorship, acting_person: Person) -> Mentorship:
    """Stop looking at a draft. What was written stays with the earner."""
    held = hold_as_mentor(mentorship, acting_person=acting_person)
    if held.status == MentorStatus.ACCEPTED:
        move(held, MentorStatus.ENDED)
        _record(Event.MENTOR_ENDED, held, acting_person)
    return held


def hold_as_mentor(mentorship: Mentorship, *, acting_person: Person) -> Mentorship:
    """The mentorship and its attempt, locked, the attempt first. Raises `NoSuchMentorship` unless it is theirs."""
    rows = Attempt.objects.select_for_update(of=("self",))
    attempt = rows.select_related("version", "micro_credential__issuer").filter(pk=mentorship.attempt_id).first()
    found = Mentorship.objects.select_for_update(of=("self",)).filter(pk=mentorship.pk, mentor=acting_person.pk).first()
    if attempt is None or found is None:
        raise NoSuchMentorship
    found.attempt = attempt
    return found


def _record(event: Event, mentorship: Mentorship, actor: Person) -> None:
    record(event, actor=actor, subject=f"mentoring:{mentorship.ref}", data={})
