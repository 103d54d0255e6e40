"""Pools belong to organisations that are there, and their rules are rules that pools have."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.panels.pool.rules import mistakes_in
from longleaf.states.crosschecks.looking_up import unknown
from longleaf.states.crosschecks.organisations import HOME, by_code
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered


def check(gathered: Gathered) -> Iterator[Mistake]:
    known = by_code(gathered)
    for sheet in gathered.assessor_pools:
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
