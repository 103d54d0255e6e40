"""What goes by itself without anybody being told: it is nobody's evidence, or out of everybody's sight already."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from longleaf.assessment.models import Artifact, OwnPart, Print, ReadingNote, Submission, Team, TeamMember, Upload
from longleaf.assessment.retention.clearing import forget_uploads, take_artifacts
from longleaf.assessment.retention.holding_back import held_attempts
from longleaf.assessment.retention.kinds import CountedFrom, Kind, KindOfRows
from longleaf.assessment.status import NOT_TAKEN, AttemptStatus, UploadStatus
from longleaf.catalog.studio import samples
from longleaf.panels.status import PanelStatus
from longleaf.quality.agencies import letting_go

OF_UPLOAD = "response__submission__attempt__in"


def _notes_due(before: datetime, on: date) -> QuerySet[ReadingNote]:
    """After handing in, or the day that it was due, once it is decided or never will be.

    Counted from the decision they would tell by the day on which they go that a reading was an anchor, on which none is
    made.
    """
    held = Submission.objects.filter(attempt__in=held_attempts(on)).values("ref")
    over = Q(reading__panel__decided_at__isnull=False) | Q(reading__panel__status=PanelStatus.DISSOLVED)
    notes = ReadingNote.objects.annotate(ended=Coalesce("reading__submitted_at", "reading__due_at"))
    due = notes.filter(over, ended__lt=before)
    return due.exclude(Q(reading__panel__subject__in=held) | Q(reading__panel__evidence__in=held))


def _not_taken_due(before: datetime, on: date) -> QuerySet[Upload]:
    due = Upload.objects.filter(status__in=NOT_TAKEN, begun_at__lt=before, finished_at__lt=before)
    return due.exclude(**{OF_UPLOAD: held_attempts(on)})


def _unused_due(before: datetime, on: date) -> QuerySet[Upload]:
    due = Upload.objects.filter(status=UploadStatus.READY, begun_at__lt=before, finished_at__lt=before)
    return due.filter(artifacts=None, tells=None).exclude(**{OF_UPLOAD: held_attempts(on)})


def _taken_away_due(before: datetime, on: date) -> QuerySet[Artifact]:
    due = Artifact.objects.filter(taken_away_at__lt=before, let_go_at=None)
    return due.exclude(response__submission__attempt__in=held_attempts(on))


def _prints_due(before: datetime, on: date) -> QuerySet[Print]:
    return Print.objects.filter(submission__submitted_at__lt=before)


def _let_uploads_go(keys: Collection[int], now: datetime) -> int:
    return forget_uploads(keys)


def _let_artifacts_go(keys: Collection[int], now: datetime) -> int:
    return sum(take_artifacts(Artifact.objects.filter(pk__in=keys), now).values())


def _deleted(model: type[Model], keys: Collection[int]) -> int:
    return int(model._default_manager.filter(Q(pk__in=keys)).delete()[1].get(model._meta.label, 0))


def _teams_due(before: datetime, on: date) -> QuerySet[Team]:
    """Teams of which nothing is left: everybody withdrew, what they brought and said is gone, and nobody was judged by
    it. Until then who made what together keeps people from judging each other."""
    members = TeamMember.objects.filter(team=OuterRef("pk"), attempt__isnull=False)
    at_it = ~Q(attempt__status=AttemptStatus.WITHDRAWN) | Q(attempt__changed_at__gte=before)
    parts = OwnPart.objects.filter(team=OuterRef("pk"))
    return Team.objects.filter(
        ~Exists(members.filter(at_it | Q(attempt__in=held_attempts(on)))),
        ~Exists(Artifact.objects.filter(team=OuterRef("pk"), let_go_at=None)),
        ~Exists(parts.filter(~Q(text="") | Q(submission__decided_at__isnull=False))),
        begun_at__lt=before,
    )


def _let_teams_go(keys: Collection[int], now: datetime) -> int:
    OwnPart.objects.filter(team__in=keys).delete()
    Artifact.objects.filter(team__in=keys).update(team=None)
    return _deleted(Team, keys)


ROSTERS = Kind(
    "roster",
    "Lists of names that must not appear",
    # A semester and its vacation: longer than anybody gathers evidence, and the list is entered again in a minute.
    days=180,
    counted_from=(CountedFrom.ENTRY,),
)
UNFINISHED = Kind(
    "unfinished_uploads",
    "Files that never arrived whole",
    # The browser that knew of it is gone.
    days=7,
    counted_from=(CountedFrom.ARRIVAL,),
)
NOT_TAKEN_FILES = KindOfRows(
    "refused_uploads",
    "What was noted of files that were refused or held a virus",
    days=30,
    counted_from=(CountedFrom.ARRIVAL,),
    due=_not_taken_due,
    let_go=_let_uploads_go,
)
UNUSED = KindOfRows(
    "unused_uploads",
    "Files that no evidence shows",
    days=30,
    counted_from=(CountedFrom.ARRIVAL,),
    due=_unused_due,
    let_go=_let_uploads_go,
)
TAKEN_AWAY = KindOfRows(
    "taken_away",
    "Files out of sight because consent was taken back",
    days=30,
    counted_from=(CountedFrom.WITHDRAWAL,),
    due=_taken_away_due,
    let_go=_let_artifacts_go,
)
NOTES = KindOfRows(
    "reading_notes",
    "Readers’ notes for themselves",
    days=90,
    counted_from=(CountedFrom.HANDING_IN,),
    due=_notes_due,
    let_go=lambda keys, now: _deleted(ReadingNote, keys),
)
TEAMS = KindOfRows(
    "teams",
    "Who was in a team of which nothing is left",
    # Whoever withdraws and begins anew soon brings the same work, which the others have seen.
    days=365,
    counted_from=(CountedFrom.WITHDRAWAL,),
    due=_teams_due,
    let_go=_let_teams_go,
)
PRINTS = KindOfRows(
    "likeness_prints",
    "Fingerprints by which copied work is found",
    days=5 * 365,
    counted_from=(CountedFrom.HANDING_IN,),
    due=_prints_due,
    let_go=lambda keys, now: _deleted(Print, keys),
)
SAMPLES_SET_ASIDE = KindOfRows(
    "samples_set_aside",
    "Files of sample evidence that were never published, of drafts that were set aside",
    # As long as drafts of earners: whoever takes the draft up the next year still finds it.
    days=365,
    counted_from=(CountedFrom.LAST_CHANGE,),
    due=lambda before, on: samples.set_aside_before(before),
    let_go=lambda keys, now: samples.let_go(keys),
)
APPLICATIONS_GIVEN_UP = KindOfRows(
    "applications_given_up",
    "What was shown in applications of organizations that were given up",
    # As long as drafts of earners: whoever comes back the next year still finds it.
    days=365,
    counted_from=(CountedFrom.LAST_CHANGE,),
    due=letting_go.given_up_due,
    let_go=letting_go.let_showings_go,
)
APPLICATION_DOCUMENTS = KindOfRows(
    "application_documents",
    "Documents of decided applications on which no approval rests",
    # As long as files of earners, for whoever objects to the decision.
    days=3 * 365,
    counted_from=(CountedFrom.DECISION,),
    due=letting_go.documents_due,
    let_go=letting_go.let_documents_go,
)
