"""Attempts walked through several rounds by the verbs that lead there."""

from __future__ import annotations

from typing import Any

from longleaf.assessment import retrying
from longleaf.assessment.evidence import writing
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.appeals.factories import read_only
from longleaf.assessment.tests.desk.factories import hand_in_again, seats_of, send_to_panel
from longleaf.directory.models import Person
from tests import cast

LEVELS = "01234"


def by_points(*, cut: str, across_rounds: str = "best_level") -> dict[str, Any]:
    """Two criteria of 0 to 4 points, met from 3 on, of which none must be met; one reader."""
    document = cast.make_document()
    document["rubric"]["levels"] = [{"code": each, "title": f"{each} points", "meets": each > "2"} for each in LEVELS]
    for criterion in document["rubric"]["criteria"]:
        criterion.update(levels={}, required=False)
    document["panel_rule"] = {
        "readers": 1,
        "when_they_differ": "none",
        "outcome": {"kind": "points", "points": {each: int(each) for each in LEVELS}, "cut": cut},
        "across_rounds": across_rounds,
    }
    return document


def judged(submission: Submission, lead: Person, *, comment: str = "About it.", **levels: str) -> Submission:
    """What was handed in, checked and read by everybody who is asked."""
    sent = send_to_panel(submission, lead)
    for seat in seats_of(sent):
        read_only(seat, comment=comment, **levels)
    return Submission.objects.select_related("attempt", "panel").get(pk=sent.pk)


def next_round(submission: Submission, *, changed: str) -> Submission:
    """The round after, with one text changed, handed in."""
    attempt = submission.attempt
    opened = retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    attempt = Attempt.objects.get(pk=attempt.pk)
    open_now = set(opened.responses.filter(locked=False).values_list("requirement", flat=True))
    earner_cast.save(attempt, "R1" if "R1" in open_now else "R3", changed)
    return hand_in_again(Submission.objects.select_related("attempt").get(pk=opened.pk))


def levels_of(submission: Submission) -> dict[str, tuple[str, bool, str]]:
    """Level, whether it is met, and by whom it was decided, as the earner is told."""
    found = (submission.outcome or {})["criteria"]
    return {each["code"]: (each["level"], each["met"], each["decided_by"]) for each in found}


def other_work(submission: Submission) -> Submission:
    """The round after, with another lesson in place of the first, handed in."""
    attempt = submission.attempt
    opened = retrying.replace_work(attempt=attempt, acting_person=attempt.earner)
    write_other_work(Attempt.objects.get(pk=attempt.pk))
    return hand_in_again(Submission.objects.select_related("attempt").get(pk=opened.pk))


def write_other_work(attempt: Attempt) -> None:
    earner_cast.save(attempt, "R1", "In the other lesson I look for a question and its answer.")
    earner_cast.save(attempt, "R3", "In the other lesson the learner asked a question of their own.")
    writing.add_link(
        submission=current_submission(attempt),
        requirement="R2",
        link="https://pages.example.test/other",
        title="",
        acting_person=attempt.earner,
    )
