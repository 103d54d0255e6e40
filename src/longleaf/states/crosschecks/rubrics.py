"""Rubrics and panel rules are read by the engine that will use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from longleaf.engines.rubrics import Rubric, RubricError, rubric_from_document, rule_from_document
from longleaf.quality.self_check.checks import CHECKS
from longleaf.states.crosschecks.looking_up import unknown
from longleaf.states.crosschecks.told_by_engines import placed
from longleaf.states.errors import Mistake
from longleaf.states.files import PackFile, Spot
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.agency import AgencyCriteria
from longleaf.states.parts.quality import Category, QualityRubric
from longleaf.states.parts.values import Document, Part


def check(gathered: Gathered) -> Iterator[Mistake]:
    quality, agency = gathered.quality_rubric, gathered.agency_criteria
    if quality.part:
        yield from _check_quality(quality, quality.part)
    for criteria in (agency, *gathered.pathway_criteria, *gathered.plan_criteria):
        if criteria.part:
            yield from _check_agency(criteria, criteria.part, agency.part)


def read_rubric(
    file: PackFile, rubric: Document, rule: Document, spot_of: Callable[[Spot], Spot]
) -> tuple[Rubric | None, list[Mistake]]:
    """A rubric as its engine reads it, or None; and what the engine says against it or its panel rule.

    `spot_of` leads from a place in the rubric document to its place in the file.
    """
    try:
        found = rubric_from_document(rubric)
    except RubricError as error:
        return None, placed(file, error.mistakes, spot_of)
    try:
        rule_from_document(rule, found)
    except RubricError as error:
        return found, placed(file, error.mistakes, lambda spot: ("panel_rule", *spot))
    return found, []


def _check_quality(sheet: Sheet[QualityRubric], part: QualityRubric) -> Iterator[Mistake]:
    spots: list[Spot] = [
        ("standards", number, "components", inner)
        for number, standard in enumerate(part.standards)
        for inner in range(len(standard.components))
    ]
    yield from read_rubric(sheet.file, part.rubric_document(), part.panel_rule, _among(spots))[1]
    yield from _check_no_lead(sheet, part.panel_rule)
    for number, standard in enumerate(part.standards):
        yield from _check_category(sheet, ("standards", number, "category"), standard.category, part.categories)
        if not standard.components:
            reason = "A standard is judged by its components; add at least one."
            yield sheet.mistake(("standards", number, "components"), reason)
    yield from _check_software(sheet, part, spots)


def _check_software(sheet: Sheet[QualityRubric], part: QualityRubric, spots: Sequence[Spot]) -> Iterator[Mistake]:
    for spot, component in zip(spots, part.components, strict=True):
        for number, check in enumerate(component.checks):
            yield from unknown(sheet, (*spot, "checks", number, "name"), check.name, CHECKS.keys(), "this system")


def _check_agency(
    sheet: Sheet[AgencyCriteria], part: AgencyCriteria, agency: AgencyCriteria | None
) -> Iterator[Mistake]:
    yield from _check_taken(sheet, part, agency)
    whole = part.whole(agency) if agency else part
    taken = len(whole.criteria) - len(part.criteria)
    spots: list[Spot] = [("takes",)] * taken + [("criteria", number) for number in range(len(part.criteria))]
    yield from read_rubric(sheet.file, whole.rubric_document(), part.panel_rule, _among(spots))[1]
    yield from _check_no_lead(sheet, part.panel_rule)
    for number, criterion in enumerate(part.criteria):
        yield from _check_category(sheet, ("criteria", number, "area"), criterion.area, part.areas)


def _check_taken(
    sheet: Sheet[AgencyCriteria], part: AgencyCriteria, agency: AgencyCriteria | None
) -> Iterator[Mistake]:
    """What is taken over from the criteria for agencies stands there; they themselves take nothing."""
    known = {each.code for each in agency.criteria} if agency and part is not agency else set() if agency else None
    for number, code in enumerate(part.takes):
        yield from unknown(sheet, ("takes", number), code, known, "agency-criteria.yaml")


def _check_no_lead(sheet: Sheet[Part], rule: Document) -> Iterator[Mistake]:
    """A lead assessor decides at the desk of assessors. What reviewers read has none, and would wait for ever."""
    if rule.get("when_they_differ") == "lead":
        reason = "Reviewers have no lead assessor; write `third_reader`, or `none` with an odd number of readers."
        yield sheet.mistake(("panel_rule", "when_they_differ"), reason)


def _among(spots: Sequence[Spot]) -> Callable[[Spot], Spot]:
    """Criteria are put together from parts of the file; this leads from a criterion back to its part."""

    def spot_of(spot: Spot) -> Spot:
        if len(spot) > 1 and spot[0] == "criteria" and isinstance(spot[1], int):
            return (*spots[spot[1]], *spot[2:])
        return spot

    return spot_of


def _check_category(sheet: Sheet[Part], spot: Spot, code: str, categories: Sequence[Category]) -> Iterator[Mistake]:
    yield from unknown(sheet, spot, code, {category.code for category in categories}, "the list in this file")
