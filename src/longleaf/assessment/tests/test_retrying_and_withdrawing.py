"""Another round, or an end."""

import pytest

from longleaf.assessment.errors import AttemptsUsedUp, NoSuchAttempt
from longleaf.assessment.models import Artifact, Submission, Upload
from longleaf.assessment.queries import current_submission
from longleaf.assessment.retrying import open_round
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.withdrawing import withdraw
from longleaf.journal.queries import lines_about
from longleaf.kit.errors import WrongState
from tests import cast

S = AttemptStatus


@pytest.fixture
def not_yet(version, educator):
    attempt = earner_cast.filled(version, educator)
    earner_cast.uploaded(attempt, "a.pdf", earner_cast.pdf())
    earner_cast.submit(attempt, badge_evidence=["R1"])
    return earner_cast.decide(attempt, met=["A"])


def events(attempt):
    return list(lines_about(f"attempt:{attempt.ref}").values_list("event", flat=True))


def test_the_next_round_begins_with_a_copy(not_yet):
    opened = open_round(attempt=not_yet, acting_person=not_yet.earner)
    not_yet.refresh_from_db()
    assert (not_yet.status, not_yet.round, opened.round, opened.met_before) == (S.DRAFT, 2, 2, ["A"])
    assert (opened.badge_evidence, opened.statements, opened.submitted_at) == (["R1"], {}, None)
    texts = {each.requirement: (each.text, each.locked) for each in opened.responses.all()}
    assert texts == {"R1": (earner_cast.PLAN, True), "R2": ("", True), "R3": (earner_cast.CHANGE, False)}


def test_files_are_shared_and_links_copied(not_yet):
    opened = open_round(attempt=not_yet, acting_person=not_yet.earner)
    copied = [(each.upload_id, each.link) for each in Artifact.objects.filter(response__submission=opened)]
    assert copied == [(None, earner_cast.LINK), (Upload.objects.get().pk, "")]


def test_the_judged_round_stays_as_it_was(not_yet):
    before = Submission.objects.filter(round=1).values().get()
    opened = open_round(attempt=not_yet, acting_person=not_yet.earner)
    not_yet.refresh_from_db()
    earner_cast.save(not_yet, "R3", "Changed in round two.")
    judged = Submission.objects.filter(round=1)
    assert (judged.values().get(), judged.get().responses.get(requirement="R3").text) == (before, earner_cast.CHANGE)
    assert opened.ref != before["ref"]


def test_opening_twice_opens_once(not_yet):
    first = open_round(attempt=not_yet, acting_person=not_yet.earner)
    assert open_round(attempt=not_yet, acting_person=not_yet.earner) == first
    assert events(not_yet).count("attempt:round:opened") == 1


def test_what_was_met_adds_up_over_rounds(version, educator):
    attempt = earner_cast.decided(version, educator, met=["A"])
    open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    earner_cast.save(attempt, "R3", earner_cast.CHANGE + " Again.")
    earner_cast.submit(attempt)
    # This round the assessors judged B alone and did not find it.
    submission = current_submission(earner_cast.decide(attempt, met=["A"]))
    submission.outcome["criteria"] = [each for each in submission.outcome["criteria"] if each["code"] == "B"]
    submission.save()
    assert open_round(attempt=attempt, acting_person=educator).met_before == ["A"]


def test_the_limit_of_a_version_holds(state, issuer, educator):
    version = cast.publish(state, issuer, cast.make_document(attempts=2))
    attempt = earner_cast.decided(version, educator, met=["A"])
    open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    earner_cast.save(attempt, "R3", earner_cast.CHANGE + " Again.")
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=["A"])
    with pytest.raises(AttemptsUsedUp):
        open_round(attempt=attempt, acting_person=educator)


@pytest.mark.parametrize("status", [status for status in S if S.DRAFT not in ATTEMPT_MOVES[status]])
def test_no_round_opens_from_another_status(not_yet, status):
    earner_cast.put(not_yet, status)
    with pytest.raises(WrongState):
        open_round(attempt=not_yet, acting_person=not_yet.earner)


@pytest.mark.parametrize("status", [status for status in S if S.WITHDRAWN in ATTEMPT_MOVES[status]])
def test_it_withdraws_and_says_from_where(not_yet, status):
    earner_cast.put(not_yet, status)
    assert withdraw(attempt=not_yet, acting_person=not_yet.earner).status == S.WITHDRAWN
    assert lines_about(f"attempt:{not_yet.ref}").last().data == {"from": status.value, "round": 1}


@pytest.mark.parametrize("status", [S.IN_REVIEW, S.DEMONSTRATED])
def test_it_does_not_withdraw_what_is_read_or_stands(not_yet, status):
    earner_cast.put(not_yet, status)
    with pytest.raises(WrongState):
        withdraw(attempt=not_yet, acting_person=not_yet.earner)


def test_withdrawing_twice_is_withdrawing_once(not_yet):
    for _ in range(2):
        withdraw(attempt=not_yet, acting_person=not_yet.earner)
    assert events(not_yet).count("attempt:work:withdrawn") == 1


@pytest.mark.parametrize("who", ["other_educator", "first_assessor", "lead_assessor", "stranger"])
def test_nobody_else_opens_a_round_or_withdraws(not_yet, who, request):
    person = request.getfixturevalue(who)
    for verb in (open_round, withdraw):
        with pytest.raises(NoSuchAttempt):
            verb(attempt=not_yet, acting_person=person)
