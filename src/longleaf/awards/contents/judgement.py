"""How a work was judged, as members of the credential that programs can read: by how many, blind or not, by what.

The result per criterion is told by its level. What is told of the judgement as a whole has no member of its own in
Open Badges 3.0, so it is told as further results: the achievement describes each (`ResultDescription`, of the general
type `Result`), and each badge gives its value (Open Badges 3.0, sections "ResultDescription" and "Result").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.catalog.publishing import digest_of
from longleaf.engines.openbadges.building import FurtherResult, ResultDescription

if TYPE_CHECKING:
    from longleaf.awards.contents.finding import Finding
    from longleaf.catalog.models import Version

BLIND, NOT_BLIND = "blind", "not blind"

# Which values there may be is not listed (`allowed_values`): lists are ordered in linked data, and two that end alike
# leave a badge to the general way of reading, ten times as slow.
READERS = ResultDescription(key="judgement/readers", name="Number of assessors who judged the work")
BLINDNESS = ResultDescription(key="judgement/blindness", name="Whether the assessors saw whose work it was")
RUBRIC = ResultDescription(key="judgement/rubric", name="SHA-256 digest of the rubric in canonical JSON (RFC 8785)")
# What the achievement says may be told of a judgement.
DESCRIPTIONS = (READERS, BLINDNESS, RUBRIC)


def results(finding: Finding, *, rubric_digest: str) -> tuple[FurtherResult, ...]:
    """What a badge tells of its own judgement."""
    if not finding.readers:
        # Nobody judged it here, so nothing is known of how it was judged.
        return ()
    return (
        FurtherResult(description=READERS.key, value=str(finding.readers)),
        FurtherResult(description=BLINDNESS.key, value=BLIND if finding.blind else NOT_BLIND),
        FurtherResult(description=RUBRIC.key, value=rubric_digest),
    )


def rubric_digest(version: Version) -> str:
    """SHA-256, in hex, of the rubric in canonical JSON (RFC 8785)."""
    return digest_of(version.document["rubric"])
