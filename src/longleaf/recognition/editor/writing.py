"""A document written out as text that people edit, for a draft that begins from one without a text of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

# Databases do not keep the order of names; people expect this one.
FIRST = (
    *("schema_version", "purpose", "id", "title", "code", "kind", "jurisdiction", "overlay_of", "by"),
    *("unit", "year_starts", "of", "category", "credits", "per", "at_most", "at_least", "when", "worth", "gives"),
    *("roles", "licences", "licence_types", "categories", "kinds", "levels", "lists", "programs", "stacks"),
    *("eligibility", "values", "admissions", "caps", "units", "window", "splitting", "plans"),
    *("licences_expiring", "in_force", "earned", "cycle", "cycle_years", "total", "needs", "text", "takes"),
    *("source_ids", "standing", "note", "requirements", "parts", "versions"),
    *("results", "obligations", "ladders", "notices"),
    *("as_of", "licence", "issued", "expires", "areas", "earned_on", "amount", "expect"),
)
LAST = ("examples",)
_PLACE = {name: number for number, name in enumerate(FIRST)}


class _Writer(yaml.SafeDumper):
    """Small things on one line, large ones on many; nothing is shortened to an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_text(document: Mapping[str, Any]) -> str:
    """The document as YAML in an order that reads well."""
    return yaml.dump(
        _ordered(document), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=116, default_flow_style=None
    )


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: (name in LAST, _PLACE.get(name, len(FIRST)), name))
        return {name: _ordered(value[name]) for name in names}
    return [_ordered(each) for each in value] if isinstance(value, list | tuple) else value
