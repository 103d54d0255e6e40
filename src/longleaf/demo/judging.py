"""The work of educators who are told of no further, as stories: all that is seen of them are figures of agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from longleaf.catalog import queries as catalog
from longleaf.catalog.design import Design
from longleaf.demo import attempting
from longleaf.demo.enrolling import DOMAIN
from longleaf.demo.script import Judged, Judgements, Moment, Readings, Story
from longleaf.directory import enrolling
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.demo.stage import Stage
    from longleaf.directory.models import Organisation

SAID = "What the evidence shows on this criterion, and what would still have to change, in the words of the rubric."


def judge(told: Judgements, stage: Stage, organisations: Mapping[str, Organisation]) -> None:
    """Enrol educators as whom nobody can sign in, and let their work be judged."""
    for number, work in enumerate(told.works, 1):
        key = key_of(told, number)
        stage.people[key] = enrolling.enrol(
            email=f"{key}@{DOMAIN}", name=work.earner, acting_person=None, synthetic=True
        )
        enrolling.give_role(
            person=stage.people[key],
            organisation=organisations[told.organisation],
            role=Role.EDUCATOR,
            acting_person=None,
        )
    for story in stories_of(told):
        attempting.tell_story(story, stage, until=story.until)


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
