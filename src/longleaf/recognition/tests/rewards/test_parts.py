"""Rewards that are paid in parts, and who is reminded of what."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment import starting
from longleaf.awards import revoking
from longleaf.directory import enrolling
from longleaf.directory.status import Role
from longleaf.kit.errors import WrongState
from longleaf.recognition.models import RewardPayment, RewardPromise
from longleaf.recognition.rewards import equity, paying, promising, queries, reminding, settling
from longleaf.recognition.rewards.errors import PaidBefore, UnusablePayment
from longleaf.recognition.rewards.status import PromiseStatus
from longleaf.recognition.tests.rewards.offers import earn, money, stipend
from longleaf.reminders.models import Reminder
from longleaf.reminders.reminding import remind
from tests import cast

TODAY = timezone.localdate


@pytest.fixture
def source(district: Any, psu_officer: Any) -> Any:
    return money(district, psu_officer)


@pytest.fixture
def offer(district: Any, psu_officer: Any, version: Any, source: Any) -> Any:
    return stipend(district, psu_officer, version, source=source)


@pytest.fixture
def award(offer: Any, educator: Any, version: Any) -> Any:
    promising.ask(offer=offer, acting_person=educator)
    made = earn(educator, version)
    settling.see_what_is_earned()
    return made


@pytest.fixture
def promise(award: Any) -> RewardPromise:
    return RewardPromise.objects.get()


def pay(promise: RewardPromise, officer: Any, amount: str | None = None) -> RewardPayment:
    part = Decimal(amount) if amount else None
    return paying.pay(promise=promise, paid_on=TODAY(), amount=part, acting_person=officer)


def parts(district: Any) -> list[Decimal]:
    (budget,) = queries.budgets_of([district])
    assert budget.source.committed == budget.promised + budget.due + budget.paid
    return [budget.promised, budget.due, budget.paid, budget.free]


def text_of(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_the_rest_stays_due_until_all_of_it_is_paid(promise, district, psu_officer):
    pay(promise, psu_officer, "200")
    promise.refresh_from_db()
    assert (promise.status, promise.left, parts(district)) == (PromiseStatus.DUE, 300, [0, 300, 200, 500])
    last = pay(promise, psu_officer)
    promise.refresh_from_db()
    assert (promise.status, last.amount, parts(district)) == (PromiseStatus.PAID, 300, [0, 0, 500, 500])
    with pytest.raises(WrongState):
        pay(promise, psu_officer, "1")


@pytest.mark.parametrize("amount", ["500.01", "0.00", "-1", "0.005"])
def test_no_part_is_more_than_what_is_left_nor_nothing(amount, promise, psu_officer):
    with pytest.raises(UnusablePayment) as refused:
        pay(promise, psu_officer, amount)
    assert "amount" in refused.value.fields
    assert not RewardPayment.objects.exists()


def test_a_part_is_taken_back_by_itself(promise, district, psu_officer):
    first = pay(promise, psu_officer, "200")
    pay(promise, psu_officer)
    paying.reverse(payment=first, reason="It bounced.", acting_person=psu_officer)
    promise.refresh_from_db()
    assert (promise.status, promise.left, parts(district)) == (PromiseStatus.DUE, 200, [0, 200, 300, 500])


def test_what_was_paid_of_a_promise_that_lapses_is_gone_until_it_is_taken_back(
    promise, award, district, psu_officer, issuing_officer, offer
):
    first = pay(promise, psu_officer, "200")
    revoking.revoke(award=award, reason="Issued in error.", acting_person=issuing_officer)
    settling.see_what_is_earned()
    assert parts(district) == [300, 0, 200, 500]
    settling.see_what_is_earned(today=offer.earn_by + timedelta(days=1))
    assert parts(district) == [0, 0, 200, 800]
    paying.reverse(payment=first, reason="Not earned after all.", acting_person=psu_officer)
    assert parts(district) == [0, 0, 0, 1000]


def test_money_that_is_taken_back_serves_whoever_waits(promise, award, district, psu_officer, issuing_officer, offer):
    first = pay(promise, psu_officer, "500")
    paying.reverse(payment=first, reason="It bounced.", acting_person=psu_officer)
    first = pay(promise, psu_officer, "200")
    revoking.revoke(award=award, reason="Issued in error.", acting_person=issuing_officer)
    settling.see_what_is_earned()
    settling.see_what_is_earned(today=offer.earn_by + timedelta(days=1))
    waiting = [
        promising.ask(offer=offer, acting_person=cast.make_person(f"Person {n}", (district, Role.EDUCATOR)))
        for n in range(2)
    ]
    assert [each.status for each in waiting] == [PromiseStatus.PROMISED, PromiseStatus.WAITING]
    paying.reverse(payment=first, reason="Not earned after all.", acting_person=psu_officer)
    waiting[1].refresh_from_db()
    assert waiting[1].status == PromiseStatus.PROMISED


def test_the_database_keeps_the_sum(promise):
    for wrong in ({"paid": 501}, {"paid": -1}, {"status": "paid"}):
        with pytest.raises(IntegrityError, match="reward_promise_pa"), transaction.atomic():
            RewardPromise.objects.update(**wrong)


def test_a_part_is_marked_on_the_page_and_by_a_file(promise, educator, psu_officer, client_of):
    office, page, today = client_of(psu_officer), reverse("rewards:due"), TODAY().isoformat()
    too_much = office.post(page, {"promise": [promise.ref], "paid_on": today, "amount": "501"})
    assert (too_much.status_code, 'value="501"' in text_of(too_much)) == (422, True)
    unread = office.post(page, {"promise": [promise.ref], "paid_on": today, "amount": "a lot"})
    assert (unread.status_code, "or leave it empty" in text_of(unread)) == (422, True)
    office.post(page, {"promise": [promise.ref], "paid_on": today, "amount": "$150"})
    assert "$350" in text_of(office.get(page))
    assert "$150 of it is paid, $350 is still to come." in text_of(client_of(educator).get(reverse("rewards:mine")))
    lines = b"".join(office.get(reverse("rewards:due-csv")).streaming_content).decode()
    assert ",350.00," in lines
    for amount, times in (("100", 1), ("250", 1), ("1", 0)):
        text = f"promise,amount,paid_on,reference\n{promise.ref},{amount},{today},NOV\n"
        office.post(reverse("rewards:paid"), {"lines": text, "do": "record"})
        assert RewardPayment.objects.filter(amount=amount).count() == times
    promise.refresh_from_db()
    assert promise.status == PromiseStatus.PAID


def test_the_same_part_sent_twice_is_recorded_once(promise, psu_officer):
    first = pay(promise, psu_officer, "200")
    with pytest.raises(UnusablePayment, match="Give another reference") as refused:
        pay(promise, psu_officer, "200")
    assert set(refused.value.fields) == {"reference"}
    paying.reverse(payment=first, reason="It bounced.", acting_person=psu_officer)
    pay(promise, psu_officer, "200")
    second = {"paid_on": TODAY(), "amount": Decimal(200), "reference": "SECOND", "acting_person": psu_officer}
    paying.pay(promise=promise, **second)
    with pytest.raises(UnusablePayment):
        paying.pay(promise=promise, **second | {"reference": " SECOND "})
    promise.refresh_from_db()
    assert promise.paid == 400


def test_what_is_left_may_be_as_much_as_the_part_before_it(promise, psu_officer):
    pay(promise, psu_officer, "250")
    pay(promise, psu_officer)
    promise.refresh_from_db()
    assert promise.status == PromiseStatus.PAID


def test_a_form_and_a_file_that_are_sent_twice_pay_a_part_once(promise, psu_officer, client_of):
    office, today = client_of(psu_officer), TODAY().isoformat()
    form = {"promise": [promise.ref], "paid_on": today, "amount": "150", "reference": "OCT"}
    first, second = [office.post(reverse("rewards:due"), form) for _ in range(2)]
    assert (first.status_code, second.status_code) == (302, 422)
    assert "Give another reference" in text_of(second)
    lines = f"promise,amount,paid_on,reference\n{promise.ref},100,{today},NOV\n"
    for _ in range(2):
        told = office.post(reverse("rewards:paid"), {"lines": lines, "do": "record"}, follow=True)
    assert "0 payments recorded" in text_of(told)
    assert "Give another reference" in text_of(office.post(reverse("rewards:paid"), {"lines": lines}))
    assert sorted(RewardPayment.objects.values_list("amount", flat=True)) == [100, 150]


def test_what_was_paid_in_part_and_given_up_is_not_asked_for_again(
    promise, award, offer, educator, version, psu_officer, issuing_officer, client_of
):
    first = pay(promise, psu_officer, "200")
    revoking.revoke(award=award, reason="Issued in error.", acting_person=issuing_officer)
    settling.see_what_is_earned()
    promising.give_up(promise=promise, acting_person=educator)
    with pytest.raises(PaidBefore):
        promising.ask(offer=offer, acting_person=educator)
    page = client_of(educator).get(reverse("rewards:offer", args=[offer.ref]))
    assert "Have it promised to me" not in text_of(page)
    starting.start(version=version, acting_person=educator)
    assert RewardPromise.objects.count() == 1
    paying.reverse(payment=first, reason="Not earned after all.", acting_person=psu_officer)
    assert promising.ask(offer=offer, acting_person=educator).status == PromiseStatus.PROMISED


def test_who_gets_rewards_counts_the_parts(promise, district, psu_officer):
    pay(promise, psu_officer, "200")
    assert {group.dollars for table in equity.tables(smallest=10) for group in table.groups if group.paid} == {200}


def test_the_payer_is_reminded_of_all_that_is_due_in_one_line(promise, psu_officer, educator, district):
    other = cast.make_person("Olga Other", (district, Role.PSU_OFFICER))
    dues = list(reminding.to_be_paid(timezone.now()))
    assert {due.person for due in dues} == {psu_officer.pk, other.pk}
    assert {due.about for due in dues} == {f"rewards-due:{district.code}"}
    assert dues[0].says.startswith("1 reward of")
    remind(now=timezone.now())
    assert not Reminder.objects.filter(kind="reward-to-pay").exists()
    remind(now=timezone.now() + timedelta(days=45))
    (told,) = Reminder.objects.filter(kind="reward-to-pay", person=psu_officer)
    assert ("1 reward" in told.says, educator.name in told.says) == (True, False)
    pay(promise, psu_officer)
    remind(now=timezone.now() + timedelta(days=45))
    assert not Reminder.objects.filter(kind="reward-to-pay", settled_at=None).exists()


def test_an_educator_is_told_what_is_earned_and_reminded_of_the_day(offer, educator, version, promise):
    remind(now=timezone.now())
    assert promise.ref in Reminder.objects.get(kind="reward-earned", person=educator).says
    RewardPromise.objects.update(status=PromiseStatus.PROMISED, due_on=None)
    remind(now=timezone.now() + timedelta(days=30))
    assert not Reminder.objects.filter(kind="reward-to-earn").exists()
    remind(now=timezone.now() + timedelta(days=86))
    assert "is yours if you earn it by" in Reminder.objects.get(kind="reward-to-earn", person=educator).says


def test_who_leaves_keeps_what_was_promised(offer, educator, version, psu_officer):
    promising.ask(offer=offer, acting_person=educator)
    yesterday = TODAY() - timedelta(days=1)
    enrolling.end_role(held=educator.roles.get(), acting_person=None, until=yesterday)
    earn(educator, version)
    settling.see_what_is_earned()
    pay(RewardPromise.objects.get(), psu_officer)
    assert RewardPromise.objects.get().status == PromiseStatus.PAID
