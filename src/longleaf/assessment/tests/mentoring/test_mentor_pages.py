"""The pages of mentors: who gets what, that nothing typed is lost, and that those who judge see nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.assessment.mentoring import commenting, inviting
from longleaf.assessment.models import Artifact, Attempt, Mentorship
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import MentorStatus
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.desk.factories import (
    TELLING_FILE_NAME,
    TELLING_TITLE,
    picture,
    read,
    seats_of,
    send_to_panel,
    take_up,
)
from longleaf.assessment.tests.desk.test_desk_blindness import found_in, page, visited
from longleaf.assessment.tests.mentoring.factories import ADVICE, REPLY, accepted, commented, invited
from longleaf.assessment.tests.privacy import factories as privacy
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
STRANGERS = ["other_educator", "first_assessor", "lead_assessor", "psu_officer", "state_officer", "stranger"]


@pytest.fixture
def attempt(version: Version, educator: Person) -> Attempt:
    attempt = earner_cast.filled(version, educator)
    earner_cast.uploaded(attempt, TELLING_FILE_NAME, picture())
    Artifact.objects.filter(upload=None).update(title=TELLING_TITLE)
    return attempt


@pytest.fixture
def coach(other_district: Organisation) -> Person:
    return cast.make_person("Cora Coach", (other_district, Role.COACH))


@pytest.fixture
def mentorship(attempt: Attempt, coach: Person) -> Mentorship:
    return accepted(attempt, coach, ["R1", "R2"])


def mentors_page(attempt: Attempt) -> str:
    return reverse("mentoring:mentors", kwargs={"ref": attempt.ref})


def draft_page(mentorship: Mentorship, name: str = "draft", **more: str) -> str:
    return reverse(f"mentoring:{name}", kwargs={"ref": mentorship.ref, **more})


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


# --- who gets what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [*STRANGERS, "educator"])
def test_a_draft_is_shown_to_its_mentor_alone(
    mentorship: Mentorship, who: str, request: pytest.FixtureRequest, client_of: Signed
) -> None:
    client = client_of(request.getfixturevalue(who))
    got = {client.get(draft_page(mentorship, name)).status_code for name in ("draft", "leave")}
    got |= {client.post(draft_page(mentorship, name), {"act": "accept"}).status_code for name in ("answer", "leave")}
    got.add(client.post(draft_page(mentorship), {"requirement": "R1", "comment-R1": "x"}).status_code)
    got.add(client.get(draft_page(mentorship, "file", code="R2-2")).status_code)
    assert got == {404}


@pytest.mark.parametrize("who", [*STRANGERS, "coach"])
def test_the_earners_page_is_theirs_alone(
    attempt: Attempt, mentorship: Mentorship, who: str, request: pytest.FixtureRequest, client_of: Signed
) -> None:
    client = client_of(request.getfixturevalue(who))
    posted = client.post(mentors_page(attempt), {"act": f"end:{mentorship.ref}"}).status_code
    assert {client.get(mentors_page(attempt)).status_code, posted} == {404}


def test_whoever_is_not_signed_in_is_asked_to(attempt: Attempt, mentorship: Mentorship, client_of: Signed) -> None:
    answers = [client_of(None).get(each) for each in (mentors_page(attempt), draft_page(mentorship), "/mentoring/")]
    assert {(each.status_code, each["Location"].split("?")[0]) for each in answers} == {(302, reverse("account_login"))}


def test_a_mentor_opens_what_is_shown_and_no_other_address(
    attempt: Attempt, mentorship: Mentorship, coach: Person, client_of: Signed
) -> None:
    client = client_of(coach)
    shown = body(client.get(draft_page(mentorship)))
    assert ("Your plan" in shown, "What changed" in shown) == (True, False)
    assert client.get(draft_page(mentorship, "file", code="R2-2")).status_code == 200
    own = [reverse(f"assessment:{name}", kwargs={"ref": attempt.ref}) for name in ("attempt", "preview", "history")]
    assert {client.get(each).status_code for each in own} == {404}
    inviting.show(mentorship=mentorship, requirements=["R1"], acting_person=attempt.earner)
    assert client.get(draft_page(mentorship, "file", code="R2-2")).status_code == 404


def test_a_mentor_reads_no_name_that_the_owner_gave_a_file(
    mentorship: Mentorship, coach: Person, client_of: Signed
) -> None:
    shown = visited(client_of(coach), draft_page(mentorship), draft_page(mentorship, "file", code="R2-2"))
    assert found_in(shown, [TELLING_FILE_NAME, TELLING_TITLE]) == []


# --- the walk --------------------------------------------------------------------------------------------------------


def test_from_invitation_to_done(attempt: Attempt, coach: Person, client_of: Signed) -> None:
    earner, helper = client_of(attempt.earner), client_of(coach)
    earner.post(mentors_page(attempt), {"act": "invite", "address": coach.email, "requirements": ["R1", "R3"]})
    mentorship = Mentorship.objects.get()
    asked = body(helper.get("/mentoring/"))
    assert ("Erin Earner" in asked, attempt.version.title in asked) == (True, False)
    helper.post(draft_page(mentorship, "answer"), {"act": "accept"})
    helper.post(draft_page(mentorship), {"requirement": "R1", "comment-R1": ADVICE})
    editor = body(earner.get(reverse("assessment:attempt", kwargs={"ref": attempt.ref})))
    assert "1 comment to look at" in editor
    comment = mentorship.comments.get()
    earner.post(mentors_page(attempt), {"act": f"answer:{comment.ref}", f"answer-{comment.ref}": REPLY})
    earner.post(mentors_page(attempt), {"act": f"done:{comment.ref}"})
    assert all(each in body(earner.get(mentors_page(attempt))) for each in (ADVICE, REPLY, "Cora Coach"))
    shown = body(helper.get(draft_page(mentorship)))
    assert (REPLY in shown, "Done" in shown) == (True, True)
    helper.post(draft_page(mentorship, "leave"))
    mentorship.refresh_from_db()
    assert mentorship.status == MentorStatus.ENDED


def test_an_open_invitation_tells_the_earner_nothing_of_whom_it_reached(
    attempt: Attempt, coach: Person, stranger: Person, client_of: Signed
) -> None:
    for person in (coach, stranger):
        invited(attempt, person)
    shown = body(client_of(attempt.earner).get(mentors_page(attempt)))
    assert found_in(shown, [coach.name, stranger.name]) == []
    assert all(person.email in shown for person in (coach, stranger))


def test_what_was_typed_comes_back_when_it_cannot_be_kept(
    attempt: Attempt, mentorship: Mentorship, coach: Person, client_of: Signed
) -> None:
    answer = client_of(attempt.earner).post(mentors_page(attempt), {"act": "invite", "address": "cora at school"})
    assert (answer.status_code, "cora at school" in body(answer)) == (422, True)
    comment = commented(mentorship)
    earner_cast.submit(attempt)
    late = client_of(coach).post(draft_page(mentorship), {"requirement": "R1", "comment-R1": "Too late, and kept."})
    assert (late.status_code, "Too late, and kept." in body(late)) == (409, True)
    act = {"act": f"answer:{comment.ref}", f"answer-{comment.ref}": "Late too, and kept."}
    late = client_of(attempt.earner).post(mentors_page(attempt), act)
    assert (late.status_code, "Late too, and kept." in body(late)) == (409, True)


def test_a_mentor_sees_nothing_of_how_it_is_judged(
    attempt: Attempt, mentorship: Mentorship, coach: Person, lead_assessor: Person,
    first_assessor: Person, second_assessor: Person, client_of: Signed,
) -> None:  # fmt: skip
    earner_cast.submit(attempt)
    submission = send_to_panel(current_submission(attempt), lead_assessor)
    seats = seats_of(submission)
    for seat in seats:
        read(seat, A="not-yet")
    judging = [lead_assessor.name, *(seat.rater.name for seat in seats), submission.ref, "About A.", "Not yet"]
    assert found_in(visited(client_of(coach), "/mentoring/", draft_page(mentorship)), judging) == []
    inviting.show_letter(mentorship=mentorship, round_number=1, acting_person=attempt.earner)
    shown = visited(client_of(coach), draft_page(mentorship))
    assert found_in(shown, judging) == ["About A.", "Not yet"]


def test_those_who_judge_see_nothing_of_a_mentor(
    attempt: Attempt, mentorship: Mentorship, coach: Person, lead_assessor: Person,
    first_assessor: Person, second_assessor: Person, client_of: Signed,
) -> None:  # fmt: skip
    comment = commented(mentorship)
    commenting.answer(comment=comment, text=REPLY, acting_person=attempt.earner)
    earner_cast.submit(attempt)
    waiting = current_submission(attempt)
    shown = visited(client_of(lead_assessor), page("queue"), page("check", ref=waiting.ref))
    first, _ = seats_of(send_to_panel(waiting, lead_assessor))
    take_up(first)
    shown += visited(client_of(first.rater), page("queue"), page("read", ref=first.ref), page("preview", ref=first.ref))
    helping = [ADVICE, REPLY, coach.name, coach.ref, mentorship.ref, comment.ref, "mentor", "Mentor"]
    assert waiting.ref in shown
    assert found_in(shown, helping) == []


def test_the_number_of_questions_does_not_grow_with_people_and_comments(
    attempt: Attempt, version: Version, coach: Person, district: Organisation, client_of: Signed
) -> None:
    mentorship = accepted(attempt, coach)
    commented(mentorship)
    client, earner = client_of(coach), client_of(attempt.earner)

    def asked(who: Client, where: str) -> int:
        who.get(where)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            who.get(where)
        return len(counted)

    addresses = [(client, "/mentoring/"), (client, draft_page(mentorship)), (earner, mentors_page(attempt))]
    before = [asked(*each) for each in addresses]
    for number in range(3):
        other = earner_cast.started(version, cast.make_person(f"Person {number}", (district, Role.EDUCATOR)))
        accepted(other, coach)
        invited(earner_cast.started(version, cast.make_person(f"Asker {number}", (district, Role.EDUCATOR))), coach)
        commented(mentorship, text=f"Another thing, number {number}.")
    assert [asked(*each) for each in addresses] == before


def test_whoever_lets_a_mentor_see_people_is_told_what_the_forms_say(
    attempt: Attempt,
    state: State,
    issuer: Organisation,
    items: dict[str, Any],
    other_educator: Person,
    client_of: Signed,
) -> None:
    asks = earner_cast.filled(privacy.protected(state, issuer, items), other_educator)
    form = reverse("assessment:consent-form", kwargs={"ref": asks.ref})
    assert form in body(client_of(other_educator).get(mentors_page(asks)))
    assert "consent" not in body(client_of(attempt.earner).get(mentors_page(attempt)))
