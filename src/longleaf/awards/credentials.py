"""From an award to the Open Badges 3.0 credential that says so, before it is signed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from longleaf.awards import achievements, addresses, judgement, moments
from longleaf.awards.finding import CriterionFinding, read_finding
from longleaf.awards.models import Award
from longleaf.awards.status_lists import Place
from longleaf.catalog.design import Design
from longleaf.directory import queries as directory
from longleaf.engines.openbadges import building

if TYPE_CHECKING:
    from longleaf.catalog.models import Version

# What is read together with an award that is to be signed.
NEEDED = ("earner", "issuer", "version__micro_credential__issuer")


def unsigned_credential(
    award: Award,
    *,
    place: Place,
    achievement: building.Achievement | None = None,
    identity: building.Identity | None = None,
) -> dict[str, Any]:
    """The credential without its proof. Raises the engine's `CannotBuild` when something in it cannot stand there.

    Whoever writes many credentials of one version hands in its `achievement`, so that it is read only once. A reissue
    hands in the `identity` that the badge shall carry; a new badge gets one of its own. After a reissue the credential
    is valid from that moment on, so that wallets know the newer of two copies (Open Badges 3.0, section 10);
    `awardedDate` remains the day on which it was earned.
    """
    version = award.version
    document = building.achievement_credential(
        building.Credential(
            id=addresses.credential(award.uuid),
            name=version.title,
            description=version.summary,
            issuer=achievements.issuer_of(award.issuer),
            achievement=achievement or achievements.achievement_of(version),
            subject=building.Subject(identities=(identity or _hashed_address(award),)),
            valid_from=award.reissued_at or moments.day_began(award.earned_at),
            valid_until=expiry_of(version, award.earned_at),
            awarded=moments.day_began(award.earned_at),
            narrative=narrative_of(award),
            results=tuple(_result(each, Design(version.document)) for each in _found(award)),
            evidence=evidence_of(award),
            status=place.entry,
            names_schema=True,
        )
    )
    subject = document["credentialSubject"]
    subject["identifier"].append(_name(award.earner_name))
    subject["achievement"]["resultDescription"] += judgement.descriptions(version)
    if told := judgement.results(award):
        subject["result"] = [*subject.get("result", []), *told]
    return document


def expiry_of(version: Version, earned_at: datetime) -> datetime | None:
    """The last second of the last day on which a badge of this version is valid, or None where it does not end."""
    years = version.document.get("expires_after_years")
    if not years:
        return None
    earned_on = timezone.localdate(earned_at)
    try:
        return moments.last_second(earned_on.replace(year=earned_on.year + years))
    except ValueError:
        # Earned on February 29: good through the last day of February.
        return moments.last_second(earned_on.replace(year=earned_on.year + years, day=28))


def narrative_of(award: Award) -> str:
    """How it was judged, in sentences: by how many, blind or not, by which rubric."""
    finding = read_finding(award.finding, rubric=Design(award.version.document).rubric)
    of_version = f"version {award.version.number}; its SHA-256 digest is {judgement.rubric_digest(award.version)}."
    if finding.elsewhere:
        return f"{finding.sentence} The rubric that this micro-credential publishes is that of {of_version}"
    return f"{finding.sentence} The rubric is that of {of_version}"


def evidence_of(award: Award) -> tuple[building.Evidence, ...]:
    """The pieces of evidence that the earner lets the badge tell of."""
    return tuple(_evidence(piece) for piece in award.evidence)


def _hashed_address(award: Award) -> building.Identity:
    """Addresses are compared in small letters; a fresh salt keeps two badges of one person from being matched."""
    return building.Identity.of_email(directory.badge_address(award.earner), salt=secrets.token_hex(16))


def _name(name: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}


def _found(award: Award) -> tuple[CriterionFinding, ...]:
    return read_finding(award.finding, rubric=Design(award.version.document).rubric).criteria


def _result(found: CriterionFinding, design: Design) -> building.Result:
    """A criterion of which only “met” is known was at least at the first level that meets it."""
    levels = design.rubric.levels
    at_least = next((level for level in levels if design.panel_rule.is_met(design.rubric, level.code)), levels[-1])
    level = found.level or (at_least if found.met else levels[0])
    return building.Result(criterion=found.criterion.code, level=level.code)


def _evidence(piece: dict[str, str]) -> building.Evidence:
    return building.Evidence(
        **{name: piece.get(name, "") for name in ("url", "name", "description", "narrative", "genre")}
    )
