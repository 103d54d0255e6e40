"""The parts of a draft, in the order in which a designer thinks: from the competency to the badge."""

from __future__ import annotations

from longleaf.catalog.studio.sections.offer import ALIGNMENTS, BADGE, CONDITIONS, SAMPLE
from longleaf.catalog.studio.sections.work import AUDIENCE, COMPETENCY, EVIDENCE, METHOD, RESEARCH, RUBRIC, SUPPORT
from longleaf.catalog.studio.shapes import Member

SECTIONS = (
    COMPETENCY,
    METHOD,
    RESEARCH,
    AUDIENCE,
    SUPPORT,
    EVIDENCE,
    RUBRIC,
    CONDITIONS,
    ALIGNMENTS,
    SAMPLE,
    BADGE,
)
BY_CODE = {section.code: section for section in SECTIONS}
ALL_MEMBERS: tuple[Member, ...] = tuple(member for section in SECTIONS for member in section.members)
