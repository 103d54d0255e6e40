"""Numbers as pages show them, grouped by thousands and with their unit, and as requests bring them."""

from decimal import Decimal

SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB"))


# More digits than this are nobody's number, and do not fit every column of a database.
MOST_DIGITS = 9


def number(value: int | float | Decimal, unit: str = "", plural: str = "") -> str:
    """Give `value` grouped by thousands, without useless zeros, and with its unit.

    `number(1, "hour")` is "1 hour", `number(2.50, "credit")` is "2.5 credits",
    `number(2, "PSU", "PSUs")` names an irregular plural.
    """
    figures = _plain(value)
    if not unit:
        return figures
    return f"{figures} {unit if value == 1 else plural or unit + 's'}"


def whole_number(text: str | None) -> int | None:
    """Read the whole number that an address, a header or a form brings, or give None where it brings none.

    What comes from outside may hold thousands of digits, which Python itself refuses to read, or digits of other
    scripts; neither is a number here.
    """
    if not text or not (text.isascii() and text.isdigit()) or len(text) > MOST_DIGITS:
        return None
    return int(text)


def file_size(size: int) -> str:
    """Give a size in bytes as people read it: "840 bytes", "1.2 MB"."""
    for step, name in SIZES:
        if size >= step:
            return f"{_plain(round(size / step, 1))} {name}"
    return number(size, "byte")


def _plain(value: int | float | Decimal) -> str:
    figures = f"{value:,}"
    return figures.rstrip("0").rstrip(".") if "." in figures else figures
