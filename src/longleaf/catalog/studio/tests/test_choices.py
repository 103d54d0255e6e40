"""What can be chosen: every word that the engine of rubrics knows, and no value that a page draws is lost by saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest
from django.test import Client

from longleaf.catalog.models import Version
from longleaf.catalog.studio import drafting
from longleaf.catalog.studio.documents import assemble
from longleaf.catalog.studio.options import ALWAYS
from longleaf.catalog.studio.tests.sending import sent_as_drawn
from longleaf.directory.models import Organisation, Person
from longleaf.engines.rubrics import AcrossRounds, Decides, WhenTheyDiffer
from longleaf.engines.rubrics.outcomes import OutcomeKind
from tests import cast

ClientOf = Callable[[Person | None], Client]
LEAD = {"readers": 2, "when_they_differ": "lead", "decides": "lead"}


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("when_they_differ", {each.value for each in WhenTheyDiffer}),
        ("decides", {each.value for each in Decides}),
        ("across_rounds", {each.value for each in AcrossRounds}),
        ("outcomes", {kind.kind for kind in get_args(OutcomeKind)}),
    ],
)
def test_every_word_that_the_engine_knows_can_be_chosen(source: str, known: set[str]) -> None:
    assert {code for code, _ in ALWAYS[source]} == known


@pytest.mark.parametrize(
    ("section", "changes"),
    [
        ("conditions", {"panel_rule": LEAD}),
        # Words that a later edition of a pack may have taken away, or another system wrote.
        ("conditions", {"panel_rule": {"readers": 2, "when_they_differ": "a_coin", "decides": "the_coin"}}),
        ("alignments", {"alignments": [{"item": "GONE-1", "standing": "unheard_of", "note": ""}]}),
        ("audience", {"audience": {"roles": ["astronaut"], "grade_bands": ["99"]}, "topics": ["alchemy"]}),
    ],
)
def test_saving_a_part_as_it_is_drawn_changes_nothing(
    section: str,
    changes: dict[str, Any],
    version: Version,
    issuer: Organisation,
    designer: Person,
    client_of: ClientOf,
) -> None:
    document = cast.make_document(slug="chosen", **changes)
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=document)
    client, address = client_of(designer), f"/studio/{draft.ref}/{section}/"
    sent = sent_as_drawn(client.get(address).content.decode())
    assert [name for name in sent if name.startswith("revision:")]
    assert client.post(address, {**sent, "act": "save"}).status_code == 302
    draft.refresh_from_db()
    assert assemble(draft.typed) == document
