"""Reads of the earner's side: what somebody is working on, what of it is there, and how it was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q, QuerySet

from longleaf.assessment.access import attempts_of, submissions_readable_by
from longleaf.assessment.errors import NoSuchAttempt
from longleaf.assessment.evidence.checklist import Brought, what_is_missing
from longleaf.assessment.models import Artifact, Attempt, OwnPart, Response, Submission, Upload
from longleaf.assessment.status import (
    NOT_TAKEN,
    ON_THE_WAY,
    OPEN_FOR_WRITING,
    UNDER_WAY,
    WITH_THE_ASSESSORS,
    AppealStatus,
    AttemptStatus,
    MemberOfTeam,
    UploadStatus,
)
from longleaf.catalog.design import Design, Indicator, Requirement, Step
from longleaf.engines.rubrics import Criterion

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

WITH_ITS_MICRO_CREDENTIAL = ("version", "micro_credential__issuer", "micro_credential__state")


@dataclass(frozen=True)
class Piece:
    """One requirement, and what was brought for it."""

    requirement: Requirement
    response: Response
    artifacts: Sequence[Artifact]
    arriving: Sequence[Upload]
    refused: Sequence[Upload]
    criteria: Sequence[Criterion]
    own_part: OwnPart | None = None

    @property
    def code(self) -> str:
        return self.requirement.code

    @cached_property
    def brought(self) -> Brought:
        there = sum(each.taken_away_at is None for each in self.artifacts)
        return Brought(self.response.text, there, len(self.arriving))

    @cached_property
    def missing(self) -> str:
        """What is still to be done, or "". What was met in an earlier round is asked for no more."""
        if self.response.locked:
            return ""
        return what_is_missing(self.requirement, self.brought) or self._missing_of_team

    @property
    def of_team(self) -> int:
        """How many made it together; 0 where it is one's own work. Asked only while a team may still grow."""
        if self.own_part is None:
            return 0
        return self.own_part.team.size or int(getattr(self.own_part, "joined", 0))

    @property
    def _missing_of_team(self) -> str:
        if self.own_part is None:
            return ""
        if self.of_team < 2:
            return f"Nobody belongs to your team for “{self.requirement.title}” yet. Wait for somebody, or leave it."
        return "" if self.own_part.text.strip() else f"Say what you did yourself for “{self.requirement.title}”."

    @property
    def state(self) -> str:
        """`done`, `begun` or `empty`."""
        if not self.missing:
            return "done"
        return "empty" if self.brought.is_empty else "begun"


@dataclass(frozen=True)
class Work:
    """An attempt in one of its rounds, with all its evidence."""

    attempt: Attempt
    submission: Submission
    design: Design
    pieces: Sequence[Piece]

    @property
    def is_open(self) -> bool:
        is_current = self.submission.round == self.attempt.round
        return is_current and AttemptStatus(self.attempt.status) in OPEN_FOR_WRITING

    @property
    def done(self) -> int:
        return sum(piece.state == "done" for piece in self.pieces)

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.pieces)

    def piece(self, code: str) -> Piece:
        """The piece of one requirement. Raises `KeyError`."""
        return {piece.code: piece for piece in self.pieces}[code]

    @property
    def by_part(self) -> list[tuple[Step, list[Piece]]]:
        return [
            (part, [each for each in self.pieces if each.requirement.part == part.code]) for part in self.design.parts
        ]


@dataclass(frozen=True)
class AttemptLine:
    """An attempt in a list, with the round it is in."""

    attempt: Attempt
    submission: Submission

    @property
    def status(self) -> AttemptStatus:
        return AttemptStatus(self.attempt.status)

    @property
    def expected_at(self) -> datetime | None:
        """When its earner was last told to expect the decision, or the answer to an appeal against it."""
        if self.status is AttemptStatus.APPEALED:
            return next((appeal.expected_at for appeal in self.submission.appeals.all()), None)
        return self.submission.expected_at


@dataclass(frozen=True)
class CriterionFinding:
    """How one criterion was decided. Comments are nobody's in particular.

    `from_before`: it was met in an earlier round and not judged again. `level_from_before`: it was judged again, and is
    told at the better level that it had in an earlier round.
    """

    code: str
    title: str
    met: bool
    level: str
    level_title: str
    from_before: bool
    level_from_before: bool
    comments: Sequence[str]
    requirements: Sequence[str]


@dataclass(frozen=True)
class Decision:
    """What came of a round. `led`: a lead assessor decided something on which its readers differed."""

    submission: Submission
    demonstrated: bool
    readers: int
    criteria: Sequence[CriterionFinding]
    decided_at: datetime | None
    led: bool = False

    @property
    def met(self) -> list[CriterionFinding]:
        return [each for each in self.criteria if each.met]

    @property
    def not_yet(self) -> list[CriterionFinding]:
        return [each for each in self.criteria if not each.met]


@dataclass(frozen=True)
class Returned:
    """What a look for completeness did not find."""

    missing: Sequence[tuple[Requirement, Indicator]]
    note: str


@dataclass(frozen=True)
class ReadableFile:
    """A file, and by which neutral name to hand it out."""

    upload: Upload
    transcript: Upload | None
    requirement: str
    position: int


def own_attempt(person: Person, ref: str) -> Attempt:
    """Somebody's own attempt, with its micro-credential. Raises `NoSuchAttempt` for any other."""
    if not person.is_authenticated:
        raise NoSuchAttempt
    found = attempts_of(person).select_related(*WITH_ITS_MICRO_CREDENTIAL).filter(ref=ref).first()
    if found is None:
        raise NoSuchAttempt
    return found


def current_submission(attempt: Attempt) -> Submission:
    """The round that an attempt is in."""
    return attempt.rounds.get(round=attempt.round)


def under_way(person: Person, micro_credential_id: int) -> Attempt | None:
    """The attempt that somebody has under way at a micro-credential; there is at most one."""
    return attempts_of(person).filter(micro_credential_id=micro_credential_id, status__in=UNDER_WAY).first()


def under_way_at(micro_credential_id: int) -> tuple[int, int]:
    """How many attempts are under way at a micro-credential, and how many of them the assessors have. One query."""
    found = Attempt.objects.filter(micro_credential=micro_credential_id, status__in=UNDER_WAY).aggregate(
        begun=Count("pk"), in_review=Count("pk", filter=Q(status__in=WITH_THE_ASSESSORS))
    )
    return found["begun"], found["in_review"]


def latest_attempt(person: Person, micro_credential_id: int) -> AttemptLine | None:
    """The attempt under way, or else the newest that was not withdrawn and is no sample, with the round it is in."""
    over = [AttemptStatus.WITHDRAWN, AttemptStatus.SAMPLE]
    kept = attempts_of(person).filter(micro_credential_id=micro_credential_id).exclude(status__in=over)
    found = kept.select_related("version").order_by("-started_at", "-pk").first()
    return AttemptLine(found, current_submission(found)) if found else None


def rounds_left(person: Person, version: Version) -> int | None:
    """How many more rounds a version allows somebody, over all their attempts; None where there is no limit.

    Rounds are counted when they are decided, so that a return for completeness costs none, and over all attempts, so
    that withdrawing and beginning anew gains none.
    """
    limit: int | None = version.document["attempts"]
    if limit is None:
        return None
    return max(0, limit - judged_rounds(person, version).count())


def judged_rounds(person: Person, version: Version) -> QuerySet[Submission]:
    """The rounds of somebody at a version that count, over all their attempts."""
    judged = Submission.objects.filter(attempt__earner=person, attempt__version=version, decided_at__isnull=False)
    # An appeal costs no round, and a decision that an appeal has changed gives its round back.
    return judged.filter(reread_of__isnull=True).exclude(appeals__status=AppealStatus.CHANGED)


def work_on(attempt: Attempt, submission: Submission | None = None) -> Work:
    """An attempt with all evidence of one round, the present one unless told, in a constant number of queries."""
    submission = submission or current_submission(attempt)
    responses = {each.requirement: each for each in _with_evidence(submission.responses.all())}
    design = Design(attempt.version.document)
    parts = own_parts_in(submission)
    pieces = [
        _piece(design, each, responses[each.code], parts.get(each.code))
        for each in design.requirements
        if each.code in responses
    ]
    return Work(attempt, submission, design, pieces)


def own_parts_in(submission: Submission) -> dict[str, OwnPart]:
    """What the earner says of their part in what a team made, by requirement; `joined` is how many belong to it."""
    members = Count("team__members", filter=Q(team__members__status=MemberOfTeam.JOINED))
    found = submission.own_parts.select_related("team").annotate(joined=members)
    return {each.requirement: each for each in found}


def my_attempts(person: Person) -> list[AttemptLine]:
    """Everything somebody is working on or has finished, last changed first, in a constant number of queries."""
    rounds = Submission.objects.filter(reread_of__isnull=True).prefetch_related("appeals")
    attempts = (
        attempts_of(person)
        .select_related("version", "micro_credential__issuer")
        .defer("version__document", "version__search_text")
        .prefetch_related(Prefetch("submissions", rounds.order_by("-round")))
        .order_by("-changed_at", "-pk")
    )
    return [AttemptLine(attempt, attempt.submissions.all()[0]) for attempt in attempts]


def decision_on(submission: Submission) -> Decision | None:
    """What came of a round, or None while nothing has."""
    outcome = submission.outcome
    if submission.decided_at is None or not outcome:
        return None
    return Decision(
        submission=submission,
        demonstrated=outcome["verdict"] == "demonstrated",
        readers=outcome["readers"],
        criteria=[_finding(each) for each in outcome["criteria"]],
        decided_at=submission.decided_at,
        led=any(each.get("decided_by") == "lead" for each in outcome["criteria"]),
    )


def decisions_of(attempt: Attempt) -> list[Decision]:
    """Every decision of an attempt, the newest first."""
    decided = attempt.rounds.filter(decided_at__isnull=False).order_by("-round")
    return [decision for each in decided if (decision := decision_on(each))]


def newest_return(submission: Submission) -> Returned | None:
    """Why a round was returned as incomplete: what was missing, and what the checker wrote, without who it was."""
    check = submission.completeness_checks.filter(complete=False).order_by("-checked_at", "-pk").first()
    if check is None:
        return None
    design = Design(submission.attempt.version.document)
    missing = [
        (requirement, indicator)
        for requirement in design.requirements
        for indicator in requirement.completion
        if indicator.code in check.missing
    ]
    return Returned(missing, check.note)


def readable_file(person: Person, ref: str, artifact_id: int) -> ReadableFile:
    """A file of an attempt that somebody may look at. Raises `NoSuchAttempt` in every other case alike."""
    found = (
        Artifact.objects.select_related("upload", "transcript", "response")
        .filter(
            pk=artifact_id,
            upload__isnull=False,
            taken_away_at__isnull=True,
            response__submission__attempt__ref=ref,
            response__submission__in=submissions_readable_by(person),
        )
        .first()
    )
    if found is None or found.upload is None:
        raise NoSuchAttempt
    before = found.response.artifacts.filter(
        Q(position__lt=found.position) | Q(position=found.position, pk__lt=found.pk)
    )
    return ReadableFile(found.upload, found.transcript, found.response.requirement, before.count() + 1)


def latest_decision(attempt: Attempt) -> Decision | None:
    """The newest decision of an attempt, also while its next round is being worked on."""
    decided = attempt.rounds.filter(decided_at__isnull=False).order_by("-round").first()
    return decision_on(decided) if decided else None


def _finding(row: Mapping[str, Any]) -> CriterionFinding:
    return CriterionFinding(
        code=row["code"],
        title=row["title"],
        met=bool(row["met"]),
        level=row.get("level") or "",
        level_title=row.get("level_title") or "",
        from_before=bool(row["met"]) and row.get("decided_by") == "before",
        level_from_before=not row["met"] and row.get("decided_by") == "before",
        comments=[each for each in row.get("comments", []) if each.strip()],
        requirements=row.get("requirements", []),
    )


def _with_evidence(responses: QuerySet[Response]) -> QuerySet[Response]:
    unfinished = Upload.objects.filter(~Q(status=UploadStatus.READY)).order_by("begun_at")
    return responses.prefetch_related(
        Prefetch("artifacts", Artifact.objects.select_related("upload", "transcript").order_by("position", "pk")),
        Prefetch("uploads", unfinished),
    )


def _piece(design: Design, requirement: Requirement, response: Response, own_part: OwnPart | None) -> Piece:
    uploads = list(response.uploads.all())
    judged_on = design.criteria_judged_on(requirement.code)
    return Piece(
        requirement=requirement,
        response=response,
        artifacts=list(response.artifacts.all()),
        arriving=[each for each in uploads if each.status in ON_THE_WAY],
        refused=[each for each in uploads if each.status in NOT_TAKEN],
        criteria=[each for each in design.rubric.criteria if each.code in judged_on],
        own_part=own_part,
    )
