"""A second, invented state: whoever visits it meets nothing of the first, because none of it is in the code."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from longleaf.awards import issuing
from longleaf.awards.keys import signing_keys
from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.recognition import recording
from longleaf.states.loading import load_pack
from longleaf.states.tests.packs import EXAMPLE
from tests import cast

OF_NORTH_CAROLINA = re.compile(r"North Carolina|NCPTS|\bLEAs?\b|NCDPI|\bNC\b|LICN|\bPSUs?\b", re.IGNORECASE)
SLUG = "explaining-clearly"


@pytest.fixture
def visited(db: None, settings: Any) -> dict[str, Any]:
    """The invented state alone, with an educator who has earned one of its two badges."""
    settings.STATE = "example"
    load_pack(EXAMPLE)
    organisations = directory.organisations_by_code("example")
    educator = cast.make_person("Elly Example", (organisations["001"], Role.EDUCATOR))
    officer = cast.make_person("Otto Office", (organisations["001"], Role.PSU_OFFICER))
    recording.enter_licence(
        person=educator, state=directory.current_state(), kind="STANDARD", role="educator", areas=[],
        issued=date(2024, 1, 1), expires=timezone.localdate().replace(month=12, day=31), acting_person=officer,
    )  # fmt: skip
    recording.record_credit(
        person=educator, kind="clock_hour", title="A workshop", amount=Decimal(6), earned_on=date(2025, 3, 1),
        acting_person=officer,
    )  # fmt: skip
    version = catalog.bare_version(SLUG)
    signing_keys.create_key(organisation=version.micro_credential.issuer, acting_person=None)
    badge = issuing.award(
        occasion="test:1", earner=educator, version=version, earned_at=datetime(2025, 3, 4, tzinfo=UTC),
        finding={"readers": 1, "blind": True, "criteria": [{"code": "order", "met": True, "level": "three"},
                                                          {"code": "effect", "met": True, "level": "three"}]},
        acting_person=None,
    )  # fmt: skip
    state_officer = cast.make_person("Sue State", (organisations["ex-board"], Role.STATE_OFFICER))
    return {"educator": educator, "officer": officer, "state_officer": state_officer, "badge": badge}


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize("who", [None, "educator"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/catalog/",
        "/catalog/?framework=ex-teaching",
        f"/catalog/{SLUG}/",
        "/catalog/finding-out-first/",
        f"/catalog/{SLUG}/packet/",
        "/catalog/stacks/first-steps/",
        "/catalog/issuers/example-teachers-college/",
        "/glossary/",
        "/standards/",
        "/accessibility/",
        "/privacy/",
        "/verify/",
        "/nowhere/",
    ],
)
def test_no_public_page_knows_north_carolina(path, who, client_of, visited):
    response = client_of(visited[who] if who else None).get(path)
    assert response.status_code in {200, 404}
    assert (response.status_code == 404) == (path == "/nowhere/")
    page = text_of(response)
    assert OF_NORTH_CAROLINA.findall(page) == []
    assert "Example" in page


@pytest.mark.parametrize(
    ("who", "path", "words"),
    [
        ("educator", "/renewal/", ["Example certificate renewal", "points", "A workshop", "Explaining Clearly"]),
        ("officer", "/renewal/values/", ["First Example District", "Elly Example"]),
        ("officer", "/renewal/of/{educator.ref}/", ["Elly Example", "points"]),
        ("educator", "/badges/{badge.uuid}/", ["Explaining Clearly", "Example Teachers College"]),
        ("educator", "/work/", []),
        ("state_officer", "/journal/", []),
    ],
)
def test_no_page_of_somebody_signed_in_knows_it_either(who, path, words, client_of, visited):
    response = client_of(visited[who]).get(path.format(**visited))
    assert response.status_code == 200
    page = text_of(response)
    assert OF_NORTH_CAROLINA.findall(page) == []
    for word in words:
        assert word in page


def test_the_ledger_counts_by_the_rules_of_that_state(client_of, visited):
    page = text_of(client_of(visited["educator"]).get("/renewal/?on=2026-01-01"))
    assert "Worth 6 points, whatever time it took." in page
    assert "Practice shown in a classroom" in page


def test_the_credential_names_nobody_but_that_state(client, visited):
    response = client.get(f"/badges/{visited['badge'].uuid}/credential.json")
    assert "Example Teachers College" in text_of(response)
    assert OF_NORTH_CAROLINA.findall(text_of(response)) == []


def test_the_check_can_fail():
    assert OF_NORTH_CAROLINA.findall("An LEA of North Carolina, by NCPTS-3") == ["LEA", "North Carolina", "NCPTS"]
    assert OF_NORTH_CAROLINA.findall("please leave") == []
