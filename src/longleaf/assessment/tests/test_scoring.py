"""What the readings come to: the decision, its feedback, and the badge."""

from __future__ import annotations

import pytest

from longleaf.assessment import retrying, scoring, tasks
from longleaf.assessment.errors import NotDecidedYet
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests.desk.factories import hand_in, hand_in_again, read, seats_of, send_to_panel, take_up
from longleaf.awards.models import Award
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.journal.verifying import verify
from longleaf.kit.errors import WrongState
from longleaf.panels import rating, reopening
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.status import PanelStatus
from longleaf.panels.tests.factories import at_the_same_moment, fill_in
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(
    version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Submission:
    return send_to_panel(hand_in(version, educator), lead_assessor)


def fresh(submission: Submission) -> Submission:
    return Submission.objects.select_related("attempt").get(pk=submission.pk)


def rate(seat: Assignment, criterion: str, level: str, comment: str) -> None:
    rating.rate(
        assignment=seat, criterion=criterion, level=level, comment=comment, revision=0, acting_person=seat.rater
    )


def test_two_who_find_everything_met_demonstrate_and_award_once(submission: Submission) -> None:
    first, second = seats_of(submission)
    read(first)
    assert fresh(submission).attempt.status == AttemptStatus.IN_REVIEW
    assert Award.objects.count() == 0
    read(second)
    decided = fresh(submission)
    assert decided.attempt.status == AttemptStatus.DEMONSTRATED
    assert decided.decided_at == decided.attempt.decided_at is not None
    assert decided.outcome == {
        "verdict": "demonstrated",
        "reason": "Every criterion is met.",
        "readers": 2,
        "criteria": [
            {
                "code": "A",
                "title": "Feedback is specific",
                "met": True,
                "level": "demonstrated",
                "level_title": "Demonstrated",
                "decided_by": "agreement",
                "comments": ["About A.", "About A."],
                "requirements": ["R1", "R2"],
            },
            {
                "code": "B",
                "title": "The learner used it",
                "met": True,
                "level": "demonstrated",
                "level_title": "Demonstrated",
                "decided_by": "agreement",
                "comments": ["About B.", "About B."],
                "requirements": ["R3"],
            },
        ],
    }
    award = Award.objects.get()
    assert award.occasion == f"attempt:{decided.attempt.ref}"
    assert award.earner == decided.attempt.earner
    assert (award.finding["readers"], award.finding["blind"], award.finding["round"]) == (2, True, 1)
    assert [(each["code"], each["met"], each["level"]) for each in award.finding["criteria"]] == [
        ("A", True, "demonstrated"),
        ("B", True, "demonstrated"),
    ]
    assert [(piece["requirement"], piece["name"]) for piece in award.evidence] == [("R1", "Your plan")]
    assert verify().first_break is None


def test_not_yet_tells_what_to_change_and_awards_nothing(submission: Submission) -> None:
    for seat in seats_of(submission):
        read(seat, B="not-yet")
    decided = fresh(submission)
    assert decided.attempt.status == AttemptStatus.NOT_YET
    assert decided.outcome["verdict"] == "not_yet"
    assert decided.outcome["reason"] == "Required and not met yet: “The learner used it”."
    assert [(each["code"], each["met"]) for each in decided.outcome["criteria"]] == [("A", True), ("B", False)]
    assert Award.objects.count() == 0


def test_comments_of_a_reader_who_was_overruled_are_left_out(submission: Submission) -> None:
    first, second = (take_up(seat) for seat in seats_of(submission))
    for seat, level in ((first, "demonstrated"), (second, "not-yet")):
        rate(seat, "A", "demonstrated", "Clear.")
        rate(seat, "B", level, "Splendid." if level == "demonstrated" else "Show the second draft.")
        scoring.submit_reading(assignment=seat, acting_person=seat.rater)
    third = take_up(seats_of(submission)[2])
    rate(third, "A", "demonstrated", "Names one change.")
    rate(third, "B", "not-yet", "A date would help.")
    scoring.submit_reading(assignment=third, acting_person=third.rater)
    found = {each["code"]: each for each in fresh(submission).outcome["criteria"]}
    assert found["A"]["comments"] == ["Clear.", "Clear.", "Names one change."]
    assert found["B"]["comments"] == ["A date would help.", "Show the second draft."]
    assert (found["B"]["decided_by"], fresh(submission).outcome["readers"]) == ("third", 3)


def test_a_second_round_judges_only_what_was_not_met_and_carries_the_rest(
    submission: Submission, lead_assessor: Person
) -> None:
    for seat in seats_of(submission):
        read(seat, B="not-yet")
    attempt = fresh(submission).attempt
    second = send_to_panel(
        hand_in_again(retrying.open_round(attempt=attempt, acting_person=attempt.earner)), lead_assessor
    )
    assert second.panel.met_before == ["A"]
    for seat in seats_of(second):
        take_up(seat)
        rate(seat, "B", "demonstrated", "The change is shown.")
        scoring.submit_reading(assignment=seat, acting_person=seat.rater)
    decided = fresh(second)
    assert decided.attempt.status == AttemptStatus.DEMONSTRATED
    carried, judged = decided.outcome["criteria"]
    assert (carried["decided_by"], carried["level"], carried["level_title"]) == (
        "before",
        "demonstrated",
        "Demonstrated",
    )
    assert carried["comments"] == ["About A.", "About A."]
    assert (judged["decided_by"], judged["met"]) == ("agreement", True)
    award = Award.objects.get()
    assert (award.finding["round"], len(award.finding["criteria"])) == (2, 2)


def test_a_third_decides_where_two_differ(submission: Submission) -> None:
    first, second = seats_of(submission)
    read(first)
    read(second, B="not-yet")
    assert fresh(submission).attempt.status == AttemptStatus.IN_REVIEW
    read(seats_of(submission)[2])
    assert fresh(submission).attempt.status == AttemptStatus.DEMONSTRATED
    assert Award.objects.get().finding["readers"] == 3


def test_it_does_not_decide_before_the_panel_has(submission: Submission) -> None:
    with pytest.raises(NotDecidedYet):
        scoring.decide(submission=submission, acting_person=None)
    assert fresh(submission).outcome is None


def test_it_does_not_decide_twice(submission: Submission) -> None:
    for seat in seats_of(submission):
        read(seat)
    decided = fresh(submission)
    with pytest.raises(WrongState):
        scoring.decide(submission=submission, acting_person=None)
    assert (fresh(submission).decided_at, Award.objects.count()) == (decided.decided_at, 1)


def test_a_round_that_was_decided_does_not_decide_the_next_one(submission: Submission) -> None:
    for seat in seats_of(submission):
        read(seat, B="not-yet")
    attempt = fresh(submission).attempt
    second = hand_in_again(retrying.open_round(attempt=attempt, acting_person=attempt.earner))
    send_to_panel(second, submission.completeness_checks.get().checker)
    with pytest.raises(WrongState):
        scoring.decide(submission=submission, acting_person=None)
    assert fresh(second).attempt.status == AttemptStatus.IN_REVIEW


@pytest.mark.parametrize("status", set(AttemptStatus) - {AttemptStatus.IN_REVIEW})
def test_only_an_attempt_in_review_is_decided(submission: Submission, status: AttemptStatus) -> None:
    first, second = seats_of(submission)
    read(first)
    Attempt.objects.filter(pk=submission.attempt_id).update(status=status)
    with pytest.raises(WrongState):
        read(second)
    # Nothing of the reading is left half done either.
    assert Panel.objects.get().status == PanelStatus.OPEN
    assert (fresh(submission).attempt.status, Award.objects.count()) == (status, 0)


def test_the_earners_journal_lines_name_no_reader(submission: Submission) -> None:
    for seat in seats_of(submission):
        read(seat)
    earner = submission.attempt.earner
    lines = JournalLine.objects.filter(subject=f"attempt:{submission.attempt.ref}")
    assert {line.actor_name for line in lines} == {earner.name, "Longleaf"}
    readers = {seat.rater.ref for seat in seats_of(submission)} | {seat.ref for seat in seats_of(submission)}
    assert not any(ref in str(line.data) for line in lines for ref in readers)
    award = JournalLine.objects.filter(subject__startswith="award:")
    assert {line.actor_name for line in award} == {"Longleaf"}


def test_the_chore_seats_whoever_comes_later(
    version: Version, issuer: Organisation, educator: Person, lead_assessor: Person, first_assessor: Person
) -> None:
    sent = send_to_panel(hand_in(version, educator), lead_assessor)
    assert len(seats_of(sent)) == 1
    assert tasks.release_expired_assignments() == 0
    cast.make_person("Newly Come", (issuer, Role.ASSESSOR))
    assert tasks.release_expired_assignments() == 1
    assert [seat.rater.name for seat in seats_of(sent)] == ["Ada First", "Newly Come"]


@pytest.mark.django_db(transaction=True)
def test_the_last_two_readings_at_the_same_moment_decide_and_award_once(submission: Submission) -> None:
    seats = [fill_in(seat) for seat in seats_of(submission)]
    results = at_the_same_moment(
        *(lambda seat=seat: scoring.submit_reading(assignment=seat, acting_person=seat.rater) for seat in seats * 2)
    )
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(refusal).__name__ for refusal in refused] == ["ReadingIsOver", "ReadingIsOver"]
    assert fresh(submission).attempt.status == AttemptStatus.DEMONSTRATED
    assert Award.objects.count() == 1
    assert JournalLine.objects.filter(event="attempt:decision:demonstrated").count() == 1
    assert verify().first_break is None


def test_a_third_who_gives_up_does_not_keep_two_who_agree_by_now_waiting(
    submission: Submission, lead_assessor: Person
) -> None:
    first, second = seats_of(submission)
    read(first)
    panel = read(second, A="not-yet")
    third = take_up(seats_of(submission)[-1])
    reopening.reopen(panel=panel.ref, kind=panel.kind, seat=1, reason="Look again.", acting_person=lead_assessor)
    rating.rate(assignment=first, criterion="A", level="not-yet", revision=1, acting_person=first.rater)
    scoring.submit_reading(assignment=first, acting_person=first.rater)
    rating.decline(assignment=third, reason="I know the class.", acting_person=third.rater)
    assert fresh(submission).attempt.status == AttemptStatus.IN_REVIEW
    assert scoring.decide_what_is_read() == 1
    assert fresh(submission).attempt.status == AttemptStatus.NOT_YET
    assert scoring.decide_what_is_read() == 0
