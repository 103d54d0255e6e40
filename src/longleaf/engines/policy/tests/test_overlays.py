"""A unit's own document over the state's policy: it may ask for more and never for less."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from longleaf.engines.policy import (
    EarnedCredit,
    PolicyError,
    Record,
    check_examples,
    ledger,
    overlaid,
)
from longleaf.engines.policy.tests.small_policy import LICENCE, ON, hours, small_policy

OURS: dict[str, Any] = {
    "overlay_of": "P",
    "by": "North unit",
    "id": "N",
    "title": "North unit's rules",
    "source_ids": [],
    "standing": "synthetic",
    "categories": [{"code": "salt", "title": "Salt"}],
    "parts": [
        {"roles": ["baker"], "category": "salt", "credits": 1, "takes": "salt"},
    ],
    "eligibility": [
        {
            "id": "salt",
            "title": "On salt",
            "when": {"kind": "topic", "among": ["salt"]},
            "source_ids": [],
            "standing": "synthetic",
        }
    ],
    "values": [
        {
            "id": "n-badge",
            "title": "Two for each badge",
            "of": "badge",
            "worth": {"kind": "fixed", "credits": 2},
            "source_ids": [],
            "standing": "synthetic",
        }
    ],
    "caps": [
        {
            "id": "n-cap",
            "title": "At most one mark of hours a year",
            "of": ["hour"],
            "at_most": 1,
            "per": "year",
            "source_ids": [],
            "standing": "synthetic",
        }
    ],
    "examples": [
        {
            "title": "A badge on salt, once the state's own parts have what they can get",
            "as_of": "2026-01-01",
            "licence": {"kind": "FULL", "role": "baker", "issued": "2022-07-01", "expires": "2027-06-30"},
            "credits": [
                {"id": "b", "kind": "badge", "earned_on": "2024-01-01", "topics": ["salt"]},
                {"id": "p", "kind": "prize", "earned_on": "2024-01-01"},
            ],
            "expect": {"required": 11, "counted": 6, "categories": {"salt": 1, "any": 5}},
        }
    ],
}


def ours(**changes: Any) -> dict[str, Any]:
    return {**OURS, **changes}


def test_it_asks_for_more_and_sets_its_value_while_rules_keep_their_names() -> None:
    badge = EarnedCredit("b", "badge", "Badge", None, ON, topics=frozenset({"salt"}))
    prize = EarnedCredit("p", "prize", "Prize", None, ON)
    policy = overlaid(small_policy(), OURS)
    found = ledger(policy, Record(LICENCE, (badge, prize)), on=ON)
    assert (found.total_required, found.total_counted) == (11, 6)
    assert {line.rule.id for line in found.lines} == {"V1.baker.any", "N.baker.salt"}
    assert {line.value_rule.id for line in found.lines} == {"n-badge", "v-prize"}
    assert [it.id for it in policy.overlays] == ["N"]


def test_its_cap_says_itself_where_it_is_reached() -> None:
    found = ledger(overlaid(small_policy(), OURS), Record(LICENCE, (hours("a", "30"),)), on=ON)
    assert [(line.counted, line.rule.id) for line in found.lines] == [(1, "V1.baker.any"), (0, "n-cap")]
    assert (found.lines[1].why_not or "").startswith(
        "2 marks not counted: At most one mark of hours a year (1 mark, from July 1, 2023 to June 30, 2024)."
    )


def test_what_it_cannot_say_stays_the_states() -> None:
    state, laid = small_policy(), overlaid(small_policy(), OURS)
    for name in ("licence_types", "roles", "unit", "plans", "splitting", "window"):
        assert getattr(laid, name) == getattr(state, name), name
        with pytest.raises(PolicyError):
            overlaid(state, OURS | {name: []})


def test_its_own_examples_are_checked_over_the_state() -> None:
    assert check_examples(overlaid(small_policy(), OURS)) == []


def test_what_the_state_asks_is_asked_still() -> None:
    before = ledger(small_policy(), Record(LICENCE), on=ON)
    after = ledger(overlaid(small_policy(), OURS), Record(LICENCE), on=ON)
    required = {line.code: line.required for line in after.categories}
    assert all(required[line.code] >= line.required for line in before.categories)
    assert after.total_required == before.total_required + Decimal(1)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"overlay_of": "Q"}, "overlay_of"),
        ({"by": None}, "by"),
        ({"id": "P"}, ""),
        ({"values": [{**OURS["values"][0], "of": "prize"}]}, "values[0].of"),
        ({"parts": [{**OURS["parts"][0], "category": "craft", "takes": "craft"}]}, "parts[0].category"),
        ({"parts": [{**OURS["parts"][0], "roles": ["guest"]}]}, "parts[0]"),
        ({"parts": [{**OURS["parts"][0], "takes": "magic"}]}, "parts[0].takes"),
        ({"parts": [{**OURS["parts"][0], "versions": ["V9"]}]}, "parts[0].versions"),
        ({"caps": [{**OURS["caps"][0], "within": "none"}]}, "caps[0].within"),
        ({"versions": []}, ""),
        ({"schema_version": 2}, "schema_version"),
    ],
)
def test_what_a_unit_may_not_do_is_named_by_its_place(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(PolicyError) as caught:
        overlaid(small_policy(), ours(**changes))
    assert where in [it.path for it in caught.value.mistakes]
