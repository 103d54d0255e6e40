"""Numbers as pages show them: grouped by thousands, with their unit."""

from decimal import Decimal

SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB"))


def number(value: int | float | Decimal, unit: str = "", plural: str = "") -> str:
    """Give `value` grouped by thousands, without useless zeros, and with its unit.

    `number(1, "hour")` is "1 hour", `number(2.50, "credit")` is "2.5 credits",
    `number(2, "PSU", "PSUs")` names an irregular plural.
    """
    figures = _plain(value)
    if not unit:
        return figures
    return f"{figures} {unit if value == 1 else plural or unit + 's'}"


def file_size(size: int) -> str:
    """Give a size in bytes as people read it: "840 bytes", "1.2 MB"."""
    for step, name in SIZES:
        if size >= step:
            return f"{_plain(round(size / step, 1))} {name}"
    return number(size, "byte")


def _plain(value: int | float | Decimal) -> str:
    figures = f"{value:,}"
    return figures.rstrip("0").rstrip(".") if "." in figures else figures
