"""What is wrong is told in our own pages, or as JSON to scripts, and never without a way on."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from longleaf.web import navigation, views
from longleaf.web.tests.reading import require_strict, text_of

HOUSE = "longleaf.kit.tests.pages_that_refuse"
JSON = {"Accept": "application/json"}


@pytest.fixture
def quiet(settings: Any) -> Client:
    """A client that gets the page of a mistake in place of the mistake itself."""
    settings.ROOT_URLCONF = HOUSE
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/refuse/broken/", 400, "bad-request"),
        ("/refuse/denied/", 403, "not-allowed"),
        ("/nowhere/", 404, "not-found"),
        ("/refuse/wrong-state/", 409, "wrong-state"),
        ("/refuse/bad-input/", 422, "bad-input"),
        ("/refuse/mistake/", 500, "our-mistake"),
    ],
)
def test_every_number_has_its_page_and_its_json(path, status, code, quiet, db):
    page = quiet.get(path)
    assert page.status_code == status
    assert f"Error {status}" in text_of(page)
    assert "What you can do" in text_of(page)
    require_strict(page)
    answer = quiet.get(path, headers=JSON)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["error"].endswith(".")
    assert set(answer.json()) == {"code", "error", "fields"}


def test_a_host_that_is_not_ours_is_a_bad_request(client, db):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Error 400" in text_of(response)


def test_a_form_without_its_token_gets_our_page_and_not_a_frameworks(educator, client_of):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"login": educator.email, "password": "x"})
    assert response.status_code == 403
    assert "This is not open to you" in text_of(response)
    require_strict(response)
    answer = client.post("/sign-in/", {}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


def test_an_error_page_keeps_the_frame_of_who_is_signed_in(client_of, educator):
    page = text_of(client_of(educator).get("/nowhere/"))
    assert "Erin Earner" in page
    assert "My work" in page


def test_a_mistake_is_told_even_while_the_database_is_away(monkeypatch):
    def away() -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(navigation.directory, "current_state", away)
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"Something went wrong on our side." in response.content


def test_a_mistake_does_not_tell_what_it_was(quiet, db):
    page = text_of(quiet.get("/refuse/mistake/"))
    assert "ours" not in page.replace("yours", "")
    assert "ZeroDivisionError" not in page


def test_no_page_may_be_framed_or_guessed_at(client, db):
    headers = client.get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_cookies_are_not_for_scripts_and_stay_here(client, educator):
    client.post("/sign-in/", {"login": educator.email, "password": "a long enough passphrase"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
