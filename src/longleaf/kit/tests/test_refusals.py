"""A refusal that a view lets through becomes a page for readers and JSON for scripts, with its own number."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "longleaf.kit.tests.pages_that_refuse"


@pytest.mark.parametrize(
    ("how", "status", "told"),
    [
        ("refused", 400, "That is no request we know."),
        ("not-allowed", 403, "This is for officers."),
        ("hidden", 404, "There is nothing of yours here."),
        ("wrong-state", 409, "Somebody was faster."),
        ("bad-input", 422, "Two things need another look."),
    ],
)
def test_a_reader_gets_a_page_with_its_sentence(how, status, told, client):
    response = client.get(f"/refuse/{how}/")
    assert response.status_code == status
    page = unescape(response.content.decode())
    assert f"Error {status}" in page
    assert told in page
    assert "What you can do" in page


def test_the_page_of_bad_input_tells_each_field_and_escapes_it(client):
    page = client.get("/refuse/bad-input/").content.decode()
    assert "Give a &lt;name&gt;." in page
    assert "Give a day." in page


@pytest.mark.parametrize(
    ("how", "status", "told"),
    [
        ("refused", 400, {"code": "refused", "error": "That is no request we know.", "fields": {}}),
        ("not-allowed", 403, {"code": "not-allowed", "error": "This is for officers.", "fields": {}}),
        ("hidden", 404, {"code": "not-allowed", "error": "There is nothing of yours here.", "fields": {}}),
        ("wrong-state", 409, {"code": "wrong-state", "error": "Somebody was faster.", "fields": {}}),
        (
            "bad-input",
            422,
            {
                "code": "bad-input",
                "error": "Two things need another look.",
                "fields": {"name": "Give a <name>.", "day": "Give a day."},
            },
        ),
    ],
)
def test_a_script_gets_the_same_as_json(how, status, told, client):
    response = client.get(f"/refuse/{how}/", headers={"Accept": "application/json"})
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == told


def test_a_mistake_of_ours_is_no_refusal(client):
    with pytest.raises(ZeroDivisionError):
        client.get("/refuse/mistake/")
