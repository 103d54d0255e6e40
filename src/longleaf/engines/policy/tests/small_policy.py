"""A small policy for tests: ten marks, some for craft, with every way of valuing."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from typing import Any

from longleaf.engines.policy import EarnedCredit, Licence, Policy, policy_from_document

SURE: dict[str, Any] = {"source_ids": ["law"], "standing": "verified"}

DOCUMENT: dict[str, Any] = {
    "id": "P",
    "title": "Small policy",
    "jurisdiction": "ZZ",
    **SURE,
    "unit": {"code": "mark", "title": "mark", "plural": "marks"},
    "roles": [
        {"code": "baker", "title": "Baker"},
        {"code": "bread_baker", "title": "Bread baker", "within": ["baker"]},
        {"code": "guest", "title": "Guest"},
    ],
    "licence_types": [
        {"code": "FULL", "title": "Full", "renewed_by_credits": True},
        {"code": "LIFE", "title": "For life", "renewed_by_credits": False, "settled": "Nothing is asked."},
    ],
    "categories": [
        {"code": "craft", "title": "Craft"},
        {"code": "field", "title": "Field"},
        {"code": "any", "title": "Any"},
    ],
    "kinds": [
        {"code": "hour", "title": "Hour", "measure": "hour", "measures": "hours"},
        {"code": "prize", "title": "Prize", "measure": "prize", "measures": "prizes"},
        {"code": "badge", "title": "Badge", "measure": "hour of effort", "measures": "hours of effort"},
        {"code": "old", "title": "Old thing", "measure": "thing", "measures": "things"},
    ],
    "eligibility": [
        {"id": "craft", "title": "Craft", "when": {"kind": "aligned", "to": ["S-3"]}, **SURE},
        {
            "id": "field",
            "title": "Field",
            "when": {"kind": "any_of", "conditions": [{"kind": "licence_area"}, {"kind": "recorded"}]},
            **SURE,
        },
        {"id": "anything", "title": "Anything", "when": {"kind": "anything"}, **SURE},
    ],
    "values": [
        {
            "id": "v-hour",
            "title": "Ten hours",
            "of": "hour",
            "worth": {"kind": "rate", "credits": 1, "per": 10},
            **SURE,
        },
        {"id": "v-prize", "title": "A prize", "of": "prize", "worth": {"kind": "fixed", "credits": 4}, **SURE},
        {
            "id": "v-badge",
            "title": "Local",
            "of": "badge",
            "worth": {"kind": "set_locally", "unless_set": "Ask."},
            **SURE,
        },
        {
            "id": "v-old",
            "title": "Ended",
            "of": "old",
            "worth": {"kind": "no_value", "because": "It ended."},
            "earned": {"from": "2021-01-01"},
            **SURE,
        },
    ],
    "window": {"id": "w", "title": "Within the period", "after_expiry": "It may revive it.", **SURE},
    "splitting": {"id": "s", "title": "Shares may be split", **SURE},
    "versions": [
        {
            "id": "V1",
            "title": "Ten marks",
            "licences_expiring": {"from": "2020-06-30", "before": "2030-06-30"},
            "cycle_years": 5,
            "total": 10,
            **SURE,
            "requirements": [
                {
                    "roles": ["baker"],
                    "parts": [
                        {"category": "craft", "credits": 3, "takes": "craft"},
                        {"category": "field", "credits": 2, "takes": "field"},
                        {"category": "any", "credits": 5, "takes": "anything"},
                    ],
                }
            ],
        }
    ],
    "notices": [
        {"id": "n1", "title": "For all", "text": "See the office.", **SURE},
        {"id": "n2", "title": "For guests", "text": "Be polite.", "roles": ["guest"], **SURE},
    ],
}

ON = date(2026, 1, 1)
LICENCE = Licence("FULL", "baker", date(2022, 7, 1), date(2027, 6, 30), frozenset({"rye"}))


def document(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(DOCUMENT), **changes}


def small_policy() -> Policy:
    return policy_from_document(document())


def hours(id: str, amount: str, day: date = date(2024, 1, 1), **more: Any) -> EarnedCredit:
    return EarnedCredit(id, "hour", f"Course {id}", Decimal(amount), day, **more)
