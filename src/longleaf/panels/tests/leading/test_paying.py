"""Work, fees and the ledger: what counts when, what is paid once, and who records it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.dates import business_days_between
from longleaf.panels import rating
from longleaf.panels.errors import (
    FeeStands,
    NoSuchMember,
    NothingToPay,
    OwnPay,
    PayHasChanged,
    PaymentTakenBack,
    ReasonMissing,
    UnusableFee,
    UnusablePeriod,
)
from longleaf.panels.instruments import overt_kind
from longleaf.panels.leading import paying
from longleaf.panels.leading.fees import Fee, fee_on, fees_of, set_fees
from longleaf.panels.leading.workload import Period, Work, work_in
from longleaf.panels.models import Assignment, Panel, Payment
from longleaf.panels.status import PanelStatus
from longleaf.panels.tests.factories import KIND, at_the_same_moment, convene, read, seat_of
from longleaf.panels.tests.leading.judged import judge

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def pool(issuer: Organisation, first_assessor: Person, second_assessor: Person) -> Organisation:
    set_fees(pool=issuer, wanted=[Fee(LONG_AGO, Decimal("25.00"), "USD")], acting_person=None)
    return issuer


@pytest.fixture
def judged(pool: Organisation) -> list[Panel]:
    """Two panels, so that each of two assessors handed two readings in."""
    return [judge(pool, "0001"), judge(pool, "0002")]


def today() -> Period:
    return Period(timezone.localdate(), timezone.localdate())


def work_of(person: Person, pool: Organisation, period: Period | None = None) -> Work:
    (found,) = work_in(pool, period or today(), of=person)
    return found


def pay(person: Person, pool: Organisation, lead: Person, *, readings: int = 2) -> list[Payment]:
    return paying.record_payment(person=person, pool=pool, period=today(), readings=readings, acting_person=lead)


# --- Work ------------------------------------------------------------------------------------------------------------


def test_work_is_counted_in_the_period_in_which_it_was_handed_in(
    pool: Organisation, judged: list[Panel], first_assessor: Person
) -> None:
    seat = seat_of(judged[0], first_assessor)
    # Offered on a Thursday before a holiday of the state and a weekend, handed in on the Tuesday after.
    Assignment.objects.filter(pk=seat.pk).update(
        offered_at=timezone.make_aware(timezone.datetime(2026, 12, 24, 9)),  # type: ignore[attr-defined]
        submitted_at=timezone.make_aware(timezone.datetime(2026, 12, 29, 23, 50)),  # type: ignore[attr-defined]
    )
    told = work_of(first_assessor, pool, Period(date(2026, 12, 29), date(2026, 12, 29)))
    assert (told.handed_in, told.days, dict(told.owed)) == (1, [2], {"USD": Decimal("25.00")})
    assert work_in(pool, Period(date(2026, 12, 24), date(2026, 12, 28)), of=first_assessor) == []


def test_what_was_given_back_or_ran_out_is_told_and_not_paid(
    pool: Organisation, first_assessor: Person, second_assessor: Person
) -> None:
    panel = convene(pool)
    rating.decline(assignment=seat_of(panel, first_assessor), reason="I know it.", acting_person=first_assessor)
    Assignment.objects.filter(rater=second_assessor).update(status="expired")
    assert [
        (work.person, work.handed_in, work.declined, work.expired, work.unpaid) for work in work_in(pool, today())
    ] == [
        (first_assessor, 0, 1, 0, 0),
        (second_assessor, 0, 0, 1, 0),
    ]


def test_a_reading_under_way_does_not_count(pool: Organisation, first_assessor: Person) -> None:
    rating.take_up(assignment=seat_of(convene(pool), first_assessor), acting_person=first_assessor)
    assert work_in(pool, today()) == []


def test_an_anchor_among_live_work_counts_as_live_work_does_and_an_open_check_does_not(
    pool: Organisation, judged: list[Panel], first_assessor: Person
) -> None:
    Panel.objects.filter(pk=judged[0].pk).update(status=PanelStatus.DISSOLVED)
    assert work_of(first_assessor, pool).unpaid == 2
    Panel.objects.filter(pk=judged[0].pk).update(kind=overt_kind(KIND))
    assert work_of(first_assessor, pool).unpaid == 1


@given(first=st.dates(date(2026, 1, 1), date(2027, 12, 31)), one=st.integers(0, 40), two=st.integers(0, 40))
def test_business_days_add_up(first: date, one: int, two: int) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + two)
    holidays = {date(2026, 11, 26), date(2026, 12, 25)}
    whole = business_days_between(first, last, holidays)
    parts = business_days_between(first, middle, holidays) + business_days_between(middle, last, holidays)
    assert whole == parts <= one + two


@pytest.mark.parametrize(
    ("begins", "ends"), [(date(2026, 2, 1), date(2026, 1, 31)), (date(2026, 1, 1), date(2027, 1, 3))]
)
def test_a_period_runs_forward_and_is_a_year_at_most(begins: date, ends: date) -> None:
    with pytest.raises(UnusablePeriod):
        Period(begins, ends)


# --- Fees ------------------------------------------------------------------------------------------------------------


def test_the_fee_is_the_one_that_held_on_the_day() -> None:
    fees = [Fee(date(2026, 1, 1), Decimal(20), "USD"), Fee(date(2026, 7, 1), Decimal(25), "USD")]
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [fee.amount if (fee := fee_on(day, fees)) else None for day in days] == [None, 20, 20, 25]


def test_a_fee_of_nothing_ends_the_one_before() -> None:
    fees = [Fee(date(2026, 1, 1), Decimal(20), "USD"), Fee(date(2026, 7, 1), Decimal(0), "USD")]
    assert fee_on(date(2026, 8, 1), fees) is None


def test_setting_the_same_fee_again_changes_nothing(pool: Organisation) -> None:
    set_fees(pool=pool, wanted=[Fee(LONG_AGO, Decimal("25"), "USD")], acting_person=None)
    assert JournalLine.objects.filter(event="panel:reading-fee:set", subject=f"pool:{pool.code}").count() == 1


def test_a_fee_that_held_is_never_changed_and_one_to_come_may_be(pool: Organisation) -> None:
    with pytest.raises(FeeStands):
        set_fees(pool=pool, wanted=[Fee(LONG_AGO, Decimal(30), "USD")], acting_person=None)
    later = timezone.localdate() + timedelta(days=1)
    for amount in (30, 35):
        set_fees(pool=pool, wanted=[Fee(later, Decimal(amount), "USD")], acting_person=None)
    assert [fee.amount for fee in fees_of(pool)] == [25, 35]


@pytest.mark.parametrize(
    "wanted",
    [
        [Fee(LONG_AGO, Decimal(-1), "USD")],
        [Fee(LONG_AGO, Decimal("1.005"), "USD")],
        [Fee(LONG_AGO, Decimal(1), "usd")],
        [Fee(LONG_AGO, Decimal(1), "USD"), Fee(LONG_AGO, Decimal(2), "USD")],
    ],
)
def test_what_is_no_fee_is_refused(issuer: Organisation, wanted: list[Fee]) -> None:
    with pytest.raises(UnusableFee):
        set_fees(pool=issuer, wanted=wanted, acting_person=None)
    assert fees_of(issuer) == []


# --- The ledger ------------------------------------------------------------------------------------------------------


def test_what_is_recorded_is_paid_once(
    pool: Organisation, judged: list[Panel], first_assessor: Person, lead_assessor: Person
) -> None:
    (payment,) = pay(first_assessor, pool, lead_assessor)
    assert (payment.readings, payment.amount, payment.currency) == (2, Decimal("50.00"), "USD")
    told = work_of(first_assessor, pool)
    assert (told.unpaid, dict(told.owed), dict(told.paid)) == (0, {}, {"USD": Decimal("50.00")})
    with pytest.raises(NothingToPay):
        pay(first_assessor, pool, lead_assessor)
    line = JournalLine.objects.get(event="panel:payment:recorded")
    assert (line.subject, line.data["amount"]) == (f"assessor:{first_assessor.ref}", "50.00")


def test_a_later_fee_changes_nothing_that_was_handed_in_before(
    pool: Organisation, judged: list[Panel], first_assessor: Person
) -> None:
    seat = seat_of(judged[0], first_assessor)
    Assignment.objects.filter(pk=seat.pk).update(submitted_at=timezone.now() + timedelta(days=2))
    tomorrow = timezone.localdate() + timedelta(days=1)
    set_fees(pool=pool, wanted=[Fee(tomorrow, Decimal(40), "EUR")], acting_person=None)
    told = work_of(first_assessor, pool, Period(timezone.localdate(), tomorrow + timedelta(days=1)))
    assert dict(told.owed) == {"USD": Decimal("25.00"), "EUR": Decimal(40)}


def test_nothing_is_recorded_that_the_lead_did_not_see(
    pool: Organisation, judged: list[Panel], first_assessor: Person, lead_assessor: Person
) -> None:
    with pytest.raises(PayHasChanged):
        pay(first_assessor, pool, lead_assessor, readings=1)
    assert Payment.objects.count() == 0


def test_what_is_taken_back_waits_again_and_stays_in_the_ledger(
    pool: Organisation, judged: list[Panel], first_assessor: Person, lead_assessor: Person
) -> None:
    (payment,) = pay(first_assessor, pool, lead_assessor)
    with pytest.raises(ReasonMissing):
        paying.take_back(payment=payment, reason="  ", acting_person=lead_assessor)
    paying.take_back(payment=payment, reason="Wrong month.", acting_person=lead_assessor)
    assert work_of(first_assessor, pool).unpaid == 2
    with pytest.raises(PaymentTakenBack):
        paying.take_back(payment=payment, reason="Again.", acting_person=lead_assessor)
    (again,) = pay(first_assessor, pool, lead_assessor)
    assert [each.taken_back_because for each in Payment.objects.order_by("pk")] == ["Wrong month.", ""]
    assert again.amount == payment.amount


def test_nobody_pays_themselves(pool: Organisation, judged: list[Panel], first_assessor: Person) -> None:
    enrolling.give_role(
        person=first_assessor, organisation=pool, role=Role.LEAD_ASSESSOR, acting_person=None, since=LONG_AGO
    )
    with pytest.raises(OwnPay):
        pay(first_assessor, pool, first_assessor)


@pytest.mark.parametrize("who", ["stranger", "second_assessor", "state_officer", "issuing_officer"])
def test_only_the_lead_records(
    who: str, pool: Organisation, judged: list[Panel], first_assessor: Person, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NoSuchMember):
        pay(first_assessor, pool, request.getfixturevalue(who))


@pytest.mark.django_db(transaction=True)
def test_two_who_record_at_the_same_moment_pay_once(
    pool: Organisation, first_assessor: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    read(seat_of(convene(pool), first_assessor))
    results = at_the_same_moment(*[lambda: pay(first_assessor, pool, lead_assessor, readings=1)] * 2)
    assert sorted(type(each).__name__ for each in results) == ["NothingToPay", "list"]
    assert Payment.objects.count() == 1
