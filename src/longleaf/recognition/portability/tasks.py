"""Background work of badges from elsewhere."""

from __future__ import annotations

from django.utils import timezone

from longleaf.recognition.portability import telling


def write_to_earners() -> int:
    """Write to whoever brought a badge that something was decided or asked."""
    return telling.write_to_earners(now=timezone.now())
