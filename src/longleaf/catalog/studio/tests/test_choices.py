"""What can be chosen: every word that the engine of rubrics knows, and no value that a page draws is lost by saving."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any, get_args

import pytest
from django.test import Client

from longleaf.catalog.models import Version
from longleaf.catalog.studio import comparing, drafting
from longleaf.catalog.studio.documents import assemble
from longleaf.catalog.studio.options import ALWAYS
from longleaf.catalog.studio.preview_views import RULE_TO_MEND
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


SUMS = {
    "readers": 1,
    "criterion_met_when": {"meets": True, "criteria": {"A": "demonstrated"}},
    "outcome": {"kind": "points", "points": {"not-yet": 0, "demonstrated": "2.5"}, "cut": "0.70"},
    "extra_reader": {"within": "0.05"},
    "across_rounds": "best_level",
}


ONE_POINT = {"kind": "points", "points": {"not-yet": 0, "demonstrated": 1}, "cut": "0.7"}


def summed(**rule: Any) -> dict[str, Any]:
    document = cast.make_document(slug="summed", panel_rule={**SUMS, **rule})
    document["rubric"]["criteria"][1] |= {"required": False, "weight": 3}
    return document


def test_a_rule_with_points_is_drawn_field_by_field_previewed_and_saved_as_it_was(
    version: Version, issuer: Organisation, designer: Person, client_of: ClientOf
) -> None:
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=summed())
    client, address = client_of(designer), f"/studio/{draft.ref}/"
    for section in ("rubric", "conditions"):
        sent = sent_as_drawn(client.get(f"{address}{section}/").content.decode())
        client.post(f"{address}{section}/", {**sent, "act": "save"})
        if section == "conditions":
            assert sent["panel_rule/outcome/cut"] == ["70"]
            assert sent["panel_rule/outcome/points/demonstrated"] == ["2.5"]
            assert sent["panel_rule/criterion_met_when/criteria/A"] == ["demonstrated"]
            assert "panel_rule/reconciliation/days" not in sent
        else:
            assert (sent["rubric/criteria/B/required"], sent["rubric/criteria/B/weight"]) == (["yes"], ["3"])
    draft.refresh_from_db()
    assert assemble(draft.typed) == summed()
    for view in ("preview/", "preview/assessor/"):
        page = unescape(client.get(address + view).content.decode())
        for told in ("70 % of all points", "“Demonstrated” 2.5", "“The learner used it” 3", "Within 5 %", "best level"):
            assert told in page, (view, told)


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        ({"outcome": {**ONE_POINT, "cut": "1.5"}}, "outcome/cut", "which is 100 %"),
        ({"outcome": {"kind": "all_of", "cut": "0.5"}}, "outcome/cut", "belongs to a weighted sum or to points"),
        ({"outcome": {**ONE_POINT, "points": {"not-yet": 0}}}, "outcome/points/demonstrated", "missing"),
        ({"extra_reader": {"within": "near"}}, "extra_reader/within", "must be a number"),
        ({"extra_reader": {"within": "0.3"}}, "extra_reader/within", "which is 5 %"),
        ({"criterion_met_when": {"level": "not-yet"}}, "criterion_met_when/level", "cannot be the line"),
        (
            {"criterion_met_when": {"meets": True, "criteria": {"Z": "demonstrated"}}},
            "criterion_met_when/criteria/Z",
            "not a criterion",
        ),
        ({"readers": 3, "reconciliation": {"days": 3}}, "reconciliation/days", "never meet"),
    ],
)
def test_what_is_said_against_a_rule_stands_beside_a_field_that_mends_it(
    change: dict[str, Any],
    place: str,
    sentence: str,
    version: Version,
    issuer: Organisation,
    designer: Person,
    client_of: ClientOf,
) -> None:
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=summed(**change))
    client, address = client_of(designer), f"/studio/{draft.ref}/"
    page = unescape(client.get(f"{address}conditions/").content.decode())
    assert f"panel_rule/{place}" in sent_as_drawn(page)
    # The group or the field itself: nothing else begins between the mistake and the end of the field.
    at = page.index(f'id="at_panel_rule/{place.rpartition("/")[0]}"')
    assert sentence in page[at : page.index(f'name="panel_rule/{place}"')]
    # The engine itself knows talking it over; only evidence has no place for it.
    told = RULE_TO_MEND in unescape(client.get(f"{address}preview/").content.decode())
    assert told == ("reconciliation" not in change)


def test_what_changed_in_a_rule_is_told_by_the_names_of_its_fields() -> None:
    after = summed(outcome={**SUMS["outcome"], "kind": "weighted_sum", "cut": "0.8"}, across_rounds="met_stays")
    after["rubric"]["criteria"][0]["required"] = False
    told = {
        " › ".join(change.where): (change.before, change.after)
        for part in comparing.compare(summed(), after)
        for change in part.changes
    }
    assert told == {
        "Criterion A › It can be demonstrated without this one": ("", "Yes"),
        "Panel › What is enough › It is demonstrated when": (
            "Points reach a line, and each required criterion is met",
            "Weight reaches a line, and each required criterion is met",
        ),
        "Panel › What is enough › Line of the sum": ("70 %", "80 %"),
        "Panel › What a later round takes over": (
            "The best level of each criterion",
            "That a criterion was met",
        ),
    }
