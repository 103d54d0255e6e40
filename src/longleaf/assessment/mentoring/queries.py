"""Reads: the earner's mentors with what they wrote, and the people whose drafts a mentor looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from longleaf.assessment.desk.queries import Exhibit, ShownPiece, shown_pieces
from longleaf.assessment.errors import NoSuchComment, NoSuchMentorship
from longleaf.assessment.mentoring.access import comments_are_open, invitations_to, mentorships_of
from longleaf.assessment.models import Artifact, Attempt, DraftComment, Mentorship, Response, Submission
from longleaf.assessment.queries import Decision, decision_on
from longleaf.catalog.design import Design, Requirement
from longleaf.panels.blindness import MENTOR, MENTOR_WITH_LETTER, Blindness, Fact

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# A draft that nobody touched for so long is one to ask after.
STALLED = timedelta(days=14)
WITH_ITS_TITLE = ("attempt__earner", "attempt__version")
WITHOUT_ITS_TEXTS = ("attempt__version__document", "attempt__version__search_text")


@dataclass(frozen=True)
class DraftLine:
    """A draft in a mentor's list. `changed_at` is told while comments are open: afterwards nothing changes."""

    mentorship: Mentorship
    is_open: bool
    changed_at: datetime | None
    waiting: int
    answered: int

    def days_still(self, now: datetime) -> int:
        """For how many days nothing changed in an open draft; 0 where that is not worth a word."""
        if not self.is_open or self.changed_at is None or now - self.changed_at < STALLED:
            return 0
        return (now - self.changed_at).days


@dataclass(frozen=True)
class CommentedPiece:
    """One requirement of a draft, as a mentor sees it, with what they wrote on it."""

    shown: ShownPiece
    comments: Sequence[DraftComment]

    @property
    def code(self) -> str:
        return self.shown.requirement.code


@dataclass(frozen=True)
class ShownDraft:
    """A draft as its mentor sees it, and the decision where the earner shows it."""

    mentorship: Mentorship
    submission: Submission
    pieces: Sequence[CommentedPiece]
    is_open: bool
    letter: Decision | None

    @property
    def design(self) -> Design:
        return Design(self.mentorship.attempt.version.document)


@dataclass(frozen=True)
class AskedRequirement:
    """One requirement with all comments of a round on it, for the earner."""

    requirement: Requirement
    comments: Sequence[DraftComment]

    @property
    def waiting(self) -> int:
        return sum(each.done_at is None for each in self.comments)


def people_of(person: Person) -> list[DraftLine]:
    """The drafts that somebody looks at, what waits first, in a constant number of queries."""
    found = mentorships_of(person).select_related(*WITH_ITS_TITLE).defer(*WITHOUT_ITS_TEXTS)
    of_this_round = Q(comments__submission__round=F("round"))
    found = found.annotate(
        text_changed=_latest(Response, "submission", "saved_at"),
        file_added=_latest(Artifact, "response__submission", "added_at"),
        waiting=Count("comments", filter=of_this_round & Q(comments__done_at=None)),
        answered=Count("comments", filter=of_this_round & Q(comments__answered_at__isnull=False)),
    )
    lines = [_line(each) for each in found.order_by("-accepted_at", "ref")]
    return sorted(lines, key=lambda line: not line.is_open)


def invitations_of(person: Person) -> list[Mentorship]:
    """Who asks somebody for help: by name, and not with what."""
    return list(invitations_to(person).select_related("attempt__earner").order_by("-invited_at", "ref"))


def invitation_of(person: Person, ref: str) -> Mentorship:
    """One of them. Raises `NoSuchMentorship`."""
    return _one(invitations_to(person), ref)


def mentorship_of(person: Person, ref: str) -> Mentorship:
    """A draft that somebody looks at. Raises `NoSuchMentorship` in every other case alike."""
    return _one(mentorships_of(person), ref)


def draft_of(person: Person, ref: str) -> ShownDraft:
    """What of a draft its mentor sees, in a constant number of queries. Raises `NoSuchMentorship`."""
    mentorship = mentorship_of(person, ref)
    submission = _shown_round(mentorship)
    written = _by_requirement(mentorship.comments.filter(submission=submission))
    pieces = [
        CommentedPiece(piece, written.get(piece.requirement.code, []))
        for piece in shown_pieces(submission, sight_of(mentorship))
        if piece.requirement.code in mentorship.requirements
    ]
    is_open = comments_are_open(mentorship.attempt, mentorship)
    return ShownDraft(mentorship, submission, pieces, is_open, _letter(mentorship))


def file_of(person: Person, ref: str, code: str) -> Exhibit:
    """A file, such as R2-1, of what a mentor sees. Raises `NoSuchMentorship` in every other case alike."""
    draft = draft_of(person, ref)
    exhibits = (exhibit for piece in draft.pieces for exhibit in piece.shown.exhibits)
    found = next((each for each in exhibits if each.code == code and each.upload), None)
    if found is None:
        raise NoSuchMentorship
    return found


def sight_of(mentorship: Mentorship) -> Blindness:
    """What a mentor is shown of the judgement."""
    return MENTOR_WITH_LETTER if mentorship.letter_round else MENTOR


def mentors_of(attempt: Attempt) -> list[Mentorship]:
    """Everybody the earner asked, the newest first. Who an open invitation reached is not told."""
    return list(attempt.mentorships.select_related("mentor").order_by("-invited_at", "-pk"))


def own_mentorship(attempt: Attempt, ref: str) -> Mentorship:
    """One of an attempt's. Raises `NoSuchMentorship`."""
    return _one(attempt.mentorships.all(), ref)


def comments_on(submission: Submission) -> list[AskedRequirement]:
    """All comments on a round, by requirement in the order in which they are asked for; without comments left out."""
    rows = submission.draft_comments.select_related("mentorship__mentor")
    written = _by_requirement(rows)
    asked = Design(submission.attempt.version.document).requirements
    return [AskedRequirement(each, written[each.code]) for each in asked if each.code in written]


def earlier_comments(attempt: Attempt) -> list[Submission]:
    """The earlier rounds on which somebody wrote, with what was written."""
    rows = DraftComment.objects.select_related("mentorship__mentor")
    earlier = attempt.rounds.filter(round__lt=attempt.round, draft_comments__isnull=False).distinct()
    return list(earlier.prefetch_related(Prefetch("draft_comments", rows)).order_by("-round"))


def comment_of(attempt: Attempt, ref: str) -> DraftComment:
    """A comment on an attempt. Raises `NoSuchComment`."""
    found = DraftComment.objects.filter(mentorship__attempt=attempt, ref=ref).first()
    if found is None:
        raise NoSuchComment
    return found


def open_comments(attempt: Attempt) -> int:
    """How many comments on the present round wait for the earner."""
    return DraftComment.objects.filter(
        mentorship__attempt=attempt, submission__round=attempt.round, done_at__isnull=True
    ).count()


def _one(rows: QuerySet[Mentorship], ref: str) -> Mentorship:
    found = rows.select_related("mentor", "attempt__earner", "attempt__version", "attempt__micro_credential__issuer")
    one = found.filter(ref=ref).first()
    if one is None:
        raise NoSuchMentorship
    return one


def _shown_round(mentorship: Mentorship) -> Submission:
    submission: Submission = mentorship.attempt.rounds.get(round=mentorship.round)
    submission.attempt = mentorship.attempt
    return submission


def _letter(mentorship: Mentorship) -> Decision | None:
    if mentorship.letter_round is None or not sight_of(mentorship).shows(Fact.OUTCOME):
        return None
    judged = mentorship.attempt.rounds.filter(round=mentorship.letter_round).first()
    return decision_on(judged) if judged else None


def _line(mentorship: Mentorship) -> DraftLine:
    moments = [getattr(mentorship, name) for name in ("text_changed", "file_added")]
    return DraftLine(
        mentorship=mentorship,
        is_open=comments_are_open(mentorship.attempt, mentorship),
        changed_at=max((each for each in moments if each), default=None),
        waiting=int(getattr(mentorship, "waiting", 0)),
        answered=int(getattr(mentorship, "answered", 0)),
    )


def _latest(model: type[Response] | type[Artifact], submission: str, moment: str) -> Subquery:
    """When something of the round that is shown was last changed."""
    rows = model._default_manager.filter(
        **{
            f"{submission}__attempt": OuterRef("attempt"),
            f"{submission}__round": OuterRef("round"),
            f"{submission}__reread_of": None,
        }
    ).order_by()
    return Subquery(rows.values(f"{submission}__attempt").annotate(latest=Max(moment)).values("latest"))


def _by_requirement(rows: QuerySet[DraftComment]) -> Mapping[str, list[DraftComment]]:
    found: dict[str, list[DraftComment]] = {}
    for each in rows:
        found.setdefault(each.requirement, []).append(each)
    return found
