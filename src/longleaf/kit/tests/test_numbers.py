from decimal import Decimal

from longleaf.kit.numbers import file_size, number, whole_number


def test_numbers_carry_their_unit() -> None:
    said = [number(1, "hour"), number(0, "hour"), number(Decimal("1.50"), "credit"), number(2, "PSU", "PSUs")]
    assert said == ["1 hour", "0 hours", "1.5 credits", "2 PSUs"]


def test_thousands_are_grouped_and_whole_numbers_stay_whole() -> None:
    assert [number(100), number(12345), number(Decimal("10.00"))] == ["100", "12,345", "10"]


def test_sizes_of_files_are_told_as_people_say_them() -> None:
    assert [file_size(1), file_size(840), file_size(1_234_567), file_size(500_000_000)] == [
        "1 byte",
        "840 bytes",
        "1.2 MB",
        "500 MB",
    ]


def test_whole_numbers_from_outside_are_read_within_bounds() -> None:
    given = ["0", "42", "007", "999999999", "1000000000", "9" * 5000, "-1", "1.5", "1_0", "²", "٣", "x", "", None]
    assert [whole_number(each) for each in given] == [0, 42, 7, 999_999_999, *[None] * 10]
