from __future__ import annotations

from datetime import date

import pytest

from longleaf.kit.dates import business_day_moved

HOLIDAYS = {date(2026, 11, 26), date(2026, 11, 27)}


@pytest.mark.parametrize(
    ("day", "by", "found"),
    [
        (date(2026, 11, 25), 0, date(2026, 11, 25)),
        (date(2026, 11, 25), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), -1, date(2026, 11, 25)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), -2, date(2026, 11, 24)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_a_day_is_moved_by_days_on_which_people_are_at_work(day: date, by: int, found: date) -> None:
    assert business_day_moved(day, by, HOLIDAYS) == found
