"""Registers for tests: what `settings.RECOGNISER` may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest


@dataclass(frozen=True)
class Answer:
    recognised: bool | None
    sentence: str


def knows_nobody(*, issuer: str, achievement: str, on: date) -> Answer:
    return Answer(None, "This achievement is not in the register of Meadow.")


def knows_everybody(*, issuer: str, achievement: str, on: date) -> Answer:
    return Answer(True, f"Recognised by Meadow on {on.isoformat()}: {issuer}, {achievement}.")


def has_withdrawn(*, issuer: str, achievement: str, on: date) -> Answer:
    return Answer(False, "Meadow withdrew its recognition on May 1, 2026.")


def aside(request: HttpRequest, award: object) -> str:
    """Something to stand beside a badge, as `settings.BADGE_ASIDES` may name it."""
    return f"<p>An aside on {getattr(award, 'uuid', '')}.</p>"
