"""Payrolls, single payments and beginnings that meet: each is served, and nobody waits for whoever waits for them.

Every one of them locks offers and the turn to write to the journal. Run several times, with real threads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from longleaf.assessment import starting
from longleaf.assessment.models import Attempt
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.verifying import verify
from longleaf.panels.tests.factories import at_the_same_moment
from longleaf.recognition.models import FundingSource, RewardOffer, RewardPayment, RewardPromise
from longleaf.recognition.rewards import paying, promising, settling
from longleaf.recognition.rewards.status import PromiseStatus
from longleaf.recognition.tests.rewards.offers import earn, money, stipend
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
OFFERS = 6
TIMES = 2


@pytest.fixture
def offers(district: Organisation, psu_officer: Person, version: Version) -> list[RewardOffer]:
    """Half of them are paid from one source, one costs nothing, and each other has a source of its own."""
    shared = money(district, psu_officer, budget=100_000)
    sources = [shared, shared, shared, *(money(district, psu_officer, name=f"Gift {n}") for n in range(2))]
    paid = [stipend(district, psu_officer, version, source=each, amount=Decimal(1)) for each in sources]
    free: dict[str, Any] = {"kind": "lane", "what": "Lane B", "amount": Decimal(0)}
    return [*paid, stipend(district, psu_officer, version, **free)]


def due_of(offers: list[RewardOffer], person: Person, version: Version) -> list[RewardPromise]:
    for offer in offers:
        promising.ask(offer=offer, acting_person=person)
    earn(person, version)
    settling.see_what_is_earned()
    return list(RewardPromise.objects.filter(educator=person).select_related("offer"))


def all_at_once(*acts: Callable[[], Any]) -> None:
    got = at_the_same_moment(*acts)
    assert not [each for each in got if isinstance(each, Exception)], got


def pay(officer: Person, *promises: RewardPromise, amount: Decimal | None = None) -> Callable[[], Any]:
    today: date = timezone.localdate()
    return lambda: paying.pay_several(promises=promises, paid_on=today, amount=amount, acting_person=officer)


def test_a_payroll_of_many_offers_meets_payments_of_single_ones(
    district: Organisation, psu_officer: Person, version: Version, offers: list[RewardOffer]
) -> None:
    for time in range(TIMES):
        first, second = (cast.make_person(f"Earner {word} {time}", (district, Role.EDUCATOR)) for word in "AB")
        one, other = due_of(offers, first, version), due_of(offers, second, version)
        all_at_once(pay(psu_officer, *one), *(pay(psu_officer, each) for each in other[::-1]))
    assert RewardPayment.objects.count() == TIMES * 2 * OFFERS
    assert set(RewardPromise.objects.values_list("status", flat=True)) == {PromiseStatus.PAID}
    assert verify().first_break is None


def test_beginnings_under_many_offers_meet_payments(
    district: Organisation, psu_officer: Person, version: Version, offers: list[RewardOffer]
) -> None:
    for time in range(TIMES):
        paid = cast.make_person(f"Earner {time}", (district, Role.EDUCATOR))
        new = [cast.make_person(f"Beginner {time} {n}", (district, Role.EDUCATOR)) for n in range(3)]
        dues = due_of(offers, paid, version)
        begin = [lambda person=person: starting.start(version=version, acting_person=person) for person in new]
        all_at_once(*begin, *(pay(psu_officer, each) for each in dues))
    assert Attempt.objects.count() == TIMES * 3
    assert RewardPromise.objects.filter(status=PromiseStatus.PROMISED).count() == TIMES * 3 * OFFERS
    committed = sum(each.committed for each in FundingSource.objects.all())
    assert committed == RewardPromise.objects.filter(amount=1).count()


def test_a_part_that_is_sent_by_two_clicks_is_paid_once(
    district: Organisation, psu_officer: Person, version: Version
) -> None:
    offer = stipend(district, psu_officer, version, source=money(district, psu_officer, budget=100_000))
    for time in range(TIMES):
        person = cast.make_person(f"Earner {time}", (district, Role.EDUCATOR))
        due_of([offer], person, version)
        promise = RewardPromise.objects.select_related("offer").get(educator=person)
        got = at_the_same_moment(*[pay(psu_officer, promise, amount=Decimal(200))] * 2)
        assert sum(isinstance(each, Exception) for each in got) == 1, got
        assert RewardPayment.objects.filter(promise=promise).count() == 1
