"""The forecast: what it says of plain cases, the laws it keeps, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from longleaf.directory.models import Organisation, Person
from longleaf.panels.instruments import overt_kind
from longleaf.panels.leading.capacity import outlook_of
from longleaf.panels.leading.chart import HEIGHT, WIDTH, chart_of
from longleaf.panels.leading.forecasting import HORIZON_DAYS, Demand, forecast
from longleaf.panels.models import Assessor, Assignment, Panel
from longleaf.panels.pool import leading, telling
from longleaf.panels.status import PanelStatus
from longleaf.panels.tests.factories import KIND, convene, read, seat_of

ClientOf = Callable[[Person | None], Client]
TODAY = date(2026, 11, 25)

demands = st.builds(Demand, st.integers(0, 500), st.floats(0, 20), st.floats(0, 30))
capacities = st.lists(st.floats(0, 20), min_size=1, max_size=HORIZON_DAYS)


# --- The engine ------------------------------------------------------------------------------------------------------


def test_a_queue_that_is_read_as_fast_as_it_comes_is_never_late() -> None:
    found = forecast(Demand(10, 2, 5), [2.0] * 60, today=TODAY)
    assert (found.late_on, {day.waiting for day in found.days}) == (None, {10.0})


def test_a_queue_that_grows_is_late_when_it_holds_more_than_the_time_that_is_given() -> None:
    # One a day more than is read: after eleven days eleven wait, and ten days of one are given.
    found = forecast(Demand(0, 2, 10), [1.0] * 60, today=TODAY)
    assert (found.days_until_late, found.days[10].waiting) == (10, 11)


def test_a_gap_in_capacity_makes_late_what_comes_before_it() -> None:
    capacity = [1.0] * 10 + [0.0] * 20 + [1.0] * 30
    found = forecast(Demand(3, 1, 5), capacity, today=TODAY)
    assert found.late_on == TODAY + timedelta(days=7)


def test_where_nobody_reads_whatever_waits_is_late_at_once() -> None:
    assert forecast(Demand(1, 0, 10), [0.0] * 5, today=TODAY).days_until_late == 0
    assert forecast(Demand(0, 0, 10), [0.0] * 5, today=TODAY).days_until_late is None


@given(demand=demands, capacity=capacities, more=st.floats(0, 10))
def test_more_capacity_never_makes_it_worse(demand: Demand, capacity: list[float], more: float) -> None:
    less, better = (forecast(demand, [room + extra for room in capacity], today=TODAY) for extra in (0, more))
    assert all(one.waiting >= other.waiting - 1e-6 for one, other in zip(less.days, better.days, strict=True))


@given(demand=demands, capacity=capacities)
def test_what_waits_is_never_below_nothing_and_never_more_than_came(demand: Demand, capacity: list[float]) -> None:
    for number, day in enumerate(forecast(demand, capacity, today=TODAY).days, 1):
        assert 0 <= day.waiting <= demand.waiting + demand.arrivals_a_day * number + 1e-6


@given(demand=demands, capacity=capacities)
def test_the_drawing_stays_inside_its_frame(demand: Demand, capacity: list[float]) -> None:
    chart = chart_of(forecast(demand, capacity, today=TODAY))
    assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in chart.points)
    assert [point.x for point in chart.points] == sorted(point.x for point in chart.points)


# --- What it rests on ------------------------------------------------------------------------------------------------


@pytest.fixture
def pool(issuer: Organisation, first_assessor: Person, second_assessor: Person) -> Organisation:
    for person in (first_assessor, second_assessor):
        Assessor.objects.filter(person=person).update(a_month=15)
    return issuer


@pytest.mark.django_db
def test_every_seat_that_has_not_handed_in_waits(
    pool: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    read(seat_of(convene(pool, subject="SUB-1"), first_assessor))
    convene(pool, subject="SUB-2")
    found = outlook_of(pool, lead=lead_assessor, now=timezone.now())
    assert (found.demand.waiting, found.demand.arrivals_a_day, found.read_a_day) == (3, 4 / 28, 1 / 28)
    assert 15 <= found.demand.days_given <= 16


@pytest.mark.django_db
def test_what_came_long_ago_waits_and_is_not_expected_again(pool: Organisation, lead_assessor: Person) -> None:
    convene(pool, subject="SUB-1")
    Panel.objects.update(convened_at=timezone.now() - timedelta(days=29))
    demand = outlook_of(pool, lead=lead_assessor, now=timezone.now()).demand
    assert (demand.waiting, demand.arrivals_a_day, demand.days_given) == (2, 0, 16)


@pytest.mark.django_db
def test_whoever_is_away_or_paused_reads_nothing(
    pool: Organisation, first_assessor: Person, second_assessor: Person, lead_assessor: Person
) -> None:
    today = timezone.localdate()
    telling.enter_absence(begins=today, ends=today + timedelta(days=6), acting_person=first_assessor)
    telling.enter_absence(
        begins=today + timedelta(days=3), ends=today + timedelta(days=8), acting_person=first_assessor
    )
    days = outlook_of(pool, lead=lead_assessor, now=timezone.now()).by_told.days
    assert [day.capacity for day in days[:10]] == [0.5] * 9 + [1.0]
    leading.pause(member=pool.pool_members.get(assessor=second_assessor.pk), acting_person=lead_assessor)
    found = outlook_of(pool, lead=lead_assessor, now=timezone.now())
    assert (found.members, found.by_told.days[9].capacity) == (1, 0.5)


@pytest.mark.django_db
def test_another_pool_counts_for_nothing(pool: Organisation, agency: Organisation, lead_assessor: Person) -> None:
    convene(agency, subject="SUB-1")
    assert outlook_of(pool, lead=lead_assessor, now=timezone.now()).demand.waiting == 0


@pytest.mark.django_db
def test_what_checks_a_reader_neither_waits_nor_comes(
    pool: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    check = convene(pool, subject="CHK-1")
    Panel.objects.filter(pk=check.pk).update(status=PanelStatus.CHECKING, kind=overt_kind(KIND))
    Assignment.objects.filter(rater=first_assessor).update(status="submitted", submitted_at=timezone.now())
    found = outlook_of(pool, lead=lead_assessor, now=timezone.now())
    assert (found.demand.waiting, found.demand.arrivals_a_day, found.read_a_day) == (0, 0, 0)


@pytest.mark.django_db
def test_a_lead_who_reads_too_is_not_told_how_much_of_their_own_waits(
    pool: Organisation, first_assessor: Person, lead_assessor: Person
) -> None:
    convene(pool, subject="SUB-1")
    waiting = [outlook_of(pool, lead=who, now=timezone.now()).demand.waiting for who in (lead_assessor, first_assessor)]
    assert waiting == [2, 0]


# --- The page --------------------------------------------------------------------------------------------------------

PEOPLE = {
    "nobody": 302,
    "stranger": 404,
    "educator": 404,
    "first_assessor": 404,
    "state_officer": 404,
    "lead_elsewhere": 404,
    "lead_assessor": 200,
}


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_the_page(who: str, pool: Organisation, client_as: Callable[[str], Client]) -> None:
    address = reverse("leading:forecast", kwargs={"slug": pool.slug})
    assert client_as(who).get(address).status_code == PEOPLE[who]


@pytest.mark.django_db
def test_it_names_nobody_and_costs_the_same_however_much_waits(
    pool: Organisation, educator: Person, first_assessor: Person, lead_assessor: Person, client_of: ClientOf
) -> None:
    client, counts = client_of(lead_assessor), []
    address = reverse("leading:forecast", kwargs={"slug": pool.slug})
    for number in range(2):
        panel = convene(pool, subject=f"SUB-{number}", work_of=[educator])
        today = timezone.localdate()
        telling.enter_absence(begins=today, ends=today + timedelta(days=number), acting_person=first_assessor)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(address).content.decode()
        counts.append(len(asked))
        for hidden in (educator.name, educator.ref, first_assessor.name, panel.subject):
            assert hidden not in shown
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_it_says_when_the_queue_is_late(
    pool: Organisation, first_assessor: Person, lead_assessor: Person, client_of: ClientOf
) -> None:
    address = reverse("leading:forecast", kwargs={"slug": pool.slug})
    client = client_of(lead_assessor)
    assert "stays in time for the next 13 weeks" in client.get(address).content.decode()
    Assessor.objects.update(a_month=0)
    convene(pool, subject="SUB-1")
    assert "More waits than your assessors can read in time." in client.get(address).content.decode()
