"""Who may open what: rows of people, columns of addresses; and that only the earner changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from longleaf.awards import access, queries
from longleaf.awards.errors import MayNotShare, UnknownVisibility
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.sharing import visibility
from longleaf.awards.status import Visibility
from longleaf.awards.tests.conftest import MakeAward
from longleaf.directory.models import Person
from longleaf.journal.models import JournalLine

ClientOf = Callable[[Person | None], Client]
FORMS = ("", "credential.json", "badge.png", "badge.svg", "qr.svg")
# Who gets which answer at: the badge in all its forms · sharing · revoke.
MATRIX = {
    ("public", "nobody"): (200, 302, 302),
    ("public", "earner"): (200, 200, 404),
    ("public", "officer"): (200, 404, 200),
    ("public", "stranger"): (200, 404, 404),
    ("link", "nobody"): (200, 302, 302),
    ("link", "earner"): (200, 200, 404),
    ("link", "officer"): (200, 404, 200),
    ("link", "stranger"): (200, 404, 404),
    ("private", "nobody"): (404, 302, 302),
    ("private", "earner"): (200, 200, 404),
    ("private", "officer"): (404, 404, 200),
    ("private", "stranger"): (404, 404, 404),
}


@pytest.fixture
def people(educator: Person, issuing_officer: Person, stranger: Person) -> dict[str, Person | None]:
    return {"nobody": None, "earner": educator, "officer": issuing_officer, "stranger": stranger}


@pytest.mark.parametrize(("visibility", "who"), MATRIX)
def test_each_person_sees_what_they_may(
    award: Award, people: dict[str, Person | None], client_of: ClientOf, visibility: str, who: str
) -> None:
    Award.objects.update(visibility=visibility)
    client = client_of(people[who])
    seen = {client.get(f"/badges/{award.uuid}/{form}").status_code for form in FORMS}
    shared = client.get(f"/badges/{award.uuid}/sharing/").status_code
    revoked = client.get(f"/badges/{award.uuid}/revoke/").status_code
    assert (seen, shared, revoked) == ({MATRIX[visibility, who][0]}, *MATRIX[visibility, who][1:])


@pytest.mark.parametrize(("visibility", "who"), MATRIX)
def test_the_filter_agrees_with_the_question(
    award: Award, people: dict[str, Person | None], visibility: str, who: str
) -> None:
    Award.objects.update(visibility=visibility)
    award.refresh_from_db()
    reader = people[who] or AnonymousUser()
    assert access.may_see(reader, award) is access.awards_visible_to(reader).filter(pk=award.pk).exists()
    assert access.may_revoke(reader, award) is access.awards_revocable_by(reader).filter(pk=award.pk).exists()


def test_a_private_badge_is_told_apart_from_none_by_nothing(award: Award, client: Client) -> None:
    Award.objects.update(visibility=Visibility.PRIVATE)
    private = client.get(f"/badges/{award.uuid}/")
    none = client.get("/badges/00000000-0000-4000-8000-000000000000/")
    assert (private.status_code, private.content) == (none.status_code, none.content)


def test_a_private_badge_is_kept_by_no_cache_and_found_by_no_search_engine(
    award: Award, client_of: ClientOf, educator: Person
) -> None:
    Award.objects.update(visibility=Visibility.PRIVATE)
    client = client_of(educator)
    page = client.get(f"/badges/{award.uuid}/")
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert client.get(f"/badges/{award.uuid}/credential.json")["Cache-Control"] == "private, no-store"


def test_the_earner_decides_and_the_journal_tells(award: Award, educator: Person) -> None:
    found = visibility.set_visibility(award=award, visibility="private", acting_person=educator)
    assert found.visibility == Visibility.PRIVATE
    line = JournalLine.objects.get(event="badge:visibility:set")
    assert (line.actor, line.data) == (educator.ref, {"from": "link", "to": "private"})


def test_the_same_choice_again_is_no_decision(award: Award, educator: Person) -> None:
    visibility.set_visibility(award=award, visibility="link", acting_person=educator)
    assert not JournalLine.objects.filter(event="badge:visibility:set").exists()


def test_nobody_else_decides(
    award: Award, issuing_officer: Person, state_officer: Person, other_educator: Person
) -> None:
    for person in (issuing_officer, state_officer, other_educator):
        with pytest.raises(MayNotShare):
            visibility.set_visibility(award=award, visibility="public", acting_person=person)


def test_it_knows_three_ways_and_no_other(award: Award, educator: Person) -> None:
    with pytest.raises(UnknownVisibility):
        visibility.set_visibility(award=award, visibility="friends", acting_person=educator)


def test_lists_hold_only_what_is_public_and_stands(
    key: IssuingKey, make_award: MakeAward, educator: Person, issuing_officer: Person
) -> None:
    shown, by_link, queued = (make_award(f"attempt:{n}") for n in range(3))
    for award in (shown, queued):
        visibility.set_visibility(award=award, visibility="public", acting_person=educator)
    Award.objects.filter(pk=queued.pk).update(status="queued", credential=None)
    assert list(queries.public_awards_of(educator)) == [shown]
    assert {award.pk for award in queries.awards_of(educator)} == {shown.pk, by_link.pk, queued.pk}


def test_the_form_saves_and_says_so(award: Award, client_of: ClientOf, educator: Person) -> None:
    answer = client_of(educator).post(f"/badges/{award.uuid}/sharing/", {"visibility": "public"}, follow=True)
    award.refresh_from_db()
    assert award.visibility == Visibility.PUBLIC
    assert "Who may open this badge now: Anybody, and it may be listed." in answer.content.decode()


def test_the_form_asks_again_for_what_it_does_not_know(award: Award, client_of: ClientOf, educator: Person) -> None:
    answer: Any = client_of(educator).post(f"/badges/{award.uuid}/sharing/", {"visibility": "friends"})
    assert answer.status_code == 422
    assert "Choose one of the three ways to share a badge." in answer.content.decode()
