"""Short ways to enter money, to offer a reward, and to earn it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.recognition.models import FundingSource, RewardOffer
from longleaf.recognition.rewards import funding, offering
from longleaf.recognition.tests.factories import badge


def money(organisation: Organisation, officer: Person, *, budget: int | str = 1000, **facts: Any) -> FundingSource:
    told = {"name": "Title II, Part A", "kind": "federal", "fiscal_year": "2026-27", **facts}
    return funding.set_funding(organisation=organisation, budget=Decimal(budget), acting_person=officer, **told)


def stipend(
    organisation: Organisation,
    officer: Person,
    *versions: Version,
    source: FundingSource | None = None,
    schools: Any = (),
    **facts: Any,
) -> RewardOffer:
    """500 dollars for all of the versions, open from today for 30 days, to be earned within 90."""
    today = timezone.localdate()
    told = {
        "kind": "stipend",
        "title": "Stipend for reading coaches",
        "amount": Decimal(500),
        "valid_from": today,
        "valid_until": today + timedelta(days=30),
        "earn_by": today + timedelta(days=90),
        "conditions": "You lead one session for colleagues.",
        **facts,
    }
    return offering.offer(
        organisation=organisation,
        wording=offering.Wording(**told),
        among=offering.Among([each.micro_credential for each in versions], schools),
        funding=source,
        acting_person=officer,
    )


def earn(person: Person, version: Version, **facts: Any) -> Any:
    return badge(person, version, **{"earned_at": timezone.now(), **facts})
