"""The verbs of the consent log: who is shown, on what ground, and what happens when somebody takes it back.

A person shown is a number, never a name. What a file or link shows is said of the file or link itself, so that a later
round that brings it again need not say it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from longleaf.assessment.anchors.loans import end_loans_of
from longleaf.assessment.errors import ConsentNotWelcome, NoSuchConsent
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold, hold_for_writing
from longleaf.assessment.models import Artifact, Attempt, Consent, Shown, Submission
from longleaf.assessment.nearness import with_teammates
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import MADE_TOGETHER, ConsentKind
from longleaf.assessment.teams.holding import hold_attempts
from longleaf.awards import reissuing
from longleaf.awards.queries import award_on_occasion
from longleaf.journal.recording import record
from longleaf.kit.errors import Refusal

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# More than two classes; whoever shows more people brings evidence of something else.
MOST_PEOPLE = 60
LONGEST_PLACE = 200


@transaction.atomic
def log_consent(*, attempt: Attempt, kind: str, given_on: date, kept_where: str, acting_person: Person) -> Consent:
    """Log the consent of the next person shown, who gets the next number. Raises `ConsentNotWelcome`.

    `kept_where` says where the form lies, such as “office, folder B”; only the earner reads it.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    hold_for_writing(current_submission(attempt), acting_person=acting_person)
    kept_where = " ".join(kept_where.split())
    _require_welcome(kind, given_on, kept_where)
    last = Consent.objects.filter(attempt=attempt).order_by("-number").first()
    number = last.number + 1 if last else 1
    if number > MOST_PEOPLE:
        raise ConsentNotWelcome(f"{MOST_PEOPLE} people are logged, and more cannot be.", fields={"kind": "Stop here."})
    logged = Consent.objects.create(attempt=attempt, number=number, kind=kind, given_on=given_on, kept_where=kept_where)
    # Neither the place nor the day: they could lead to a person, and the journal never forgets.
    data = {"number": number, "kind": kind}
    record(Event.CONSENT_LOGGED, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)
    return logged


@transaction.atomic
def say_who_is_shown(*, artifact: Artifact, nobody: bool, numbers: Collection[int], acting_person: Person) -> Shown:
    """Say whom a file or link shows: nobody who can be recognised, or people of the log. Raises `ConsentNotWelcome`."""
    submission = artifact.response.submission
    attempt = hold_for_writing(submission, acting_person=acting_person)
    people = list(Consent.objects.filter(attempt=attempt, number__in=numbers, withdrawn_at__isnull=True))
    if len(people) != len(set(numbers)):
        raise NoSuchConsent("One of these people is not in your log, or took the consent back. Reload the page.")
    if nobody == bool(people):
        sentence = "Say either that nobody can be recognized, or which people are shown."
        raise ConsentNotWelcome(sentence, fields={f"shows-{artifact.pk}": sentence})
    shown, _ = Shown.objects.update_or_create(attempt=attempt, thing=thing_of(artifact), defaults={"nobody": nobody})
    shown.people.set(people)
    data = {"requirement": artifact.response.requirement, "people": sorted(each.number for each in people)}
    record(Event.SHOWN_SAID, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)
    return shown


@transaction.atomic
def withdraw_consent(*, attempt: Attempt, number: int, acting_person: Person) -> Consent:
    """A person shown took consent back: everything that shows them is out of sight at once, in every round, and what a
    team made in the rounds of all its members. Rounds that were lent to train assessors are lent no more.

    Possible at any time, also while assessors read and after a decision. What a badge tells of it closes too. Doing it
    twice does it once. Raises `NoSuchConsent`.
    """
    hold_attempts(with_teammates([attempt.pk])[attempt.pk])
    attempt = hold(attempt.pk, acting_person=acting_person)
    found = Consent.objects.select_for_update().filter(attempt=attempt, number=number).first()
    if found is None:
        raise NoSuchConsent("There is no such person in your log. Reload the page.")
    if found.withdrawn_at is not None:
        return found
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    taken = _take_away(attempt, found)
    reissuing.hold_awards({f"attempt:{_attempt_of(each).ref}" for each in taken})
    data = {"number": number, "taken_away": sum(_attempt_of(each) == attempt for each in taken)}
    record(Event.CONSENT_WITHDRAWN, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)
    for ref in sorted({each.response.submission.ref for each in taken if each.response.submission.submitted_at}):
        # For those who judge: that something is gone, and nothing of whose wish it was.
        record(Event.EVIDENCE_TAKEN_AWAY, actor=None, subject=f"submission:{ref}", data={})
    end_loans_of(each.response.submission_id for each in taken)
    for shown_in in {_attempt_of(each) for each in taken}:
        # In a teammate's badge nobody but the system itself acts: they said nothing.
        by = acting_person if shown_in == attempt else None
        _close_in_badge(shown_in, [each for each in taken if _attempt_of(each) == shown_in], by)
    return found


def people_are_shown_in(submission: Submission) -> bool:
    """Whether a round shows people who can be recognised, by what its earner, or another of a team, said of it."""
    brought = Artifact.objects.select_related("upload").filter(response__submission=submission)
    things = {thing_of(each) for each in brought}
    near = with_teammates([submission.attempt_id])[submission.attempt_id]
    return Shown.objects.filter(attempt__in=near, thing__in=things, people__isnull=False).exists()


def thing_of(artifact: Artifact) -> str:
    """By what a file or link is known across rounds."""
    if artifact.upload:
        return artifact.upload.ref
    return hashlib.sha256(artifact.link.encode()).hexdigest()


def _require_welcome(kind: str, given_on: date, kept_where: str) -> None:
    problems = {}
    if kind not in ConsentKind.values:
        problems["kind"] = "Choose what the consent rests on."
    if given_on > timezone.localdate():
        problems["given_on"] = "This day is still to come. Give the day on which the form was signed."
    if not kept_where or len(kept_where) > LONGEST_PLACE:
        problems["kept_where"] = f"Say where the form is kept, in at most {LONGEST_PLACE} characters."
    if problems:
        raise ConsentNotWelcome("The consent was not logged. Look at the marked fields.", fields=problems)


def _take_away(attempt: Attempt, consent: Consent) -> list[Artifact]:
    things = set(consent.shown_in.values_list("thing", flat=True))
    # Whoever was only asked has no part in what the team brought, even where they brought the same link themselves.
    made = attempt.team_memberships.filter(status__in=MADE_TOGETHER).values("team")
    own = Q(response__submission__attempt=attempt) | Q(team__in=made)
    rows = Artifact.objects.select_related("upload", "response__submission__attempt__earner")
    brought = rows.filter(own, taken_away_at__isnull=True)
    taken = [each for each in brought if thing_of(each) in things]
    Artifact.objects.filter(pk__in=[each.pk for each in taken]).update(taken_away_at=consent.withdrawn_at)
    return taken


def _attempt_of(artifact: Artifact) -> Attempt:
    return artifact.response.submission.attempt


def _close_in_badge(attempt: Attempt, taken: Collection[Artifact], acting_person: Person | None) -> None:
    """Sign the badge anew without what was taken away. Where it cannot be signed, the file is shut all the same."""
    award = award_on_occasion(f"attempt:{attempt.ref}")
    if award is None:
        return
    closed = {f"{each.response.requirement}.{each.pk}" for each in taken}
    try:
        with transaction.atomic():
            reissuing.close_evidence(award=award, keys=closed, acting_person=acting_person)
    except Refusal:
        return
