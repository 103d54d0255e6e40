"""Days in the place of seconds: whatever the hour, zone and season, they tell the day and nothing that is not so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from longleaf.awards.contents import moments

YEARS = st.timedeltas(timedelta(0), timedelta(days=25_000))
MOMENTS = YEARS.map(lambda since: datetime(2020, 1, 1, tzinfo=UTC) + since)
ZONES = ("America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Guam", "UTC")


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Any:
    with timezone.override(request.param):
        yield request.param


in_each_zone = how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


@in_each_zone
@given(moment=MOMENTS)
def test_two_moments_of_a_day_are_told_alike(zone: str, moment: datetime) -> None:
    began = moments.day_began(moment)
    assert began <= moment
    assert timezone.localdate(began) == timezone.localdate(moment)
    assert timezone.localtime(began).strftime("%H:%M:%S.%f") == "00:00:00.000000"
    assert moments.day_began(began) == began


@in_each_zone
@given(moment=MOMENTS)
def test_a_day_ends_a_second_before_the_next_begins(zone: str, moment: datetime) -> None:
    day = timezone.localdate(moment)
    assert moments.last_second(day) + timedelta(seconds=1) == moments.first_instant(day + timedelta(days=1))
    assert moments.first_instant(day) <= moment < moments.first_instant(day + timedelta(days=1))


@in_each_zone
@given(now=MOMENTS, age=st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_a_proof_is_of_today_never_of_the_future_and_never_before_its_key(
    zone: str, now: datetime, age: timedelta
) -> None:
    key_made = now - age
    told = moments.proof_moment(now, key_made=key_made)
    assert key_made <= told <= now
    assert timezone.localdate(told) == timezone.localdate(now)
    if timezone.localdate(key_made) < timezone.localdate(now):
        # Then it tells the day and no more.
        assert told == moments.day_began(now)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 7, 4), 24)])
def test_days_on_which_clocks_change_are_whole_days_too(day: date, hours: int) -> None:
    began, last = (each.astimezone(UTC) for each in (moments.first_instant(day), moments.last_second(day)))
    assert last + timedelta(seconds=1) - began == timedelta(hours=hours)
