"""Files that were made to break the studio: each is read as far as it goes or refused, and no page fails of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from longleaf.catalog.errors import UnreadableDesign
from longleaf.catalog.models import Draft, Version
from longleaf.catalog.studio import case_rubrics, drafting, files
from longleaf.catalog.studio.sections import SECTIONS
from longleaf.directory.models import Organisation, Person
from tests import cast

ClientOf = Callable[[Person | None], Client]
PAGES = ["", *(f"{each.code}/" for each in SECTIONS), "preview/", "preview/assessor/", "badge.svg", "design.json"]


def changed(*path: str | int, to: Any) -> str:
    document: Any = json.loads(json.dumps(cast.make_document()))
    here = document
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = to
    return json.dumps(document)


@pytest.mark.parametrize(
    "text",
    [
        changed("further", to=float("nan")),
        changed("further", to=10**30),
        '{"title": "Deep", "further": %s}' % ("[" * 900 + "]" * 900),
    ],
)
def test_what_cannot_be_kept_or_signed_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDesign, match="not JSON that can be read"):
        files.read(text.encode())


def test_a_score_or_a_kept_part_of_a_foreign_rubric_that_is_no_number_is_refused() -> None:
    level = '{"quality": "Low", "score": 1%s}' % ("0" * 400)
    for further in (f'"CFRubricCriterionLevels": [{level}, {level}]', '"extensions": {"longleaf": {"weight": NaN}}'):
        with pytest.raises(UnreadableDesign):
            case_rubrics.read(b'{"CFRubricCriteria": [{"description": "Asks", %s}]}' % further.encode())


def test_characters_that_no_text_has_are_left_out() -> None:
    assert files.read(changed("title", to="A\x00sks\x08 \ud800well").encode())["title"] == "Asks well"


def test_more_than_a_draft_holds_is_refused_before_there_is_a_draft_that_nobody_can_save(
    client_of: ClientOf, version: Version, issuer: Organisation, designer: Person
) -> None:
    answer = bring(client_of(designer), issuer, changed("summary", to="x" * 900_000))
    assert answer.status_code == 422
    assert "too long to be kept" in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        changed("slug", to="Asking well, twice"),
        changed("rubric", "criteria", 0, "weight", to="heavy"),
        changed("rubric", "criteria", 0, "weight", to="1e999999999"),
        changed("panel_rule", "outcome", to={"kind": "luck", "cut": "1e-999999999", "points": {"a/b": "many"}}),
        changed("panel_rule", "criterion_met_when", to={"meets": False, "criteria": {"a/b": "x", "gone": "y"}}),
        changed("panel_rule", "extra_reader", to={"within": "-Infinity", "more": [1]}),
        changed("requirements", 0, "team", to={"most": "everybody"}),
        changed("coach_after", to="soon"),
        changed("replace_work", to="perhaps"),
        changed("requirements", 0, "accepts", to=["singing"]),
        changed("audience", "roles", to=['zz"<b>']),
        changed("requirements", to=[]),
        '{"title": "Asks", "rubric": {"criteria": [{"code": "K1"}]}}',
    ],
)
def test_every_page_of_a_draft_is_drawn_whatever_its_file_said(
    text: str, client_of: ClientOf, version: Version, issuer: Organisation, designer: Person
) -> None:
    client = client_of(designer)
    assert bring(client, issuer, text).status_code == 302
    draft = Draft.objects.get()
    answers = {each: client.get(f"/studio/{draft.ref}/{each}").status_code for each in PAGES}
    assert set(answers.values()) == {200}, answers


def test_only_addresses_of_the_web_become_links_in_a_preview(
    client_of: ClientOf, version: Version, issuer: Organisation, designer: Person
) -> None:
    document = json.loads(changed("resources", 0, "url", to="javascript:alert(1)"))
    document["research"]["references"][0]["url"] = " javascript:alert(2)"
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=document)
    page = client_of(designer).get(f"/studio/{draft.ref}/preview/").content.decode()
    assert "alert(" not in page


def bring(client: Client, issuer: Organisation, text: str) -> Any:
    file = SimpleUploadedFile("design.json", text.encode(), content_type="application/json")
    return client.post("/studio/bring/", {"issuer": issuer.slug, "file": file})
