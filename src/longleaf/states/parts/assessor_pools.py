"""`assessor-pools.yaml`: whose pool reads for whom, and what differs from the usual rules there."""

from __future__ import annotations

from longleaf.states.parts.values import Code, Document, Part, Slug, Sourced


class InstrumentGate(Part):
    """What a pool asks of those who read for one micro-credential."""

    micro_credential: Slug
    gate: Document


class AssessorPool(Sourced):
    """The pool of an organisation; `rules` are read by `longleaf.panels.pool.rules`, `gate` and each of `gates` by
    `longleaf.panels.calibration.gates`."""

    organisation: Code
    read_by: Code | None = None
    rules: Document = {}
    gate: Document = {}
    gates: tuple[InstrumentGate, ...] = ()


class AssessorPools(Part):
    pools: tuple[AssessorPool, ...]
