"""Mentors: who may come near a draft, what they may write and when, and that it keeps them from judging."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from longleaf.assessment import completeness, nearness, retrying, withdrawing
from longleaf.assessment.appeals.access import may_look_at
from longleaf.assessment.desk.access import leads_for, may_check
from longleaf.assessment.errors import (
    ClosedForComments,
    CommentNotWelcome,
    MentorNotWelcome,
    NoSuchAttempt,
    NoSuchComment,
    NoSuchMentorship,
    NotOpenForWriting,
    TooManyMentors,
)
from longleaf.assessment.mentoring import accepting, commenting, inviting, queries, writing_to
from longleaf.assessment.models import Attempt, DraftComment, Mentorship
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import AttemptStatus, MentorStatus
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import seats_of, send_to_panel
from longleaf.assessment.tests.mentoring.factories import ADVICE, REPLY, accepted, commented, invited
from longleaf.catalog.models import Version
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(version: Version, educator: Person) -> Attempt:
    return earner_cast.filled(version, educator)


@pytest.fixture
def coach(other_district: Organisation) -> Person:
    return cast.make_person("Cora Coach", (other_district, Role.COACH))


# --- inviting --------------------------------------------------------------------------------------------------------


def test_a_coach_accepts_and_sees_the_requirements_that_are_shown(attempt: Attempt, coach: Person) -> None:
    mentorship = accepted(attempt, coach, ["R3", "R1"])
    draft = queries.draft_of(coach, mentorship.ref)
    assert [each.code for each in draft.pieces] == ["R1", "R3"]
    assert (draft.is_open, draft.letter) == (True, None)


@pytest.mark.parametrize("who", ["stranger", "second_assessor", "lead_assessor", "psu_officer"])
def test_an_invitation_that_reaches_nobody_looks_like_any_other(
    attempt: Attempt, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    made = invited(attempt, person)
    assert (made.status, made.mentor) == (MentorStatus.INVITED, None)
    assert queries.invitations_of(person) == []
    writing_to.write_to_invited(now=timezone.now())
    assert mail.outbox == []


def test_whoever_read_an_earlier_round_never_gets_the_invitation(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    """They are a colleague as well; told of it, they would know whose work they read, and the earner who read it."""
    judged = appeals.judged_not_yet(version, educator, lead_assessor)
    retrying.open_round(attempt=judged, acting_person=educator)
    judged.refresh_from_db()
    made = invited(judged, first_assessor)
    assert made.status == MentorStatus.INVITED
    assert queries.invitations_of(first_assessor) == []
    with pytest.raises(NoSuchMentorship):
        accepting.accept(mentorship=made, acting_person=first_assessor)


def test_whoever_read_it_is_not_reached_from_an_attempt_begun_anew_either(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    judged = appeals.judged_not_yet(version, educator, lead_assessor)
    retrying.open_round(attempt=judged, acting_person=educator)
    withdrawing.withdraw(attempt=judged, acting_person=educator)
    assert invited(earner_cast.filled(version, educator), first_assessor).mentor is None


def test_whoever_leads_the_assessors_is_not_reached_even_where_they_coach(
    attempt: Attempt, lead_assessor: Person, other_district: Organisation
) -> None:
    enrolling.give_role(person=lead_assessor, organisation=other_district, role=Role.COACH, acting_person=None)
    assert invited(attempt, lead_assessor).mentor is None


def test_the_invited_are_written_to_once_and_without_the_title(attempt: Attempt, coach: Person) -> None:
    invited(attempt, coach)
    assert [writing_to.write_to_invited(now=timezone.now()) for _ in range(2)] == [1, 0]
    (letter,) = mail.outbox
    assert (letter.to, attempt.earner.name in letter.body) == ([coach.email], True)
    assert attempt.version.title not in letter.subject + letter.body


@pytest.mark.parametrize(
    ("address", "requirements", "field"),
    [("not an address", ["R1"], "address"), ("own", ["R1"], "address"), ("c@d.example", ["R9"], "requirements")],
)
def test_an_invitation_needs_an_address_and_something_to_show(
    attempt: Attempt, address: str, requirements: list[str], field: str
) -> None:
    given = attempt.earner.email if address == "own" else address
    with pytest.raises(MentorNotWelcome) as refused:
        inviting.invite(attempt=attempt, address=given, requirements=requirements, acting_person=attempt.earner)
    assert set(refused.value.fields) == {field}


def test_asking_twice_asks_once_and_three_at_a_time(attempt: Attempt, coach: Person) -> None:
    first, again = invited(attempt, coach), invited(attempt, coach, ["R2"])
    assert (first.pk, again.requirements) == (again.pk, ["R2"])
    for number in range(2):
        inviting.invite(
            attempt=attempt, address=f"c{number}@d.example", requirements=["R1"], acting_person=attempt.earner
        )
    with pytest.raises(TooManyMentors):
        inviting.invite(attempt=attempt, address="c9@d.example", requirements=["R1"], acting_person=attempt.earner)


def test_only_the_earner_invites_ends_and_shows(attempt: Attempt, coach: Person, other_educator: Person) -> None:
    mentorship = accepted(attempt, coach)
    with pytest.raises(NoSuchAttempt):
        inviting.invite(attempt=attempt, address="a@b.example", requirements=["R1"], acting_person=other_educator)
    for person in (coach, other_educator):
        with pytest.raises(NoSuchAttempt):
            inviting.end(mentorship=mentorship, acting_person=person)
        with pytest.raises(NoSuchAttempt):
            inviting.show(mentorship=mentorship, requirements=["R1"], acting_person=person)


def test_what_nobody_accepted_is_over_when_the_work_is_handed_in(attempt: Attempt, coach: Person) -> None:
    mentorship = invited(attempt, coach)
    earner_cast.submit(attempt)
    mentorship.refresh_from_db()
    assert mentorship.status == MentorStatus.LAPSED
    with pytest.raises(ClosedForComments):
        accepting.accept(mentorship=mentorship, acting_person=coach)
    attempt.refresh_from_db()
    with pytest.raises(NotOpenForWriting):
        invited(attempt, coach)


def test_ended_help_sees_nothing_more_and_the_comments_stay(attempt: Attempt, coach: Person) -> None:
    mentorship = accepted(attempt, coach)
    commented(mentorship)
    inviting.end(mentorship=mentorship, acting_person=attempt.earner)
    assert inviting.end(mentorship=mentorship, acting_person=attempt.earner).status == MentorStatus.ENDED
    with pytest.raises(NoSuchMentorship):
        queries.draft_of(coach, mentorship.ref)
    (asked,) = queries.comments_on(current_submission(attempt))
    assert [each.text for each in asked.comments] == [ADVICE]


# --- commenting ------------------------------------------------------------------------------------------------------


def test_the_earner_answers_and_marks_done(attempt: Attempt, coach: Person) -> None:
    comment = commented(accepted(attempt, coach))
    assert commented(comment.mentorship).pk == comment.pk
    commenting.answer(comment=comment, text=REPLY, acting_person=attempt.earner)
    commenting.mark_done(comment=comment, is_done=True, acting_person=attempt.earner)
    (piece,) = (each for each in queries.draft_of(coach, comment.mentorship.ref).pieces if each.comments)
    assert [(each.answer, bool(each.done_at)) for each in piece.comments] == [(REPLY, True)]
    words = str(list(JournalLine.objects.filter(subject__startswith="mentoring:").values_list("data", flat=True)))
    assert (ADVICE in words, REPLY in words, coach.email in words) == (False, False, False)


def test_nobody_else_comments_answers_or_marks(attempt: Attempt, coach: Person, other_educator: Person) -> None:
    comment = commented(accepted(attempt, coach))
    with pytest.raises(NoSuchMentorship):
        commenting.comment(mentorship=comment.mentorship, requirement="R1", text="x", acting_person=other_educator)
    for person in (coach, other_educator):
        with pytest.raises(NoSuchComment):
            commenting.answer(comment=comment, text="x", acting_person=person)


@pytest.mark.parametrize("text", ["  ", "x" * 5001])
def test_a_comment_says_something_and_no_book(attempt: Attempt, coach: Person, text: str) -> None:
    with pytest.raises(CommentNotWelcome) as refused:
        commented(accepted(attempt, coach), text=text)
    assert set(refused.value.fields) == {"comment-R1"}


def test_nothing_is_written_on_what_is_not_shown(attempt: Attempt, coach: Person) -> None:
    with pytest.raises(ClosedForComments):
        commented(accepted(attempt, coach, ["R1"]), "R2")


def test_comments_are_closed_while_the_work_is_with_others(attempt: Attempt, coach: Person) -> None:
    comment = commented(accepted(attempt, coach))
    earner_cast.submit(attempt)
    with pytest.raises(ClosedForComments):
        commented(comment.mentorship, text="One more thing.")
    with pytest.raises(ClosedForComments):
        commenting.answer(comment=comment, text=REPLY, acting_person=attempt.earner)
    assert queries.draft_of(coach, comment.mentorship.ref).is_open is False


def test_a_new_round_and_a_decision_are_seen_when_the_earner_shows_them(
    version: Version, educator: Person, coach: Person
) -> None:
    attempt = earner_cast.filled(version, educator)
    mentorship = accepted(attempt, coach)
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=["A"])
    retrying.open_round(attempt=attempt, acting_person=educator)
    draft = queries.draft_of(coach, mentorship.ref)
    assert (draft.submission.round, draft.is_open, draft.letter) == (1, False, None)
    inviting.show(mentorship=mentorship, requirements=["R1"], acting_person=educator)
    inviting.show_letter(mentorship=mentorship, round_number=1, acting_person=educator)
    draft = queries.draft_of(coach, mentorship.ref)
    assert (draft.submission.round, draft.is_open) == (2, True)
    assert draft.letter
    assert [each.code for each in draft.letter.not_yet] == ["B"]
    inviting.hide_letter(mentorship=mentorship, acting_person=educator)
    assert queries.draft_of(coach, mentorship.ref).letter is None


def test_one_letter_tells_of_a_sitting(attempt: Attempt, coach: Person) -> None:
    mentorship = accepted(attempt, coach)
    commented(mentorship)
    commented(mentorship, "R3", "Tell what the learner said.")
    now = timezone.now()
    assert writing_to.tell_of_comments(now=now) == 0
    assert [writing_to.tell_of_comments(now=now + timedelta(minutes=16)) for _ in range(2)] == [1, 0]
    (letter,) = mail.outbox
    assert (letter.to, "2 comments" in letter.subject, ADVICE in letter.body) == ([attempt.earner.email], True, False)


def test_a_draft_that_nobody_touched_is_told_to_lie_still(attempt: Attempt, coach: Person) -> None:
    mentorship = accepted(attempt, coach)
    commented(mentorship)
    (line,) = queries.people_of(coach)
    now = timezone.now()
    assert (line.waiting, line.answered) == (1, 0)
    assert [line.days_still(now + timedelta(days=days)) for days in (2, 20)] == [0, 20]


# --- fenced off from scoring -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("then", ["helps", "left"])
def test_whoever_helped_is_never_seated(
    attempt: Attempt, lead_assessor: Person, first_assessor: Person, second_assessor: Person, third_assessor: Person,
    then: str,
) -> None:  # fmt: skip
    mentorship = accepted(attempt, first_assessor)
    if then == "left":
        accepting.leave(mentorship=mentorship, acting_person=first_assessor)
    earner_cast.submit(attempt)
    seated = {each.rater for each in seats_of(send_to_panel(current_submission(attempt), lead_assessor))}
    assert seated == {second_assessor, third_assessor}


def test_whoever_helped_never_reads_what_is_begun_anew_after_a_withdrawal(
    attempt: Attempt, version: Version, educator: Person, lead_assessor: Person, first_assessor: Person,
    second_assessor: Person, third_assessor: Person,
) -> None:  # fmt: skip
    """Whoever begins anew brings the same work, which they have seen with a name."""
    accepted(attempt, first_assessor)
    withdrawing.withdraw(attempt=attempt, acting_person=educator)
    anew = earner_cast.submitted(version, educator)
    assert [each.pk for each in nearness.attempts_near(first_assessor).order_by("pk")] == [attempt.pk, anew.pk]
    seated = {each.rater for each in seats_of(send_to_panel(current_submission(anew), lead_assessor))}
    assert seated == {second_assessor, third_assessor}


def test_an_invitation_alone_keeps_nobody_from_judging(
    attempt: Attempt, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    """Else an earner could choose who reads by inviting the others."""
    invited(attempt, first_assessor)
    earner_cast.submit(attempt)
    seated = {each.rater for each in seats_of(send_to_panel(current_submission(attempt), lead_assessor))}
    assert seated == {first_assessor, second_assessor}


def test_whoever_helped_and_came_to_lead_neither_checks_nor_looks_at_an_appeal(
    version: Version, educator: Person, issuer: Organisation, coach: Person, lead_assessor: Person,
    first_assessor: Person, second_assessor: Person,
) -> None:  # fmt: skip
    attempt = earner_cast.filled(version, educator)
    accepted(attempt, coach)
    earner_cast.submit(attempt)
    enrolling.give_role(person=coach, organisation=issuer, role=Role.LEAD_ASSESSOR, acting_person=None)
    submission = current_submission(attempt)
    assert (may_check(coach, submission), leads_for(coach, submission)) == (False, False)
    assert may_check(lead_assessor, submission)
    completeness.check(submission=submission, missing=[], note="", acting_person=lead_assessor)
    for seat in seats_of(current_submission(attempt)):
        appeals.read_only(seat, A="demonstrated", B="not-yet")
    attempt.refresh_from_db()
    appeal = appeals.lodged(Attempt.objects.get(pk=attempt.pk))
    new_lead = appeals.new_lead(issuer)
    assert (may_look_at(coach, appeal), may_look_at(new_lead, appeal)) == (False, True)


def test_nearness_asks_the_same_from_both_sides(attempt: Attempt, coach: Person, other_educator: Person) -> None:
    accepted(attempt, coach)
    invited(attempt, other_educator)
    assert nearness.people_near(attempt) == [coach]
    assert [nearness.attempts_near(each).count() for each in (coach, other_educator)] == [1, 0]
    assert (Mentorship.objects.count(), DraftComment.objects.count()) == (2, 0)
    earner_cast.put(attempt, AttemptStatus.WITHDRAWN)
    assert queries.people_of(coach) == []
