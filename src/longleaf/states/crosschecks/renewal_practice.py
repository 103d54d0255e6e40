"""Figures of renewal are ones that can be, and name kinds of credit that the renewal policy knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from longleaf.recognition.practice import mistakes_in
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered

RENEWAL = "renewal"


def check(gathered: Gathered) -> Iterator[Mistake]:
    kinds = _kinds(gathered)
    for sheet in gathered.renewal_practice:
        for name, reason in mistakes_in(sheet.part.figures, kinds) if sheet.part else ():
            yield sheet.mistake((name,), reason)


def _kinds(gathered: Gathered) -> dict[str, str]:
    """The kinds of the renewal policy; none where it cannot be read, which is told of the policy."""
    for file in gathered.policies:
        content = file.content
        if Path(file.name).stem == RENEWAL and isinstance(content, Mapping):
            listed = content.get("kinds")
            found = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
            return {str(each.get("code")): str(each.get("title")) for each in found}
    return {}
