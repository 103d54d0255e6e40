"""Taking up every file of a pack: reading it, and giving it the shape of its part."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from longleaf.states.errors import Mistake
from longleaf.states.files import PackFile, Spot, read_table, read_yaml
from longleaf.states.parts.agency import AgencyCriteria
from longleaf.states.parts.appeals import Appeals
from longleaf.states.parts.assessor_pools import AssessorPools
from longleaf.states.parts.calendar import Calendar
from longleaf.states.parts.catalog import Families, Stacks, Vocabulary
from longleaf.states.parts.consent_form import ConsentForms
from longleaf.states.parts.frameworks import Framework
from longleaf.states.parts.glossary import Glossary
from longleaf.states.parts.micro_credentials import MicroCredential
from longleaf.states.parts.model_policy import ModelPolicy
from longleaf.states.parts.organisations import Organisations
from longleaf.states.parts.oversight import Oversight
from longleaf.states.parts.quality import QualityRubric
from longleaf.states.parts.recognitions import Recognitions
from longleaf.states.parts.reminders import Reminders
from longleaf.states.parts.renewal_practice import RenewalPractice
from longleaf.states.parts.retention import Retention
from longleaf.states.parts.sources import Sources
from longleaf.states.parts.state import State
from longleaf.states.parts.values import Part
from longleaf.states.school_units import organisations_from_table
from longleaf.states.sentences import meant, sentence

# A sheet only ever gives its part, so a sheet of one kind of part is a sheet of parts.
P = TypeVar("P", bound=Part, covariant=True)


@dataclass(frozen=True)
class Sheet(Generic[P]):
    """A file with the part that it holds; `part` is None where the file is missing or wrong."""

    file: PackFile
    part: P | None

    def mistake(self, spot: Spot, reason: str) -> Mistake:
        return self.file.mistake(spot, reason)


@dataclass(frozen=True)
class Gathered:
    """Every sheet of a pack, and the mistakes that each shows when looked at alone."""

    state: Sheet[State]
    sources: Sheet[Sources]
    vocabulary: Sheet[Vocabulary]
    organisations: tuple[Sheet[Organisations], ...]
    frameworks: tuple[Sheet[Framework], ...]
    quality_rubric: Sheet[QualityRubric]
    agency_criteria: Sheet[AgencyCriteria]
    pathway_criteria: tuple[Sheet[AgencyCriteria], ...]
    plan_criteria: tuple[Sheet[AgencyCriteria], ...]
    glossary: Sheet[Glossary]
    families: Sheet[Families]
    micro_credentials: tuple[Sheet[MicroCredential], ...]
    stacks: Sheet[Stacks]
    recognitions: Sheet[Recognitions]
    calendar: Sheet[Calendar]
    policies: tuple[PackFile, ...]
    assessor_pools: tuple[Sheet[AssessorPools], ...]
    retention: tuple[Sheet[Retention], ...]
    consent_forms: tuple[Sheet[ConsentForms], ...]
    appeals: tuple[Sheet[Appeals], ...]
    reminders: tuple[Sheet[Reminders], ...]
    oversight: tuple[Sheet[Oversight], ...]
    model_policy: tuple[Sheet[ModelPolicy], ...]
    renewal_practice: tuple[Sheet[RenewalPractice], ...]
    mistakes: tuple[Mistake, ...]

    def sheets(self) -> Iterator[Sheet[Part]]:
        """Every sheet with a part; policies are left out, for their shape belongs to their engine."""
        for value in vars(self).values():
            for sheet in value if isinstance(value, tuple) else (value,):
                if isinstance(sheet, Sheet):
                    yield sheet


def gather(directory: Path) -> Gathered:
    """Read every file of a pack. What is wrong with any of them is in `mistakes`; nothing is raised."""
    desk = _Desk(directory)
    return Gathered(
        state=desk.sheet("state.yaml", State),
        sources=desk.sheet("sources.yaml", Sources),
        vocabulary=desk.sheet("vocabulary.yaml", Vocabulary),
        organisations=(desk.sheet("organisations.yaml", Organisations), *desk.school_units()),
        frameworks=desk.folder("frameworks", Framework),
        quality_rubric=desk.sheet("quality-rubric.yaml", QualityRubric),
        agency_criteria=desk.sheet("agency-criteria.yaml", AgencyCriteria),
        pathway_criteria=desk.may_be_left_out("pathway-criteria.yaml", AgencyCriteria),
        plan_criteria=desk.may_be_left_out("plan-criteria.yaml", AgencyCriteria),
        glossary=desk.sheet("glossary.yaml", Glossary),
        families=desk.sheet("families.yaml", Families),
        micro_credentials=desk.folder("micro-credentials", MicroCredential),
        stacks=desk.sheet("stacks.yaml", Stacks),
        recognitions=desk.sheet("recognitions.yaml", Recognitions),
        calendar=desk.sheet("calendar.yaml", Calendar),
        policies=desk.policies(),
        retention=desk.may_be_left_out("retention.yaml", Retention),
        consent_forms=desk.may_be_left_out("consent-form.yaml", ConsentForms),
        assessor_pools=desk.may_be_left_out("assessor-pools.yaml", AssessorPools),
        appeals=desk.may_be_left_out("appeals.yaml", Appeals),
        reminders=desk.may_be_left_out("reminders.yaml", Reminders),
        oversight=desk.may_be_left_out("oversight.yaml", Oversight),
        model_policy=desk.may_be_left_out("model-policy.yaml", ModelPolicy),
        renewal_practice=desk.may_be_left_out("renewal-practice.yaml", RenewalPractice),
        # Evaluated last, when every file above has been opened.
        mistakes=desk.all_mistakes(),
    )


@dataclass
class _Desk:
    """Where the files of one pack are opened; it notes which were, and what was wrong with them."""

    directory: Path
    mistakes: list[Mistake] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)

    def sheet(self, name: str, model: type[P]) -> Sheet[P]:
        if not (self.directory / name).is_file():
            self.mistakes.append(Mistake(name, None, "", "This file is missing; every pack has one."))
            return Sheet(PackFile(name, None, {}), None)
        return self._shaped(self._open(name), model)

    def folder(self, name: str, model: type[P]) -> tuple[Sheet[P], ...]:
        return tuple(self._shaped(self._open(inner), model) for inner in self._names_in(name))

    def policies(self) -> tuple[PackFile, ...]:
        """Those of the state, what it knows of those of other states, and what its school units ask beyond it."""
        folders = ("policy", "policy/elsewhere", "policy/overlays")
        return tuple(self._open(name) for folder in folders for name in self._names_in(folder))

    def school_units(self) -> Iterator[Sheet[Organisations]]:
        """The table of organisations, which a state with few of them can do without."""
        if (self.directory / "organisations.csv").is_file():
            yield self._shaped(self._open("organisations.csv"), Organisations)

    def may_be_left_out(self, name: str, model: type[P]) -> tuple[Sheet[P], ...]:
        """Rules that a state can do without that finds the usual ones right: one sheet, or none."""
        return (self._shaped(self._open(name), model),) if (self.directory / name).is_file() else ()

    def all_mistakes(self) -> tuple[Mistake, ...]:
        return (*self.mistakes, *self._unread())

    def _names_in(self, folder: str) -> list[str]:
        return sorted(f"{folder}/{path.name}" for path in (self.directory / folder).glob("*.yaml"))

    def _open(self, name: str) -> PackFile:
        self.opened.add(name)
        raw = (self.directory / name).read_bytes()
        file = organisations_from_table(read_table(name, raw)) if name.endswith(".csv") else read_yaml(name, raw)
        self.mistakes += file.mistakes_of_writing
        return file

    def _shaped(self, file: PackFile, model: type[P]) -> Sheet[P]:
        sheet, mistakes = shaped(file, model)
        self.mistakes += mistakes
        return sheet

    def _unread(self) -> Iterator[Mistake]:
        """Files that nothing reads; a misspelt name would otherwise be lost without a word."""
        for path in sorted(self.directory.rglob("*")):
            name = path.relative_to(self.directory).as_posix()
            if path.is_file() and name not in self.opened and path.suffix != ".md":
                yield Mistake(name, None, "", "Nothing reads this file; mend its name or take it away.")


def shaped(file: PackFile, model: type[P], said: Mapping[str, str] | None = None) -> tuple[Sheet[P], list[Mistake]]:
    """What a file holds, in the shape of a part; and what is wrong with its shape. `said` is for `sentence`."""
    if file.content is None:
        return Sheet(file, None), []
    try:
        # Through JSON, so that strictness takes lists for tuples and text for days, and nothing else.
        part = model.model_validate_json(json.dumps(file.content))
    except ValidationError as error:
        return Sheet(file, None), _mistakes(file, model, error.errors(include_url=False), said)
    return Sheet(file, None if file.flaws else part), []


def _mistakes(
    file: PackFile, model: type[Part], errors: list[ErrorDetails], said: Mapping[str, str] | None
) -> list[Mistake]:
    """The errors as mistakes, each told once: a misspelt name is not also a missing one, and what is badly
    written is not also of the wrong kind.
    """
    misspelt = {
        (*spot[:-1], meant(str(spot[-1]), _names_at(model, spot[:-1])))
        for spot in (error["loc"] for error in errors if error["type"] == "extra_forbidden")
    }
    flawed = {flaw.spot for flaw in file.flaws}
    told = [
        error
        for error in errors
        if error["loc"] not in flawed and (error["type"] != "missing" or error["loc"] not in misspelt)
    ]
    return [file.mistake(error["loc"], sentence(error, _names_at(model, error["loc"][:-1]), said)) for error in told]


def _names_at(model: type[BaseModel], spot: Spot) -> tuple[str, ...]:
    """The names that a part takes at a spot, for saying what may have been meant."""
    for step in spot:
        if isinstance(step, str):
            model = _model_within(model.model_fields[step].annotation) or model
    return tuple(model.model_fields)


def _model_within(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_within(inner) for inner in get_args(annotation))
    return next((model for model in found if model), None)
