"""`assessor-pools.yaml`: whose pool reads for whom, and what differs from the usual rules there."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from longleaf.states.parts.values import Code, Document, Part, Slug, Sourced

# As text: a number with a point is not exact.
Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{2})?$")]


class InstrumentGate(Part):
    """What a pool asks of those who read for one micro-credential."""

    micro_credential: Slug
    gate: Document


class ReadingFee(Part):
    """What a reading is paid from a day on; looked at by `longleaf.panels.leading.fees`."""

    since: date
    amount: Amount
    currency: str


class AssessorPool(Sourced):
    """The pool of an organisation; `rules` are read by `longleaf.panels.pool.rules`, `gate` and each of `gates` by
    `longleaf.panels.calibration.gates`."""

    organisation: Code
    read_by: Code | None = None
    rules: Document = {}
    gate: Document = {}
    gates: tuple[InstrumentGate, ...] = ()
    fees: tuple[ReadingFee, ...] = ()


class AssessorPools(Part):
    """`gate` is what the state asks of the readers of every pool, `pools` what single ones do otherwise."""

    gate: Document = {}
    pools: tuple[AssessorPool, ...] = ()
