"""Moments as credentials write them: a date and time with its zone (XML Schema `dateTimeStamp`)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from .errors import CannotBuild

_STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)


def written(moment: datetime) -> str:
    """A moment in UTC to the second. Raises `CannotBuild` for one without a zone."""
    if moment.tzinfo is None:
        raise CannotBuild(f"The moment {moment.isoformat()} has no time zone. Give it one.")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def read(text: object) -> datetime | None:
    """The moment that a text names, or None if it names none or names it without a zone."""
    matched = _STAMP.fullmatch(text) if isinstance(text, str) else None
    if not matched:
        return None
    whole, fraction, zone = matched.groups()
    try:
        # Python keeps six digits of a second; what is finer than that never decides anything here.
        return datetime.fromisoformat(whole + (fraction or ".0")[:7].ljust(7, "0") + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def for_people(moment: datetime) -> str:
    """A moment in a sentence: `May 3, 2026, 14:05 UTC`."""
    shown = moment.astimezone(UTC)
    return f"{shown:%B} {shown.day}, {shown.year}, {shown:%H:%M} UTC"


def day_for_people(moment: datetime) -> str:
    """The day of a moment in its own time zone, in a sentence: `May 3, 2026`."""
    return f"{moment:%B} {moment.day}, {moment.year}"
