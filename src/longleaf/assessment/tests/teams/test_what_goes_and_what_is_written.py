"""What goes of teams and when, whom a consent taken back concerns, and letters that are not lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.assessment import withdrawing
from longleaf.assessment.errors import CommentNotWelcome
from longleaf.assessment.evidence import writing
from longleaf.assessment.mentoring import commenting, writing_to
from longleaf.assessment.models import Artifact, Attempt, DraftComment, OwnPart, Team, TeamMember
from longleaf.assessment.privacy import consent, readiness
from longleaf.assessment.queries import current_submission, work_on
from longleaf.assessment.retention import holds
from longleaf.assessment.teams import asking, forming, sharing
from longleaf.assessment.tests import earner_cast, post
from longleaf.assessment.tests.mentoring import factories as mentoring
from longleaf.assessment.tests.privacy.factories import log, show
from longleaf.assessment.tests.retention import factories as retention
from longleaf.assessment.tests.teams import factories
from longleaf.assessment.tests.teams.factories import asked, at_work, begun, joined, team_of_two
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from tests import cast

pytestmark = pytest.mark.django_db
LINK = "https://pages.example.test/lesson"


@pytest.fixture
def version(state: State, issuer: Organisation, items: dict[str, Any]) -> Version:
    return factories.made_in_teams(state, issuer, items, shows_people=True)


@pytest.fixture
def attempt(version: Version, educator: Person) -> Attempt:
    return at_work(version, educator)


@pytest.fixture
def other(version: Version, other_educator: Person) -> Attempt:
    return at_work(version, other_educator, "So it was with mine.")


@pytest.fixture
def third(version: Version, district: Organisation) -> Attempt:
    return at_work(version, cast.make_person("Tia Third", (district, Role.EDUCATOR)), "And with theirs.")


@pytest.fixture
def coach(district: Organisation) -> Person:
    return cast.make_person("Cleo Coach", (district, Role.COACH))


def linked(attempt: Attempt) -> Artifact:
    return writing.add_link(
        submission=current_submission(attempt), requirement="R2", link=LINK, title="", acting_person=attempt.earner
    )


def of_the_team(attempt: Attempt) -> Artifact:
    return Artifact.objects.get(response__submission=current_submission(attempt), team__isnull=False)


# --- consent ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def same_link(attempt: Attempt, other: Attempt, third: Attempt) -> Artifact:
    """The team of two brought a link; somebody who is only asked brought the same one alone, and logged consent."""
    own = begun(attempt)
    joined(own, other)
    sharing.bring(member=own, artifact=linked(attempt), acting_person=attempt.earner)
    asked(own, third.earner)
    theirs = linked(third)
    log(third)
    show(Artifact.objects.select_related("response__submission__attempt").get(pk=theirs.pk), 1)
    return theirs


def test_consent_taken_back_by_whoever_was_only_asked_takes_nothing_from_the_team(
    same_link: Artifact, attempt: Attempt, other: Attempt, third: Attempt
) -> None:
    consent.withdraw_consent(attempt=third, number=1, acting_person=third.earner)
    same_link.refresh_from_db()
    assert same_link.taken_away_at
    assert [of_the_team(each).taken_away_at for each in (attempt, other)] == [None, None]


def test_what_whoever_was_only_asked_says_is_not_said_for_the_team(same_link: Artifact, attempt: Attempt) -> None:
    (shown,) = readiness.shown_artifacts(work_on(attempt))["R2"]
    assert not shown.is_settled


def test_the_log_of_whoever_left_still_takes_it_from_the_team(attempt: Attempt, other: Attempt) -> None:
    own, _ = team_of_two(attempt, other)
    log(attempt)
    show(of_the_team(attempt), 1)
    forming.leave(member=own, acting_person=attempt.earner)
    consent.withdraw_consent(attempt=attempt, number=1, acting_person=attempt.earner)
    assert of_the_team(other).taken_away_at


# --- letters ---------------------------------------------------------------------------------------------------------


def test_an_invitation_to_a_team_that_could_not_be_sent_is_sent_later(
    attempt: Attempt, other: Attempt, settings: Any
) -> None:
    asked(begun(attempt), other.earner)
    now = timezone.now()
    settings.EMAIL_BACKEND = post.NOBODY_ANSWERS
    assert asking.write_to_asked(now=now) == 0
    settings.EMAIL_BACKEND = post.TAKES_ALL
    # Not at once: another worker may still be at it.
    assert asking.write_to_asked(now=now) == 0
    assert [asking.write_to_asked(now=now + timedelta(hours=1)) for _ in range(2)] == [1, 0]
    assert [each.to for each in mail.outbox] == [[other.earner.email]]


def test_an_invitation_to_a_mentor_and_word_of_comments_are_sent_later_too(
    attempt: Attempt, coach: Person, district: Organisation, settings: Any
) -> None:
    mentoring.commented(mentoring.accepted(attempt, coach))
    mentoring.invited(attempt, cast.make_person("Cara Coach", (district, Role.COACH)))
    now = timezone.now() + writing_to.SITTING
    settings.EMAIL_BACKEND = post.NOBODY_ANSWERS
    assert (writing_to.write_to_invited(now=now), writing_to.tell_of_comments(now=now)) == (0, 0)
    settings.EMAIL_BACKEND = post.TAKES_ALL
    later = now + timedelta(hours=1)
    assert [writing_to.write_to_invited(now=later), writing_to.tell_of_comments(now=later)] == [1, 1]
    assert [writing_to.write_to_invited(now=later), writing_to.tell_of_comments(now=later)] == [0, 0]
    assert len(mail.outbox) == 2


def test_an_address_that_is_refused_keeps_no_letter_from_others(
    attempt: Attempt, other: Attempt, third: Attempt, settings: Any
) -> None:
    own = begun(attempt)
    first = asked(own, other.earner)
    asked(own, third.earner)
    TeamMember.objects.filter(pk=first.pk).update(asked_at=timezone.now() - timedelta(days=1))
    settings.EMAIL_BACKEND = post.REFUSES_OSCAR
    assert asking.write_to_asked(now=timezone.now()) == 1


# --- comments --------------------------------------------------------------------------------------------------------


def test_a_mentor_writes_no_endless_row_of_comments(attempt: Attempt, coach: Person) -> None:
    mentorship = mentoring.accepted(attempt, coach)
    DraftComment.objects.bulk_create(
        [
            DraftComment(
                mentorship=mentorship,
                submission=current_submission(attempt),
                requirement="R1",
                text=f"Thought {place}.",
            )
            for place in range(commenting.MOST_COMMENTS - 1)
        ]
    )
    last = mentoring.commented(mentorship, text="The last one.")
    with pytest.raises(CommentNotWelcome, match="Nothing was kept yet") as caught:
        mentoring.commented(mentorship, text="One more.")
    assert "comment-R1" in caught.value.fields
    # What is there already may be sent again.
    assert mentoring.commented(mentorship, text="The last one.") == last


# --- locks -----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif("not connection.features.has_select_for_update")
def test_an_invitation_is_locked_before_it_lapses(attempt: Attempt, other: Attempt, third: Attempt) -> None:
    """Else a no that comes at the same moment would be written over."""
    own, _ = team_of_two(attempt, other)
    asked(own, third.earner)
    log(attempt)
    show(of_the_team(attempt), 1)
    with CaptureQueriesContext(connection) as queries:
        earner_cast.submit(attempt)
    touched = [each["sql"] for each in queries if "assessment_teammember" in each["sql"]]
    lapse = next(place for place, sql in enumerate(touched) if sql.startswith("UPDATE") and "lapsed" in sql)
    assert "FOR UPDATE" in touched[lapse - 1]


# --- retention -------------------------------------------------------------------------------------------------------


def let_everything_go(attempt: Attempt, *, days: int) -> None:
    """So many days after the last of it, told of and taken away."""
    attempt.refresh_from_db()
    retention.days_pass(attempt, days - 31)
    retention.run()
    retention.days_pass(attempt, 31)
    retention.run()


def so_long_ago(days: int) -> None:
    """All teams were begun so many days earlier."""
    Team.objects.update(begun_at=timezone.now() - timedelta(days=days))


def test_a_team_goes_when_nothing_of_it_is_left(
    state: State, attempt: Attempt, other: Attempt, coach: Person, django_capture_on_commit_callbacks: Any
) -> None:
    retention.keep_for(state, withdrawn=10, teams=140)
    team_of_two(attempt, other)
    withdrawing.withdraw(attempt=attempt, acting_person=attempt.earner)
    let_everything_go(attempt, days=80)
    assert Team.objects.exists()
    withdrawing.withdraw(attempt=other, acting_person=other.earner)
    let_everything_go(other, days=80)
    assert Team.objects.exists()
    for each in (attempt, other):
        retention.days_pass(each, 61)
    so_long_ago(200)
    assert retention.run().rows == {"teams": 1}
    assert [model.objects.exists() for model in (Team, TeamMember, OwnPart)] == [False, False, False]
    assert retention.run().rows == {}


def test_a_team_stays_while_a_decision_rests_on_what_it_made(state: State, attempt: Attempt, other: Attempt) -> None:
    retention.keep_for(state, withdrawn=10, teams=1, files=60, texts=60)
    team_of_two(attempt, other)
    log(attempt)
    show(of_the_team(attempt), 1)
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=[])
    withdrawing.withdraw(attempt=other, acting_person=other.earner)
    for each in (attempt, other):
        let_everything_go(each, days=100)
    so_long_ago(200)
    retention.run()
    assert Team.objects.get().size == 2


def test_a_team_that_the_state_holds_stays(
    state: State, attempt: Attempt, other: Attempt, state_officer: Person
) -> None:
    retention.keep_for(state, withdrawn=10, teams=1)
    own = begun(attempt)
    forming.leave(member=own, acting_person=attempt.earner)
    withdrawing.withdraw(attempt=attempt, acting_person=attempt.earner)
    tomorrow = timezone.localdate() + timedelta(days=1)
    hold = holds.set_hold(what=attempt.ref, reason="A complaint.", until=tomorrow, acting_person=state_officer)
    retention.days_pass(attempt, 50)
    so_long_ago(50)
    retention.run()
    assert Team.objects.exists()
    holds.end_hold(ref=hold.ref, acting_person=state_officer)
    retention.run()
    assert not Team.objects.exists()
