"""Badges that synthetic people bring from elsewhere: shaped as well-known systems write them, and all of them invented.

Their sites are names that nobody can have. On the day on which a badge is brought they answer from here; whoever has it
verified again later finds nobody at home, as with many a real one.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from longleaf.awards.verification import documents, verifying
from longleaf.awards.verification.visiting import Examined
from longleaf.engines.openbadges import baking, building, proving
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.keys import LocalSigner, did_key
from longleaf.recognition.portability import bringing, deciding, sending

if TYPE_CHECKING:
    from longleaf.demo.script import Brought
    from longleaf.directory.models import Person

# The secret of nobody: it signs what an invented issuer says in the demonstration, and nothing anywhere else.
SEED = hashlib.sha256(b"an invented issuer of a demonstration").digest()


@dataclass(frozen=True)
class Badge:
    """A badge as it is handed over, and what its invented site publishes."""

    material: bytes
    published: Mapping[str, Any] = field(default_factory=dict)

    def load(self, url: str) -> Mapping[str, Any]:
        if url not in self.published:
            raise DocumentUnavailable(url, "its site is invented and publishes nothing there.")
        return dict(self.published[url])


def bring(told: Brought, earner: Person, decider: Person | None) -> None:
    """Bring a badge, send it, and have it decided as far as the script says."""
    badge = SHAPES[told.shape](told, earner.email)
    loader = documents.Remembering(documents.FirstOf((badge, documents.PinnedContexts())))
    report = verifying.verify_material(badge.material, loader=loader)
    examined = Examined(badge.material, "", report, loader.objects)
    (imported,) = bringing.bring(examined=examined, acting_person=earner)
    sending.send(imported=imported, explanation=told.explanation, acting_person=earner)
    if decider is None:
        return
    if told.credits is None:
        deciding.refuse(imported=imported, reason=told.reason, acting_person=decider)
        return
    deciding.accept(
        imported=imported,
        counts=deciding.Counts(amount=told.credits, categories=told.categories),
        reason=told.reason,
        acting_person=decider,
        remember=deciding.Remember(),
    )


def _signed_inside(told: Brought, address: str) -> Badge:
    """Open Badges 3.0 with its proof inside, of an issuer that is known by its key."""
    signer = LocalSigner.from_seed(SEED)
    issued = datetime.combine(told.earned_on, time(12), UTC)
    credential = building.Credential(
        id=f"https://{told.host}/credentials/{_number(told, address)}",
        name=told.title,
        issuer=building.Issuer(id=did_key(signer.public_bytes), name=told.issuer, url=f"https://{told.host}"),
        achievement=building.Achievement(
            id=f"https://{told.host}/achievements/{_slug(told)}",
            name=told.title,
            description=told.description,
            criteria=told.criteria,
            criteria_url=f"https://{told.host}/achievements/{_slug(told)}",
        ),
        subject=building.Subject(identities=(building.Identity.of_email(address, salt=_number(told, address)),)),
        valid_from=issued,
        evidence=(building.Evidence(url=f"https://{told.host}/evidence/1", name="Evidence"),),
    )
    document = proving.add_proof(building.achievement_credential(credential), signer=signer, created=issued)
    return Badge(json.dumps(document).encode())


def _hosted(told: Brought, address: str) -> Badge:
    """Open Badges 2.0, hosted: the assertion names the addresses of everything else."""
    home = f"https://{told.host}"
    assertion = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": f"{home}/assertions/{_number(told, address)}",
        "recipient": _recipient(address),
        "badge": f"{home}/badges/{_slug(told)}",
        "verification": {"type": "HostedBadge"},
        "issuedOn": f"{told.earned_on.isoformat()}T12:00:00Z",
        "evidence": [{"type": "Evidence", "id": f"{home}/evidence/1"}],
    }
    badge = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": assertion["badge"],
        "name": told.title,
        "description": told.description,
        "image": f"{home}/badges/{_slug(told)}.png",
        "criteria": {"narrative": told.criteria},
        "issuer": f"{home}/issuer",
    }
    profile = {"type": "Profile", "id": f"{home}/issuer", "name": told.issuer, "url": home}
    published = {str(each["id"]): each for each in (assertion, badge, profile)}
    return Badge(json.dumps(assertion).encode(), published)


def _baked_long_ago(told: Brought, address: str) -> Badge:
    """Open Badges 1.0, baked into a picture; nobody answers for it any more."""
    home = f"https://{told.host}"
    assertion = {
        "uid": _number(told, address),
        "recipient": _recipient(address),
        "badge": {
            "name": told.title,
            "description": told.description,
            "image": f"{home}/badge.png",
            "criteria": f"{home}/criteria",
            "issuer": {"name": told.issuer, "url": home},
        },
        "verify": {"type": "hosted", "url": f"{home}/assertions/{_number(told, address)}.json"},
        "issuedOn": told.earned_on.isoformat(),
    }
    return Badge(baking.bake_png(_picture(), json.dumps(assertion), form=baking.OPEN_BADGES_2))


SHAPES: dict[str, Callable[[Brought, str], Badge]] = {
    "signed_inside": _signed_inside,
    "hosted": _hosted,
    "baked_long_ago": _baked_long_ago,
}


def _recipient(address: str) -> dict[str, Any]:
    digest = hashlib.sha256(f"{address}salt".encode()).hexdigest()
    return {"type": "email", "hashed": True, "salt": "salt", "identity": f"sha256${digest}"}


def _number(told: Brought, address: str) -> str:
    return hashlib.sha256(f"{told.title}:{address}".encode()).hexdigest()[:12]


def _slug(told: Brought) -> str:
    return "-".join(told.title.lower().split())


def _picture() -> bytes:
    """A PNG of one pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pieces = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in pieces
    )
