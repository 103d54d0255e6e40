"""Background work of assessment. Each chore claims what is due and says how much it did (`kit.working`)."""

from __future__ import annotations

from django.utils import timezone

from longleaf.panels import convening, expiring


def release_expired_assignments() -> int:
    """Give on what nobody took up in time, and seat raters on panels that are short of them."""
    return expiring.release_expired(now=timezone.now()) + convening.fill_empty_seats()
