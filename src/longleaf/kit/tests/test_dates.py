from datetime import UTC, date, datetime

from django.utils import timezone

from longleaf.kit import dates

NIGHT = datetime(2027, 3, 5, 2, 14, tzinfo=UTC)


def test_a_moment_is_told_in_the_readers_time_zone() -> None:
    with timezone.override("America/New_York"):
        assert dates.day(NIGHT) == "March 4, 2027"
        assert dates.clock(NIGHT) == "9:14 pm"
        assert dates.day_and_time(NIGHT) == "March 4, 2027, 9:14 pm"
        assert dates.machine_date(NIGHT) == "2027-03-04T21:14-05:00"


def test_a_date_has_no_time_zone() -> None:
    assert dates.day(date(2027, 12, 31)) == "December 31, 2027"
    assert dates.machine_date(date(2027, 12, 31)) == "2027-12-31"


def test_midnight_and_noon_are_twelve() -> None:
    with timezone.override("UTC"):
        assert dates.clock(datetime(2027, 1, 1, 0, 5, tzinfo=UTC)) == "12:05 am"
        assert dates.clock(datetime(2027, 1, 1, 12, 0, tzinfo=UTC)) == "12:00 pm"


def test_nothing_is_told_of_no_date() -> None:
    assert (dates.day(None), dates.day_and_time(None)) == ("", "")


def test_distance_counts_days_of_the_calendar() -> None:
    with timezone.override("America/New_York"):
        said = [dates.distance(date(2027, 3, number), NIGHT) for number in (1, 3, 4, 5, 16)]
    assert said == ["3 days ago", "yesterday", "today", "tomorrow", "in 12 days"]
