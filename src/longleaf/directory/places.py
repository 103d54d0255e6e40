"""What a state's pack tells of the place of an organisation: its locale, and its economic tier by year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation


def place_of(organisation: Organisation) -> Mapping[str, Any]:
    """All that is told of its place; empty where nothing is."""
    return (organisation.facts or {}).get("place") or {}


def tier_of(organisation: Organisation, on: date) -> tuple[str, str]:
    """Its tier in words, of the newest year that has begun by a day, and its standing; both empty without one."""
    begun = [each for each in place_of(organisation).get("tiers") or [] if each["year"] <= on.year]
    newest = max(begun, key=lambda each: int(each["year"]), default=None)
    return (f"Tier {newest['tier']}", str(newest.get("standing") or "")) if newest else ("", "")
