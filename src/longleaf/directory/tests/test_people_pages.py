"""Administrators change the names of their organisations' people, nobody else does, and the person is told."""

from __future__ import annotations

from typing import Any

import pytest

from longleaf.directory import access, enrolling
from longleaf.directory.models import Person
from longleaf.directory.status import Role
from tests import cast

PEOPLE = "/people/"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def administrator(district, stranger):
    enrolling.give_role(person=stranger, organisation=district, role=Role.ADMINISTRATOR, acting_person=None)
    return stranger


@pytest.fixture
def administrator_elsewhere(other_district):
    return cast.make_person("Olga Otherwhere", (other_district, Role.ADMINISTRATOR))


def page_of(person):
    return f"{PEOPLE}{person.ref}/name/"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 302),
        ("other_educator", 404),
        ("issuing_officer", 404),
        ("psu_officer", 404),
        ("educator", 404),
        ("administrator_elsewhere", 404),
        ("administrator", 200),
    ],
)
def test_only_an_administrator_where_the_person_has_a_role_opens_the_page(who, status, educator, client_of, request):
    client = client_of(request.getfixturevalue(who) if who else None)
    assert client.get(page_of(educator)).status_code == status
    posted = client.post(page_of(educator), {"name": "Erin Elsewhere", "reason": "Marriage."})
    assert posted.status_code == (302 if status == 200 else status)
    assert (Person.objects.get(pk=educator.pk).name == "Erin Elsewhere") == (status == 200)


def test_the_list_and_the_right_agree(
    administrator, administrator_elsewhere, educator, issuing_officer, first_assessor
):
    for actor in (administrator, administrator_elsewhere, educator):
        listed = set(access.people_renamed_by(actor))
        assert listed == {each for each in Person.objects.all() if access.may_rename(actor, each)}


def test_who_is_no_administrator_sees_nobody_in_the_list(educator, issuing_officer, client_of):
    told = text_of(client_of(issuing_officer).get(PEOPLE))
    assert "Only administrators see people here" in told
    assert educator.name not in told
    assert client_of(None).get(PEOPLE).status_code == 302


def test_an_administrator_finds_people_by_name_and_address(administrator, educator, other_educator, client_of):
    client = client_of(administrator)
    everybody = text_of(client.get(PEOPLE))
    assert all(each.email in everybody for each in (educator, other_educator))
    for asked in ("earner", educator.email.upper()):
        found = text_of(client.get(PEOPLE, {"q": asked}))
        assert (educator.email in found, other_educator.email in found) == (True, False)
    assert "Nobody found" in text_of(client.get(PEOPLE, {"q": "nobody at all"}))


def test_the_list_asks_no_more_for_many(administrator, district, client_of, django_assert_num_queries):
    client = client_of(administrator)
    cast.make_person("Person 0", (district, Role.EDUCATOR))
    with django_assert_num_queries(30, exact=False) as first:
        client.get(PEOPLE)
    for number in range(1, 6):
        cast.make_person(f"Person {number}", (district, Role.EDUCATOR))
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(PEOPLE)


def test_all_that_is_missing_is_said_at_once(administrator, educator, client_of):
    told = text_of(client_of(administrator).post(page_of(educator), {"name": " ", "reason": ""}))
    assert "Give the whole new name." in told
    assert "Say why the name changes." in told


@pytest.mark.parametrize("given", [{"name": "", "reason": "Marriage."}, {"name": "Erin Elsewhere", "reason": ""}])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(given, administrator, educator, client_of):
    answer = client_of(administrator).post(page_of(educator), given)
    assert answer.status_code == 422
    assert all(value in text_of(answer) for value in given.values())
    assert Person.objects.get(pk=educator.pk).name == educator.name


def test_the_person_is_told_by_whom_and_why_and_where_badges_are_reissued(administrator, educator, client_of):
    assert "It was changed on" not in text_of(client_of(educator).get("/my/profile/"))
    client_of(administrator).post(page_of(educator), {"name": "Erin <Elsewhere>", "reason": "Marriage & more"})
    told = text_of(client_of(educator).get("/my/profile/"))
    assert f"by {administrator.name}, for this reason: Marriage &amp; more." in told
    assert "Erin &lt;Elsewhere&gt;" in told
    assert 'href="/my/badges/"' in told
