"""What is asked of a policy, beside the one in force: by which rule each point is met, and how sure that is."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.directory.models import State
from longleaf.kit import keeping
from longleaf.recognition.tests.factories import load, make_policy_document
from tests import front_end
from tests.drawn_pages import mistakes_on

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("recognition:model-policy"), reverse("recognition:model-policy-json")
RULE = make_policy_document()["values"][0]


def point(code: str, met: str = "met", rules: tuple[str, ...] = (RULE["id"],), **changes: Any) -> dict[str, Any]:
    here = {
        "met": met, "rules": list(rules), "because": f"Because of {code}.", "standing": "partly_verified",
        "sources": ["a-law"], "note": "",
    }  # fmt: skip
    asked = {"asks": f"Ask {code}.", "standing": "verified", "sources": ["a-guide"], "note": ""}
    return {"code": code, "title": code.capitalize(), **asked, "here": here, **changes}


def tell(state: State, *points: dict[str, Any]) -> None:
    state.model_policy = {"introduction": "What guides ask.", "points": list(points)}
    state.sources = {"a-guide": {"title": "A guide", "url": "https://example.org/guide"}, "a-law": {"title": "A law"}}
    state.save()
    keeping.forget()


def read(client: Client) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_everybody_reads_what_is_asked_what_meets_it_and_how_sure_both_are(state: State, client: Client) -> None:
    load(state)
    tell(state, point("quality"), point("time", "unknown", ()))
    page = read(client)
    for told in ("1. Quality", "Ask quality.", "Because of quality.", "Meadow renewal", RULE["id"], RULE["title"]):
        assert told in page
    assert '<a href="https://example.org/guide" rel="noopener">A guide</a>' in page
    assert "Seen in: A law." in page
    assert page.count("Partly verified") == 2
    assert page.count("Not known") == 1
    assert page.count("Synthetic") == 2, "the policy, and the rule by which the first point is met"


def test_a_rule_that_the_policy_in_force_lost_is_told_as_lost(state: State, client: Client) -> None:
    load(state)
    tell(state, point("quality"), point("worth", rules=("MD-gone",)))
    assert read(client).count("This rule does not stand in the policy in force") == 1
    first, second = client.get(FILE).json()["points"]
    assert first["here"]["rules"][0]["in_force"] is True
    assert second["here"]["rules"] == [{"id": "MD-gone", "title": "MD-gone", "standing": "", "in_force": False}]


def test_the_json_carries_every_standing_and_source(state: State, client: Client) -> None:
    load(state)
    tell(state, point("quality"))
    answer = client.get(FILE)
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    (only,) = told["points"]
    assert (told["policy"], told["policy_standing"]) == ("Meadow renewal", "synthetic")
    assert (only["standing"], only["here"]["standing"], only["here"]["met"]) == ("verified", "partly_verified", "met")
    assert only["sources"] == [{"code": "a-guide", "title": "A guide", "url": "https://example.org/guide"}]
    assert told["standings"]["partly_verified"].startswith("Partly verified. ")


def test_without_a_policy_or_without_points_it_says_so(state: State, client: Client) -> None:
    assert "Nothing to compare yet" in read(client)
    assert client.get(FILE).json() == {"points": []}
    tell(state, point("quality"))
    assert "No renewal policy is in force here" in read(client)


def test_ten_points_ask_no_more_questions_than_one(state: State, client: Client) -> None:
    def asked() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        return len(queries)

    load(state)
    tell(state, point("quality"))
    few = asked()
    tell(state, *(point(f"point-{number}") for number in range(10)))
    assert asked() == few


@pytest.mark.browser
@front_end.IS_NEEDED
def test_in_a_browser_nothing_sticks_out_and_axe_finds_nothing(state: State, client: Client, browser: Any) -> None:
    load(state)
    tell(state, point("quality"), point("worth", "partly", ("MD-gone",)), point("time", "unknown", ()))
    assert mistakes_on({PAGE: read(client)}, browser, pictures="model-policy") == []
