"""Facts name the pages they rest on, and every page named is there and needed."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.states.crosschecks.looking_up import Known, inner_parts, unknown
from longleaf.states.crosschecks.policies import sources_of_policies
from longleaf.states.errors import Mistake
from longleaf.states.files import Spot
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.values import Part, Sourced


def check(gathered: Gathered) -> Iterator[Mistake]:
    listed = gathered.sources.part.sources if gathered.sources.part else None
    known: Known = {source.code for source in listed} if listed is not None else None
    for sheet, spot, part in _sourced(gathered):
        yield from _check_part(sheet, spot, part, known)
    if not gathered.mistakes:
        yield from _unused(gathered)


def _sourced(gathered: Gathered) -> Iterator[tuple[Sheet[Part], Spot, Sourced]]:
    for sheet in gathered.sheets():
        for spot, part in inner_parts(sheet.part) if sheet.part else ():
            if isinstance(part, Sourced):
                yield sheet, spot, part


def _check_part(sheet: Sheet[Part], spot: Spot, part: Sourced, known: Known) -> Iterator[Mistake]:
    for number, code in enumerate(part.sources):
        yield from unknown(sheet, (*spot, "sources", number), code, known, "sources.yaml")
    if part.standing.rests_on_sources and not part.sources:
        reason = f"What is {part.standing.value} was seen somewhere; name the source, or choose another standing."
        yield sheet.mistake((*spot, "standing"), reason)


def _unused(gathered: Gathered) -> Iterator[Mistake]:
    """Sources that nothing cites; told only where every file could be read, or it would not be known."""
    by_policies = sources_of_policies(gathered)
    if by_policies is None:
        return
    cited = by_policies | {code for _, _, part in _sourced(gathered) for code in part.sources}
    for number, source in enumerate(gathered.sources.part.sources if gathered.sources.part else ()):
        if source.code not in cited:
            reason = f"Nothing rests on “{source.code}”; cite it where it belongs or take it away."
            yield gathered.sources.mistake(("sources", number, "code"), reason)
