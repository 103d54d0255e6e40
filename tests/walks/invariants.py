"""What holds after every act, whatever the act was."""

from __future__ import annotations

from longleaf.assessment.models import Appeal, Attempt, CompletenessCheck, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.awards.models import Award
from longleaf.journal.models import JournalLine
from longleaf.panels.models import Assignment, Panel, Rating
from longleaf.panels.status import SEATED, AssignmentStatus, PanelStatus

SAYS = {"demonstrated": True, "not-yet": False}


def hold() -> None:
    """Raise `AssertionError` where something does not hold."""
    for submission in Submission.objects.select_related("attempt", "panel"):
        _is_decided_once(submission)
        if submission.panel:
            _is_read_by_others(submission, submission.panel)
    for attempt in Attempt.objects.exclude(status=AttemptStatus.SAMPLE):
        _stands_where_its_work_does(attempt)
    awarded = sorted(Award.objects.values_list("occasion", flat=True))
    demonstrated = Attempt.objects.filter(status=AttemptStatus.DEMONSTRATED).values_list("ref", flat=True)
    assert awarded == sorted(f"attempt:{ref}" for ref in demonstrated)


def _is_decided_once(submission: Submission) -> None:
    lines = JournalLine.objects.filter(event="submission:decision:made", subject=f"submission:{submission.ref}")
    is_decided = submission.decided_at is not None
    assert lines.count() == is_decided
    assert bool(submission.outcome) == is_decided
    assert (submission.panel is not None and submission.panel.status == PanelStatus.DECIDED) == is_decided
    if submission.panel and is_decided:
        found = {each["code"]: each["met"] for each in submission.outcome["criteria"]}
        assert found == as_read(submission.panel)
        assert (submission.outcome["verdict"] == "demonstrated") == all(found.values())


def as_read(panel: Panel) -> dict[str, bool]:
    """What follows from the readings by the panel's rule: where two agree that stands, else the third decides."""
    seats = panel.assignments.filter(status=AssignmentStatus.SUBMITTED).order_by("seat")
    given = [{each.criterion: SAYS[each.level] for each in Rating.objects.filter(assignment=seat)} for seat in seats]
    assert 2 <= len(given) <= 3
    met = dict.fromkeys(panel.met_before, True)
    for criterion in {"A", "B"} - set(met):
        first, second = given[0][criterion], given[1][criterion]
        met[criterion] = first if first == second else given[2][criterion]
    return met


def _is_read_by_others(submission: Submission, panel: Panel) -> None:
    """No seat is taken twice; nobody reads their own work, nor what they checked or have read for another panel."""
    seated = Assignment.objects.filter(panel=panel, status__in=SEATED)
    seats, raters = list(seated.values_list("seat", flat=True)), list(seated.values_list("rater", flat=True))
    assert len(set(seats)) == len(seats) <= panel.seats
    assert len(set(raters)) == len(raters)
    assert submission.attempt.earner_id not in raters
    assert not CompletenessCheck.objects.filter(submission=submission, checker__in=raters).exists()
    if submission.reread_of:
        judged = submission.reread_of
        knew = Assignment.objects.filter(panel__subject=judged.ref) | Assignment.objects.filter(
            panel__evidence=judged.ref, offered_at__lt=panel.convened_at
        )
        assert not knew.filter(rater__in=raters).exists(), "somebody reads anew who has read it before"


def _stands_where_its_work_does(attempt: Attempt) -> None:
    present = Submission.objects.get(attempt=attempt, round=attempt.round, reread_of=None)
    under_way = Appeal.objects.filter(submission__attempt=attempt, status__in=["lodged", "reading"]).count()
    assert under_way == (attempt.status == AttemptStatus.APPEALED)
    is_judged = attempt.status in {AttemptStatus.NOT_YET, AttemptStatus.DEMONSTRATED, AttemptStatus.APPEALED}
    if attempt.status != AttemptStatus.WITHDRAWN:
        assert (present.decided_at is not None) == is_judged
    if attempt.status == AttemptStatus.IN_REVIEW:
        assert present.panel is not None
        assert present.panel.status == PanelStatus.OPEN
