"""How long each kind of thing is kept: the state's own days, or these. No database.

A state says its own in `retention.yaml`; each default below is marked as ours until it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from longleaf.directory.models import State


class Kept(StrEnum):
    """The kinds of things that go by themselves."""

    ROSTER = "roster"


DEFAULT_DAYS: Mapping[Kept, int] = {
    # A semester and its vacation: longer than anybody gathers evidence, and the list is entered again in a minute.
    Kept.ROSTER: 180,
}


def kept_days(state: State, kind: Kept) -> int:
    """For how many days something of this kind is kept."""
    told: Mapping[str, int] = getattr(state, "retention", None) or {}
    return int(told.get(kind.value, DEFAULT_DAYS[kind]))
