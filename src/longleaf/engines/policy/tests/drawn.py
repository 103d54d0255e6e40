"""Policies and records drawn at random, of every kind of rule, need and limit, for what must hold of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from longleaf.engines.policy import (
    Approval,
    Decision,
    EarnedCredit,
    Licence,
    LocalValue,
    Outcome,
    Plan,
    PlanOutcome,
    Policy,
    Record,
    Score,
    policy_from_document,
)
from longleaf.engines.policy.tests.kinds import KINDS, document_of
from longleaf.engines.policy.tests.small_policy import SURE, document

DAYS = st.integers(-200, 2000).map(lambda days: date(2022, 7, 1) + timedelta(days=days))
TOPICS, CODES = ["rye", "wheat", "literacy", "media"], ["S-3A", "S-31", "S-4"]

CONDITIONS: list[dict[str, Any]] = [
    {"kind": "anything"},
    {"kind": "aligned", "to": ["S-3"]},
    {"kind": "topic", "among": ["rye"]},
    {"kind": "licence_area"},
    {"kind": "recorded"},
    {"kind": "credit_kind", "among": ["hour", "prize"]},
    {"kind": "earned", "from": "2024-01-01", "before": "2025-06-01"},
    {"kind": "prior_approval"},
    {"kind": "evidence_within", "days": 100},
    {"kind": "not", "condition": {"kind": "topic", "among": ["wheat"]}},
]
LATER_WORTH: dict[str, Any] = {
    "id": "v-hour-later",
    "title": "Five hours",
    "of": "hour",
    "worth": {"kind": "rate", "credits": 1, "per": 3},
    "earned": {"from": "2024-07-01"},
    **SURE,
}
CAPS: list[dict[str, Any]] = [
    {"id": "wide", "title": "Wide", "of": ["hour", "badge"], "at_most": "4.5", **SURE},
    {"id": "year", "title": "A year", "of": ["hour"], "at_most": 2, "per": "year", "within": "wide", **SURE},
    {"id": "prizes", "title": "Prizes", "of": ["prize"], "at_most": 6, "when": CONDITIONS[2], **SURE},
]
CARRIED: dict[str, Any] = {
    "id": "w",
    "title": "Within the period",
    "grace_days": 30,
    "carry_over": {"id": "carry", "title": "Carried over", "at_most": 2, "months": 6, **SURE},
    **SURE,
}
ADMISSION: dict[str, Any] = {
    "id": "in-time",
    "title": "In time",
    "of": ["prize"],
    "when": {"kind": "evidence_within", "days": 300},
    "otherwise": "It was proved too late.",
    **SURE,
}
GIVES: dict[str, Any] = {"kind": "rank", "to": "Master"}
RYE: dict[str, Any] = {"kind": "topic", "among": ["rye"]}
NEEDS: list[dict[str, Any]] = [
    {"kind": "credits", "at_least": 3, "when": RYE},
    {"kind": "credits", "at_least": 1, "when": {"kind": "program", "among": ["baking"]}, "in_year": 2},
    {"kind": "count", "at_least": 2, "when": {"kind": "anything"}},
    {"kind": "count", "at_least": 1, "when": CONDITIONS[6], "in_year": 2},
    {
        "kind": "from_groups",
        "at_least": 3,
        "when": {"kind": "credit_kind", "among": ["hour", "prize", "badge"]},
        "groups": [
            {"title": "Rye", "at_least": 1, "when": RYE},
            {"title": "Early", "at_least": 1, "when": CONDITIONS[6]},
            {"title": "Wheat", "at_least": 1, "when": {"kind": "topic", "among": ["wheat"]}},
        ],
    },
    {"kind": "stack", "among": ["loaves", "whole"]},
    {"kind": "program", "among": ["baking", "brewing"]},
    {"kind": "score_band", "exam": "content", "sem_below": 2},
    {"kind": "approval", "code": "signed", "title": "Signed"},
]
NEEDS += [
    {"kind": "any_of", "needs": [NEEDS[0], NEEDS[5]]},
    {"kind": "all_of", "needs": [NEEDS[2], {"kind": "any_of", "needs": [NEEDS[6], NEEDS[8]]}]},
]
TERMS: dict[str, Any] = {
    "stacks": [
        {"code": "loaves", "title": "Loaves", "pieces": ["bread", "salt"], **SURE},
        {"code": "whole", "title": "Whole", **SURE},
    ],
    "programs": [
        {"code": "baking", "title": "Baking", "approved": {"from": "2023-01-01", "before": "2025-01-01"}, **SURE},
        {"code": "brewing", "title": "Brewing", "approved": {"from": "2024-01-01"}, **SURE},
    ],
}
PLANS: dict[str, Any] = {"id": "pl", "title": "A plan", "may_waive": ["part0"], "reviewed": True, **SURE}
PLANS["of"] = ["hour", "prize", "badge"]
LADDER: dict[str, Any] = {
    "id": "lanes",
    "title": "Lanes",
    "counts": {"kind": "any_of", "conditions": [CONDITIONS[7], RYE]},
    "steps": [{"title": "First", "credits": 1}, {"title": "Further", "credits": "0.5", "repeats": True}],
    **SURE,
}


def result(number: int) -> dict[str, Any]:
    return {"id": f"result{number}", "title": "Given", "gives": GIVES, "needs": NEEDS[number], **SURE}


def obligation(number: int) -> dict[str, Any]:
    return {"id": f"asked{number}", "title": "Asked", "needs": NEEDS[number], "by_year": 2, **SURE}


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any parts with any conditions, and any of what limits, values and gives."""
    chosen = draw(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=4))
    wanted = draw(st.lists(st.sampled_from(["0.5", "1", "2.25", "4"]), min_size=len(chosen), max_size=len(chosen)))
    names = [f"part{n}" for n in range(len(chosen))]
    whole = document()
    version = {
        **whole["versions"][0],
        "total": str(sum(map(Decimal, wanted))),
        "requirements": [
            {
                "roles": ["baker"],
                "parts": [
                    {"category": name, "credits": credits, "takes": name}
                    for name, credits in zip(names, wanted, strict=True)
                ],
            }
        ],
    }
    if draw(st.booleans()):
        version = {**version, "cycle": "year", "cycle_years": 1}
    changes: dict[str, Any] = {
        "categories": [{"code": name, "title": name} for name in names],
        "eligibility": [
            {"id": name, "title": name, "when": condition, **SURE}
            for name, condition in zip(names, chosen, strict=True)
        ],
        "versions": [version],
    }
    some = {
        "caps": CAPS[: draw(st.integers(1, 3))],
        "window": CARRIED,
        "values": [LATER_WORTH, *[it | _until_later(it) for it in whole["values"]]],
        "admissions": [ADMISSION],
        "units": {"id": "u", "title": "As a unit", "of": ["prize"], **SURE},
        "results": [result(number) for number in draw(st.sets(st.integers(0, len(NEEDS) - 1), max_size=4))],
        "obligations": [obligation(draw(st.integers(0, len(NEEDS) - 1)))],
        "ladders": [LADDER],
        "plans": PLANS,
    }
    chosen = {key: it for key, it in some.items() if draw(st.booleans())}
    return policy_from_document(document(**changes, **TERMS, **chosen))


# The policies of all kinds of rule, by the kind.
BY_KIND: Mapping[str, Policy] = {kind: policy_from_document(document_of(kind)) for kind in KINDS}
ITEMS = (
    "",
    "bread",
    "salt",
    "whole",
    "loaves",
    "baking",
    "brewing",
    "reading",
    "coding",
    "loops",
    "lists",
    "literacy",
    "foundations",
)


def _until_later(value: dict[str, Any]) -> dict[str, Any]:
    return {"earned": {"before": "2024-07-01"}} if value["of"] == "hour" else {}


@st.composite
def records(
    draw: st.DrawFn, licence: Licence, kinds: Sequence[str], topics: Sequence[str], items: Sequence[str] = ITEMS
) -> Record:
    """Anything that somebody may have earned, with decisions, approvals and plans.

    Half of the records have nothing for which the whole reckoning is needed.
    """
    whole = draw(st.booleans())
    days = st.none() | DAYS
    decisions = st.none() | st.builds(Decision, st.sampled_from(Outcome), st.just("The board"), days)
    values = st.none() | st.builds(
        LocalValue, st.decimals("0", "5", places=2), st.just("North"), st.just("ours"), per_hour=st.booleans()
    )
    pieces = st.frozensets(st.sampled_from(["c0", "c1"]), max_size=1) if whole else st.just(frozenset[str]())
    used = st.sampled_from([Decimal(0), Decimal("0.5"), *([Decimal("0.00001")] if whole else [])])
    return Record(
        licence,
        tuple(
            EarnedCredit(
                id=f"c{n}",
                kind=draw(st.sampled_from(kinds)),
                title=f"Credit {n}",
                amount=draw(st.none() | st.decimals("0.1", "99.9", places=1)),
                earned_on=draw(DAYS),
                alignments=draw(st.frozensets(st.sampled_from(CODES))),
                topics=draw(st.frozensets(st.sampled_from(topics))),
                value=draw(values),
                begun_on=draw(days),
                approved_on=draw(days),
                evidence_on=draw(days),
                decision=draw(decisions),
                pieces=draw(pieces) - {f"c{n}"},
                counted_before=draw(used),
                item=draw(st.sampled_from(items)),
                level=draw(st.sampled_from(["", "stack", "bundle", "4", "5"])),
                issuer=draw(st.sampled_from(["", "ZZ", "Elsewhere"])),
                issuer_kind=draw(st.sampled_from(["", "university", "third party"])),
                recognised_by=draw(st.frozensets(st.just("ZZ"))),
                program=draw(st.sampled_from(["", "", "baking"])),
                stack=draw(st.sampled_from(["", "", "whole", "coding"])),
                published=draw(st.none() | st.decimals("0.5", "20", places=1)),
            )
            for n in range(draw(st.integers(0, 8)))
        ),
        approvals=tuple(Approval("signed", "The head", day) for day in draw(st.lists(DAYS, max_size=1))),
        plans=tuple(draw(st.lists(plans(), max_size=2, unique_by=lambda it: it.id))) if whole else (),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    first = draw(DAYS)
    return Plan(
        id=draw(st.sampled_from(["p1", "p2"])),
        title="North plan",
        set_by="North",
        first=first,
        until=draw(st.none() | st.integers(0, 900).map(lambda days: first + timedelta(days=days))),
        reviewed_on=draw(st.sampled_from([None, first])),
        waives=draw(st.frozensets(st.sampled_from(["part0", "part1", "craft", "any"]))),
        outcomes=tuple(
            PlanOutcome("Shown", draw(st.integers(1, 2)), draw(st.frozensets(st.sampled_from(["bread", "salt"]))))
            for _ in range(draw(st.integers(1, 2)))
        ),
    )


@st.composite
def licences(draw: st.DrawFn, policy: Policy) -> Licence:
    """A licence that a policy knows; its days may be unknown, and leap days too."""
    expires = draw(st.sampled_from([date(2027, 6, 30), date(2028, 2, 29), date(2026, 1, 1)]))
    return Licence(
        kind=draw(st.sampled_from([it.code for it in policy.licence_types])),
        role=draw(st.sampled_from([it.code for it in policy.roles])),
        issued=draw(st.sampled_from([None, date(2022, 7, 1), date(2024, 2, 29)])),
        expires=expires,
        areas=draw(st.frozensets(st.sampled_from(["rye", "literacy"]))),
        scores=draw(st.sampled_from([{}, {"content": Score(Decimal(142), Decimal(150), Decimal(4))}])),
    )


@st.composite
def cases(draw: st.DrawFn, policy: Policy) -> Record:
    """A record for any licence of a policy."""
    kinds = [it.code for it in policy.kinds]
    return draw(records(draw(licences(policy)), kinds, ["rye", "wheat", "literacy", "content", "teaching"]))
