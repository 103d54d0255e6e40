"""The verbs of the earner: ask somebody to look at a draft, say what they see, and end it.

Whatever the address, the earner is told the same, and writing to it is left to a chore: whether somebody can be
reached, and how long it takes, must not tell who reads for an issuer.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from longleaf.assessment.errors import ClosedForComments, MentorNotWelcome, NoSuchMentorship, TooManyMentors
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold, hold_for_writing
from longleaf.assessment.mentoring.access import may_mentor
from longleaf.assessment.models import Attempt, Mentorship
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import MENTOR_MOVES, MentorStatus
from longleaf.catalog.design import Design
from longleaf.directory import queries as directory
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person

AT_ONCE = 3
# Each invitation is a letter to somebody who did not ask for it.
IN_ALL = 12
UNDER_WAY = (MentorStatus.INVITED, MentorStatus.ACCEPTED)


@transaction.atomic
def invite(*, attempt: Attempt, address: str, requirements: Collection[str], acting_person: Person) -> Mentorship:
    """Ask whoever has this address to look at the draft. `requirements` are the codes of what they will see.

    Asking the same address again changes what it would see and nothing else. Raises `MentorNotWelcome`,
    `TooManyMentors`, and what `holding` raises unless the evidence may still change.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    hold_for_writing(current_submission(attempt), acting_person=acting_person)
    wanted = _usable(address, acting_person)
    shown = _chosen(attempt, requirements)
    before = Mentorship.objects.filter(attempt=attempt, address=wanted, status__in=UNDER_WAY).first()
    if before is not None:
        before.requirements = shown
        before.save(update_fields=["requirements"])
        return before
    _require_room(attempt)
    asked = directory.people_named([wanted]).get(wanted)
    made = Mentorship.objects.create(
        attempt=attempt,
        address=wanted,
        mentor=asked if asked and may_mentor(asked, attempt) else None,
        round=attempt.round,
        requirements=shown,
    )
    # Neither the address nor whom it reached: the earner may read this line.
    _record(Event.MENTOR_INVITED, made, acting_person, attempt=attempt.ref, round=attempt.round, requirements=shown)
    return made


@transaction.atomic
def end(*, mentorship: Mentorship, acting_person: Person) -> Mentorship:
    """Take an invitation back, or end the help of a mentor; they see nothing more. Doing it twice does it once."""
    held = hold_mentorship(mentorship, acting_person=acting_person)
    old = MentorStatus(held.status)
    new = MentorStatus.WITHDRAWN if old is MentorStatus.INVITED else MentorStatus.ENDED
    if old not in UNDER_WAY:
        return held
    move(held, new)
    event = Event.MENTOR_WITHDRAWN if new is MentorStatus.WITHDRAWN else Event.MENTOR_ENDED
    _record(event, held, acting_person)
    return held


@transaction.atomic
def show(*, mentorship: Mentorship, requirements: Collection[str], acting_person: Person) -> Mentorship:
    """Show the present round, and of it these requirements. Without this a mentor stays at the round they know, so
    that a new round tells nobody of a decision. Raises `MentorNotWelcome` and `ClosedForComments`."""
    held = hold_mentorship(mentorship, acting_person=acting_person)
    if held.status not in UNDER_WAY:
        raise ClosedForComments("This is over. Invite the person anew if you want them to see your draft.")
    attempt = held.attempt
    held.requirements, held.round = _chosen(attempt, requirements), attempt.round
    held.save(update_fields=["requirements", "round"])
    _record(Event.MENTOR_SHOWN, held, acting_person, round=held.round, requirements=held.requirements)
    return held


@transaction.atomic
def show_letter(*, mentorship: Mentorship, round_number: int, acting_person: Person) -> Mentorship:
    """Let a mentor read the decision on a round. Raises `ClosedForComments` where there is none to be shown."""
    held = hold_mentorship(mentorship, acting_person=acting_person)
    decided = held.attempt.rounds.filter(round=round_number, decided_at__isnull=False).exists()
    if held.status != MentorStatus.ACCEPTED or not decided:
        raise ClosedForComments("There is no decision to be shown to this person. Reload the page.")
    if held.letter_round != round_number:
        held.letter_round = round_number
        held.save(update_fields=["letter_round"])
        _record(Event.LETTER_SHOWN, held, acting_person, round=round_number)
    return held


@transaction.atomic
def hide_letter(*, mentorship: Mentorship, acting_person: Person) -> Mentorship:
    """Show the decision no more."""
    held = hold_mentorship(mentorship, acting_person=acting_person)
    if held.letter_round is not None:
        held.letter_round = None
        held.save(update_fields=["letter_round"])
        _record(Event.LETTER_HIDDEN, held, acting_person)
    return held


def lapse_unanswered(attempt: Attempt) -> None:
    """What nobody has accepted when the work is handed in is over: whoever reads it then was not asked to help.

    For the verb that hands in and holds the attempt.
    """
    for each in Mentorship.objects.filter(attempt=attempt, status=MentorStatus.INVITED).order_by("pk"):
        move(each, MentorStatus.LAPSED)
        _record(Event.MENTOR_LAPSED, each, None)


def take_back_unanswered(attempt: Attempt, *, acting_person: Person | None) -> None:
    """Ask nobody any more to look at what is withdrawn. For the verb that withdraws and holds the attempt."""
    for each in Mentorship.objects.filter(attempt=attempt, status=MentorStatus.INVITED).order_by("pk"):
        move(each, MentorStatus.WITHDRAWN)
        _record(Event.MENTOR_WITHDRAWN, each, acting_person)


def hold_mentorship(mentorship: Mentorship, *, acting_person: Person) -> Mentorship:
    """The mentorship of one's own attempt, both locked, the attempt first. Raises `NoSuchAttempt`."""
    attempt = hold(mentorship.attempt_id, acting_person=acting_person)
    found = Mentorship.objects.select_for_update(of=("self",)).filter(pk=mentorship.pk).first()
    if found is None:
        raise NoSuchMentorship
    found.attempt = attempt
    return found


def move(mentorship: Mentorship, new: MentorStatus) -> None:
    """The one door to the status. Raises `WrongState` for a move that the table does not allow."""
    require_move(MENTOR_MOVES, MentorStatus(mentorship.status), new, what="This invitation")
    mentorship.status = new
    now = timezone.now()
    if new is MentorStatus.ACCEPTED:
        mentorship.accepted_at = now
    else:
        mentorship.ended_at = now
    mentorship.save(update_fields=["status", "accepted_at", "ended_at"])


def _usable(address: str, earner: Person) -> str:
    wanted = address.strip().lower()
    try:
        validate_email(wanted)
    except ValidationError:
        raise _not_welcome("address", "This is not an e-mail address. Write it as in name@school.org.") from None
    if wanted in directory.verified_addresses(earner):
        raise _not_welcome("address", "This is your own address. Give the one of somebody who may help you.")
    return wanted


def _chosen(attempt: Attempt, requirements: Collection[str]) -> list[str]:
    known = [each.code for each in Design(attempt.version.document).requirements]
    chosen = [code for code in known if code in set(requirements)]
    if not chosen:
        raise _not_welcome("requirements", "Choose at least one requirement that they may see.")
    return chosen


def _require_room(attempt: Attempt) -> None:
    invited = Mentorship.objects.filter(attempt=attempt)
    if invited.filter(status__in=UNDER_WAY).count() >= AT_ONCE:
        raise TooManyMentors(f"{AT_ONCE} people are invited or help already. End it with one of them first.")
    if invited.count() >= IN_ALL:
        raise TooManyMentors(f"{IN_ALL} invitations were made for this attempt, and more cannot be.")


def _not_welcome(field: str, sentence: str) -> MentorNotWelcome:
    return MentorNotWelcome("Nobody was invited yet. Look at the marked field.", fields={field: sentence})


def _record(event: Event, mentorship: Mentorship, actor: Person | None, **data: object) -> None:
    record(event, actor=actor, subject=f"mentoring:{mentorship.ref}", data=data)
