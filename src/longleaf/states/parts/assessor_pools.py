"""`assessor-pools.yaml`: whose pool reads for whom, and what differs from the usual rules there."""

from __future__ import annotations

from longleaf.states.parts.values import Code, Document, Part, Sourced


class AssessorPool(Sourced):
    """The pool of an organisation; `rules` are read by `longleaf.panels.pool.rules`."""

    organisation: Code
    read_by: Code | None = None
    rules: Document = {}


class AssessorPools(Part):
    pools: tuple[AssessorPool, ...]
