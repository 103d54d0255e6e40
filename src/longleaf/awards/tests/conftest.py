"""What tests of badges share: an issuer with a key, a badge, and a register that knows nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache

from longleaf.awards import issuing
from longleaf.awards.bulk import awarding as awarding_in_bulk
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, BulkAward, IssuingKey
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
JUDGED = "A panel of three read each portfolio on paper, by the rubric of this version."
MakeAward = Callable[..., Award]


@pytest.fixture(autouse=True)
def _alone(settings: Any) -> None:
    """Upper floors add to badges elsewhere; here the register knows nobody and nothing stands beside a badge."""
    settings.RECOGNISER = "longleaf.awards.tests.registers.knows_nobody"
    settings.BADGE_ASIDES = []
    settings.EVIDENCE_PIECES = "longleaf.awards.tests.registers.pieces_of"
    settings.FURTHER_IN_RECORD = "longleaf.awards.tests.registers.nothing_further"
    settings.EVIDENCE_FILE = "longleaf.awards.tests.registers.file_of"
    settings.PUBLIC_URL = "http://testserver"
    cache.clear()


@pytest.fixture
def key(issuer: Organisation) -> IssuingKey:
    return signing_keys.create_key(organisation=issuer, acting_person=None)


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


@pytest.fixture
def hand_in(version: Version, issuing_officer: Person) -> Callable[..., BulkAward]:
    def handed_in(content: str, **changes: Any) -> BulkAward:
        facts = {
            "version": version,
            "file_name": "cohort.csv",
            "judged": JUDGED,
            "day": date(2026, 5, 29),
            "acting_person": issuing_officer,
            **changes,
        }
        return awarding_in_bulk.hand_in(content=content.encode(), **facts)

    return handed_in


@pytest.fixture
def confirmed(hand_in: Callable[..., BulkAward], issuing_officer: Person) -> Callable[[str], BulkAward]:
    def made(content: str) -> BulkAward:
        return awarding_in_bulk.confirm(bulk_award=hand_in(content), acting_person=issuing_officer)

    return made
