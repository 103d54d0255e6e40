"""The chapter of designers: what educators miss, the needs that are written down for it, and drafts in the studio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from longleaf.catalog import asking
from longleaf.catalog.studio import commenting, drafting, needs
from longleaf.catalog.studio.shapes import read_path

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft
    from longleaf.demo.script import Designed, Wish
    from longleaf.demo.stage import Stage
    from longleaf.directory.models import Organisation, State


def wish(told: Wish, stage: Stage, state: State) -> None:
    """Ask for what the catalog does not have."""
    asking.ask(state=state, text=told.text, role=told.role, acting_person=stage.people[told.by])


def design(told: Designed, stage: Stage, organisations: Mapping[str, Organisation]) -> Draft:
    """Write a need down, break it into skills, and begin a draft for the first of them, which somebody comments on."""
    designer = stage.people[told.by]
    need = needs.write_down(
        issuer=organisations[told.organisation], text=told.need, item=told.item, acting_person=designer
    )
    need = needs.break_down(
        need=need,
        text=told.need,
        item=told.item,
        skills="\n".join(told.skills),
        revision=need.revision,
        acting_person=designer,
    )
    draft = needs.begin_for(need=need, skill=told.skills[0], acting_person=designer)
    for path, value in told.typed.items():
        typed = list(value) if isinstance(value, tuple) else value
        drafting.save_field(draft=draft, path=read_path(path), value=typed, revision=0, acting_person=designer)
    if told.reader:
        reader = stage.people[told.reader]
        drafting.add_author(draft=draft, address=reader.email, writes=False, acting_person=designer)
        commenting.comment(draft=draft, section=told.about, text=told.comment, place=told.place, acting_person=reader)
    return draft
