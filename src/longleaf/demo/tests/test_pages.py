"""The page on which somebody is picked to be: in a demonstration only, of people who do not exist only."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from longleaf.demo.enrolling import DOMAIN
from longleaf.demo.script import Moment
from longleaf.directory import enrolling
from longleaf.web.tests.reading import main_of, require_strict, text_of

PEOPLE, BECOME = "/demo/", "/demo/become/"


@pytest.fixture
def player(db: None, demonstration: None) -> Any:
    return enrolling.enrol(email=f"maya@{DOMAIN}", name="Maya Made Up", acting_person=None, synthetic=True)


def signed_in_as(client: Any) -> str | None:
    return client.session.get("_auth_user_id")


def test_outside_a_demonstration_there_is_no_such_page(client, db, settings):
    assert not settings.DEMO
    for path in (PEOPLE, BECOME, "/demo/style/"):
        assert client.get(path).status_code == 404
    assert client.post(BECOME, {"ref": "P-2222-2222-2222"}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo:people")


def test_everybody_in_the_script_can_be_picked(act, client, script, django_assert_max_num_queries):
    act(Moment.START, short=True)
    client.get(PEOPLE)
    with django_assert_max_num_queries(6):
        response = client.get(PEOPLE)
    page = main_of(response)
    for person in script.people:
        assert person.name in page
        assert person.about in page
    assert page.count(f'action="{BECOME}"') == len(script.people)
    require_strict(response)


def test_before_anybody_is_there_the_page_says_what_to_run(client, db, demonstration):
    assert "make demo" in main_of(client.get(PEOPLE))


def test_picking_somebody_signs_in_as_them(client, player):
    response = client.post(BECOME, {"ref": player.ref})
    assert (response.status_code, response.url) == (302, "/")
    assert signed_in_as(client) == str(player.pk)


def test_looking_does_not_sign_in(client, player):
    assert client.get(BECOME, {"ref": player.ref}).status_code == 405
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    ("email", "synthetic"), [("real@people.example", False), ("synthetic@elsewhere.example", True)]
)
def test_nobody_is_picked_who_is_not_of_the_demonstration(email, synthetic, client, player):
    other = enrolling.enrol(email=email, name="Other", acting_person=None, synthetic=synthetic)
    assert client.post(BECOME, {"ref": other.ref}).status_code == 422
    assert signed_in_as(client) is None
    assert "Other" not in main_of(client.get(PEOPLE))


@pytest.mark.parametrize("sent", [{}, {"ref": ""}, {"ref": "P-2222-2222-2222"}])
def test_nobody_known_is_bad_input(sent, client, player):
    response = client.post(BECOME, sent)
    assert response.status_code == 422
    assert "Pick somebody from the page of people." in text_of(response)


@pytest.mark.parametrize(
    ("onward", "lands"),
    [
        ("/renewal/", "/renewal/"),
        ("http://testserver/renewal/", "http://testserver/renewal/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_whoever_is_picked_goes_on_within_this_house_only(onward, lands, client, player):
    assert client.post(BECOME, {"ref": player.ref, "next": onward}).url == lands


def test_every_page_says_that_nobody_here_exists(client, player):
    assert "synthetic" in text_of(client.get("/")).lower()
    assert f'href="{PEOPLE}"' in text_of(client.get("/"))


def test_the_page_of_components_is_as_strict_as_the_others(client, player):
    response = client.get("/demo/style/")
    assert response.status_code == 200
    require_strict(response)
