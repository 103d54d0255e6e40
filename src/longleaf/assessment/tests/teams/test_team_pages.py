"""The pages of teams: who gets what, that nothing typed is lost, and that no reader learns who else belongs to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.assessment.models import Attempt, TeamMember
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import MemberOfTeam
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.desk.factories import seats_of, send_to_panel, take_up
from longleaf.assessment.tests.desk.test_desk_blindness import found_in, page, visited
from longleaf.assessment.tests.teams import factories
from longleaf.assessment.tests.teams.factories import FILE_NAME, OWN_PART, at_work, begun, team_of_two
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
STRANGERS = ["other_educator", "first_assessor", "lead_assessor", "psu_officer", "state_officer", "stranger"]


@pytest.fixture
def version(state: State, issuer: Organisation, items: dict[str, Any]) -> Version:
    return factories.made_in_teams(state, issuer, items)


@pytest.fixture
def attempt(version: Version, educator: Person) -> Attempt:
    return at_work(version, educator)


@pytest.fixture
def other(version: Version, other_educator: Person) -> Attempt:
    return at_work(version, other_educator, "So it was with mine.")


def team_page(attempt: Attempt, requirement: str = "R2") -> str:
    return reverse("teams:team", kwargs={"ref": attempt.ref, "requirement": requirement})


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("who", STRANGERS)
def test_a_team_is_shown_on_ones_own_attempt_alone(
    attempt: Attempt, who: str, request: pytest.FixtureRequest, client_of: Signed
) -> None:
    member = begun(attempt)
    client = client_of(request.getfixturevalue(who))
    answers = {
        client.get(team_page(attempt)).status_code,
        client.post(team_page(attempt), {"act": "leave"}).status_code,
    }
    answers.add(client.post(reverse("teams:answer", kwargs={"ref": member.ref}), {"act": "join"}).status_code)
    assert answers == {404}


def test_whoever_is_not_signed_in_is_asked_to(attempt: Attempt, client_of: Signed) -> None:
    answers = [client_of(None).get(each) for each in (team_page(attempt), reverse("teams:mine"))]
    assert {(each.status_code, each["Location"].split("?")[0]) for each in answers} == {(302, reverse("account_login"))}


def test_what_is_made_alone_has_no_page_of_a_team(attempt: Attempt, client_of: Signed) -> None:
    assert client_of(attempt.earner).get(team_page(attempt, "R1")).status_code == 404


def test_from_the_first_question_to_what_each_did(attempt: Attempt, other: Attempt, client_of: Signed) -> None:
    erin, oscar = client_of(attempt.earner), client_of(other.earner)
    editor = reverse("assessment:attempt", kwargs={"ref": attempt.ref})
    assert "Make it in a team" in body(erin.get(editor))
    erin.post(team_page(attempt), {"act": "begin"})
    erin.post(team_page(attempt), {"act": "ask", "address": other.earner.email})
    assert other.earner.name not in body(erin.get(team_page(attempt)))
    asked = TeamMember.objects.get(status=MemberOfTeam.INVITED)
    assert "Erin Earner asks you" in body(oscar.get(reverse("teams:mine")))
    oscar.post(reverse("teams:answer", kwargs={"ref": asked.ref}), {"act": "join"})
    upload = earner_cast.uploaded(attempt, FILE_NAME, earner_cast.picture("PNG"))
    erin.post(team_page(attempt), {"act": f"bring:{upload.artifacts.get().pk}"})
    erin.post(team_page(attempt), {"act": "say", "own_part": OWN_PART})
    shown = body(erin.get(team_page(attempt)))
    assert all(each in shown for each in ("Oscar Otherwise", FILE_NAME, OWN_PART))
    assert "Made by a team of 2" in body(erin.get(editor))
    oscar.post(team_page(other), {"act": "leave"})
    asked.refresh_from_db()
    assert asked.status == MemberOfTeam.LEFT


def test_no_page_of_a_teammate_shows_what_the_owner_called_a_file(
    attempt: Attempt, other: Attempt, client_of: Signed
) -> None:
    team_of_two(attempt, other)
    names = ["attempt", "preview", "submit", "privacy"]
    addresses = [reverse(f"assessment:{name}", kwargs={"ref": other.ref}) for name in names]
    shown = visited(client_of(other.earner), team_page(other), *addresses)
    assert "Your team’s file" in shown
    assert FILE_NAME not in shown


def test_what_was_typed_comes_back_when_it_cannot_be_kept(attempt: Attempt, client_of: Signed) -> None:
    begun(attempt)
    client = client_of(attempt.earner)
    for typed in ({"act": "ask", "address": "oscar at school"}, {"act": "say", "own_part": "word " * 500}):
        answer = client.post(team_page(attempt), typed)
        assert answer.status_code == 422
        assert next(value for key, value in typed.items() if key != "act").strip() in body(answer)


def test_readers_see_that_it_is_team_work_and_of_how_many_and_nothing_of_who(
    attempt: Attempt, other: Attempt, lead_assessor: Person, first_assessor: Person, second_assessor: Person,
    client_of: Signed,
) -> None:  # fmt: skip
    own, _ = team_of_two(attempt, other)
    earner_cast.submit(other)
    earner_cast.submit(attempt)
    waiting = current_submission(attempt)
    shown = visited(client_of(lead_assessor), page("queue"), page("check", ref=waiting.ref))
    first = take_up(seats_of(send_to_panel(waiting, lead_assessor))[0])
    read = visited(client_of(first.rater), page("read", ref=first.ref), page("read_file", ref=first.ref, code="R2-1"))
    assert "Made by a team of 2" in read
    assert OWN_PART in read
    theirs = current_submission(other)
    telling = [
        attempt.earner.name, other.earner.name, "Erin", "Oscar", "Rivertown", FILE_NAME, attempt.ref, other.ref,
        own.team.ref, other.earner.ref, other.earner.email,
    ]  # fmt: skip
    assert found_in(shown + read, telling) == []
    assert theirs.ref not in read
