"""Another lesson in place of the first, where a version allows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from longleaf.assessment import retrying
from longleaf.assessment.errors import AttemptsUsedUp, NoSuchAttempt, WorkNotReplaceable
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.desk.factories import hand_in, seats_of, send_to_panel, take_up
from longleaf.assessment.tests.rounds.walking import by_points, judged, levels_of, other_work, write_other_work
from longleaf.catalog import wording
from longleaf.catalog.design import Design
from longleaf.directory.models import Organisation, Person, State
from longleaf.journal.queries import lines_about
from longleaf.kit.errors import WrongState
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def attempt(state: State, issuer: Organisation, educator: Person) -> Attempt:
    """A is met, B is not; what was met is kept."""
    version = cast.publish(state, issuer, cast.make_document(replace_work="keep_met", attempts=2))
    return earner_cast.decided(version, educator, met=["A"])


def test_everything_is_asked_for_again_and_what_was_met_stays_met(attempt: Attempt) -> None:
    opened = retrying.replace_work(attempt=attempt, acting_person=attempt.earner)
    assert (opened.round, opened.other_work, opened.met_before) == (2, True, ["A"])
    assert opened.levels_before == {"A": "demonstrated", "B": "not-yet"}
    asked = [(each.requirement, each.text, each.locked) for each in opened.responses.order_by("requirement")]
    assert asked == [("R1", "", False), ("R2", "", False), ("R3", "", False)]
    assert attempt.submissions.get(round=1).responses.get(requirement="R1").text == earner_cast.PLAN
    line = lines_about(f"attempt:{attempt.ref}").last()
    assert line
    assert (line.event, line.data["met_before"]) == ("attempt:work:replaced", ["A"])


def test_starting_over_leaves_nothing_of_the_earlier_rounds(
    state: State, issuer: Organisation, educator: Person, lead_assessor: Person, first_assessor: Person
) -> None:
    document = by_points(cut="0.7") | {"replace_work": "start_over"}
    first = judged(hand_in(cast.publish(state, issuer, document), educator), lead_assessor, A="4", B="0")
    opened = other_work(first)
    assert (opened.met_before, opened.levels_before) == ([], {})
    second = judged(opened, lead_assessor, A="2", B="3")
    # With the four points that A had for the first lesson it would have been enough.
    assert levels_of(second) == {"A": ("2", False, "reader"), "B": ("3", True, "reader")}
    assert second.attempt.status == AttemptStatus.NOT_YET


def test_doing_it_twice_does_it_once(attempt: Attempt) -> None:
    first = retrying.replace_work(attempt=attempt, acting_person=attempt.earner)
    assert retrying.replace_work(attempt=attempt, acting_person=attempt.earner) == first
    # Whoever has the older page open and presses the other button loses nothing of what is there.
    assert retrying.open_round(attempt=attempt, acting_person=attempt.earner) == first


def test_it_is_refused_where_the_version_does_not_say_so(version, educator) -> None:
    attempt = earner_cast.decided(version, educator, met=["A"])
    with pytest.raises(WorkNotReplaceable):
        retrying.replace_work(attempt=attempt, acting_person=educator)


def test_it_costs_a_round_and_is_no_way_around_a_round_that_is_open(attempt: Attempt) -> None:
    retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    with pytest.raises(WrongState):
        retrying.replace_work(attempt=attempt, acting_person=attempt.earner)
    attempt.refresh_from_db()
    earner_cast.save(attempt, "R3", earner_cast.CHANGE + " Again.")
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=["A"])
    with pytest.raises(AttemptsUsedUp):
        retrying.replace_work(attempt=attempt, acting_person=attempt.earner)


def test_nobody_else_does_it(attempt: Attempt, other_educator: Person) -> None:
    with pytest.raises(NoSuchAttempt):
        retrying.replace_work(attempt=attempt, acting_person=other_educator)


def test_the_page_says_what_is_kept_and_what_is_lost_before_it_happens(attempt: Attempt, client_of: Signed) -> None:
    client = client_of(attempt.earner)
    page = client.get(f"/work/{attempt.ref}/decision/").content.decode()
    assert "What was met stays met and is not judged again: Feedback is specific." in page
    assert "Texts and files of this round are not carried over" in page
    answer = client.post(f"/work/{attempt.ref}/next-round/", {"with": "other_work"}, follow=True)
    editor = answer.content.decode()
    assert "This round brings other work" in editor
    assert "Carried over as met" not in editor
    assert Submission.objects.get(round=2).other_work


def test_a_page_of_a_version_without_it_does_not_offer_it(version, educator, client_of: Signed) -> None:
    attempt = earner_cast.decided(version, educator, met=["A"])
    client = client_of(educator)
    assert "other work" not in client.get(f"/work/{attempt.ref}/decision/").content.decode()
    answer = client.post(f"/work/{attempt.ref}/next-round/", {"with": "other_work"})
    assert answer.status_code == 409


def test_readers_read_the_other_work_whole_and_rate_what_was_not_met(
    attempt: Attempt, client_of: Signed, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    retrying.replace_work(attempt=attempt, acting_person=attempt.earner)
    attempt.refresh_from_db()
    write_other_work(attempt)
    sent = send_to_panel(earner_cast.submit(attempt), lead_assessor)
    seat = take_up(seats_of(sent)[0])
    page = client_of(seat.rater).get(f"/assess/read/{seat.ref}/").content.decode()
    assert "In the other lesson I look for" in page
    assert "Carried over from an earlier round" not in page
    assert sent.panel.met_before == ["A"]


@pytest.mark.parametrize(
    ("said", "told"),
    [("keep_met", "what was met stays met"), ("start_over", "then everything is judged anew"), (None, "")],
)
def test_the_catalog_tells_it_before_anybody_begins(said: str | None, told: str) -> None:
    sentences = wording.rounds_in_words(Design(cast.make_document(replace_work=said)))
    assert told in " ".join(sentences)
    assert len(sentences) == bool(said)
