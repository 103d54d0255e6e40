"""Rubrics in the form of CASE 1.1: valid by its schema, back as they went, and those of others as far as it goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from longleaf.catalog.errors import UnreadableDesign
from longleaf.catalog.models import Version
from longleaf.catalog.studio import case_rubrics, drafting
from longleaf.directory.models import Person
from tests import cast

ROOT = next(each for each in Path(__file__).resolve().parents if (each / "states" / "nc").is_dir())
SCHEMA = ROOT.parent / "shared/schemas/case/v1p1/case_v1p1_cfrubric-jsonschema1.json"
FOREIGN: dict[str, Any] = {
    "identifier": "8d3f2f5a-9f1e-4b57-8a51-0f6a2a9d7a11",
    "uri": "https://case.example/rubrics/1",
    "lastChangeDateTime": "2026-01-01T00:00:00Z",
    "CFRubricCriteria": [
        {
            "description": "Second\nAbout the second.",
            "position": 2,
            "CFRubricCriterionLevels": [
                {"quality": "Good", "score": 4, "description": "Good second"},
                {"quality": "Weak", "score": 1, "description": "Weak second"},
            ],
        },
        {
            "description": "First",
            "position": 1,
            "CFRubricCriterionLevels": [
                {"quality": "Weak", "score": 1, "description": "Weak first"},
                {"quality": "Good", "score": 4, "description": "Good first"},
            ],
        },
    ],
}


def as_file(given: Any) -> bytes:
    return json.dumps(given).encode()


def written(**changes: Any) -> dict[str, Any]:
    rubric = {**cast.make_document()["rubric"], **changes}
    return case_rubrics.write(
        rubric, title="A rubric", uri="https://here.example/rubric.json", changed_at="2026-03-04T00:00:00+00:00"
    )


@pytest.mark.official
def test_what_is_written_is_valid_by_the_official_schema() -> None:
    if not SCHEMA.is_file():
        pytest.skip(f"The official schema is not here: {SCHEMA} is missing.")
    jsonschema.validate(written(), json.loads(SCHEMA.read_text()), format_checker=jsonschema.FormatChecker())


def test_a_rubric_of_ours_comes_back_as_it_went_and_always_has_the_same_identifiers() -> None:
    rubric = cast.make_document()["rubric"]
    rubric["criteria"][0] |= {"weight": 2, "indicators": [{"code": "A.1", "text": "A sign."}]}
    rubric["criteria"][1] |= {"weight": "2.50", "required": False}
    assert case_rubrics.read(as_file(written(criteria=rubric["criteria"]))) == rubric
    assert written() == written()


@pytest.mark.parametrize("given", [FOREIGN, {"CFDocument": {}, "CFRubrics": [FOREIGN]}])
def test_a_rubric_of_others_is_read_in_order_and_its_best_level_meets(given: dict[str, Any]) -> None:
    assert case_rubrics.read(as_file(given)) == {
        "levels": [
            {"code": "L1", "title": "Weak", "meets": False},
            {"code": "L2", "title": "Good", "meets": True},
        ],
        "criteria": [
            {"code": "K1", "title": "First", "requirements": [], "levels": {"L1": "Weak first", "L2": "Good first"}},
            {
                "code": "K2",
                "title": "Second",
                "requirements": [],
                "levels": {"L1": "Weak second", "L2": "Good second"},
                "description": "About the second.",
            },
        ],
    }


def test_weights_leave_as_the_numbers_of_case_and_come_in_from_others() -> None:
    rubric = cast.make_document()["rubric"]
    rubric["criteria"][0]["weight"] = "2.50"
    sent = written(criteria=rubric["criteria"])["CFRubricCriteria"]
    assert [each.get("weight") for each in sent] == [2.5, None]
    for weight, taken in ((3, 3), (2.0, 2), (0.5, 0.5), (0, None), (-1, None), ("much", None), (True, None)):
        first, second = FOREIGN["CFRubricCriteria"]
        given = {**FOREIGN, "CFRubricCriteria": [{**first, "weight": weight}, second]}
        assert [each.get("weight") for each in case_rubrics.read(as_file(given))["criteria"]] == [None, taken]


@pytest.mark.parametrize(
    "given",
    [
        {},
        [],
        {"CFRubrics": []},
        {"CFRubricCriteria": []},
        {"CFRubricCriteria": [{"description": "No levels"}]},
        {
            "CFRubricCriteria": [{"extensions": {"longleaf": {"code": "A", "levels": [1]}}}]
            + FOREIGN["CFRubricCriteria"]
        },
    ],
)
def test_what_is_no_rubric_is_refused(given: Any) -> None:
    with pytest.raises(UnreadableDesign):
        case_rubrics.read(as_file(given))


def test_a_rubric_leaves_the_catalog_and_comes_into_a_draft(
    version: Version, designer: Person, client_of: Callable[[Person | None], Client]
) -> None:
    found = client_of(None).get(f"/catalog/{version.micro_credential.slug}/rubric.json")
    assert case_rubrics.read(found.content) == version.document["rubric"]
    draft = drafting.begin_next(version=version, acting_person=designer)
    address, client = f"/studio/{draft.ref}/bring-rubric/", client_of(designer)
    assert client.post(address, {"rubric": SimpleUploadedFile("r.json", as_file(FOREIGN))}).status_code == 302
    draft.refresh_from_db()
    assert [row["title"] for row in draft.typed["rubric"]["criteria"]] == ["First", "Second"]
    refused = client.post(address, {"rubric": SimpleUploadedFile("r.json", b"{}")})
    assert (refused.status_code, "no rubric in the form of CASE" in refused.content.decode()) == (422, True)
