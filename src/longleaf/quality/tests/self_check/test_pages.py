"""The self-check of a draft: what was found, what is asked, who answers, and that no answer is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from longleaf.catalog.errors import NoSuchDraft, StaleField
from longleaf.catalog.models import Draft, Version
from longleaf.catalog.studio import drafting
from longleaf.directory.models import Person, State
from longleaf.quality import publishing
from longleaf.quality.errors import NoSuchComponent
from longleaf.quality.models import SelfCheckAnswer
from longleaf.quality.self_check.answering import save_answer
from longleaf.quality.self_check.looking import look_at

ClientOf = Callable[[Person | None], Client]


def component(code: str, check: list[str], *checks: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": code,
        "title": f"Title of {code}",
        "text": f"Text of {code}.",
        "official_title": None,
        "official_text": None,
        "look_for": "Something.",
        "check": check,
        "checks": list(checks),
        "standing": "synthetic",
    }


@pytest.fixture
def rubric(state: State) -> None:
    """One component that software settles, one that it finds amiss, one that people judge, one that names no check."""
    components = [
        component("A", ["automated"], {"name": "alignments", "at_least": 1}),
        component("B", ["automated"], {"name": "references", "at_least": 2}),
        component("C", ["human"], {"name": "method-parts"}, {"name": "not-known-here"}),
        component("D", ["automated"]),
    ]
    standard = {
        "code": "S",
        "number": 1,
        "title": "The only standard",
        "official_title": None,
        "official_text": None,
        "components": components,
    }
    document = {"levels": [], "panel_rule": {}, "standards": [standard]}
    publishing.publish_instrument(
        state=state, code="rubric", edition="1", title="A rubric", document=document, standing="synthetic"
    )


@pytest.fixture
def draft(rubric: None, version: Version, designer: Person) -> Draft:
    return drafting.begin_next(version=version, acting_person=designer)


def states_of(draft: Draft) -> dict[str, str]:
    return {each.component.code: each.state for each in look_at(draft).components}


def test_software_settles_what_it_can_and_the_rest_is_asked(draft: Draft, designer: Person) -> None:
    assert states_of(draft) == {"A": "settled", "B": "mend", "C": "answer", "D": "answer"}
    save_answer(draft=draft, component="C", text="In the method.", revision=0, acting_person=designer)
    assert states_of(draft)["C"] == "settled"
    assert look_at(draft).settled == 2


def test_an_answer_of_somebody_else_is_never_overwritten(draft: Draft, designer: Person, stranger: Person) -> None:
    def answer(text: str, page: str) -> SelfCheckAnswer:
        return save_answer(
            draft=draft, component="C", text=text, revision=0, acting_person=designer, page=page, is_last_word=True
        )

    answer("First", "one")
    with pytest.raises(StaleField):
        answer("Second", "two")
    assert answer("First, and more", "one").revision == 2
    with pytest.raises(NoSuchComponent):
        save_answer(draft=draft, component="Z", text="x", revision=0, acting_person=designer)
    with pytest.raises(NoSuchDraft):
        save_answer(draft=draft, component="C", text="x", revision=2, acting_person=stranger)


def test_the_page_keeps_answers_and_shows_again_what_it_could_not_keep(
    draft: Draft, client_of: ClientOf, designer: Person, issuing_officer: Person, stranger: Person
) -> None:
    address, client = f"/quality/self-check/{draft.ref}/", client_of(designer)
    assert client_of(None).get(address).status_code == 302
    assert client_of(stranger).get(address).status_code == 404
    assert client.post(f"{address}C/?page=one", {"text": "Kept first", "revision": 0}).json()["revision"] == 1
    assert client.post(f"{address}C/?page=two", {"text": "Other", "revision": 0}).status_code == 409
    typed = {
        "page": "two",
        "answer-C": "Typed meanwhile",
        "revision-C": "0",
        "answer-D": "Answered",
        "revision-D": "0",
    }
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert {"Kept first", "Typed meanwhile", "Answered"} <= {
        text for text in ("Kept first", "Typed meanwhile", "Answered") if text in answer.content.decode()
    }
    # An officer reads what was answered, and answers nothing.
    page = client_of(issuing_officer).get(address).content.decode()
    assert "Kept first" in page
    assert "<textarea" not in page
    assert client_of(issuing_officer).post(address, typed).status_code == 404
    assert "Self-check by the state" in client.get(f"/studio/{draft.ref}/").content.decode()


def test_without_a_rubric_the_page_says_so(version: Version, client_of: ClientOf, designer: Person) -> None:
    draft = drafting.begin_next(version=version, acting_person=designer)
    page = client_of(designer).get(f"/quality/self-check/{draft.ref}/").content.decode()
    assert "no rubric for designs yet" in page
    assert "Self-check by the state" not in client_of(designer).get(f"/studio/{draft.ref}/").content.decode()
