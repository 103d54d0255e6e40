"""What tests of badges share: an issuer with a key, a badge, and a register that knows nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache

from longleaf.awards import issuing, keys
from longleaf.awards.models import Award, IssuingKey
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person

EARNED_AT = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
FINDING = {
    "readers": 2,
    "blind": True,
    "criteria": [
        {"code": "A", "met": True, "level": "demonstrated"},
        {"code": "B", "met": True, "level": "demonstrated"},
    ],
}
MakeAward = Callable[..., Award]


@pytest.fixture(autouse=True)
def _alone(settings: Any) -> None:
    """Upper floors add to badges elsewhere; here the register knows nobody and nothing stands beside a badge."""
    settings.RECOGNISER = "longleaf.awards.tests.registers.knows_nobody"
    settings.BADGE_ASIDES = []
    settings.PUBLIC_URL = "http://testserver"
    cache.clear()


@pytest.fixture
def key(issuer: Organisation) -> IssuingKey:
    return keys.create_key(organisation=issuer, acting_person=None)


@pytest.fixture
def make_award(educator: Person, version: Version) -> MakeAward:
    def made(occasion: str = "attempt:ATT-1", **changes: Any) -> Award:
        facts = {
            "earner": educator,
            "version": version,
            "finding": FINDING,
            "evidence": [],
            "earned_at": EARNED_AT,
            "acting_person": None,
            **changes,
        }
        return issuing.award(occasion=occasion, **facts)

    return made


@pytest.fixture
def award(key: IssuingKey, make_award: MakeAward) -> Award:
    return make_award()
