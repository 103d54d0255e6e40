"""Handing in, and handing in twice."""

import threading

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from longleaf.assessment import submitting
from longleaf.assessment.errors import NoSuchAttempt, NoSuchRequirement, NoSuchRound, NotReady
from longleaf.assessment.evidence import uploading, writing
from longleaf.assessment.queries import current_submission
from longleaf.assessment.retrying import open_round
from longleaf.assessment.statements import STATEMENTS
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.assessment.tests import earner_cast
from longleaf.journal.models import JournalLine
from longleaf.journal.queries import lines_about
from longleaf.kit.errors import WrongState

CANNOT_SUBMIT = [status for status in AttemptStatus if AttemptStatus.SUBMITTED not in ATTEMPT_MOVES[status]]


@pytest.fixture
def attempt(version, educator):
    return ready(version, educator)


def ready(version, educator):
    attempt = earner_cast.filled(version, educator)
    earner_cast.look_through(attempt)
    return attempt


def submit(attempt, statements=earner_cast.BOTH, badge_evidence=(), person=None):
    return submitting.submit(
        submission=current_submission(attempt),
        statements=statements,
        badge_evidence=badge_evidence,
        acting_person=person or attempt.earner,
    )


def handed_in_lines(attempt):
    return list(lines_about(f"attempt:{attempt.ref}").filter(event="attempt:submission:submitted"))


@time_machine.travel("2026-11-20T15:00:00-05:00", tick=False)
def test_it_hands_in_with_a_day_on_which_to_expect_the_decision(attempt):
    submitted = submit(attempt, badge_evidence=["R3", "R1"])
    attempt.refresh_from_db()
    # Fifteen business days from a Friday, over Thanksgiving.
    assert timezone.localtime(submitted.due_at).isoformat() == "2026-12-14T23:59:00-05:00"
    assert (attempt.status, submitted.submitted_at) == (AttemptStatus.SUBMITTED, timezone.now())
    assert submitted.badge_evidence == ["R1", "R3"]
    assert submitted.statements["privacy"]["agreed_at"] == timezone.now().isoformat()
    assert "No student can be recognized" in submitted.statements["privacy"]["text"]


def test_its_line_tells_what_was_handed_in_without_its_content(attempt):
    submit(attempt)
    line = handed_in_lines(attempt)[0]
    assert line.actor == attempt.earner.ref
    assert sorted(line.data) == ["badge_evidence", "due", "evidence", "from", "round", "statements", "submission"]
    assert len(line.data["evidence"]) == 64


def test_the_digest_of_the_evidence_changes_with_any_of_it(attempt):
    submit(attempt)
    earner_cast.put(attempt, AttemptStatus.RETURNED)
    earner_cast.save(attempt, "R3", earner_cast.CHANGE + " And more.")
    submit(attempt)
    first, second = handed_in_lines(attempt)
    assert first.data["evidence"] != second.data["evidence"]


def test_the_same_post_again_is_answered_the_same_and_writes_no_second_line(attempt):
    first, again = submit(attempt), submit(attempt)
    assert (again.submitted_at, again.due_at) == (first.submitted_at, first.due_at)
    assert len(handed_in_lines(attempt)) == 1


def test_another_post_after_it_is_in_the_wrong_state(attempt):
    submit(attempt)
    with pytest.raises(WrongState):
        submit(attempt, badge_evidence=["R1"])


@pytest.mark.django_db(transaction=True)
def test_a_double_click_hands_in_once(version, educator):
    attempt = ready(version, educator)
    answers, barrier = [], threading.Barrier(2)

    def click():
        barrier.wait()
        try:
            answers.append(submit(attempt).submitted_at)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert (len(answers), len(set(answers)), len(handed_in_lines(attempt))) == (2, 1, 1)


def test_everything_that_is_open_is_named_at_once(version, educator):
    attempt = earner_cast.started(version, educator)
    earner_cast.save(attempt, "R1", "Too short.")
    uploading.begin(response=earner_cast.response_to(attempt, "R2"), name="a.pdf", size=100, acting_person=educator)
    lines = JournalLine.objects.count()
    with pytest.raises(NotReady) as refusal:
        submit(attempt, statements=["privacy"])
    assert refusal.value.fields == {
        "R1": "Write 3 words more for “Your plan”: it asks for at least 5, and you have 2.",
        "R2": "1 file of “Work before and after” is still on the way. Wait until it is here, or remove it.",
        "R3": "Write 5 to 150 words for “What changed”, or add a file.",
        "statement-integrity": STATEMENTS[1].mend,
    }
    attempt.refresh_from_db()
    assert (attempt.status, JournalLine.objects.count()) == (AttemptStatus.DRAFT, lines)


def test_a_recording_may_stand_in_place_of_writing(attempt):
    earner_cast.save(attempt, "R3", "")
    earner_cast.uploaded(attempt, "talk.wav", earner_cast.sound(), "R3")
    earner_cast.look_through(attempt)
    assert submit(attempt).submitted_at is not None


def test_what_was_carried_over_is_asked_for_no_more(version, educator):
    attempt = earner_cast.decided(version, educator, met=["A"])
    open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    earner_cast.response_to(attempt, "R2").artifacts.all().delete()
    earner_cast.save(attempt, "R3", earner_cast.CHANGE + " Now it is told.")
    assert submit(attempt).round == 2


def test_a_judged_round_is_not_handed_in_again(version, educator):
    attempt = earner_cast.decided(version, educator, met=["A"])
    judged = current_submission(attempt)
    open_round(attempt=attempt, acting_person=educator)
    with pytest.raises(NoSuchRound):
        submitting.submit(submission=judged, statements=earner_cast.BOTH, badge_evidence=["R1"], acting_person=educator)


def test_an_unknown_requirement_is_refused(attempt):
    with pytest.raises(NoSuchRequirement):
        submit(attempt, badge_evidence=["R9"])


@pytest.mark.parametrize("status", CANNOT_SUBMIT)
def test_it_hands_in_from_no_other_status(attempt, status):
    earner_cast.put(attempt, status)
    with pytest.raises(WrongState):
        submit(attempt, badge_evidence=["R1"])


@pytest.mark.parametrize("who", ["other_educator", "first_assessor", "lead_assessor", "stranger"])
def test_nobody_else_hands_it_in(attempt, who, request):
    with pytest.raises(NoSuchAttempt):
        submit(attempt, person=request.getfixturevalue(who))


def test_nothing_is_written_once_it_is_handed_in(attempt):
    submit(attempt)
    with pytest.raises(WrongState):
        writing.save_text(
            submission=current_submission(attempt),
            requirement="R1",
            text="Late.",
            revision=1,
            acting_person=attempt.earner,
        )
