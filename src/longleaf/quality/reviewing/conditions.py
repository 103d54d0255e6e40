"""The verbs on conditions, and the list of those that are not met yet.

An issuer reports that a condition is met, with words and a file; an officer of the agency confirms it, or returns it
with a reason. An officer may also note without a report that a condition is met.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from longleaf.directory.queries import places_where
from longleaf.directory.status import Role
from longleaf.journal.recording import record
from longleaf.kit.numbers import file_size
from longleaf.kit.status import require_move
from longleaf.kit.taking_in import taken_in
from longleaf.kit.words import plain_line_ends
from longleaf.panels.errors import ReasonMissing
from longleaf.quality import fulfilling, queries
from longleaf.quality.errors import (
    ConditionIsMet,
    NoReportWaits,
    NoSuchCondition,
    OtherReportWaits,
    ReportedItThemselves,
    ReportWaits,
    UnusableReport,
)
from longleaf.quality.events import Event
from longleaf.quality.models import Condition, ConditionReport, QualityDecision
from longleaf.quality.reviewing.access import may_oversee, may_speak_for, reviews_visible_to
from longleaf.quality.reviewing.handing_in import subject_of
from longleaf.quality.status import REPORT_MOVES, Outcome, ReportStatus

if TYPE_CHECKING:
    from datetime import date

    from longleaf.directory.models import Person

LONGEST_REPORT = 5_000
# Under these outcomes, conditions that were set before are still to be met.
ASKS = frozenset({Outcome.CONDITIONS, Outcome.SUSPENDED})
LARGEST_FILE = 20_000_000
REPORTED = Exists(ConditionReport.objects.filter(condition=OuterRef("pk"), status=ReportStatus.WAITING))
KINDS = ("pdf", "office", "image")
ENDINGS = ".pdf,.docx,.pptx,.xlsx,.odt,.odp,.ods,.jpg,.jpeg,.png,.webp"


def report_met(
    *,
    condition: Condition,
    text: str,
    acting_person: Person,
    file: IO[bytes] | None = None,
    name: str = "",
    size: int = 0,
) -> ConditionReport:
    """Report that a condition is met, in words and with a file that shows it, if there is one.

    The file comes in as any does (`kit.taking_in`); nothing is kept of one that is refused. Raises `NoSuchCondition`
    for whoever does not speak for what was reviewed, `ConditionIsMet`, `ReportWaits`, `UnusableReport`, and `BadInput`
    for a file that is not welcome.
    """
    text = plain_line_ends(text).strip()
    _require_reportable(condition, acting_person)
    _require_usable(text, name, size)
    if not file:
        return _report(condition, text, {}, acting_person)
    # Looked at before the condition is held: that may take a while.
    with taken_in(file, name=name, kinds=KINDS) as taken:
        return _report(condition, text, taken.__dict__, acting_person)


@transaction.atomic
def note_met(*, condition: Condition, note: str, acting_person: Person, report: str = "") -> Condition:
    """Note that a condition is met, from today on, and by what that is seen.

    With the last one a further decision recognises without conditions, for the same term (`quality.fulfilling`).
    `report` is the reference of the report that the officer saw waiting, which is confirmed by it. Raises
    `NoSuchCondition` for whoever does not oversee its review, `ConditionIsMet`, `OtherReportWaits` where another or
    none waits, `ReportedItThemselves` and `ReasonMissing`.
    """
    held = _held_for_officer(condition, acting_person)
    waiting = _require_seen(held, report)
    if waiting and waiting.reported_by_id == acting_person.pk:
        raise ReportedItThemselves
    note = _required(note, held, "Say by what you see that it is met.")
    if waiting:
        _answer(waiting, ReportStatus.CONFIRMED, note, acting_person)
    held.met_on, held.met_note = timezone.localdate(), note
    held.save(update_fields=["met_on", "met_note"])
    data = {"condition": held.number, "report": waiting.ref if waiting else ""}
    record(Event.CONDITION_MET, actor=acting_person, subject=subject_of(held.review), data=data)
    fulfilling.fulfil(review=held.review, acting_person=acting_person)
    return held


@transaction.atomic
def return_report(*, condition: Condition, report: str, reason: str, acting_person: Person) -> ConditionReport:
    """Answer a report, by its reference, that the condition is not met yet, with the reason. It can be reported again.

    Raises `NoSuchCondition` for whoever does not oversee its review, `ConditionIsMet`, `NoReportWaits`,
    `OtherReportWaits` and `ReasonMissing`.
    """
    held = _held_for_officer(condition, acting_person)
    if not report:
        raise NoReportWaits
    waiting = _require_seen(held, report)
    if waiting is None:
        raise NoReportWaits
    _answer(waiting, ReportStatus.RETURNED, _required(reason, held, "Say what is still missing."), acting_person)
    data = {"condition": held.number, "report": waiting.ref}
    record(Event.CONDITION_RETURNED, actor=acting_person, subject=subject_of(held.review), data=data)
    return waiting


def overseen(person: Person, ref: str, number: int) -> Condition:
    """A condition, met or not, that an officer looks after. Raises `NoSuchCondition`."""
    places = places_where(person, Role.STATE_OFFICER)
    found = Condition.objects.filter(review__agency__in=places, review__ref=ref, number=number).first()
    if found is None:
        raise NoSuchCondition
    return found


def open_conditions(person: Person) -> QuerySet[Condition]:
    """The conditions that an officer looks after, that are not met yet and that what holds now asks for, those reported
    as met and then the first to be due on top, each with its reports."""
    if not person.is_authenticated:
        return Condition.objects.none()
    overseen = places_where(person, Role.STATE_OFFICER)
    asked = [each.pk for each in in_force(timezone.localdate())]
    waiting = Condition.objects.filter(pk__in=asked, met_on__isnull=True, review__agency__in=overseen)
    related = waiting.select_related("review__version__micro_credential__issuer", "review__application__organisation")
    listed = related.defer("review__version__document", "review__version__search_text").annotate(is_reported=REPORTED)
    return listed.prefetch_related(_reports()).order_by("-is_reported", "until", "pk")


def reported_conditions(person: Person) -> QuerySet[Condition]:
    """Those of them that are reported as met, and wait for an answer."""
    return open_conditions(person).filter(REPORTED)


def in_force(today: date) -> list[Condition]:
    """Every condition that is not met while the recognition that asks for it holds, or is suspended; three queries.

    A suspension, and its end, ask for nothing anew; whatever is decided after a further review does.
    """
    related = Condition.objects.filter(met_on__isnull=True).select_related(
        "review__decision", "review__version__micro_credential", "review__application"
    )
    unmet = related.defer("review__version__document", "review__version__search_text", "review__letter")
    waiting = list(unmet.prefetch_related(_reports()).order_by("until", "pk"))
    asking = [each.review.decision for each in waiting if each.review.decision]
    versions, organisations = {each.version_id for each in asking}, {each.organisation_id for each in asking}
    decided = QualityDecision.objects.filter(
        Q(version__in=versions - {None}) | Q(organisation__in=organisations - {None})
    ).defer("version__document", "version__search_text")
    last_reviewed: dict[tuple[object, ...], int] = {}
    for row in decided.filter(review__isnull=False, valid_from__lte=today).order_by("valid_from", "pk"):
        if queries.replaces(row):
            last_reviewed[queries.subject_key(row)] = row.pk
    lasting = {
        last_reviewed.get(queries.subject_key(each.decision))
        for each in queries.holding_among(decided, today)
        if each.decision.outcome in ASKS and not each.ended
    }
    return [each for each in waiting if each.review.decision_id in lasting]


def left_to_meet(today: date) -> dict[tuple[object, ...], tuple[int, int]]:
    """Of each subject that conditions are asked of: how many are not met, and of how many of them the day is over."""
    found: dict[tuple[object, ...], tuple[int, int]] = {}
    for each in in_force(today):
        if each.review.decision:
            key = queries.subject_key(each.review.decision)
            unmet, overdue = found.get(key, (0, 0))
            found[key] = unmet + 1, overdue + (each.until < today)
    return found


def of_review(person: Person, ref: str, number: int) -> Condition:
    """A condition of a review that somebody may see. Raises `NoSuchCondition`."""
    visible = reviews_visible_to(person).filter(ref=ref)
    related = Condition.objects.filter(review__in=visible, number=number).select_related(
        "review__version__micro_credential__issuer", "review__application__organisation", "review__agency"
    )
    found = related.prefetch_related(_reports()).first()
    if found is None:
        raise NoSuchCondition
    return found


def with_reports(review_id: int) -> list[Condition]:
    """The conditions of a review in their order, each with what was reported of it; two queries."""
    return list(Condition.objects.filter(review=review_id).prefetch_related(_reports()).order_by("number"))


def report_seen_by(person: Person, ref: str, number: int, report: str) -> ConditionReport:
    """What was reported of a condition, for whoever may see its review. Raises `NoSuchCondition`."""
    found = next((each for each in of_review(person, ref, number).reports.all() if each.ref == report), None)
    if found is None:
        raise NoSuchCondition
    return found


def _reports() -> Prefetch[Any]:
    return Prefetch("reports", ConditionReport.objects.order_by("reported_at", "pk"))


@transaction.atomic
def _require_reportable(condition: Condition, acting_person: Person) -> Condition:
    held = _held(condition)
    if not may_speak_for(acting_person, held.review):
        raise NoSuchCondition
    _require_open(held)
    if held.reports.filter(status=ReportStatus.WAITING).exists():
        raise ReportWaits
    return held


def _require_usable(text: str, name: str, size: int) -> None:
    if not text:
        raise _unusable("text", "Say how it is met, and where that can be seen.")
    if len(text) > LONGEST_REPORT:
        raise _unusable("text", f"Shorten it to at most {LONGEST_REPORT:,} characters; it has {len(text):,}.")
    if size > LARGEST_FILE:
        told = f"“{name}” has {file_size(size)}; at most {file_size(LARGEST_FILE)} can be taken. Make it smaller."
        raise _unusable("file", told)


@transaction.atomic
def _report(condition: Condition, text: str, taken: dict[str, Any], acting_person: Person) -> ConditionReport:
    held = _require_reportable(condition, acting_person)
    report = ConditionReport.objects.create(condition=held, text=text, reported_by=acting_person, **taken)
    data = {"condition": held.number, "report": report.ref, "file": taken.get("sha256", "")}
    record(Event.CONDITION_REPORTED, actor=acting_person, subject=subject_of(held.review), data=data)
    return report


def _held_for_officer(condition: Condition, acting_person: Person) -> Condition:
    held = _held(condition)
    if not may_oversee(acting_person, held.review):
        raise NoSuchCondition
    _require_open(held)
    return held


def _require_seen(held: Condition, report: str) -> ConditionReport | None:
    """The report that waits, which must be the one that was seen; None where none was seen and none waits."""
    waiting = held.reports.filter(status=ReportStatus.WAITING).first()
    if (waiting.ref if waiting else "") != report:
        raise OtherReportWaits
    return waiting


def _held(condition: Condition) -> Condition:
    related = Condition.objects.select_for_update(of=("self",)).select_related(
        "review__version__micro_credential", "review__application"
    )
    return related.get(pk=condition.pk)


def _require_open(held: Condition) -> None:
    if held.met_on:
        raise ConditionIsMet("This condition is met already. Reload the page to see since when.")


def _answer(report: ConditionReport, status: ReportStatus, answer: str, acting_person: Person) -> None:
    require_move(REPORT_MOVES, ReportStatus(report.status), status, what="This report")
    report.status, report.answer = status, answer
    report.answered_by, report.answered_at = acting_person, timezone.now()
    report.save(update_fields=["status", "answer", "answered_by", "answered_at"])


def _required(words: str, held: Condition, sentence: str) -> str:
    if not words.strip():
        raise ReasonMissing(sentence, fields={f"note-{held.number}": sentence})
    return words.strip()


def _unusable(field: str, sentence: str) -> UnusableReport:
    return UnusableReport(sentence, fields={field: sentence})
