"""What upper floors tell, for tests: registers (`settings.RECOGNISER`) and evidence (`EVIDENCE_PIECES`, `_FILE`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse


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


def pieces_of(occasion: str) -> list[dict[str, object]]:
    """Evidence of three kinds behind every occasion but a bulk award's."""
    if occasion.startswith("bulk:"):
        return []
    return [
        {"key": "plan", "name": "The plan", "description": "What was asked for."},
        {"key": "plan.text", "name": "The plan: in the earner’s words", "narrative": "I asked first."},
        {"key": "plan.7", "name": "The plan: piece 1", "file": True, "genre": "image"},
    ]


def file_of(occasion: str, key: str) -> HttpResponse | None:
    return HttpResponse(b"a picture", content_type="image/png") if key == "plan.7" else None
