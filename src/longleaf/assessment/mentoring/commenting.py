"""The verbs on comments: a mentor writes, the earner answers and says that it is done.

All of them while the round may still change: what was handed in is with those who judge, and nothing is said about it
until it comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.errors import ClosedForComments, CommentNotWelcome, NoSuchComment, NoSuchMentorship
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold
from longleaf.assessment.mentoring.accepting import hold_as_mentor
from longleaf.assessment.mentoring.access import comments_are_open
from longleaf.assessment.models import Attempt, DraftComment, Mentorship
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import OPEN_FOR_WRITING, AttemptStatus, MentorStatus
from longleaf.journal.recording import record
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# On one round by one mentor: more than anybody reads, and no place to keep things in.
MOST_COMMENTS = 200
LONGEST_COMMENT = 5_000  # characters: two pages on one requirement


@transaction.atomic
def comment(*, mentorship: Mentorship, requirement: str, text: str, acting_person: Person) -> DraftComment:
    """Write a comment on one requirement that is shown. The same words on it again are the same comment.

    Raises `NoSuchMentorship`, `ClosedForComments`, `CommentNotWelcome`.
    """
    held = hold_as_mentor(mentorship, acting_person=acting_person)
    if held.status != MentorStatus.ACCEPTED:
        raise NoSuchMentorship
    if not comments_are_open(held.attempt, held):
        raise ClosedForComments("The draft was handed in, so nothing can be written about it now. Keep your words.")
    if requirement not in held.requirements:
        raise ClosedForComments("This requirement is not shown to you any more. Reload the page and keep your words.")
    words = _usable(text, f"comment-{requirement}")
    submission = current_submission(held.attempt)
    so_far = DraftComment.objects.filter(mentorship=held, submission=submission)
    if same := so_far.filter(requirement=requirement, text=words).first():
        return same
    if so_far.count() >= MOST_COMMENTS:
        sentence = f"You wrote {MOST_COMMENTS} comments on this round, and more cannot be kept. Talk it over instead."
        raise _not_welcome(f"comment-{requirement}", sentence)
    written = DraftComment.objects.create(mentorship=held, submission=submission, requirement=requirement, text=words)
    _record(Event.DRAFT_COMMENTED, written, acting_person)
    return written


@transaction.atomic
def answer(*, comment: DraftComment, text: str, acting_person: Person) -> DraftComment:
    """Answer a comment; a later answer takes the place of an earlier one. Raises `NoSuchComment` for anybody but the
    earner, `ClosedForComments`, `CommentNotWelcome`."""
    held = _hold_own(comment, acting_person)
    words = _usable(text, f"answer-{held.ref}")
    if held.answer != words:
        held.answer, held.answered_at = words, timezone.now()
        held.save(update_fields=["answer", "answered_at"])
        _record(Event.COMMENT_ANSWERED, held, acting_person)
    return held


@transaction.atomic
def mark_done(*, comment: DraftComment, is_done: bool, acting_person: Person) -> DraftComment:
    """Say that a comment is dealt with, or that it is not after all."""
    held = _hold_own(comment, acting_person)
    if (held.done_at is not None) != is_done:
        held.done_at = timezone.now() if is_done else None
        held.save(update_fields=["done_at"])
        _record(Event.COMMENT_DONE, held, acting_person)
    return held


def _hold_own(comment: DraftComment, earner: Person) -> DraftComment:
    own = DraftComment.objects.select_related("mentorship").filter(mentorship__attempt__earner=earner.pk)
    known = own.filter(pk=comment.pk).first()
    if known is None:
        raise NoSuchComment
    attempt = hold(known.mentorship.attempt_id, acting_person=earner)
    rows = DraftComment.objects.select_for_update(of=("self",)).select_related("mentorship", "submission")
    held = rows.get(pk=known.pk)
    _require_open(attempt, held)
    return held


def _require_open(attempt: Attempt, comment: DraftComment) -> None:
    if AttemptStatus(attempt.status) not in OPEN_FOR_WRITING or comment.submission.round != attempt.round:
        raise ClosedForComments("This round was handed in, so its comments stay as they are. Reload the page.")


def _usable(text: str, field: str) -> str:
    words = plain_line_ends(text).replace("\x00", "").strip()
    if not words:
        raise _not_welcome(field, "Write something first.")
    if len(words) > LONGEST_COMMENT:
        raise _not_welcome(field, f"At most {LONGEST_COMMENT:,} characters; this has {len(words):,}. Shorten it.")
    return words


def _not_welcome(field: str, sentence: str) -> CommentNotWelcome:
    return CommentNotWelcome("Nothing was kept yet.", fields={field: sentence})


def _record(event: Event, comment: DraftComment, actor: Person) -> None:
    data = {"comment": comment.ref, "requirement": comment.requirement}
    if event is Event.COMMENT_DONE:
        data["done"] = "yes" if comment.done_at else "no"
    record(event, actor=actor, subject=f"mentoring:{comment.mentorship.ref}", data=data)
