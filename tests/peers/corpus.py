"""Every shape of credential that the engine builds, with the documents that a verifier of them would fetch.

Some peers look at the clock of the machine, so these credentials are good from 2025 for a hundred years.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from longleaf.engines.openbadges import building, proving, status
from longleaf.engines.openbadges.tests import cast

BEGUN, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2125, 1, 1, tzinfo=UTC)
NOW = "2026-05-04T12:00:00Z"
SUITES = (proving.RDFC, proving.JCS)
WITHDRAWN = 88

FULL = replace(cast.CREDENTIAL, valid_from=BEGUN, awarded=BEGUN, valid_until=END)
_BARE_ACHIEVEMENT = building.Achievement(
    id="https://badges.example/achievements/feedback/1",
    name="Feedback that moves learners",
    description="Gives feedback that learners act on.",
    criteria="Two readers judged the evidence against the rubric.",
)
SMALL = building.Credential(
    id="https://badges.example/awards/2",
    name="Feedback that moves learners",
    issuer=building.Issuer(id=cast.ISSUER, name="Longleaf Pines Agency"),
    achievement=_BARE_ACHIEVEMENT,
    subject=building.Subject(id="urn:uuid:0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f"),
    valid_from=BEGUN,
)
_ODD_TEXT = 'Ærø, “Zoë”, 学习, 🌲 – a "quote", a back\\slash,\na line\r\nand a\ttab; I\'m </p> & so on ~ \u00a0.'
_MARKDOWN = "# Criteria\n\n1. *Plans* feedback\n2. **Uses** it, [as here](https://standards.example/4a?x=1&y=2#z)\n"

SHAPES: dict[str, building.Credential] = {
    "small": SMALL,
    "full": FULL,
    "without a status list": replace(FULL, status=None),
    "with a schema": replace(FULL, names_schema=True),
    "with an id and two identities": replace(
        FULL,
        subject=building.Subject(
            id="did:example:ana",
            identities=(
                building.Identity.of_email("ana@school.example", salt="s4lt"),
                building.Identity.of_email("ana@home.example", salt="p3pper"),
            ),
        ),
    ),
    "with values of results": replace(
        FULL, results=(building.Result(criterion="plan", level="demonstrated", value="4.5"),)
    ),
    "with several pieces of evidence": replace(
        FULL,
        evidence=(
            building.Evidence(url="https://files.example/lesson.mp4", name="Lesson", audience="Peers"),
            building.Evidence(name="Notes", description="Two pages.", narrative=_MARKDOWN, genre="Text"),
            building.Evidence(narrative=_ODD_TEXT),
        ),
    ),
    "with accents and odd characters": replace(
        SMALL, name=_ODD_TEXT, description=_ODD_TEXT, achievement=replace(_BARE_ACHIEVEMENT, name=_ODD_TEXT)
    ),
    "with markdown": replace(SMALL, achievement=replace(_BARE_ACHIEVEMENT, criteria=_MARKDOWN), narrative=_MARKDOWN),
    "by a bare key": replace(
        SMALL, issuer=building.Issuer(id=cast.STRANGER.verification_method.partition("#")[0], name="K")
    ),
}


def signed(shape: str, suite: str) -> dict[str, Any]:
    """A credential of that shape, signed as this suite says."""
    signer = cast.STRANGER if shape == "by a bare key" else cast.SIGNER
    document = building.achievement_credential(SHAPES[shape])
    return proving.add_proof(document, signer=signer, created=BEGUN, suite=suite)


def documents(*withdrawn: int) -> dict[str, dict[str, Any]]:
    """What the issuer publishes: its keys, and the status list with these bits set."""
    listed = status.status_list_credential(
        url=cast.LIST_URL, issuer=cast.ISSUER, unpacked=status.bits(withdrawn), valid_from=BEGUN
    )
    proven = proving.add_proof(listed, signer=cast.SIGNER, created=BEGUN)
    return {cast.ISSUER_DOCUMENT: cast.issuer_document(), cast.LIST_URL: proven}


Path = tuple[str | int, ...]


def tampered(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every leaf changed, every leaf taken away, and something unknown added to every object; each with its name."""
    for path, value in _walk(document):
        where = "/".join(map(str, path))
        if isinstance(value, dict):
            yield f"{where}: something added", _with(document, (*path, "nickname"), "Best")
        elif not isinstance(value, list):
            yield f"{where}: changed", _with(document, path, not value if isinstance(value, bool) else f"{value}x")
            yield f"{where}: taken away", _without(document, path)


def _walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict | list):
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _walk(member, (*path, step))


def _with(document: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    copied, holder = _copy_and_holder(document, path)
    holder[path[-1]] = value
    return copied


def _without(document: dict[str, Any], path: Path) -> dict[str, Any]:
    copied, holder = _copy_and_holder(document, path)
    del holder[path[-1]]
    return copied


def _copy_and_holder(document: dict[str, Any], path: Path) -> tuple[dict[str, Any], Any]:
    copied = copy.deepcopy(document)
    holder: Any = copied
    for step in path[:-1]:
        holder = holder[step]
    return copied, holder
