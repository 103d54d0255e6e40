"""The kinds of things of an attempt that go by themselves, and how each of them is taken away.

What a decision rests on goes; what was decided, and why, stays: outcomes, comments to the earner, statements agreed to,
and the digest of the evidence in the journal, which proves later what was judged to whoever still has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from longleaf.assessment.events import Event
from longleaf.assessment.mentoring.inviting import take_back_unanswered
from longleaf.assessment.models import (
    AiStatement,
    Appeal,
    Artifact,
    Attempt,
    Consent,
    DraftComment,
    LookedThrough,
    Mentorship,
    NameAnswer,
    OwnPart,
    Response,
    Roster,
    Shown,
    Submission,
    TeamMember,
    Upload,
)
from longleaf.assessment.retention.clearing import forget_uploads, take_artifacts
from longleaf.assessment.retention.kinds import CountedFrom, KindOfWork, Things
from longleaf.assessment.status import (
    ATTEMPT_MOVES,
    MADE_TOGETHER,
    MENTORED,
    NOT_TAKEN,
    AttemptStatus,
    MemberOfTeam,
    UploadStatus,
)
from longleaf.assessment.teams.forming import leave_open_teams
from longleaf.awards.queries import award_on_occasion
from longleaf.awards.status import AwardStatus
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

DECISION_OR_BADGE = (CountedFrom.DECISION, CountedFrom.BADGE_EXPIRY)
YEAR = 365


def shown_by_badge(attempt: Attempt) -> list[int]:
    """The artifacts that a good badge tells of by its earner's leave; their bytes are handed out at its address."""
    award = award_on_occasion(f"attempt:{attempt.ref}")
    if award is None or award.status == AwardStatus.REVOKED:
        return []
    keys = [str(piece.get("key", "")).rpartition(".")[2] for piece in award.evidence]
    return [int(key) for key in keys if key.isascii() and key.isdigit()]


def _take_files(attempt: Attempt, now: datetime) -> Mapping[str, int]:
    # An anchor made of it would have kept it; what is left can teach nobody.
    attempt.submissions.exclude(lent_at=None).update(lent_at=None)
    _forget_who_never_came(attempt)
    return take_artifacts(_brought(attempt.submissions.all()).exclude(pk__in=shown_by_badge(attempt)), now)


def _take_texts(attempt: Attempt, now: datetime) -> Mapping[str, int]:
    _forget_who_never_came(attempt)
    return _take_texts_of(attempt.submissions.all())


def _take_consents(attempt: Attempt, now: datetime) -> Mapping[str, int]:
    if _teammates_rely_on(attempt):
        return {}
    Shown.objects.filter(attempt=attempt).delete()
    LookedThrough.objects.filter(attempt=attempt).delete()
    gone, by_model = Consent.objects.filter(attempt=attempt).delete()
    return {"consents": by_model.get(Consent._meta.label, 0)} if gone else {}


def _take_appeals(attempt: Attempt, now: datetime) -> Mapping[str, int]:
    gone = Appeal.objects.filter(submission__attempt=attempt).exclude(words={}).update(words={})
    return {"appeals": gone} if gone else {}


def _take_comments(attempt: Attempt, now: datetime) -> Mapping[str, int]:
    """Who helped stays, so that they never judge it; words, and addresses of people who never accepted, go."""
    gone, by_model = DraftComment.objects.filter(mentorship__attempt=attempt).delete()
    _forget_who_never_came(attempt)
    return {"comments": by_model[DraftComment._meta.label]} if gone else {}


def _forget_who_never_came(attempt: Attempt) -> None:
    """It has no clock of its own and goes with the first of what has: how many there are would tell who is reached."""
    Mentorship.objects.filter(attempt=attempt).exclude(status__in=MENTORED).delete()
    # Whoever was reached knew whose work it is, and is kept off its panels; of others only an address is there.
    teams = list(attempt.team_memberships.values_list("team", flat=True))
    # While others still ask, somebody who is missing from their list would be known not to be reached.
    no_more_asked = Q(team__closed_at__isnull=False) | ~Q(status=MemberOfTeam.INVITED)
    TeamMember.objects.filter(no_more_asked, team__in=teams, person=None).delete()


def _take_everything(attempt: Attempt, now: datetime) -> Mapping[str, int]:
    taken = dict(take_artifacts(_brought(attempt.submissions.all()), now))
    for take in (_take_texts, _take_consents, _take_appeals, _take_comments):
        taken |= take(attempt, now)
    Roster.objects.filter(attempt=attempt).delete()
    _forget_what_was_never_taken(attempt.submissions.all())
    return taken


def _take_open_round(attempt: Attempt, now: datetime) -> Mapping[str, int]:
    """End an attempt that nobody went on with. Rounds that were decided before have the clock of what is withdrawn."""
    here = attempt.submissions.filter(decided_at=None)
    if not attempt.submissions.filter(decided_at__isnull=False).exists():
        taken = _take_everything(attempt, now)
    else:
        taken = {**take_artifacts(_brought(here), now), **_take_texts_of(here)}
        _forget_what_was_never_taken(here)
    old = AttemptStatus(attempt.status)
    require_move(ATTEMPT_MOVES, old, AttemptStatus.WITHDRAWN, what="This attempt")
    attempt.status = AttemptStatus.WITHDRAWN
    attempt.save(update_fields=["status", "changed_at"])
    take_back_unanswered(attempt, acting_person=None)
    leave_open_teams(attempt, acting_person=None)
    data = {"from": old.value, "round": attempt.round}
    record(Event.WITHDRAWN, actor=None, subject=f"attempt:{attempt.ref}", data=data)
    return taken


def _take_texts_of(rounds: QuerySet[Submission]) -> dict[str, int]:
    written = Response.objects.filter(submission__in=rounds).exclude(text="")
    said = AiStatement.objects.filter(response__submission__in=rounds).exclude(words="")
    # By key, so that the time of the last change stays what it was.
    parts = OwnPart.objects.filter(submission__in=rounds).exclude(text="")
    gone = written.update(text="", saved_from="") + said.update(words="") + parts.update(text="")
    NameAnswer.objects.filter(submission__in=rounds).delete()
    return {"texts": gone} if gone else {}


def _forget_what_was_never_taken(rounds: QuerySet[Submission]) -> None:
    """Files that were refused, and files that no artifact shows: with them go the names that their owner gave them."""
    statuses = [*NOT_TAKEN, UploadStatus.READY]
    left = Upload.objects.filter(response__submission__in=rounds, status__in=statuses)
    forget_uploads(set(left.values_list("pk", flat=True)))


def _brought(rounds: QuerySet[Submission]) -> QuerySet[Artifact]:
    return Artifact.objects.filter(response__submission__in=rounds)


def _files_shown(attempt: Attempt) -> int:
    live = Artifact.objects.filter(pk__in=shown_by_badge(attempt), response__submission__attempt=attempt)
    return live.filter(let_go_at=None).count()


def _consents_are_needed(attempt: Attempt) -> bool:
    return bool(ARTIFACTS.counted([attempt.pk])) or _teammates_rely_on(attempt)


def _teammates_rely_on(attempt: Attempt) -> bool:
    """Whether others still have what a team made: one log is enough for all, and is where consent is taken back."""
    together = attempt.team_memberships.filter(status__in=MADE_TOGETHER)
    made = ARTIFACTS.rows().filter(team__in=together.values("team"))
    return made.exclude(response__submission__attempt=attempt).exists()


def _consents_for_teammates(attempt: Attempt) -> int:
    return LOGGED.counted([attempt.pk]).get(attempt.pk, 0) if _teammates_rely_on(attempt) else 0


ARTIFACTS = Things(lambda: Artifact.objects.filter(let_go_at=None), "response__submission__attempt")
WRITTEN = Things(lambda: Response.objects.exclude(text=""), "submission__attempt")
OWN_PARTS = Things(lambda: OwnPart.objects.exclude(text=""), "submission__attempt")
SAID = Things(lambda: AiStatement.objects.exclude(words=""), "response__submission__attempt")
LOGGED = Things(Consent.objects.all, "attempt")
APPEALED = Things(lambda: Appeal.objects.exclude(words={}), "submission__attempt")
COMMENTED = Things(DraftComment.objects.all, "mentorship__attempt")
OF_ATTEMPT = (ARTIFACTS, WRITTEN, OWN_PARTS, SAID, LOGGED, APPEALED, COMMENTED)


def _empty_open_rounds() -> QuerySet[Submission]:
    """Open rounds with nothing in them, of attempts of which something else is kept: of earlier rounds, or consent.

    Without them such an attempt would never end, and no clock of what is kept would ever run.
    """
    brought = (
        Exists(ARTIFACTS.rows().filter(response__submission=OuterRef("pk")))
        | Exists(WRITTEN.rows().filter(submission=OuterRef("pk")))
        | Exists(OWN_PARTS.rows().filter(submission=OuterRef("pk")))
    )
    kept = reduce(or_, (Exists(each.rows().filter(**{each.by: OuterRef("attempt")})) for each in OF_ATTEMPT))
    return Submission.objects.filter(~brought, kept, decided_at=None, reread_of=None)


OF_OPEN_ROUND = (
    Things(lambda: WRITTEN.rows().filter(submission__decided_at=None), WRITTEN.by),
    Things(lambda: OWN_PARTS.rows().filter(submission__decided_at=None), OWN_PARTS.by),
    Things(lambda: ARTIFACTS.rows().filter(response__submission__decided_at=None), ARTIFACTS.by),
    Things(_empty_open_rounds, "attempt"),
)

DRAFTS = KindOfWork(
    "drafts",
    "What you never handed in",
    days=YEAR,
    counted_from=(CountedFrom.LAST_CHANGE,),
    least_days=60,
    things=OF_OPEN_ROUND,
    take_away=_take_open_round,
)
WITHDRAWN = KindOfWork(
    "withdrawn",
    "Everything of an attempt that you withdrew",
    days=90,
    counted_from=(CountedFrom.WITHDRAWAL,),
    things=OF_ATTEMPT,
    take_away=_take_everything,
    kept_back=_consents_for_teammates,
)
FILES = KindOfWork(
    "files",
    "Files and links",
    days=3 * YEAR,
    counted_from=DECISION_OR_BADGE,
    least_days=60,
    things=(ARTIFACTS,),
    take_away=_take_files,
    kept_back=_files_shown,
)
TEXTS = KindOfWork(
    "texts",
    "What you wrote",
    days=5 * YEAR,
    counted_from=DECISION_OR_BADGE,
    least_days=60,
    things=(WRITTEN, OWN_PARTS, SAID),
    take_away=_take_texts,
)
CONSENTS = KindOfWork(
    "consents",
    "The consent log",
    days=3 * YEAR,
    counted_from=DECISION_OR_BADGE,
    least_days=60,
    as_long_as="files",
    things=(LOGGED,),
    take_away=_take_consents,
    waits=_consents_are_needed,
)
APPEALS = KindOfWork(
    "appeals",
    "What you wrote in an appeal",
    days=3 * YEAR,
    counted_from=DECISION_OR_BADGE,
    least_days=60,
    things=(APPEALED,),
    take_away=_take_appeals,
)
COMMENTS = KindOfWork(
    "mentoring",
    "What mentors wrote on your drafts, and you to them",
    days=YEAR,
    counted_from=DECISION_OR_BADGE,
    things=(COMMENTED,),
    take_away=_take_comments,
)
