"""Reads of the desk: what waits to be checked or read, and the evidence as those who judge may see it.

Everything here is taken through `panels.blindness`: no name, no file name, no hour, no order of arrival.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When

from longleaf.assessment.desk.access import PANEL_KIND, require_waiting, submissions_to_check
from longleaf.assessment.desk.notes import NoteRow, notes_on
from longleaf.assessment.errors import NoSuchSubmission
from longleaf.assessment.evidence import captions
from longleaf.assessment.evidence.naming import ending_of
from longleaf.assessment.models import AiStatement, Artifact, OwnPart, Submission, Upload
from longleaf.assessment.privacy.ai_use import Statements, statements_in
from longleaf.assessment.queries import Piece, work_on
from longleaf.assessment.status import AttemptStatus, FileKind
from longleaf.assessment.titles import titles_of
from longleaf.catalog.design import Design, Requirement
from longleaf.catalog.queries import labelled_title
from longleaf.directory.queries import places_where
from longleaf.directory.status import Role
from longleaf.engines.rubrics import Criterion, Level
from longleaf.journal import queries as journal
from longleaf.kit import keeping
from longleaf.kit.words import count_words
from longleaf.panels import instruments, seats
from longleaf.panels import queries as panels
from longleaf.panels.blindness import BLIND_LEAD, BLIND_RATER, Blindness, Fact
from longleaf.panels.instruments import evidence_of
from longleaf.panels.status import AssignmentStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.journal.models import JournalLine
    from longleaf.panels.models import Assignment, Panel, Rating

WITH_ITS_DESIGN = ("attempt__version", "attempt__micro_credential")
# How the kit's frame for exhibits calls each kind of file.
FRAMES = {
    FileKind.PDF: "pdf",
    FileKind.IMAGE: "image",
    FileKind.AUDIO: "audio",
    FileKind.VIDEO: "video",
    FileKind.OFFICE: "file",
}


@dataclass(frozen=True)
class Exhibit:
    """One artifact under its neutral name. `code`, such as R2-1, stands in its address: a key would tell the order.

    One that was taken away at the wish of a person shown keeps its place, and nothing of it is seen.
    """

    artifact: Artifact
    code: str
    name: str
    file_name: str
    ai: AiStatement | None = None

    @property
    def is_taken_away(self) -> bool:
        return self.artifact.taken_away_at is not None

    @property
    def is_let_go(self) -> bool:
        return self.artifact.let_go_at is not None

    @property
    def upload(self) -> Upload | None:
        return None if self.is_taken_away else self.artifact.upload

    @property
    def transcript(self) -> Upload | None:
        """The words of a recording, where its owner brought them."""
        return None if self.is_taken_away else self.artifact.transcript

    @property
    def has_captions(self) -> bool:
        """Whether the player can show the words while they are spoken: they are WebVTT, with times."""
        return self.transcript is not None and self.transcript.media_type == captions.VTT

    @property
    def frame(self) -> str:
        return FRAMES[FileKind(self.upload.kind)] if self.upload else "link"


@dataclass(frozen=True)
class ShownPiece:
    """One requirement and what was brought for it, as those who judge see it. `ai` is what was used for the text."""

    requirement: Requirement
    text: str
    exhibits: Sequence[Exhibit]
    criteria: Sequence[Criterion]
    ai: AiStatement | None = None
    own_part: OwnPart | None = None

    @property
    def of_team(self) -> int:
        """How many made it together, and never who else; 0 where it is the earner's own work."""
        return (self.own_part.team.size or 0) if self.own_part else 0

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.exhibits)


@dataclass(frozen=True)
class QueueRow:
    """A reading in the queue: its submission ID, what it is about, until when, and how far it is."""

    assignment: Assignment
    title: str
    to_rate: int

    @property
    def decides(self) -> bool:
        """Whether it is no reading, but what readers differ on."""
        return self.assignment.adjudicates

    @property
    def is_new(self) -> bool:
        return self.assignment.status == AssignmentStatus.OFFERED

    @property
    def rated(self) -> int:
        return int(getattr(self.assignment, "rated", 0))


@dataclass(frozen=True)
class CriterionRow:
    """One criterion on the desk, with what the reader has given so far."""

    criterion: Criterion
    rating: Rating | None
    levels: Sequence[Level]

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def level(self) -> str:
        return self.rating.level if self.rating else ""

    @property
    def comment(self) -> str:
        return self.rating.comment if self.rating else ""

    @property
    def level_revision(self) -> int:
        return self.rating.level_revision if self.rating else 0

    @property
    def comment_revision(self) -> int:
        return self.rating.comment_revision if self.rating else 0


@dataclass(frozen=True)
class Desk:
    """A reading with all that its reader needs: the evidence, and the criteria to rate."""

    assignment: Assignment
    submission: Submission

    @cached_property
    def design(self) -> Design:
        return Design(self.submission.attempt.version.document)

    @property
    def gone(self) -> int:
        """How many artifacts were taken away: what is drawn of the evidence depends on it."""
        return int(getattr(self.submission, "gone", 0))

    @cached_property
    def pieces(self) -> list[ShownPiece]:
        return shown_pieces(self.submission, BLIND_RATER)

    @cached_property
    def to_read(self) -> list[ShownPiece]:
        """Evidence on which something is to be rated, and evidence that only helps to understand the rest.

        Of other work than in the round before, nothing was read yet.
        """
        if self.submission.other_work:
            return self.pieces
        return [each for each in self.pieces if not each.criteria or self._codes & {it.code for it in each.criteria}]

    @cached_property
    def carried_over(self) -> list[ShownPiece]:
        """Evidence of what was met in an earlier round."""
        return [each for each in self.pieces if each not in self.to_read]

    @cached_property
    def exhibit_titles(self) -> dict[str, str]:
        """What can be noted on: by its neutral code, where it belongs and what it is called here."""
        return {
            exhibit.code: f"{exhibit.name}, {piece.requirement.title}"
            for piece in (*self.to_read, *self.carried_over)
            for exhibit in piece.exhibits
            if exhibit.upload
        }

    @cached_property
    def notes(self) -> list[NoteRow]:
        return notes_on(self.assignment, titles=self.exhibit_titles)

    @cached_property
    def rows(self) -> list[CriterionRow]:
        given = panels.ratings_on(self.assignment)
        levels = instruments.rubric_of(self.assignment.panel).levels
        return [CriterionRow(each, given.get(each.code), levels) for each in seats.criteria_of(self.assignment)]

    @cached_property
    def beside(self) -> list[seats.SeenReading]:
        """What the readers found, where this desk is to decide what they differ on; nothing at any other."""
        return seats.readings_beside(self.assignment)

    @property
    def rated(self) -> int:
        return sum(bool(row.level) for row in self.rows)

    @property
    def is_finished(self) -> bool:
        return self.assignment.status == AssignmentStatus.SUBMITTED

    @property
    def is_known_check(self) -> bool:
        """Whether its reader knows that it checks them. An anchor among live work is none of these."""
        return self.assignment.panel.kind == instruments.overt_kind(PANEL_KIND)

    @cached_property
    def _codes(self) -> set[str]:
        return {row.code for row in self.rows}


def queue_of(person: Person) -> list[QueueRow]:
    """What somebody is asked to read, in one query, and one more for rubrics that are read for the first time."""
    behind = Case(When(panel__evidence="", then="panel__subject"), default="panel__evidence")
    waiting = panels.queue_of(person, kind=PANEL_KIND).annotate(behind=behind)
    found = list(waiting.annotate(title=title_of("behind")))
    return _rows(found, {evidence_of(each.panel): str(each.title) for each in found})


def finished_by(person: Person, readings: Sequence[Assignment] | None = None) -> list[QueueRow]:
    """Readings that somebody handed in: theirs only, and without what came of them."""
    found = list(panels.finished_readings_of(person, kind=PANEL_KIND) if readings is None else readings)
    return _rows(found, titles_of([evidence_of(each.panel) for each in found]))


def desk_of(person: Person, ref: str) -> Desk:
    """A reading with its evidence, for its reader. Raises `panels.errors.NoSuchReading` for anybody else."""
    assignment = panels.reading_for(person, ref, kind=PANEL_KIND)
    return Desk(assignment, _work_behind(assignment.panel))


def _work_behind(panel: Panel) -> Submission:
    """What a panel reads, known by the panel's blind reference alone: work that checks a reader has another one."""
    ref = evidence_of(panel)
    kept = keeping.as_decided("desk", ref, make=lambda: _with_what_is_gone().get(ref=ref))
    submission = copy(kept)
    submission.ref = panel.subject
    return submission


def waiting_for_check(person: Person) -> QuerySet[Submission]:
    """What a lead assessor is asked to look through, most urgent first, as the queue shows it."""
    waiting = submissions_to_check(person).select_related("attempt__version")
    listed = waiting.defer("attempt__version__document", "attempt__version__search_text")
    return BLIND_LEAD.ordered(listed, due="due_at", ref="ref")


def submission_to_check(person: Person, ref: str) -> Submission:
    """One of them. Raises `NoSuchSubmission`, or `CheckedAlready` where another lead assessor was faster."""
    found = Submission.objects.select_related(*WITH_ITS_DESIGN).filter(ref=ref).first()
    if found is None or not person.is_authenticated:
        raise NoSuchSubmission
    require_waiting(found, acting_person=person)
    return found


def work_to_anchor(person: Person, slug: str) -> list[Submission]:
    """What a lead assessor may make an anchor of: drafts of their own, and decided rounds that were lent."""
    decided = Submission.objects.filter(
        lent_at__isnull=False, decided_at__isnull=False, panel__pool__in=places_where(person, Role.LEAD_ASSESSOR)
    ).exclude(attempt__earner=person)
    drafts = Submission.objects.filter(attempt__earner=person, attempt__status=AttemptStatus.DRAFT)
    found = (decided | drafts).filter(attempt__micro_credential__slug=slug)
    return list(found.select_related("attempt").order_by("ref"))


def shown_pieces(submission: Submission, sight: Blindness) -> list[ShownPiece]:
    """All evidence of a submission under neutral names, in the order in which it is asked for."""
    work = work_on(submission.attempt, submission)
    said = statements_in(submission) if work.design.ai_policy.asks else {}
    return [_shown(piece, sight, said) for piece in work.pieces]


def exhibit_of(submission: Submission, code: str, sight: Blindness) -> Exhibit:
    """The file with this code, such as R2-1. Raises `NoSuchSubmission` where there is none."""
    exhibits = [exhibit for piece in shown_pieces(submission, sight) for exhibit in piece.exhibits]
    found = next((exhibit for exhibit in exhibits if exhibit.code == code and exhibit.upload), None)
    if found is None:
        raise NoSuchSubmission
    return found


def earlier_checks(submission: Submission) -> list[Mapping[str, Any]]:
    """Earlier looks at the same submission that sent it back: on which day, what was missing, and what was said."""
    return [
        {"day": _day(check.checked_at), "missing": check.missing, "note": check.note}
        for check in submission.completeness_checks.filter(complete=False)
    ]


def journal_of(submission: Submission, sight: Blindness, *, person: Person) -> list[JournalLine]:
    """The journal's lines about a submission that may be shown to somebody, from where they stand.

    Lines on a reading say who reads, so a reader is shown those on their own.
    """
    subjects = [f"submission:{submission.ref}", f"attempt:{submission.attempt.ref}"]
    if submission.panel:
        subjects.append(f"panel:{submission.panel.ref}")
        seats = submission.panel.assignments.all()
        shown = seats if sight.shows(Fact.RATER_NAMES) else seats.filter(rater=person)
        subjects += [f"reading:{seat.ref}" for seat in shown]
    return list(journal.lines_about(*(subject for subject in subjects if sight.may_read_journal_of(subject))))


def _with_what_is_gone() -> QuerySet[Submission]:
    gone = Count("responses__artifacts", filter=Q(responses__artifacts__taken_away_at__isnull=False))
    return Submission.objects.select_related(*WITH_ITS_DESIGN).annotate(gone=gone)


def _rows(found: Sequence[Assignment], titles: Mapping[str, str]) -> list[QueueRow]:
    instruments.bring_rubrics([each.panel for each in found])
    return [
        QueueRow(each, titles[evidence_of(each.panel)], len(instruments.criteria_to_rate(each.panel))) for each in found
    ]


def title_of(subject: str) -> Subquery:
    """`titles_of` for a list that is asked for, where `subject` names the reference in its rows."""
    behind = Submission.objects.filter(ref=OuterRef(subject))
    return Subquery(behind.values_list(labelled_title("attempt__version"))[:1])


def _shown(piece: Piece, sight: Blindness, said: Statements) -> ShownPiece:
    code = piece.code
    exhibits = [
        _exhibit(code, number, artifact, sight, said.get((code, artifact.pk)))
        for number, artifact in enumerate(piece.artifacts, 1)
    ]
    ai = said.get((code, None))
    return ShownPiece(piece.requirement, piece.response.text, exhibits, piece.criteria, ai, piece.own_part)


def _exhibit(requirement: str, number: int, artifact: Artifact, sight: Blindness, ai: AiStatement | None) -> Exhibit:
    ending = ending_of(artifact.upload) if artifact.upload else ""
    return Exhibit(
        artifact=artifact,
        code=f"{requirement}-{number}",
        name=sight.artifact_name(number, own=artifact.title),
        file_name=sight.file_name(requirement, number, ending),
        ai=ai,
    )


def _day(moment: datetime) -> date | datetime | None:
    return BLIND_LEAD.moment(moment)
