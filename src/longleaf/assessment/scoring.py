"""The verbs that end in a decision: hand a reading in, and decide when the panel has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from longleaf.assessment.appeals import concluding
from longleaf.assessment.completeness import hold
from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.errors import NotDecidedYet
from longleaf.assessment.events import Event
from longleaf.assessment.evidence.badge_evidence import with_team
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.queries import own_parts_in
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.awards import issuing
from longleaf.catalog.design import Design
from longleaf.engines.rubrics import Criterion, PanelRule, Rubric
from longleaf.journal.recording import record
from longleaf.kit.errors import WrongState
from longleaf.kit.status import require_move
from longleaf.panels import queries as panels
from longleaf.panels import rating
from longleaf.panels.blindness import JUDGED_PERSON
from longleaf.panels.errors import NoSuchReading
from longleaf.panels.instruments import overt_kind
from longleaf.panels.status import PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import Assignment, Panel

Found = dict[str, Any]


@transaction.atomic
def submit_reading(*, assignment: Assignment, acting_person: Person) -> Panel:
    """Hand a reading in; the one that completes the panel decides the attempt in the same transaction.

    Returns the panel. Raises what `panels.rating.submit_reading` raises.
    """
    if assignment.panel.kind not in {PANEL_KIND, overt_kind(PANEL_KIND)}:
        raise NoSuchReading
    if assignment.panel.evidence:
        # It checks its reader, so nothing of the work is decided.
        return rating.submit_reading(assignment=assignment, acting_person=acting_person)
    submission = Submission.objects.get(ref=assignment.panel.subject)
    # The attempt is locked before the panel, here and everywhere, so that no two verbs wait for each other.
    hold(submission)
    panel = rating.submit_reading(assignment=assignment, acting_person=acting_person)
    if panel.status == PanelStatus.DECIDED:
        decide(submission=submission, acting_person=acting_person)
    return panel


def decide_what_is_read() -> int:
    """Decide where a panel waits for a reader whom it needs no more. Returns how many were decided.

    A third may have been asked, a reading given back, and the first two may agree since; then the third gives up.
    """
    waiting = panels.panels_read_again(kind=PANEL_KIND).values_list("subject", flat=True)
    return sum(_decide_if_read(submission) for submission in Submission.objects.filter(ref__in=list(waiting)))


@transaction.atomic
def _decide_if_read(submission: Submission) -> int:
    hold(submission)
    panel = rating.conclude_again(subject=submission.ref, kind=PANEL_KIND)
    if panel.status != PanelStatus.DECIDED:
        return 0
    decide(submission=submission, acting_person=None)
    return 1


@transaction.atomic
def decide(*, submission: Submission, acting_person: Person | None) -> Submission:
    """Close a round as its panel found: write the outcome, move the attempt, and award what was demonstrated.

    No page leads here; a panel that is decided does. Raises `NotDecidedYet` while it is not, and `WrongState` for a
    round that was closed before.
    """
    attempt = hold(submission)
    submission = Submission.objects.select_related("panel__rubric").get(pk=submission.pk)
    panel = submission.panel
    if panel is None or panel.outcome is None:
        raise NotDecidedYet(f"The panel on {submission.ref} is still reading. The decision follows from what it finds.")
    outcome = outcome_of(submission, panel)
    new = AttemptStatus.DEMONSTRATED if outcome["verdict"] == "demonstrated" else AttemptStatus.NOT_YET
    old = AttemptStatus(attempt.status)
    _require_waiting_for(submission, old)
    require_move(ATTEMPT_MOVES, old, new, what="This attempt")
    _close(submission, attempt, outcome, new)
    _record(submission, attempt, old, acting_person)
    if submission.reread_of_id:
        concluding.conclude(reread=submission)
    if new is AttemptStatus.DEMONSTRATED:
        _award(submission, attempt)
    return submission


def _require_waiting_for(submission: Submission, now: AttemptStatus) -> None:
    """A round is decided while it is in review, a copy that is read anew while the appeal is under way."""
    waiting = AttemptStatus.APPEALED if submission.reread_of_id else AttemptStatus.IN_REVIEW
    # A round of before stands while the attempt is in review for a later one.
    if now is not waiting or submission.decided_at is not None:
        raise WrongState(f"{submission.ref} does not wait for a decision. Reload the page to see what came of it.")


def outcome_of(submission: Submission, panel: Panel) -> Found:
    """What the earner is told, criterion by criterion in the order of the rubric."""
    design = Design(submission.attempt.version.document)
    decided = {each["code"]: each for each in (panel.outcome or {})["criteria"]}
    comments = _comments(panel, design.rubric, design.panel_rule, decided)
    before = _findings_before(submission) if submission.met_before else {}
    return {
        "verdict": (panel.outcome or {})["verdict"],
        "reason": (panel.outcome or {})["reason"],
        "readers": len((panel.outcome or {})["readings"]),
        "criteria": [
            _finding(
                criterion,
                decided[criterion.code],
                comments,
                before.get(criterion.code, {}) if criterion.code in submission.met_before else {},
                design.rubric,
            )
            for criterion in design.rubric.criteria
        ],
    }


def _finding(
    criterion: Criterion,
    decided: Mapping[str, Any],
    comments: Mapping[str, list[str]],
    earlier: Found,
    rubric: Rubric,
) -> Found:
    """`earlier` is what was found of a criterion that was met before and so was not judged again; else it is empty."""
    level = decided["level"] or earlier.get("level")
    return {
        "code": criterion.code,
        "title": criterion.title,
        "met": decided["met"],
        "level": level,
        "level_title": rubric.level_by_code[level].title if level else None,
        "decided_by": decided["decided_by"],
        "comments": earlier.get("comments") or comments.get(criterion.code, []),
        "requirements": list(criterion.requirements),
    }


def _comments(
    panel: Panel, rubric: Rubric, rule: PanelRule, decided: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[str]]:
    """What was written by those whose finding stands. Praise from somebody who was overruled would only confuse."""
    standing: dict[str, list[str]] = {}
    for given in panels.given_ratings(panel):
        if rule.is_met(rubric, given.level, given.criterion) == decided[given.criterion]["met"]:
            standing.setdefault(given.criterion, []).append(given.comment.strip())
    return {code: JUDGED_PERSON.unattributed(comments) for code, comments in standing.items()}


def _findings_before(submission: Submission) -> dict[str, Found]:
    """What earlier rounds, or the reading that is appealed, found of each criterion that was met then."""
    before = Q(round__lt=submission.round) | Q(pk=submission.reread_of_id)
    earlier = Submission.objects.filter(before, attempt=submission.attempt_id).order_by("round", "pk")
    return {
        found["code"]: found
        for each in earlier
        for found in (each.outcome or {}).get("criteria", [])
        if found["met"] and found["level"]
    }


def _close(submission: Submission, attempt: Attempt, outcome: Found, new: AttemptStatus) -> None:
    now = timezone.now()
    submission.outcome, submission.decided_at = outcome, now
    submission.save(update_fields=["outcome", "decided_at"])
    attempt.status, attempt.decided_at = new, now
    attempt.save(update_fields=["status", "decided_at", "changed_at"])


def _record(submission: Submission, attempt: Attempt, old: AttemptStatus, acting_person: Person | None) -> None:
    """Two lines: one for those who judge, with whose reading was the last; one for the earner, without."""
    verdict = (submission.outcome or {})["verdict"]
    data = {"verdict": verdict}
    record(Event.DECISION_MADE, actor=acting_person, subject=f"submission:{submission.ref}", data=data)
    demonstrated = attempt.status == AttemptStatus.DEMONSTRATED
    met = {each["code"]: each["met"] for each in (submission.outcome or {})["criteria"]}
    record(
        Event.DECIDED_DEMONSTRATED if demonstrated else Event.DECIDED_NOT_YET,
        actor=None,
        subject=f"attempt:{attempt.ref}",
        data={"from": old.value, "round": submission.round, "submission": submission.ref, "met": met},
    )


def _award(submission: Submission, attempt: Attempt) -> None:
    issuing.award(
        occasion=f"attempt:{attempt.ref}",
        earner=attempt.earner,
        version=attempt.version,
        finding=finding_for_badge(submission),
        evidence=evidence_for_badge(submission, Design(attempt.version.document)),
        earned_at=submission.decided_at or timezone.now(),
        # The badge is issued by the rule; a name here would tell the earner who read last.
        acting_person=None,
    )


def finding_for_badge(submission: Submission) -> Found:
    """How it was judged, as the badge repeats it (`awards.contents.finding` describes the shape)."""
    outcome = submission.outcome or {}
    told = ("code", "title", "level", "level_title", "met", "decided_by")
    return {
        "rubric": submission.panel.rubric_id if submission.panel else "",
        "readers": outcome["readers"],
        "blind": True,
        "round": submission.round,
        "criteria": [{name: found[name] for name in told} for found in outcome["criteria"]],
    }


def evidence_for_badge(submission: Submission, design: Design) -> list[Found]:
    """Which pieces of evidence the earner lets the badge tell of: what was asked for, never what was brought; and that
    a team made it, where one did."""
    parts = own_parts_in(submission)
    return [
        {
            "requirement": asked.code,
            "name": asked.title,
            "title": asked.title,
            "description": with_team(asked.prompt, parts.get(asked.code)),
        }
        for asked in design.requirements
        if asked.code in set(submission.badge_evidence)
    ]
