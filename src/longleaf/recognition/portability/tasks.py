"""Background work of badges from elsewhere."""

from __future__ import annotations

from django.utils import timezone

from longleaf.recognition.portability import looking_again, telling


def write_to_earners() -> int:
    """Write to whoever brought a badge that something was decided or asked."""
    return telling.write_to_earners(now=timezone.now())


def look_again() -> int:
    """Verify a few accepted badges anew that were not for long."""
    return looking_again.look_again(now=timezone.now())
