"""What the parts and names of a policy document are called on a page. Codes of a state are told by its own titles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

# The lists of a document that hold rules, in the order in which people read them.
SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "versions": "Dated versions: how much, for whom",
        "values": "What credits are worth",
        "caps": "Caps",
        "eligibility": "What categories take",
        "admissions": "What counts only on a condition",
        "window": "When credits must be earned",
        "splitting": "Sharing a credit",
        "units": "Stacks as units",
        "plans": "Local plans in place of hours",
        "results": "What is given",
        "obligations": "What is asked beside credits",
        "ladders": "Ladders of pay",
        "notices": "Notices",
        "licence_types": "Types of license",
        "roles": "Roles",
        "categories": "Categories",
        "kinds": "Kinds of credit",
        "lists": "Approved lists",
        "programs": "Programs",
        "stacks": "Stacks",
        "unit": "What is counted",
        "": "The policy itself",
        "examples": "Its own examples",
    }
)
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "after_expiry": "After expiry",
        "at_least": "At least",
        "at_most": "At most",
        "because": "Why there is no value",
        "before": "Before (this day not included)",
        "by_year": "By the end of year",
        "credits": "Credits",
        "cycle_years": "Years of a cycle",
        "from": "From (this day included)",
        "grace_days": "Days of grace",
        "in_force": "In force",
        "jurisdiction": "Whose policy",
        "kind": "Kind",
        "licences_expiring": "Licenses that expire",
        "of": "Kind of credit",
        "per": "Per",
        "renewed_by_credits": "Renewed by credits",
        "source_ids": "Sources",
        "standing": "Standing",
        "takes": "Takes",
        "total": "Total",
        "unless_set": "Where no value is set",
        "when": "When",
        "years": "Years",
    }
)
CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "licence": "in the period of the license",
        "year": "by the year",
        "cycle": "by the cycle",
        "true": "yes",
        "false": "no",
    }
)


def label_of(name: str) -> str:
    """A name of the document, as people read it."""
    return LABELS.get(name) or name.replace("_", " ").replace("licence", "license").capitalize()


def choice_of(word: str) -> str:
    return CHOICES.get(word) or word.replace("_", " ")


def listed(value: object) -> list[Any]:
    """The list at a place of a document as somebody typed it; empty where something else stands there."""
    return value if isinstance(value, list) else []
