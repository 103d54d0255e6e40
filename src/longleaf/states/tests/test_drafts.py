"""Documents that are written in the studio are held to the rules of a pack, in words for whoever types."""

from __future__ import annotations

from pathlib import Path

import pytest

from longleaf.catalog.studio.documents import assemble, take_apart
from longleaf.states.drafts import mistakes_in
from longleaf.states.reading import read_pack

STATES = next(each for each in Path(__file__).resolve().parents if (each / "states" / "nc").is_dir()) / "states"


@pytest.mark.parametrize("name", ["nc", "example"])
def test_every_design_of_a_pack_is_sound_and_comes_back_from_the_studio_as_it_was(name: str) -> None:
    for part in read_pack(STATES / name).micro_credentials:
        document = part.model_dump(mode="json")
        assert assemble(take_apart(document)) == document
        assert mistakes_in(document) == []


def test_a_mistake_says_where_it_is_and_how_to_mend_it_on_a_page() -> None:
    document = read_pack(STATES / "nc").micro_credentials[0].model_dump(mode="json")
    document["effort_hours"] = "ten"
    document["summary"] = ""
    document["review_by"] = "soon"
    del document["rubric"]["criteria"][0]["title"]
    assert dict(mistakes_in(document)) == {
        ("effort_hours",): "Write a whole number, in digits.",
        ("summary",): "This is still empty.",
        ("review_by",): "Choose a day.",
        ("rubric", "criteria", 0, "title"): "This is missing.",
    }
