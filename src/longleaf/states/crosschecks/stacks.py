"""Stacks are made of micro-credentials that are there."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.states.crosschecks.looking_up import Known, parts, unknown
from longleaf.states.crosschecks.micro_credentials import check_issuer
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered


def check(gathered: Gathered) -> Iterator[Mistake]:
    sheet, found = gathered.stacks, parts(gathered.micro_credentials)
    known: Known = {it.slug for it in found} if found is not None else None
    for number, stack in enumerate(sheet.part.stacks if sheet.part else ()):
        yield from check_issuer(gathered, sheet, ("stacks", number, "issuer"), stack.issuer)
        members = ("stacks", number, "members")
        for inner, slug in enumerate(stack.members):
            yield from unknown(sheet, (*members, inner), slug, known, "micro-credentials")
        if len(set(stack.members)) != len(stack.members):
            yield sheet.mistake(members, "A micro-credential stands here twice; keep it once.")
        if len(stack.members) < 2:
            yield sheet.mistake(members, "A stack needs at least two micro-credentials.")
