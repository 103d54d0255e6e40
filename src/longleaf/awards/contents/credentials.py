"""From an award to the Open Badges 3.0 credential that says so, before it is signed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from longleaf.awards import addresses
from longleaf.awards.contents import achievements, judgement, moments
from longleaf.awards.contents.finding import CriterionFinding, Finding, read_finding
from longleaf.awards.models import Award
from longleaf.awards.status_lists import Place
from longleaf.catalog.design import Design
from longleaf.directory import queries as directory
from longleaf.engines.openbadges import building

if TYPE_CHECKING:
    from longleaf.catalog.models import Version

# What is read together with an award that is to be signed.
NEEDED = ("earner", "issuer", "version__micro_credential__issuer")


@dataclass(frozen=True)
class Basis:
    """What the credentials of one version rest on, read once by whoever writes many of them."""

    version: Version

    @cached_property
    def design(self) -> Design:
        return Design(self.version.document)

    @cached_property
    def achievement(self) -> building.Achievement:
        return achievements.achievement_of(self.version)

    @cached_property
    def rubric_digest(self) -> str:
        return judgement.rubric_digest(self.version)


def unsigned_credential(award: Award, *, place: Place, identity: building.Identity | None = None) -> dict[str, Any]:
    """The credential without its proof. Raises the engine's `CannotBuild` when something in it cannot stand there."""
    return building.achievement_credential(credential_of(award, place=place, identity=identity))


def credential_of(
    award: Award, *, place: Place, basis: Basis | None = None, identity: building.Identity | None = None
) -> building.Credential:
    """All that the credential of an award says, for the engine to build.

    Whoever writes many credentials of one version hands in its `basis`, so that it is read only once. A reissue
    hands in the `identity` that the badge shall carry; a new badge gets one of its own. After a reissue the credential
    is valid from that moment on, so that wallets know the newer of two copies (Open Badges 3.0, section 10);
    `awardedDate` remains the day on which it was earned.
    """
    version, basis = award.version, basis or Basis(award.version)
    finding = read_finding(award.finding, rubric=basis.design.rubric)
    return building.Credential(
        id=addresses.credential(award.uuid),
        name=version.title,
        description=version.summary,
        issuer=achievements.issuer_of(award.issuer),
        achievement=basis.achievement,
        subject=building.Subject(
            identities=(identity or _hashed_address(award), building.PlainIdentity(identity=award.earner_name))
        ),
        valid_from=award.reissued_at or moments.day_began(award.earned_at),
        valid_until=expiry_of(version, award.earned_at),
        awarded=moments.day_began(award.earned_at),
        narrative=_narrative(finding, basis),
        results=tuple(_result(each, basis.design) for each in finding.criteria),
        further_results=judgement.results(finding, rubric_digest=basis.rubric_digest),
        evidence=evidence_of(award),
        status=place.entry,
        names_schema=True,
    )


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


def evidence_of(award: Award) -> tuple[building.Evidence, ...]:
    """The pieces of evidence that the earner lets the badge tell of."""
    return tuple(_evidence(piece) for piece in award.evidence)


def _hashed_address(award: Award) -> building.Identity:
    """Addresses are compared in small letters; a fresh salt keeps two badges of one person from being matched."""
    return building.Identity.of_email(directory.badge_address(award.earner), salt=secrets.token_hex(16))


def _narrative(finding: Finding, basis: Basis) -> str:
    """How it was judged, in sentences: by how many, blind or not, by which rubric."""
    of_version = f"version {basis.version.number}; its SHA-256 digest is {basis.rubric_digest}."
    if finding.elsewhere:
        return f"{finding.sentence} The rubric that this micro-credential publishes is that of {of_version}"
    return f"{finding.sentence} The rubric is that of {of_version}"


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
