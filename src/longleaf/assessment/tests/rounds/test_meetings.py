"""A meeting with a coach after so many rounds: said by the earner, confirmed by the coach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from longleaf.assessment import retrying, starting, withdrawing
from longleaf.assessment.errors import (
    CoachMeetingNeeded,
    MeetingNotNeeded,
    NoSuchAttempt,
    NoSuchMeeting,
    UnusableMeeting,
)
from longleaf.assessment.meetings import recording
from longleaf.assessment.meetings.access import coaches_for, may_coach, may_confirm
from longleaf.assessment.models import Attempt, CoachMeeting
from longleaf.assessment.status import MeetingStatus
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.desk.factories import send_to_panel
from longleaf.catalog import wording
from longleaf.catalog.design import Design
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.journal.queries import lines_about
from longleaf.kit.errors import WrongState
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def coach(district: Organisation) -> Person:
    return cast.make_person("Cora Coach", (district, Role.COACH))


@pytest.fixture
def attempt(state: State, issuer: Organisation, educator: Person, coach: Person) -> Attempt:
    """Two rounds, each judged not yet, where a meeting is asked for after two."""
    version = cast.publish(state, issuer, cast.make_document(coach_after=2))
    attempt = earner_cast.decided(version, educator, met=["A"])
    retrying.open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    earner_cast.save(attempt, "R3", earner_cast.CHANGE + " Again.")
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=["A"])
    return attempt


def say(attempt: Attempt, coach: Person, met_on: date | None = None) -> CoachMeeting:
    today = timezone.localdate()
    return recording.say_met(attempt=attempt, coach=coach.ref, met_on=met_on or today, acting_person=attempt.earner)


def test_no_further_round_opens_before_the_coach_has_confirmed(attempt: Attempt, coach: Person) -> None:
    with pytest.raises(CoachMeetingNeeded, match="After 2 rounds"):
        retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    meeting = say(attempt, coach)
    with pytest.raises(CoachMeetingNeeded):
        retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    recording.confirm(meeting=meeting, acting_person=coach)
    assert retrying.open_round(attempt=attempt, acting_person=attempt.earner).round == 3
    told = [line.event for line in lines_about(f"attempt:{attempt.ref}")]
    assert told[-3:] == ["attempt:meeting:said", "attempt:meeting:confirmed", "attempt:round:opened"]


def test_beginning_anew_saves_nobody_from_it(attempt: Attempt, coach: Person, client_of: Signed) -> None:
    withdrawing.withdraw(attempt=attempt, acting_person=attempt.earner)
    with pytest.raises(CoachMeetingNeeded):
        starting.start(version=attempt.version, acting_person=attempt.earner)
    slug = attempt.version.micro_credential.slug
    page = client_of(attempt.earner).get(f"/work/start/{slug}/").content.decode()
    assert f"/work/{attempt.ref}/coach/" in page
    recording.confirm(meeting=say(attempt, coach), acting_person=coach)
    assert starting.start(version=attempt.version, acting_person=attempt.earner).round == 1


def test_it_is_asked_for_once(attempt: Attempt, coach: Person) -> None:
    recording.confirm(meeting=say(attempt, coach), acting_person=coach)
    with pytest.raises(MeetingNotNeeded):
        say(attempt, coach)


def test_coaches_and_officers_of_the_earners_school_units_may_be_named(
    attempt: Attempt,
    coach: Person,
    psu_officer: Person,
    other_district: Organisation,
    district: Organisation,
    issuer: Organisation,
) -> None:
    elsewhere = cast.make_person("Elsa Elsewhere", (other_district, Role.COACH))
    judge = cast.make_person("Judith Judge", (district, Role.COACH), (issuer, Role.ASSESSOR))
    assert list(coaches_for(attempt)) == [coach, psu_officer]
    assert [may_coach(each, attempt) for each in (coach, elsewhere, judge, attempt.earner)] == [True] + [False] * 3
    with pytest.raises(UnusableMeeting) as refused:
        say(attempt, judge)
    assert list(refused.value.fields) == ["coach"]


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_is_after_the_last_decision_and_not_to_come(attempt: Attempt, coach: Person, days: int) -> None:
    with pytest.raises(UnusableMeeting) as refused:
        say(attempt, coach, timezone.localdate() + timedelta(days))
    assert list(refused.value.fields) == ["met_on"]


def test_saying_something_else_takes_back_what_waits(attempt: Attempt, coach: Person, psu_officer: Person) -> None:
    first = say(attempt, psu_officer)
    assert say(attempt, psu_officer) == first
    second = say(attempt, coach)
    first.refresh_from_db()
    assert first.status == MeetingStatus.TAKEN_BACK
    with pytest.raises(NoSuchMeeting):
        recording.confirm(meeting=first, acting_person=psu_officer)
    assert (may_confirm(coach, second), may_confirm(psu_officer, second)) == (True, False)


def test_a_coach_who_does_not_confirm_says_why(attempt: Attempt, coach: Person) -> None:
    meeting = say(attempt, coach)
    with pytest.raises(UnusableMeeting):
        recording.deny(meeting=meeting, reason=" ", acting_person=coach)
    recording.deny(meeting=meeting, reason="It was last week.", acting_person=coach)
    with pytest.raises(WrongState):
        recording.confirm(meeting=meeting, acting_person=coach)
    line = lines_about(f"attempt:{attempt.ref}").last()
    assert line
    assert "last week" not in str(line.data)
    with pytest.raises(CoachMeetingNeeded):
        retrying.open_round(attempt=attempt, acting_person=attempt.earner)


def test_nobody_else_says_or_confirms_it(attempt: Attempt, coach: Person, psu_officer: Person) -> None:
    with pytest.raises(NoSuchAttempt):
        recording.say_met(attempt=attempt, coach=coach.ref, met_on=timezone.localdate(), acting_person=psu_officer)
    with pytest.raises(NoSuchMeeting):
        recording.confirm(meeting=say(attempt, coach), acting_person=psu_officer)


def test_a_coach_who_was_met_never_assesses_it(
    attempt: Attempt, coach: Person, lead_assessor: Person, issuer: Organisation
) -> None:
    recording.confirm(meeting=say(attempt, coach), acting_person=coach)
    retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    attempt.refresh_from_db()
    earner_cast.save(attempt, "R3", earner_cast.CHANGE + " Once more.")
    sent = send_to_panel(earner_cast.submit(attempt), lead_assessor)
    assert sent.panel
    assert coach.ref in sent.panel.barred_people


def test_the_pages_lead_from_the_decision_to_the_next_round(attempt: Attempt, coach: Person, client_of: Signed) -> None:
    earner, theirs = client_of(attempt.earner), client_of(coach)
    decision = earner.get(f"/work/{attempt.ref}/decision/").content.decode()
    assert f"/work/{attempt.ref}/coach/" in decision
    assert "Open the next round" not in decision
    page = f"/work/{attempt.ref}/coach/"
    empty = earner.post(page, {"coach": "", "met_on": "2026-13-40"})
    assert (empty.status_code, empty.content.decode().count('class="usa-error-message"')) == (422, 2)
    earner.post(page, {"coach": coach.ref, "met_on": timezone.localdate().isoformat()})
    listed = theirs.get("/coaching/").content.decode()
    meeting = CoachMeeting.objects.get()
    assert attempt.earner.name in listed
    shown = listed + theirs.get(f"/coaching/{meeting.ref}/").content.decode()
    # Neither the attempt, nor its submissions, nor anything that was found.
    assert [word for word in (attempt.ref, "SUB-", "Change B.", "Not yet") if word in shown] == []
    wrong = theirs.post(f"/coaching/{meeting.ref}/", {"answer": "deny", "reason": ""})
    assert wrong.status_code == 422
    theirs.post(f"/coaching/{meeting.ref}/", {"answer": "confirm"})
    assert "Confirmed by the coach" in theirs.get(f"/coaching/{meeting.ref}/").content.decode()
    assert "Open the next round" in earner.get(f"/work/{attempt.ref}/decision/").content.decode()


def test_strangers_learn_nothing(
    attempt: Attempt, coach: Person, client_of: Signed, first_assessor: Person, psu_officer: Person
) -> None:
    meeting = say(attempt, coach)
    for person in (first_assessor, psu_officer):
        client = client_of(person)
        assert client.get(f"/coaching/{meeting.ref}/").status_code == 404
        assert client.get(f"/work/{attempt.ref}/coach/").status_code == 404
        assert attempt.earner.name not in client.get("/coaching/").content.decode()
    assert client_of(None).get("/coaching/").status_code == 302


def test_the_list_of_a_coach_asks_no_more_for_more(
    attempt: Attempt, coach: Person, client_of: Signed, other_educator: Person, django_assert_max_num_queries: Callable
) -> None:
    say(attempt, coach)
    client = client_of(coach)
    client.get("/coaching/")
    with django_assert_max_num_queries(40) as one:
        client.get("/coaching/")
    further = Attempt.objects.create(
        earner=other_educator, version=attempt.version, micro_credential=attempt.micro_credential
    )
    CoachMeeting.objects.create(attempt=further, coach=coach, met_on=timezone.localdate())
    with django_assert_max_num_queries(len(one)):
        assert other_educator.name in client.get("/coaching/").content.decode()


def test_where_nobody_is_a_coach_the_page_says_what_to_do(
    attempt: Attempt, coach: Person, client_of: Signed, district: Organisation
) -> None:
    coach.roles.all().delete()
    shown = client_of(attempt.earner).get(f"/work/{attempt.ref}/coach/").content.decode()
    assert "Nobody is entered as a coach where you work" in shown


def test_the_catalog_tells_it_before_anybody_begins() -> None:
    told = wording.rounds_in_words(Design(cast.make_document(coach_after=3)))
    assert told == ["After 3 rounds that did not yet show it all, you meet a coach before the next one."]
