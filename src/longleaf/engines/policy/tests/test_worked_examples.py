"""The worked examples that the sources tell, each by itself, under the documents of the packs in this repository.

Each document carries test cases of its own, which run with every check of its pack; these are the ones that somebody
outside would hold a policy against, under names of their own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import yaml

from longleaf.engines.policy import (
    Decision,
    EarnedCredit,
    Licence,
    Outcome,
    Policy,
    Record,
    check_examples,
    ledger,
    overlaid,
    policy_from_document,
)
from longleaf.engines.policy.tests.test_state_packs import NC, STATES

ELSEWHERE = sorted((STATES / "nc" / "policy" / "elsewhere").glob("*.yaml"))
OVERLAYS = sorted((STATES / "nc" / "policy" / "overlays").glob("*.yaml"))
TEMPLATE = STATES.parent / "docs" / "examples" / "model-policy" / "renewal.yaml"
DOCUMENTED = sorted((STATES.parent / "docs" / "examples" / "local-overlays").glob("*.yaml"))
TODAY = date(2026, 11, 1)
SOMEBODY = Licence("any", "educator", None, None)
STATES_TOLD_OF = {
    *("AK", "AL", "AR", "CO", "DC", "DE", "FL", "GA", "ID", "IL", "KY", "LA", "MN", "MO", "NM", "PA", "RI", "SC"),
    *("TN", "TX", "UT", "VA", "VT", "WA", "WY"),
}


def elsewhere(name: str) -> Policy:
    file = STATES / "nc" / "policy" / "elsewhere" / f"{name}.yaml"
    return policy_from_document(yaml.safe_load(file.read_text("utf-8")))


def award(**told: object) -> EarnedCredit:
    return replace(EarnedCredit("mc", "micro_credential", "One", Decimal(15), date(2025, 10, 1)), **told)


def lacking(licence: Licence) -> dict[str, Decimal]:
    """What is missing for the teacher of the worked example: three credits of literacy and three of the subject."""
    earned = (
        EarnedCredit("reading", "clock_hour", "", Decimal(30), date(2023, 2, 10), topics=frozenset({"literacy"})),
        EarnedCredit(
            "number",
            "semester_hour",
            "",
            Decimal(2),
            date(2023, 5, 20),
            topics=frozenset({"mathematics"}),
            alignments=frozenset({"NCPTS-3B"}),
        ),
    )
    found = ledger(NC, Record(licence, earned), on=date(2023, 6, 1))
    return {line.code: line.missing for line in found.categories if line.missing}


def teacher(issued: date, expires: date) -> Licence:
    return Licence("CPL", "k5_teacher", issued, expires, areas=frozenset({"mathematics"}))


def test_a_k5_teacher_whose_license_expires_in_2027_lacks_two_general_credits() -> None:
    assert lacking(teacher(date(2022, 7, 1), date(2027, 6, 30))) == {"general": 2}


def test_the_same_teacher_is_measured_by_the_rule_of_2023_where_the_license_expired_then() -> None:
    assert lacking(teacher(date(2018, 7, 1), date(2023, 6, 30))) == {"digital_learning_competencies": 2}


@pytest.mark.parametrize(
    ("listed", "signed", "counted"), [(False, False, 0), (True, False, 0), (False, True, 0), (True, True, 6)]
)
def test_tennessee_gives_six_points_for_what_is_listed_and_signed(listed: bool, signed: bool, counted: int) -> None:
    credit = award(
        recognised_by=frozenset({"NC", "TN"} if listed else {"NC"}),
        decision=Decision(Outcome.APPROVED, "The director of schools", TODAY) if signed else None,
    )
    licence = Licence("PROFESSIONAL", "educator", date(2024, 7, 1), date(2030, 6, 30))
    assert ledger(elsewhere("tn"), Record(licence, (credit,)), on=TODAY).total_counted == counted


@pytest.mark.parametrize(("by", "amount"), [("UT", "0.5"), ("NC", "0")])
def test_utahs_half_credit_is_for_utahs_own(by: str, amount: str) -> None:
    found = ledger(elsewhere("ut"), Record(SOMEBODY, (award(recognised_by=frozenset({by})),)), on=TODAY)
    assert [climb.amount for climb in found.answers.climbs] == [Decimal(amount)]


def test_troys_first_lane_takes_36_board_credits_and_each_further_one_15() -> None:
    one = award(issuer="NEA", begun_on=date(2023, 1, 1), approved_on=date(2023, 1, 1), evidence_on=date(2025, 10, 1))
    many = tuple(replace(one, id=f"{n}", item=f"{n}") for n in range(51))
    for count, steps in ((35, 0), (36, 1), (50, 1), (51, 2)):
        [climb] = ledger(elsewhere("il-troy"), Record(SOMEBODY, many[:count]), on=date(2025, 12, 1)).answers.climbs
        assert (climb.amount, len(climb.reached)) == (count, steps)


def test_troys_agreement_of_2022_to_2026_binds_no_later_day() -> None:
    assert ledger(elsewhere("il-troy"), Record(SOMEBODY), on=date(2026, 6, 30)).answers.climbs
    assert not ledger(elsewhere("il-troy"), Record(SOMEBODY), on=date(2026, 7, 1)).answers.climbs


def test_every_state_that_is_known_is_told_of() -> None:
    assert {policy_from_document(yaml.safe_load(file.read_text("utf-8"))).jurisdiction for file in ELSEWHERE} == (
        STATES_TOLD_OF
    )


@pytest.mark.parametrize("file", ELSEWHERE, ids=lambda file: file.stem)
def test_its_examples_hold_and_what_was_not_found_gives_no_number(file) -> None:
    policy = policy_from_document(yaml.safe_load(file.read_text("utf-8")))
    assert [str(failure) for failure in check_examples(policy)] == []
    unknown = [value for value in policy.values if value.rule.standing == "not_found"]
    assert all(type(value.worth).__name__ == "NoValue" for value in unknown)


@pytest.mark.parametrize("file", [*OVERLAYS, *DOCUMENTED], ids=lambda file: file.stem)
def test_what_districts_ask_holds_over_the_states_policy(file) -> None:
    policy = overlaid(NC, yaml.safe_load(file.read_text("utf-8")))
    assert [str(failure) for failure in check_examples(policy)] == []


def test_the_template_is_sound_and_every_rule_that_the_page_on_model_policy_names_stands_in_it() -> None:
    document = yaml.safe_load(TEMPLATE.read_text("utf-8"))
    policy = policy_from_document(document)
    assert policy.examples
    assert [str(failure) for failure in check_examples(policy)] == []
    told = (STATES.parent / "docs" / "explanation" / "model-policy.md").read_text("utf-8")
    named = set(re.findall(r"`(MODEL-[\w-]+)`", told))
    assert len(named) >= 10
    assert named <= set(re.findall(r'id: "(MODEL-[^"]+)"', TEMPLATE.read_text("utf-8")))
