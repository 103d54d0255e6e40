"""`appeals.yaml`: who looks at an appeal where nobody of its issuer may, and what is published of outcomes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from longleaf.states.parts.values import Code, Sourced


class Appeals(Sourced):
    """`looked_at_by` is the organisation whose lead assessors look before the state's agency does; numbers that tell of
    fewer than `smallest_told` appeals are withheld."""

    looked_at_by: Code | None = None
    smallest_told: Annotated[int, Field(ge=1, le=1_000)] = 10
