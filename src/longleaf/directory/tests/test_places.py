"""The tier of an organisation is that of the newest year that has begun."""

from __future__ import annotations

from datetime import date

import pytest

from longleaf.directory.models import Organisation
from longleaf.directory.places import tier_of

TIERS = [
    {"year": 2025, "tier": 2, "standing": "verified"},
    {"year": 2026, "tier": 1, "standing": "verified"},
    {"year": 2027, "tier": 3},
]


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2024, 12, 31), ("", "")),
        (date(2025, 1, 1), ("Tier 2", "verified")),
        (date(2026, 12, 31), ("Tier 1", "verified")),
        (date(2030, 1, 1), ("Tier 3", "")),
    ],
)
def test_the_newest_year_that_has_begun_tells_the_tier(on, told):
    assert tier_of(Organisation(facts={"place": {"tiers": TIERS}}), on) == told


def test_where_nothing_is_told_there_is_none():
    assert tier_of(Organisation(facts={}), date(2026, 1, 1)) == ("", "")
