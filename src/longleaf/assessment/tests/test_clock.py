"""Business days of a state: its weekends, its holidays, its zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from longleaf.assessment.clock import BusinessDays, due_after, next_business_day

EASTERN = ZoneInfo("America/New_York")
THANKSGIVING = frozenset({date(2026, 11, 26), date(2026, 11, 27)})


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 25), date(2026, 11, 30)),
    ],
    ids=["a weekday", "over a weekend", "from a Saturday", "over holidays and a weekend"],
)
def test_it_finds_the_next_business_day(day, following):
    assert next_business_day(day, THANKSGIVING) == following


def test_it_counts_from_the_day_after():
    noon = datetime(2026, 11, 16, 12, tzinfo=EASTERN)
    assert due_after(noon, 5, holidays=(), zone=EASTERN) == datetime(2026, 11, 23, 23, 59, tzinfo=EASTERN)


def test_it_leaves_out_holidays():
    noon = datetime(2026, 11, 24, 12, tzinfo=EASTERN)
    assert due_after(noon, 2, holidays=THANKSGIVING, zone=EASTERN).date() == date(2026, 11, 30)


def test_it_reads_the_day_in_the_states_own_zone():
    late_on_monday = datetime(2026, 11, 17, 3, 30, tzinfo=UTC)
    assert due_after(late_on_monday, 1, holidays=(), zone=EASTERN).date() == date(2026, 11, 17)


def test_it_stays_at_the_end_of_the_day_when_clocks_change():
    before = datetime(2026, 10, 30, 12, tzinfo=EASTERN)
    due = due_after(before, 1, holidays=(), zone=EASTERN)
    assert (due.isoformat(), before.isoformat()[-6:]) == ("2026-11-02T23:59:00-05:00", "-04:00")


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (date(2026, 12, 1), "3 business days left, due"),
        (date(2026, 11, 25), "1 business day left, due"),
        (date(2026, 11, 24), "Due today,"),
        (date(2026, 11, 23), "1 business day late, was due"),
        (date(2026, 11, 18), "4 business days late, was due"),
    ],
    ids=["over holidays and a weekend", "tomorrow", "today", "yesterday", "last week"],
)
def test_it_tells_the_business_days_that_are_left(due, told):
    seen = BusinessDays(date(2026, 11, 24), THANKSGIVING, EASTERN)
    assert seen.left(datetime.combine(due, datetime.max.time(), tzinfo=EASTERN)) == told


def test_it_knows_when_no_business_day_is_left_or_missed():
    on_thanksgiving = BusinessDays(date(2026, 11, 26), THANKSGIVING, EASTERN)
    assert on_thanksgiving.left(datetime(2026, 11, 29, 23, 59, tzinfo=EASTERN)) == "No business day left, due"
    assert on_thanksgiving.left(datetime(2026, 11, 25, 23, 59, tzinfo=EASTERN)) == "Late, was due"


def test_the_day_is_the_one_of_the_state():
    seen = BusinessDays(date(2026, 11, 24), (), EASTERN)
    assert seen.left(datetime(2026, 11, 25, 4, 59, tzinfo=UTC)) == "Due today,"
