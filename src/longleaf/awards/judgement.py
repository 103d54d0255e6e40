"""How a work was judged, as members of the credential that programs can read: by how many, blind or not, by what.

The result per criterion is the engine's matter. What is told of the judgement as a whole has no member of its own in
Open Badges 3.0, so it is told as further results: the achievement describes each (`ResultDescription`, of the general
type `Result`), and each badge gives its value (Open Badges 3.0, sections "ResultDescription" and "Result").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from longleaf.awards import addresses
from longleaf.awards.finding import read_finding
from longleaf.catalog.design import Design
from longleaf.catalog.publishing import digest_of

if TYPE_CHECKING:
    from longleaf.awards.models import Award
    from longleaf.catalog.models import Version

BLIND, NOT_BLIND = "blind", "not blind"


@dataclass(frozen=True)
class Told:
    """Something that is told of every judgement.

    What its values may be is not listed (`allowedValue`): that member is an ordered list, which the quick way of
    reading linked data leaves to the general one, and every badge would be signed and verified ten times as slowly.
    """

    code: str
    name: str


READERS = Told("readers", "Number of assessors who judged the work")
BLINDNESS = Told("blindness", "Whether the assessors saw whose work it was")
RUBRIC = Told("rubric", "SHA-256 digest of the rubric in canonical JSON (RFC 8785)")


def descriptions(version: Version) -> list[dict[str, Any]]:
    """What the achievement says may be told of a judgement."""
    return [_description(told, version) for told in (READERS, BLINDNESS, RUBRIC)]


def results(award: Award) -> list[dict[str, Any]]:
    """What a badge tells of its own judgement."""
    version = award.version
    finding = read_finding(award.finding, rubric=Design(version.document).rubric)
    if not finding.readers:
        # Nobody judged it here, so nothing is known of how it was judged.
        return []
    values = {
        READERS: str(finding.readers),
        BLINDNESS: BLIND if finding.blind else NOT_BLIND,
        RUBRIC: rubric_digest(version),
    }
    return [
        {
            "id": _derived(addresses.credential(award.uuid), f"judgement/{told.code}"),
            "type": ["Result"],
            "resultDescription": _description_id(told, version),
            "value": value,
        }
        for told, value in values.items()
    ]


def rubric_digest(version: Version) -> str:
    """SHA-256, in hex, of the rubric in canonical JSON (RFC 8785)."""
    return digest_of(version.document["rubric"])


def _description(told: Told, version: Version) -> dict[str, Any]:
    return {
        "id": _description_id(told, version),
        "type": ["ResultDescription"],
        "name": told.name,
        "resultType": "Result",
    }


def _description_id(told: Told, version: Version) -> str:
    return _derived(addresses.achievement(version), f"judgement/{told.code}")


def _derived(whole: str, part: str) -> str:
    """The id of a part: always the same for the same part of the same whole."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{whole}#{part}')}"
