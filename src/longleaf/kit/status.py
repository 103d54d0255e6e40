"""A status is an enum with a table of allowed moves beside it; this is the one door through which a move goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import TextChoices

from longleaf.kit.errors import WrongState

Status = TypeVar("Status", bound=TextChoices)


def require_move(moves: Mapping[Status, frozenset[Status]], old: Status, new: Status, *, what: str) -> None:
    """Raise `WrongState` unless the table lets `old` become `new`. `what` names the thing in the sentence."""
    if new not in moves[old]:
        raise WrongState(
            f"{what} is now “{old.label}” and cannot become “{new.label}”. Reload the page to see where it stands."
        )
