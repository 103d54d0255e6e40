"""A whole pack, as it is handed over to whoever stores it."""

from __future__ import annotations

from dataclasses import dataclass

from longleaf.states.parts.agency import AgencyCriteria
from longleaf.states.parts.appeals import Appeals
from longleaf.states.parts.assessor_pools import AssessorPools
from longleaf.states.parts.calendar import Calendar
from longleaf.states.parts.catalog import Family, Stack, Vocabulary
from longleaf.states.parts.consent_form import ConsentForm
from longleaf.states.parts.frameworks import Framework
from longleaf.states.parts.glossary import Term
from longleaf.states.parts.micro_credentials import MicroCredential
from longleaf.states.parts.model_policy import ModelPolicy
from longleaf.states.parts.organisations import Organisation
from longleaf.states.parts.oversight import Oversight
from longleaf.states.parts.quality import QualityRubric
from longleaf.states.parts.recognitions import Recognitions
from longleaf.states.parts.reminders import Reminders
from longleaf.states.parts.renewal_practice import RenewalPractice
from longleaf.states.parts.retention import Retention
from longleaf.states.parts.sources import Source
from longleaf.states.parts.state import State
from longleaf.states.parts.values import Document


@dataclass(frozen=True)
class PolicyDocument:
    """A recognition policy as `longleaf.engines.policy` reads it, with the file of the pack it stands in."""

    file: str
    document: Document


@dataclass(frozen=True)
class Pack:
    """Everything that a sound pack says, in the order of its files."""

    state: State
    sources: tuple[Source, ...]
    vocabulary: Vocabulary
    organisations: tuple[Organisation, ...]
    frameworks: tuple[Framework, ...]
    quality_rubric: QualityRubric
    agency_criteria: AgencyCriteria
    pathway_criteria: AgencyCriteria | None
    plan_criteria: AgencyCriteria | None
    glossary: tuple[Term, ...]
    families: tuple[Family, ...]
    micro_credentials: tuple[MicroCredential, ...]
    stacks: tuple[Stack, ...]
    recognitions: Recognitions
    calendar: Calendar
    policies: tuple[PolicyDocument, ...]
    assessor_pools: AssessorPools | None
    retention: Retention | None
    consent_forms: tuple[ConsentForm, ...]
    appeals: Appeals | None
    reminders: Reminders | None
    oversight: Oversight | None
    model_policy: ModelPolicy | None
    renewal_practice: RenewalPractice | None
