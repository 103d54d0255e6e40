"""What upper floors tell, for tests: registers (`settings.RECOGNISER`) and evidence (`EVIDENCE_PIECES`, `_FILE`)."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from longleaf.awards.sharing.further import Further
from longleaf.engines.openbadges.report import Recognition


def knows_nobody(*, issuer: str, achievement: str, on: date) -> Recognition:
    return Recognition(None, "This achievement is not in the register of Meadow.")


def knows_everybody(*, issuer: str, achievement: str, on: date) -> Recognition:
    sentence = f"Recognised by Meadow on {on.isoformat()}: {issuer}, {achievement}."
    statements = ("http://testserver/endorsements/1",)
    return Recognition(True, sentence, "Meadow", date(2026, 1, 1), date(2031, 12, 31), statements)


def has_withdrawn(*, issuer: str, achievement: str, on: date) -> Recognition:
    return Recognition(False, "Meadow withdrew its recognition on May 1, 2026.")


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


def nothing_further(person: object) -> Further:
    return Further()
