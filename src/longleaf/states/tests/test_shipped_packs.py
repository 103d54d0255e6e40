"""The packs that ship are sound, and hold what is known and no more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from longleaf.states.checking import check_pack
from longleaf.states.parts import OrganisationKind, Pack, Standing
from longleaf.states.reading import read_pack
from longleaf.states.tests.packs import EXAMPLE, NORTH_CAROLINA


@pytest.fixture(scope="module")
def north_carolina() -> Pack:
    return read_pack(NORTH_CAROLINA)


@pytest.mark.parametrize("directory", [EXAMPLE, NORTH_CAROLINA], ids=lambda directory: directory.name)
def test_it_is_sound(directory: Path) -> None:
    assert [str(mistake) for mistake in check_pack(directory)] == []


def test_north_carolina_has_115_school_units(north_carolina: Pack) -> None:
    kinds = Counter(it.kind for it in north_carolina.organisations if it.kind.is_school_unit)
    assert kinds == {OrganisationKind.DISTRICT: 100, OrganisationKind.CITY_DISTRICT: 15}
    assert len({it.code for it in north_carolina.organisations if len(it.code) == 3 and it.code.isdigit()}) == 115


def test_its_counties_fall_into_tiers_of_40_40_and_20_in_both_years(north_carolina: Pack) -> None:
    county = {it.place.county: it.place for it in north_carolina.organisations if it.place}
    for year in (2025, 2026):
        tiers = Counter(tier.tier for place in county.values() for tier in place.tiers if tier.year == year)
        assert tiers == {1: 40, 2: 40, 3: 20}


def test_its_instruments_have_their_full_number_of_items(north_carolina: Pack) -> None:
    assert len(north_carolina.quality_rubric.standards) == 13
    assert len(north_carolina.quality_rubric.components) == 29
    assert len(north_carolina.agency_criteria.criteria) == 46
    pathway, plan = north_carolina.pathway_criteria, north_carolina.plan_criteria
    assert pathway
    assert plan
    assert len(pathway.whole(north_carolina.agency_criteria).criteria) == 20
    assert len(plan.whole(north_carolina.agency_criteria).criteria) == 10
    assert len(north_carolina.glossary) == 57
    assert len(north_carolina.frameworks) == 9
    assert sum(len(it.items) for it in north_carolina.frameworks) == 228


def test_its_quality_rubric_shows_no_wording_as_official(north_carolina: Pack) -> None:
    rubric = north_carolina.quality_rubric
    assert {it.standing for it in rubric.components} == {Standing.RECONSTRUCTED}
    assert not any(it.is_official for it in rubric.components)


def test_its_decisions_are_marked_as_synthetic(north_carolina: Pack) -> None:
    decided = north_carolina.recognitions
    standings = {it.standing for it in (*decided.quality_decisions, *decided.agency_approvals)}
    assert standings == {Standing.SYNTHETIC}


def test_its_micro_credentials_say_what_is_reconstructed(north_carolina: Pack) -> None:
    assert len(north_carolina.micro_credentials) == 12
    for micro_credential in north_carolina.micro_credentials:
        assert micro_credential.standing is Standing.PARTLY_VERIFIED
        assert "reconstructed" in micro_credential.note
        assert {it.standing for it in micro_credential.alignments} == {Standing.PROPOSED}


def test_its_micro_credentials_meet_what_the_rubric_asks_of_every_page(north_carolina: Pack) -> None:
    for micro_credential in north_carolina.micro_credentials:
        assert 3 <= len(micro_credential.requirements) <= 5
        assert len(micro_credential.research.references) >= 2
        forms = {form for requirement in micro_credential.requirements for form in requirement.accepts}
        assert len(forms) >= 2, f"{micro_credential.slug} takes one form of evidence only."


def test_its_issuers_are_all_approved(north_carolina: Pack) -> None:
    approved = {it.organisation for it in north_carolina.recognitions.agency_approvals}
    assert {it.issuer for it in north_carolina.micro_credentials} <= approved


def test_the_two_packs_share_nothing_but_their_form(north_carolina: Pack) -> None:
    example = read_pack(EXAMPLE)
    assert not {it.code for it in example.organisations} & {it.code for it in north_carolina.organisations}
    assert example.state.words.stack.one != north_carolina.state.words.stack.one
    assert [it.code for it in example.quality_rubric.levels] != [it.code for it in north_carolina.quality_rubric.levels]
