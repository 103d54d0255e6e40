"""Promises: made in the words of the day, first come, first served, and never more than there is."""

from __future__ import annotations

import random
import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from longleaf.assessment import starting
from longleaf.awards import revoking
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import Refusal, WrongState
from longleaf.recognition.models import FundingSource, RewardOffer, RewardPayment, RewardPromise
from longleaf.recognition.rewards import access, equity, offering, paying, promising, queries, settling
from longleaf.recognition.rewards.errors import (
    NoSuchReward,
    NotEarned,
    NotForYou,
    NotYourBudget,
    OfferNotOpen,
    ReversedBefore,
    UnusableFunding,
    UnusableOffer,
    UnusablePayment,
)
from longleaf.recognition.rewards.status import PromiseStatus
from longleaf.recognition.tests.factories import license_for, load
from longleaf.recognition.tests.rewards.offers import earn, money, stipend
from tests import cast


@pytest.fixture
def source(district, psu_officer):
    return money(district, psu_officer)


@pytest.fixture
def offer(district, psu_officer, version, source):
    return stipend(district, psu_officer, version, source=source)


def ask(offer, person):
    return promising.ask(offer=offer, acting_person=person)


def due(offer, person, version):
    promise = ask(offer, person)
    earn(person, version)
    settling.see_what_is_earned()
    promise.refresh_from_db()
    return promise


def pay(promise, officer, **facts):
    return paying.pay(promise=promise, paid_on=timezone.localdate(), acting_person=officer, **facts)


def statuses():
    return list(RewardPromise.objects.order_by("asked_at", "pk").values_list("status", flat=True))


def parts(district):
    (budget,) = queries.budgets_of([district])
    return [budget.promised, budget.due, budget.paid, budget.free]


def test_starting_an_attempt_promises_what_is_offered_in_the_words_of_the_day(offer, version, educator, district):
    starting.start(version=version, acting_person=educator)
    promise = RewardPromise.objects.get()
    assert (promise.status, promise.amount, promise.educator) == (PromiseStatus.PROMISED, 500, educator)
    assert promise.terms["conditions"] == "You lead one session for colleagues."
    assert [each["slug"] for each in promise.terms["micro_credentials"]] == [version.micro_credential.slug]
    assert parts(district) == [500, 0, 0, 500]


def test_asking_twice_promises_once_and_starting_after_asking_too(offer, version, educator):
    assert ask(offer, educator) == ask(offer, educator)
    starting.start(version=version, acting_person=educator)
    assert statuses() == [PromiseStatus.PROMISED]


def test_ending_an_offer_changes_no_promise_and_ends_the_waiting_list(offer, educator, other_educator, psu_officer,
                                                                      district):  # fmt: skip
    third = cast.make_person("Tara Third", (district, Role.EDUCATOR))
    promise = ask(offer, educator)
    ask(offer, other_educator)
    ask(offer, third)
    assert statuses() == [PromiseStatus.PROMISED, PromiseStatus.PROMISED, PromiseStatus.WAITING]
    before = promise.terms
    offering.end(offer=offer, acting_person=psu_officer)
    promise.refresh_from_db()
    assert (promise.status, promise.terms) == (PromiseStatus.PROMISED, before)
    assert statuses()[2] == PromiseStatus.ENDED
    with pytest.raises(OfferNotOpen):
        ask(offer, cast.make_person("Late Comer", (district, Role.EDUCATOR)))


def test_whoever_waits_is_served_in_order_when_money_comes_free(offer, educator, other_educator, district, psu_officer):
    third = cast.make_person("Tara Third", (district, Role.EDUCATOR))
    fourth = cast.make_person("Fay Fourth", (district, Role.EDUCATOR))
    first = ask(offer, educator)
    for person in (other_educator, third, fourth):
        ask(offer, person)
    waiting = RewardPromise.objects.get(educator=fourth)
    assert queries.place_in_line(waiting) == 2
    promising.give_up(promise=first, acting_person=educator)
    assert statuses() == ["given_up", "promised", "promised", "waiting"]
    money(district, psu_officer, budget=1500)
    assert statuses() == ["given_up", "promised", "promised", "promised"]
    assert parts(district) == [1500, 0, 0, 0]


def test_a_cap_without_money_is_kept_too(district, psu_officer, version, educator, other_educator):
    role = {"kind": "advanced_role", "what": "Reading coach", "amount": Decimal(0), "cap": 1}
    offer = stipend(district, psu_officer, version, **role)
    ask(offer, educator)
    waiting = ask(offer, other_educator)
    assert waiting.status == PromiseStatus.WAITING
    promising.give_up(promise=RewardPromise.objects.get(educator=educator), acting_person=educator)
    waiting.refresh_from_db()
    assert waiting.status == PromiseStatus.PROMISED


def test_nobody_is_passed_over_for_a_smaller_amount(district, psu_officer, version, source, educator, other_educator):
    large = stipend(district, psu_officer, version, source=source, amount=Decimal(800))
    small = stipend(district, psu_officer, version, source=source, amount=Decimal(100))
    third = cast.make_person("Tara Third", (district, Role.EDUCATOR))
    ask(large, educator)
    ask(large, other_educator)
    assert ask(small, third).status == PromiseStatus.WAITING


def test_earned_is_due_and_paid_and_a_reversal_makes_it_due_again(offer, version, educator, psu_officer, district):
    promise = due(offer, educator, version)
    assert (promise.status, promise.due_on) == (PromiseStatus.DUE, timezone.localdate())
    line = pay(promise, psu_officer, reference="November payroll")
    assert parts(district) == [0, 0, 500, 500]
    with pytest.raises(WrongState):
        pay(promise, psu_officer)
    paying.reverse(payment=line, reason="The account was closed.", acting_person=psu_officer)
    assert parts(district) == [0, 500, 0, 500]
    with pytest.raises(ReversedBefore):
        paying.reverse(payment=line, reason="Again.", acting_person=psu_officer)
    pay(promise, psu_officer)
    assert sum(RewardPayment.objects.values_list("amount", flat=True)) == 500
    with pytest.raises(TypeError):
        line.save()


def test_any_of_several_counts_each_once_and_only_while_the_promise_runs(
    district, psu_officer, version, state, issuer, source, educator
):
    others = [cast.publish(state, issuer, cast.make_document(name), []) for name in ("second", "third-one")]
    offer = stipend(district, psu_officer, version, *others, source=source, needed=2)
    promise = ask(offer, educator)
    earn(educator, version, earned_at=timezone.now() - timedelta(days=40))
    earn(educator, others[0])
    earn(educator, others[0])
    assert queries.mine(educator)[0].progress.earned == 1
    earn(educator, others[1])
    settling.see_what_is_earned()
    promise.refresh_from_db()
    assert promise.status == PromiseStatus.DUE


def test_a_badge_that_is_revoked_before_payment_is_owed_nothing(offer, version, educator, psu_officer, issuing_officer):
    promise = ask(offer, educator)
    award = earn(educator, version)
    settling.see_what_is_earned()
    revoking.revoke(award=award, reason="Issued in error.", acting_person=issuing_officer)
    with pytest.raises(NotEarned):
        pay(promise, psu_officer)
    settling.see_what_is_earned()
    promise.refresh_from_db()
    assert (promise.status, promise.due_on) == (PromiseStatus.PROMISED, None)


def test_what_is_not_earned_in_time_lapses_and_leaves_its_money(offer, educator, other_educator, district):
    ask(offer, educator)
    assert settling.see_what_is_earned(today=offer.earn_by) == 0
    assert settling.see_what_is_earned(today=offer.earn_by + timedelta(days=1)) == 1
    assert statuses() == [PromiseStatus.LAPSED]
    assert parts(district) == [0, 0, 0, 1000]


@pytest.mark.parametrize("seed", range(2))
def test_the_parts_add_up_to_the_budget_whatever_happens(
    seed, offer, version, district, psu_officer, source, state, issuer
):
    """Promised, due, paid and free are the budget, to the cent; what is committed and the ledger's lines agree."""
    chance = random.Random(seed)
    cents = stipend(district, psu_officer, version, source=source, amount=Decimal("133.37"), cap=3)
    people = [cast.make_person(f"Person {n}", (district, Role.EDUCATOR)) for n in range(5)]

    def one() -> None:
        promise = chance.choice(list(RewardPromise.objects.select_related("offer")) or [None])
        match chance.randrange(6 if promise else 1):
            case 0:
                ask(chance.choice([offer, cents]), chance.choice(people))
            case 1:
                promising.give_up(promise=promise, acting_person=promise.educator)
            case 2:
                earn(promise.educator, version)
            case 3:
                pay(promise, psu_officer, amount=chance.choice([None, Decimal("33.37"), Decimal(100)]))
            case 4:
                line = RewardPayment.objects.filter(promise=promise).order_by("-pk").first()
                if line:
                    paying.reverse(payment=line, reason="It bounced.", acting_person=psu_officer)
            case 5:
                money(district, psu_officer, budget=chance.choice([900, 1000, 2000]))

    for _ in range(40):
        try:
            with transaction.atomic():
                one()
        except Refusal:
            pass
        settling.see_what_is_earned()
        (budget,) = queries.budgets_of([district])
        assert budget.promised + budget.due + budget.paid + budget.free == budget.source.budget
        assert budget.source.committed == budget.promised + budget.due + budget.paid
        assert sum(RewardPayment.objects.values_list("amount", flat=True)) == budget.paid
        assert sum(RewardPromise.objects.values_list("paid", flat=True)) == budget.paid
        held = RewardOffer.objects.get(pk=cents.pk)
        assert held.taken == held.promises.filter(status__in=["promised", "due", "paid"]).count() <= 3
    assert budget.paid or budget.promised or budget.due


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_for_the_last_money_do_not_both_get_it(district, psu_officer, version):
    source = money(district, psu_officer, budget=700)
    offer = stipend(district, psu_officer, version, source=source)
    people = [cast.make_person(f"Person {n}", (district, Role.EDUCATOR)) for n in range(4)]
    barrier = threading.Barrier(len(people))

    def click(person):
        barrier.wait()
        try:
            ask(offer, person)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click, args=[person]) for person in people]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert sorted(statuses()) == ["promised", "waiting", "waiting", "waiting"]
    assert FundingSource.objects.get().committed == 500


def test_the_database_keeps_budget_and_cap(offer, source):
    with pytest.raises(IntegrityError, match="never_overdrawn"), transaction.atomic():
        FundingSource.objects.update(committed=1001)
    with pytest.raises(IntegrityError, match="keeps_its_cap"), transaction.atomic():
        RewardOffer.objects.update(cap=1, taken=2)


def test_offers_are_for_the_educators_whom_they_name(
    district, other_district, psu_officer, version, educator, stranger, offer, agency, state_officer
):
    neighbour = cast.make_person("Nora Neighbour", (other_district, Role.EDUCATOR))
    for person in (neighbour, stranger, psu_officer):
        with pytest.raises(NotForYou):
            ask(offer, person)
    of_state = stipend(agency, state_officer, version, source=money(agency, state_officer))
    assert ask(of_state, neighbour).status == PromiseStatus.PROMISED
    by_role = stipend(district, psu_officer, version, kind="other", what="A laptop", amount=Decimal(0),
                      licence_role="leader")  # fmt: skip
    with pytest.raises(NotForYou):
        ask(by_role, educator)


def test_a_role_is_that_of_the_license_that_holds_and_the_broader_ones_of_it(
    district, psu_officer, version, educator, state
):
    roles = [
        {"code": "teacher", "title": "Teacher"}, {"code": "leader", "title": "Leader"},
        {"code": "reading", "title": "Teacher of reading", "within": ["teacher"]},
    ]  # fmt: skip
    load(state, roles=roles)
    today = timezone.localdate()
    license_for(educator, state, role="reading")
    license_for(educator, state, role="leader", kind="LIFE", expires=date(2099, 6, 30), ended_on=date(2025, 6, 30))
    facts = {"kind": "other", "what": "A laptop", "amount": Decimal(0)}
    broader, ended = (stipend(district, psu_officer, version, licence_role=it, **facts) for it in ("teacher", "leader"))
    assert access.licence_roles_of(educator, on=today) == ("reading", "teacher")
    assert ask(broader, educator).licence_role == "reading"
    with pytest.raises(NotForYou):
        ask(ended, educator)
    table = next(each for each in equity.tables(smallest=0) if each.title == "Role on the license")
    assert {group.title: group.educators for group in table.groups} == {"Teacher of reading": 1}


@pytest.mark.parametrize("who", ["educator", "stranger", "issuing_officer", "state_officer", "neighbour"])
def test_only_an_officer_of_the_payer_offers_ends_and_pays(
    who, request, offer, version, educator, district, other_district, psu_officer
):
    person = (
        cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
        if who == "neighbour"
        else request.getfixturevalue(who)
    )
    promise = due(offer, educator, version)
    for refused in (
        lambda: money(district, person),
        lambda: stipend(district, person, version, source=offer.funding),
        lambda: offering.end(offer=offer, acting_person=person),
    ):
        with pytest.raises(NotYourBudget):
            refused()
    with pytest.raises(NoSuchReward):
        pay(promise, person)


def test_nobody_pays_themselves(district, offer, version):
    both = cast.make_person("Bo Both", (district, Role.EDUCATOR), (district, Role.PSU_OFFICER))
    promise = due(offer, both, version)
    with pytest.raises(NoSuchReward):
        pay(promise, both)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("1.005")}, "amount"),
        ({"needed": 2}, "needed"),
        ({"kind": "lane"}, "what"),
        ({"kind": "leave"}, "hours"),
        ({"title": " "}, "title"),
        ({"valid_until": timezone.localdate() - timedelta(days=1)}, "valid_until"),
        ({"earn_by": timezone.localdate()}, "earn_by"),
        ({"cap": 0}, "cap"),
    ],
)
def test_an_unusable_offer_is_refused_at_its_field(facts, field, district, psu_officer, version, source):
    with pytest.raises(UnusableOffer) as refused:
        stipend(district, psu_officer, version, source=source, **facts)
    assert field in refused.value.fields


def test_a_budget_never_goes_below_what_is_committed(offer, educator, district, psu_officer):
    ask(offer, educator)
    with pytest.raises(UnusableFunding):
        money(district, psu_officer, budget=499)
    money(district, psu_officer, budget=500)


def test_a_payment_is_of_a_day_between_earning_and_today(offer, educator, version, psu_officer):
    promise = due(offer, educator, version)
    for days in (-1, 1):
        with pytest.raises(UnusablePayment):
            paying.pay(promise=promise, paid_on=timezone.localdate() + timedelta(days=days), acting_person=psu_officer)


def test_the_journal_tells_the_whole_story(offer, version, educator, psu_officer):
    line = pay(due(offer, educator, version), psu_officer)
    paying.reverse(payment=line, reason="It bounced.", acting_person=psu_officer)
    told = JournalLine.objects.filter(event__startswith="person:reward").order_by("pk").values_list("event", flat=True)
    assert list(told) == [
        f"person:reward:{word}" for word in ("asked", "promised", "due", "paid", "payment-reversed")
    ]  # fmt: skip
