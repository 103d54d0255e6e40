"""Amounts in US dollars: as they come in, and as pages show them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

CENT = Decimal("0.01")
# What the columns of the database keep.
MOST_AT_ONCE, MOST_BUDGET = Decimal("100000.00"), Decimal("9999999999.99")


def is_sound(amount: Decimal, *, most: Decimal) -> bool:
    """Whether it is an amount from 0 through `most` in whole cents."""
    return amount.is_finite() and 0 <= amount <= most and amount == amount.quantize(CENT)


def dollars(amount: Decimal) -> str:
    """Give "$1,250", "$12.50" or "−$300"."""
    told = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"{'−' if amount < 0 else ''}${told}"


def amount_in(text: str) -> Decimal | None:
    """Read "1,250.00" or "$1,250"; None where it is no amount."""
    try:
        amount = Decimal(text.strip().removeprefix("$").replace(",", ""))
    except InvalidOperation:
        return None
    return amount if is_sound(amount, most=MOST_AT_ONCE) else None
