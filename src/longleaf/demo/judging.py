"""The work of educators who are told of no further, as stories: all that is seen of them are figures of agreement."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.catalog import queries as catalog
from longleaf.catalog.design import Design
from longleaf.demo.script import Judged, Judgements, Moment, Readings, Story

SAID = "What the evidence shows on this criterion, and what would still have to change, in the words of the rubric."


def key_of(told: Judgements, number: int) -> str:
    """By which key the educator of a work is known on the stage."""
    return f"educator-{number}-of-{told.micro_credential}"


def stories_of(told: Judgements) -> Iterator[Story]:
    """Each work as a story that ends with its decision."""
    design = Design(catalog.bare_version(told.micro_credential).document)
    criteria = [criterion.code for criterion in design.rubric.criteria]
    for number, work in enumerate(told.works, 1):
        yield Story(
            earner=key_of(told, number),
            micro_credential=told.micro_credential,
            until=Moment.NOT_YET,
            readings=_readings(work, criteria),
            few_files=True,
        )


def _readings(work: Judged, criteria: list[str]) -> dict[str, Readings]:
    found = {"first": work.first, "second": work.second, "third": work.third}
    return {
        reader: {code: (level, SAID) for code, level in zip(criteria, levels, strict=True)}
        for reader, levels in found.items()
        if levels
    }
