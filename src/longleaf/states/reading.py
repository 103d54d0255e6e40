"""Reading a pack that is sound."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from longleaf.states.checking import examine
from longleaf.states.errors import PackNotSound
from longleaf.states.files import PackFile
from longleaf.states.gathering import Gathered, P, Sheet
from longleaf.states.parts import Pack, PolicyDocument
from longleaf.states.parts.values import Document


def read_pack(directory: Path) -> Pack:
    """Everything that the pack in a folder says. Raises `PackNotSound` with every mistake if there is any."""
    gathered, mistakes = examine(directory)
    if mistakes:
        raise PackNotSound(mistakes)
    return _pack(gathered)


def _pack(gathered: Gathered) -> Pack:
    return Pack(
        state=_part(gathered.state),
        sources=_part(gathered.sources).sources,
        vocabulary=_part(gathered.vocabulary),
        organisations=tuple(it for sheet in gathered.organisations for it in _part(sheet).organisations),
        frameworks=tuple(_part(sheet) for sheet in gathered.frameworks),
        quality_rubric=_part(gathered.quality_rubric),
        agency_criteria=_part(gathered.agency_criteria),
        pathway_criteria=next((_part(sheet) for sheet in gathered.pathway_criteria), None),
        plan_criteria=next((_part(sheet) for sheet in gathered.plan_criteria), None),
        glossary=_part(gathered.glossary).terms,
        families=_part(gathered.families).families,
        micro_credentials=tuple(_part(sheet) for sheet in gathered.micro_credentials),
        stacks=_part(gathered.stacks).stacks,
        recognitions=_part(gathered.recognitions),
        calendar=_part(gathered.calendar),
        policies=tuple(_policy(file) for file in gathered.policies),
        assessor_pools=next((_part(sheet) for sheet in gathered.assessor_pools), None),
        retention=next((_part(sheet) for sheet in gathered.retention), None),
        consent_forms=tuple(it for sheet in gathered.consent_forms for it in _part(sheet).forms),
        appeals=next((_part(sheet) for sheet in gathered.appeals), None),
        reminders=next((_part(sheet) for sheet in gathered.reminders), None),
        oversight=next((_part(sheet) for sheet in gathered.oversight), None),
        model_policy=next((_part(sheet) for sheet in gathered.model_policy), None),
        renewal_practice=next((_part(sheet) for sheet in gathered.renewal_practice), None),
    )


def _part(sheet: Sheet[P]) -> P:
    """The part of a sheet of a sound pack, which every sheet of it has."""
    assert sheet.part is not None
    return sheet.part


def _policy(file: PackFile) -> PolicyDocument:
    return PolicyDocument(file=file.name, document=cast("Document", file.content))
