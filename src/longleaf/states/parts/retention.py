"""`retention.yaml`: how long each kind of thing is kept, counted from what, and how early an earner is told."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from longleaf.states.parts.values import Code, Sourced

Days = Annotated[int, Field(ge=1, le=36_500)]


class KeptKind(Sourced):
    """One kind of thing; `kind` and `counted_from` are looked at by `longleaf.assessment.retention.rules`."""

    kind: Code
    days: Days
    counted_from: Code | None = None


class Retention(Sourced):
    """What differs from the usual, kind by kind; what is not named is kept as `state-pack.md` says."""

    notice_days: Annotated[int, Field(ge=7, le=365)] = 30
    kept: tuple[KeptKind, ...] = ()
