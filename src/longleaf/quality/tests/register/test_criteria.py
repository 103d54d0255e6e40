"""The rubric and the criteria of a state, as anybody reads them: page, JSON and CASE."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longleaf.directory.models import State
from longleaf.quality import publishing
from longleaf.quality.models import Instrument
from longleaf.quality.status import Judges
from longleaf.quality.tests.reviewing import stage

pytestmark = pytest.mark.django_db
ROOT = next(each for each in Path(__file__).resolve().parents if (each / "states" / "nc").is_dir())
SCHEMA = ROOT.parent / "shared/schemas/case/v1p1/case_v1p1_cfrubric-jsonschema1.json"
AT = "/register/criteria/meadow-quality/"


def rubric(**changes: Any) -> dict[str, Any]:
    """Three components: reconstructed with a source, official, and one that is not required."""
    seen = stage.component("S1.a", "Single skill", standing="reconstructed", sources=["a-guide"])
    official = stage.component("S1.b", "Ours", official_title="Theirs", official_text="The official wording.")
    optional = stage.component("S2.a", "Open to all", required=False, levels={"met": "A phone is enough."})
    standards = [stage.standard(1, "One skill", seen, official), stage.standard(2, "Fair", optional)]
    return stage.rubric(standards=standards, note="The wording is ours.", effective_from="2026-01-01", **changes)


def criteria(**changes: Any) -> dict[str, Any]:
    criterion = {
        "code": "PC-01", "area": "body", "title": "A body", "text": "Somebody answers for it.", "official_text": None,
        "check": "document_review", "evidence": "Registration.", "required": True, "standing": "proposed",
    }  # fmt: skip
    areas = [{"code": "body", "title": "The body"}, {"code": "nothing", "title": "Nothing asked"}]
    return {**stage.rubric(), "standards": [], "areas": areas, "criteria": [criterion], **changes}


def publish_criteria(state: State, **changes: Any) -> Instrument:
    facts = {"code": "meadow-agency", "edition": "1", "title": "Meadow Criteria", "standing": "proposed"}
    return publishing.publish_instrument(state=state, judges=Judges.AGENCY, document=criteria(), **{**facts, **changes})


@pytest.fixture
def published(state: State) -> Instrument:
    state.sources = {"a-guide": {"title": "A guide", "url": "https://example.org/guide"}}
    state.save()
    return stage.publish(state, rubric())


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_everybody_reads_each_component_with_its_standing_source_and_when_it_is_met(
    published: Instrument, client: Client
) -> None:
    page = read(client, AT)
    for told in ("Meadow Marks", "version 1", "1. One skill", "Single skill, seen in the design.", "A sentence."):
        assert told in page
    assert "2 reviewers read it, each on their own; where they differ, a third reads too." in page
    assert "It is enough when every required component is met." in page
    assert "Met at</strong> “Met”" in page
    assert '<a href="https://example.org/guide" rel="noopener">A guide</a>' in page
    assert page.count("Reconstructed") == 1
    assert "The official wording." in page
    assert "Ours, seen in the design." not in page
    assert page.count("Not required") == 1


def test_it_is_found_from_the_register_and_from_every_page(published: Instrument, client: Client) -> None:
    assert page_leads_to(client, "/register/", "/register/criteria/")
    assert page_leads_to(client, "/register/organizations/", "/register/criteria/")
    assert page_leads_to(client, "/glossary/", "/register/criteria/"), "the foot of every page"
    listed = read(client, "/register/criteria/")
    assert "3 components under 2 standards" in listed
    assert f'href="{AT}"' in listed


def page_leads_to(client: Client, page: str, address: str) -> bool:
    return f'href="{address}"' in read(client, page)


def test_criteria_for_organisations_stand_by_area(state: State, client: Client) -> None:
    publish_criteria(state)
    page = read(client, "/register/criteria/meadow-agency/")
    for told in ("The body", "Somebody answers for it.", "Registration.", "Proposed", "every criterion is met"):
        assert told in page
    assert "Nothing asked" not in page


def test_the_json_says_all_of_it(published: Instrument, client: Client) -> None:
    answer = client.get(f"{AT}criteria.json")
    told = answer.json()
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (told["code"], told["edition"], told["judges"], told["in_use"]) == ("meadow-quality", "1", "design", True)
    assert (told["standing"], told["standing_told"][:10], told["note"]) == (
        "synthetic", "Synthetic.", "The wording is ours.",
    )  # fmt: skip
    first, second = told["chapters"][0]["asked"]
    assert first["sources"] == [{"code": "a-guide", "title": "A guide", "url": "https://example.org/guide"}]
    assert (first["standing"], first["met_at"], first["levels"]["met"]) == ("reconstructed", "“Met”", "Shown.")
    assert (second["standing"], second["title"], second["text"]) == ("official", "Theirs", "The official wording.")
    (optional,) = told["chapters"][1]["asked"]
    assert (optional["required"], optional["levels"]["met"]) == (False, "A phone is enough.")
    assert told["standings"]["reconstructed"].startswith("Reconstructed. ")
    assert client.get(f"{AT}criteria.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_same_goes_out_as_case_and_says_what_is_not_official(published: Instrument, client: Client) -> None:
    told = client.get(f"{AT}rubric.json").json()
    first, second, third = told["CFRubricCriteria"]
    assert "How sure this wording is: Reconstructed." in first["description"]
    assert "How sure" not in second["description"]
    assert [each["description"] for each in third["CFRubricCriterionLevels"]] == ["Not shown.", "A phone is enough."]
    assert first["extensions"]["longleaf"]["standing"] == "reconstructed"
    assert told["description"].startswith("Synthetic. ")
    if SCHEMA.is_file():
        jsonschema.validate(told, json.loads(SCHEMA.read_text()), format_checker=jsonschema.FormatChecker())


def test_a_text_that_was_replaced_stays_at_its_digest(state: State, published: Instrument, client: Client) -> None:
    newer = stage.publish(state, rubric(introduction="A newer text."))
    now, before = read(client, AT), read(client, f"{AT}?digest={published.digest}")
    assert "A newer text." in now
    assert "This text was replaced" not in now
    assert f"{AT}?digest={published.digest}" in now
    assert "A newer text." not in before
    assert "This text was replaced" in before
    told = client.get(f"{AT}criteria.json", {"digest": published.digest}).json()
    assert (told["in_use"], told["digest"]) == (False, published.digest)
    assert newer.digest not in json.dumps(told)
    assert "A newer text." in read(client, "/register/criteria/")


def test_a_text_whose_day_has_not_come_is_told_as_that(state: State, published: Instrument, client: Client) -> None:
    later = stage.publish(state, {**rubric(introduction="A text to come."), "effective_from": "2099-03-01"})
    now, to_come = read(client, AT), read(client, f"{AT}?digest={later.digest}")
    assert "A text to come." not in now
    assert "not in force yet" in now
    assert "It is from March 1, 2099 on." in to_come
    assert "This text was replaced" not in to_come
    told = client.get(f"{AT}criteria.json").json()
    assert (told["in_use"], told["digest"]) == (True, published.digest)
    assert "A text to come." not in read(client, "/register/criteria/")


@pytest.mark.parametrize("end", ["", "criteria.json", "rubric.json"])
def test_what_is_not_there_is_answered_so(published: Instrument, client: Client, end: str) -> None:
    assert client.get(f"/register/criteria/nobody-wrote-this/{end}").status_code == 404
    assert client.get(f"{AT}{end}", {"digest": "0" * 64}).status_code == 404


def test_a_state_without_criteria_says_so(state: State, client: Client) -> None:
    assert "No criteria yet" in read(client, "/register/criteria/")


def test_it_asks_as_many_questions_for_many_texts_as_for_one(
    state: State, published: Instrument, client: Client
) -> None:
    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    addresses = ["/register/criteria/", AT, f"{AT}criteria.json", f"{AT}rubric.json"]
    few = [asked(address) for address in addresses]
    for number in range(4):
        stage.publish(state, rubric(introduction=f"Text {number}."))
    publish_criteria(state)
    assert [asked(address) for address in addresses] == few
