"""Pools belong to organisations that are there, and their rules are rules that pools have."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from longleaf.panels.calibration.gates import GateError, check_gate
from longleaf.panels.leading import fees
from longleaf.panels.pool.rules import mistakes_in
from longleaf.states.crosschecks.looking_up import parts, unknown
from longleaf.states.crosschecks.organisations import HOME, by_code
from longleaf.states.crosschecks.told_by_engines import placed
from longleaf.states.errors import Mistake
from longleaf.states.files import Spot
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.assessor_pools import AssessorPool, AssessorPools
from longleaf.states.parts.values import Document


def check(gathered: Gathered) -> Iterator[Mistake]:
    known = by_code(gathered)
    for sheet in gathered.assessor_pools:
        if sheet.part:
            yield from _gate(sheet, ("gate",), sheet.part.gate)
        seen = set[str]()
        for number, pool in enumerate(sheet.part.pools if sheet.part else ()):
            spot = ("pools", number)
            yield from unknown(sheet, (*spot, "organisation"), pool.organisation, known, HOME)
            if pool.read_by:
                yield from unknown(sheet, (*spot, "read_by"), pool.read_by, known, HOME)
            if pool.organisation in seen:
                yield sheet.mistake((*spot, "organisation"), "This organization has a pool here twice; keep it once.")
            seen.add(pool.organisation)
            for mistake in mistakes_in(pool.rules):
                yield sheet.mistake((*spot, "rules"), mistake)
            for mistake in fees.mistakes_in([fees.Fee(it.since, Decimal(it.amount), it.currency) for it in pool.fees]):
                yield sheet.mistake((*spot, "fees"), mistake)
            yield from _gates(sheet, spot, pool, gathered)


def _gates(sheet: Sheet[AssessorPools], spot: Spot, pool: AssessorPool, gathered: Gathered) -> Iterator[Mistake]:
    offered = parts(gathered.micro_credentials)
    slugs = None if offered is None else {each.slug for each in offered}
    yield from _gate(sheet, (*spot, "gate"), pool.gate)
    for number, each in enumerate(pool.gates):
        here = (*spot, "gates", number)
        yield from unknown(sheet, (*here, "micro_credential"), each.micro_credential, slugs, "micro-credentials/")
        yield from _gate(sheet, (*here, "gate"), each.gate)


def _gate(sheet: Sheet[AssessorPools], spot: Spot, gate: Document) -> Iterator[Mistake]:
    try:
        check_gate(gate)
    except GateError as error:
        yield from placed(sheet.file, error.mistakes, lambda inner: (*spot, *inner))
