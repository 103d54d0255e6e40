"""The parts of a state pack, one module per file or folder of a pack; `Pack` holds them together."""

from longleaf.states.parts.agency import AgencyCriteria, AgencyCriterion
from longleaf.states.parts.calendar import Calendar, Holiday
from longleaf.states.parts.catalog import Family, Stack, Topic, Vocabulary
from longleaf.states.parts.frameworks import Framework, FrameworkItem
from longleaf.states.parts.glossary import Term
from longleaf.states.parts.micro_credentials import MicroCredential, Requirement
from longleaf.states.parts.organisations import Organisation, OrganisationKind, OrganisationRole, Place
from longleaf.states.parts.pack import Pack, PolicyDocument
from longleaf.states.parts.quality import QualityComponent, QualityRubric, QualityStandard
from longleaf.states.parts.recognitions import AgencyApproval, QualityDecision, Recognitions
from longleaf.states.parts.sources import Source
from longleaf.states.parts.state import Colours, Region, State, Words
from longleaf.states.parts.values import Document, Part, Sourced, Standing

__all__ = [
    "AgencyApproval",
    "AgencyCriteria",
    "AgencyCriterion",
    "Calendar",
    "Colours",
    "Document",
    "Family",
    "Framework",
    "FrameworkItem",
    "Holiday",
    "MicroCredential",
    "Organisation",
    "OrganisationKind",
    "OrganisationRole",
    "Pack",
    "Part",
    "Place",
    "PolicyDocument",
    "QualityComponent",
    "QualityDecision",
    "QualityRubric",
    "QualityStandard",
    "Recognitions",
    "Region",
    "Requirement",
    "Source",
    "Sourced",
    "Stack",
    "Standing",
    "State",
    "Term",
    "Topic",
    "Vocabulary",
    "Words",
]
