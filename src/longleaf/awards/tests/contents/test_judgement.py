"""How it was judged stands in the badge: for programs, for people, and covered by the signature."""

from __future__ import annotations

from typing import Any

import pytest

from longleaf.awards import published
from longleaf.awards.contents import judgement
from longleaf.awards.contents.finding import read_finding
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.tests.conftest import FINDING, MakeAward
from longleaf.awards.verification import verifying
from longleaf.catalog.design import Design
from longleaf.catalog.models import Version
from longleaf.engines.openbadges.report import Outcome, Verdict


def told_in(award: Award) -> dict[str, str]:
    """The values that a badge gives, by the name under which its achievement describes them."""
    subject = (award.credential or {})["credentialSubject"]
    names = {each["id"]: each["name"] for each in subject["achievement"]["resultDescription"]}
    return {names[each["resultDescription"]]: each["value"] for each in subject["result"] if "value" in each}


@pytest.mark.parametrize(("readers", "blind"), [(2, True), (1, False)])
def test_a_program_reads_by_how_many_blind_or_not_and_by_which_rubric(
    key: IssuingKey, make_award: MakeAward, version: Version, readers: int, blind: bool
) -> None:
    award = make_award(finding={**FINDING, "readers": readers, "blind": blind})
    assert told_in(award) == {
        "Number of assessors who judged the work": str(readers),
        "Whether the assessors saw whose work it was": "blind" if blind else "not blind",
        "SHA-256 digest of the rubric in canonical JSON (RFC 8785)": judgement.rubric_digest(version),
    }
    assert verifying.verify_award(award).verdict is Verdict.VALID


def test_every_criterion_has_its_result_and_every_result_is_described(award: Award) -> None:
    subject = (award.credential or {})["credentialSubject"]
    described = {each["id"]: each for each in subject["achievement"]["resultDescription"]}
    assert [each["resultDescription"] in described for each in subject["result"]] == [True] * 5
    reached = [each for each in subject["result"] if "achievedLevel" in each]
    for each in reached:
        levels = [level["id"] for level in described[each["resultDescription"]]["rubricCriterionLevel"]]
        assert each["achievedLevel"] in levels
    assert len(reached) == 2


def test_the_served_achievement_describes_what_its_badges_tell(award: Award, version: Version) -> None:
    served = published.achievement(version.uuid)
    assert served is not None
    carried = (award.credential or {})["credentialSubject"]["achievement"]
    assert served["resultDescription"] == carried["resultDescription"]


def test_the_number_of_readers_is_covered_by_the_signature(award: Award) -> None:
    credential: dict[str, Any] = dict(award.credential or {})
    results = credential["credentialSubject"]["result"]
    [count] = [each for each in results if each.get("value") == "2"]
    count["value"] = "3"
    assert verifying.verify_material(credential).step("proof").outcome is Outcome.FAILED


def test_what_an_earlier_round_had_met_is_said_of_it(version: Version) -> None:
    rubric = Design(version.document).rubric
    before = [{**each, "decided_by": "before"} for each in FINDING["criteria"]]  # type: ignore[attr-defined]
    one = read_finding({**FINDING, "criteria": [before[0], FINDING["criteria"][1]]}, rubric=rubric)  # type: ignore[index]
    assert one.sentence.endswith("1 criterion had been met in an earlier round and was not judged again.")
    both = read_finding({**FINDING, "criteria": before}, rubric=rubric)
    assert both.sentence.endswith("2 criteria had been met in an earlier round and were not judged again.")
    assert "earlier round" not in read_finding(FINDING, rubric=rubric).sentence


def test_what_a_lead_assessor_decided_is_said_of_it(version: Version) -> None:
    rubric = Design(version.document).rubric
    led = [{**FINDING["criteria"][0], "decided_by": "lead"}, FINDING["criteria"][1]]  # type: ignore[index]
    found = read_finding({**FINDING, "criteria": led}, rubric=rubric)
    assert found.sentence.endswith("They differed on 1 criterion, which a lead assessor decided.")


def test_an_earlier_level_that_is_not_met_is_no_criterion_that_had_been_met(version: Version) -> None:
    found = {**FINDING, "criteria": [{**FINDING["criteria"][0], "met": False, "decided_by": "before"}]}  # type: ignore[index]
    assert "earlier round" not in read_finding(found, rubric=Design(version.document).rubric).sentence
