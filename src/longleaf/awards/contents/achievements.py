"""What versions and issuers say in Open Badges: achievements, profiles, and the documents of issuers' keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from longleaf.awards import addresses
from longleaf.awards.contents import judgement
from longleaf.awards.models import IssuingKey
from longleaf.awards.status import KeyStatus
from longleaf.catalog.design import Design
from longleaf.engines.openbadges import building, controllers
from longleaf.engines.openbadges.contexts import CREDENTIALS_V2, OPEN_BADGES
from longleaf.engines.openbadges.keys import public_key_from_multikey
from longleaf.engines.rubrics import Criterion
from longleaf.kit import standing

if TYPE_CHECKING:
    from longleaf.catalog.models import Alignment, Version
    from longleaf.directory.models import Organisation


def issuer_of(organisation: Organisation) -> building.Issuer:
    """The issuer as it stands in every badge."""
    return building.Issuer(
        id=addresses.issuer_id(organisation),
        name=organisation.name,
        url=organisation.url or addresses.profile(organisation),
        description=organisation.description,
    )


def achievement_of(version: Version) -> building.Achievement:
    """The achievement as it stands in every badge of this version."""
    design = Design(version.document)
    return building.Achievement(
        id=addresses.achievement(version),
        name=version.title,
        description=version.summary,
        criteria=criteria_narrative(design),
        criteria_url=addresses.achievement(version),
        image=building.Image(url=addresses.achievement_picture(version), caption=f"The badge “{version.title}”."),
        alignments=tuple(_alignment(each) for each in alignments_of(version)),
        rubric=tuple(_criterion(each, design) for each in design.rubric.criteria),
        result_descriptions=judgement.DESCRIPTIONS,
        tags=tuple(design.document["topics"]),
        version=str(version.number),
        language=design.document["language"],
        creator=issuer_of(version.micro_credential.issuer),
    )


def alignments_of(version: Version) -> list[Alignment]:
    """The framework items that a version serves, in the order of their codes."""
    found = version.alignments.select_related("item__framework")
    return sorted(found, key=lambda each: (each.item.framework.code, each.item.code))


def achievement_document(version: Version) -> dict[str, Any]:
    """The Achievement as it is published at its own address."""
    return {"@context": [CREDENTIALS_V2, OPEN_BADGES], **building.achievement(achievement_of(version))}


def profile_document(organisation: Organisation) -> dict[str, Any]:
    """The issuer's Profile as it is published at its own address."""
    return {"@context": [CREDENTIALS_V2, OPEN_BADGES], **building.profile(issuer_of(organisation))}


def did_document(organisation: Organisation, *, controller: str = "") -> dict[str, Any] | None:
    """The issuer's did:web document with every key it ever signed with, or None before it has one.

    `controller` is another name under which the same keys are published: the host's own, for the state's agency.
    """
    keys = list(IssuingKey.objects.filter(organisation=organisation).order_by("pk"))
    if not keys:
        return None
    document = controllers.controller_document(
        controller or addresses.issuer_id(organisation), [_controller_key(key) for key in keys]
    )
    return {**document, "alsoKnownAs": [addresses.issuer_id(organisation)]} if controller else document


def key_set(organisation: Organisation, *, controller: str = "") -> dict[str, Any] | None:
    """The issuer's keys as a JSON Web Key Set (RFC 7517), or None before it has one.

    A key set has no word for a key that is compromised, so such a key is left out.
    """
    keys = list(IssuingKey.objects.filter(organisation=organisation).order_by("pk"))
    name = controller or addresses.issuer_id(organisation)
    believed = [key for key in keys if key.status != KeyStatus.COMPROMISED]
    return {"keys": [_json_web_key(key, name) for key in believed]} if keys else None


def criteria_narrative(design: Design) -> str:
    """What is asked for and by what it is judged, as the text that travels in the badge.

    Open Badges has no field for how sure a wording is, so whatever is not official says so in words, at the end.
    """
    lines = [design.document["competency"], "", "Evidence asked for:"]
    lines += [f"- {each.title}: {each.prompt}" for each in design.requirements]
    lines += ["", "Judged by:"]
    lines += [f"- {_titled(each)}" for each in design.rubric.criteria]
    if design.standing != standing.OFFICIAL:
        lines += ["", f"How sure this wording is: {standing.told(design.standing)}"]
    return "\n".join(lines)


def _titled(criterion: Criterion) -> str:
    return f"{criterion.title}: {criterion.description}" if criterion.description else criterion.title


def _controller_key(key: IssuingKey) -> controllers.ControllerKey:
    """A retired key still vouches for what it signed, so it stays listed for assertions like the one in use.

    A compromised one is listed as revoked, and for no use: some verifiers read the one and not the other.
    """
    public = public_key_from_multikey(key.public_multibase).ed25519
    assert public is not None
    is_believed = key.status != KeyStatus.COMPROMISED
    return controllers.ControllerKey(public_bytes=public, may_assert=is_believed, revoked=key.compromised_since)


def _json_web_key(key: IssuingKey, controller: str) -> dict[str, Any]:
    public = public_key_from_multikey(key.public_multibase)
    return {**public.jwk, "kid": f"{controller}#{key.public_multibase}", "use": "sig", "alg": "EdDSA"}


def _alignment(found: Alignment) -> building.Alignment:
    item = found.item
    return building.Alignment(
        target_name=item.title,
        target_url=addresses.framework_item(item),
        framework=item.framework.title,
        code=item.code,
        description=_paraphrase(found),
        target_type="CFItem",
    )


def _paraphrase(found: Alignment) -> str:
    """What the item asks for, and how sure it is that this achievement serves it, where nobody official said so."""
    how_sure = f"How sure this alignment is: {standing.standing_of(found.standing).word.lower()}."
    parts = (found.item.paraphrase, "" if found.standing == standing.OFFICIAL else how_sure)
    return " ".join(filter(None, parts))


def _criterion(criterion: Criterion, design: Design) -> building.Criterion:
    rubric = design.rubric
    needed = next((level for level in rubric.levels if design.panel_rule.is_met(rubric, level.code)), None)
    return building.Criterion(
        key=criterion.code,
        name=criterion.title,
        levels=tuple(
            building.Level(
                key=level.code,
                name=level.title,
                description=criterion.descriptors.get(level.code, ""),
                level=str(level.rank),
            )
            for level in rubric.levels
        ),
        required=needed.code if needed else "",
    )
