"""`oversight.yaml`: over which time live work is looked at, and which figures raise an alarm."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from longleaf.states.parts.values import Code, Part, Sourced

ShareOfOne = Annotated[float, Field(ge=-1, le=1)]


class Alarm(Part):
    """A figure that is watched of `versions` or of `issuers`; `measure` is one of `longleaf.quality.status.Measure`."""

    measure: Code
    of: Code
    below: ShareOfOne | None = None
    above: ShareOfOne | None = None
    at_least: Annotated[int, Field(ge=10, le=100_000)] = 30


class Oversight(Sourced):
    """What is left out is as `longleaf.quality.monitoring.rules` has it."""

    months: Annotated[int, Field(ge=1, le=60)] = 12
    quiet_days: Annotated[int, Field(ge=0, le=3_650)] = 90
    confidence: Annotated[float, Field(ge=0.8, le=0.9999)] = 0.99
    smallest_told: Annotated[int, Field(ge=1, le=1_000)] = 10
    alarms: tuple[Alarm, ...] = ()
