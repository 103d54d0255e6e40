"""No two things may share a code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from longleaf.states.errors import Mistake
from longleaf.states.files import Spot
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.values import Part

# A code as it is used: in which file, at which spot.
Use = tuple[Sheet[Part], Spot, str]


def check(gathered: Gathered) -> Iterator[Mistake]:
    for uses in _uses(gathered):
        yield from _repeated(uses)


def _uses(gathered: Gathered) -> Iterator[list[Use]]:
    """The lists of codes each of which must hold no code twice."""
    yield _inside([gathered.state], "regions")
    yield _inside([gathered.sources], "sources")
    for facet in ("roles", "grade_bands", "topics"):
        yield _inside([gathered.vocabulary], facet)
    yield _inside(gathered.organisations, "organisations")
    yield _inside(gathered.organisations, "organisations", name="slug")
    yield _of_files(gathered.frameworks, "code")
    yield _inside(gathered.frameworks, "items")
    yield _inside([gathered.glossary], "terms")
    yield _inside([gathered.families], "families")
    yield _inside(gathered.model_policy, "points")
    yield _of_files(gathered.micro_credentials, "slug")
    for sheet in gathered.micro_credentials:
        yield _inside([sheet], "parts")
        yield _inside([sheet], "requirements")
        yield _inside([sheet], "alignments", name="item")
    yield _inside([gathered.stacks], "stacks", name="slug")
    yield _inside([gathered.recognitions], "quality_decisions") + _inside([gathered.recognitions], "agency_approvals")
    yield _inside([gathered.quality_rubric], "standards")
    yield _inside([gathered.quality_rubric], "categories")
    for criteria in (gathered.agency_criteria, *gathered.pathway_criteria, *gathered.plan_criteria):
        yield _inside([criteria], "areas")
    yield _inside([gathered.calendar], "holidays", name="day")


def _inside(sheets: Iterable[Sheet[Part]], field: str, *, name: str = "code") -> list[Use]:
    return [
        (sheet, (field, number, name), str(getattr(item, name)))
        for sheet in sheets
        if sheet.part is not None
        for number, item in enumerate(getattr(sheet.part, field))
    ]


def _of_files(sheets: Iterable[Sheet[Part]], name: str) -> list[Use]:
    return [(sheet, (name,), getattr(sheet.part, name)) for sheet in sheets if sheet.part is not None]


def _repeated(uses: list[Use]) -> Iterator[Mistake]:
    first: dict[str, Use] = {}
    for use in uses:
        sheet, spot, code = use
        earlier = first.setdefault(code, use)
        if earlier is not use:
            there = earlier[0].mistake(earlier[1], "")
            where = f"{there.file}, line {there.line}" if there.line else there.file
            yield sheet.mistake(spot, f"“{code}” is already used in {where}; each needs its own.")
