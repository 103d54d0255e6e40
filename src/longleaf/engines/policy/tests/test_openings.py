"""What a policy holds open beside credits: told in words, and how far one credit goes toward it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from longleaf.engines.policy import EarnedCredit, Gift, Reach, openings, policy_from_document
from longleaf.engines.policy.results import GIFTS, TOLD

SURE = {"source_ids": [], "standing": "synthetic"}
ON = date(2026, 10, 1)
BADGE = {"kind": "credit_kind", "among": ["badge"]}


def opening(standing: str = "synthetic", **parts: Any) -> Any:
    sought = {"kind": "no_value", "because": "Sought."}
    value = {
        "id": "value", "title": "A value", "of": "badge", "source_ids": [], "standing": standing,
        "worth": {"kind": "fixed", "credits": 1} if standing == "synthetic" else sought,
    }  # fmt: skip
    document = {
        "id": "P", "title": "P", "jurisdiction": "MD", "purpose": "pay", **SURE,
        "unit": {"code": "credit", "title": "credit", "plural": "credits"},
        "kinds": [{"code": "badge", "title": "Badge", "measure": "hour", "measures": "hours"}],
        "values": [value], **parts,
    }  # fmt: skip
    credit = EarnedCredit(id="one", kind="badge", title="One", amount=Decimal(5), earned_on=ON)
    [found] = openings(policy_from_document(document), credit, on=ON)
    return found


def lanes(**changes: Any) -> dict[str, Any]:
    steps = [{"title": "Lane 2", "credits": 2}]
    return {"ladders": [{"id": "L", "title": "Lanes", "counts": BADGE, "steps": steps, **SURE, **changes}]}


def test_every_kind_of_gift_has_words() -> None:
    assert TOLD.keys() == GIFTS.keys()
    for kind, (needed, possible) in GIFTS.items():
        told = Gift(kind, {key: f"<{key}>" for key in (*needed, *possible)}).told
        assert [key for key in (*needed, *possible) if f"<{key}>" not in told] == []


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("rank", {"to": "II", "from": "III", "amount": "1000", "currency": "USD", "per": "year"},
         "Rank II, from rank III (1000 USD per year)"),
        ("stipend", {"amount": "500", "currency": "USD"}, "Stipend: 500 USD"),
        ("stipend", {"amount": "500", "currency": "USD", "per": "year"}, "Stipend: 500 USD per year"),
        ("leave", {"what": "study leave", "days": "2", "per": "year"}, "Leave: study leave (2 days per year)"),
    ],
)  # fmt: skip
def test_gifts_are_told_in_plain_words(kind: str, data: dict[str, str], told: str) -> None:
    assert Gift(kind, data).told == told


@pytest.mark.parametrize(("at_least", "reach"), [(1, Reach.WHOLE), (2, Reach.PART)])
def test_a_duty_of_a_later_year_is_held_against_that_year(at_least: int, reach: Reach) -> None:
    needs = {"kind": "count", "at_least": at_least, "in_year": 3, "when": BADGE}
    found = opening(obligations=[{"id": "O", "title": "A duty", "by_year": 3, "needs": needs, **SURE}])
    assert (found.reach, found.is_known) == (reach, True)


def test_a_step_is_reached_or_nearer_and_unknown_where_the_value_was_not_found() -> None:
    assert opening(**lanes()).reach is Reach.PART
    assert opening(**lanes(steps=[{"title": "Lane 2", "credits": 1}])).reach is Reach.WHOLE
    assert opening(**lanes(counts={"kind": "prior_approval"})).reach is Reach.NOT
    found = opening("not_found", **lanes())
    assert (found.reach, found.is_known, found.says) == (Reach.UNKNOWN, False, "Sought.")


def test_outside_its_days_it_does_not_hold() -> None:
    assert not opening(**lanes(in_force={"before": "2026-10-01"})).holds
    assert opening(**lanes(in_force={"from": "2026-10-01"})).holds
