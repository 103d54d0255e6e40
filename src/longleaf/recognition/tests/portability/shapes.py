"""Badges as other issuers write them, all invented: the shapes are those of well-known systems, nothing else is.

Each is given with the documents that its issuer's site publishes for it; the hosts are reserved names of nobody.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from longleaf.engines.openbadges import baking, building, clr, proving
from longleaf.engines.openbadges.building import Identity
from longleaf.engines.openbadges.keys import LocalSigner, did_key

ISSUED = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)


@dataclass
class Shape:
    """A badge: the `material` to upload, the `address` where it is, and what its issuer's site `publishes`."""

    material: bytes
    address: str = ""
    publishes: dict[str, Any] = field(default_factory=dict)


def hashed(address: str, salt: str = "deadsea") -> dict[str, Any]:
    digest = hashlib.sha256((address + salt).encode()).hexdigest()
    return {"type": "email", "hashed": True, "salt": salt, "identity": f"sha256${digest}"}


def second(host: str, earner: str, **changes: Any) -> Shape:
    """Open Badges 2.0, hosted: an assertion that names the address of its badge class, as most systems write it."""
    root = f"https://{host}"
    assertion = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": f"{root}/assertions/1",
        "recipient": hashed(earner),
        "badge": f"{root}/classes/coaching",
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-02-02T12:00:00+00:00",
        "evidence": [{"type": "Evidence", "id": f"{root}/evidence/1", "narrative": "What was shown."}],
        **changes,
    }
    published = {
        assertion["id"]: assertion,
        f"{root}/classes/coaching": {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "BadgeClass",
            "id": f"{root}/classes/coaching",
            "name": "Coaching Colleagues with Feedback",
            "description": "Coaches a colleague through a cycle of feedback.",
            "image": f"{root}/coaching.png",
            "criteria": {"id": f"{root}/coaching"},
            "issuer": f"{root}/issuer",
            "alignment": [{"targetName": "Leads learning", "targetUrl": "https://standards.example/1"}],
        },
        f"{root}/issuer": {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Profile",
            "id": f"{root}/issuer",
            "name": "Invented Institute",
            "url": root,
            "email": "badges@invented.example",
        },
    }
    return Shape(json.dumps(assertion).encode(), assertion["id"], published)


def credly_like(recipient: str) -> Shape:
    return second("api.credential-network.example", recipient)


def canvas_like(recipient: str) -> Shape:
    """The badge class and the issuer stand in the assertion itself."""
    shape = second("badges.course-system.example", recipient)
    assertion, classes, issuer = shape.publishes.values()
    assertion["badge"] = {**classes, "issuer": issuer}
    shape.material = json.dumps(assertion).encode()
    return shape


def moodle_like(recipient: str) -> Shape:
    """The earner's address unhashed, and an expiry."""
    open_address = {"type": "email", "hashed": False, "identity": recipient}
    return second("moodle.school.example", recipient, recipient=open_address, expires="2031-02-02T00:00:00Z")


def factory_like(recipient: str) -> Shape:
    """An assertion of 1.1, baked into a PNG as its address alone."""
    root = "https://factory.example/v1"
    assertion = {
        "@context": "https://w3id.org/openbadges/v1",
        "type": "Assertion",
        "id": f"{root}/assertion/9.json",
        "uid": "9",
        "recipient": hashed(recipient),
        "badge": f"{root}/badge/9.json",
        "verify": {"type": "hosted", "url": f"{root}/assertion/9.json"},
        "issuedOn": "2015-02-02T12:00:00Z",
    }
    published = {
        assertion["id"]: assertion,
        f"{root}/badge/9.json": {**OLD_BADGE, "issuer": f"{root}/client.json"},
        f"{root}/client.json": {"name": "Invented Factory", "url": "https://factory.example"},
    }
    baked = baking.bake_png(png(), assertion["id"], form=baking.OPEN_BADGES_2)
    return Shape(baked, assertion["id"], published)


OLD_BADGE = {
    "name": "Digital Storyteller",
    "description": "Tells a story with pictures and sound.",
    "image": "https://factory.example/story.png",
    "criteria": "https://factory.example/story.html",
}


def mozilla_like(recipient: str) -> Shape:
    """An assertion of 1.0, baked into a PNG as plain text in a tEXt chunk; its host is long gone."""
    root = "https://badges.gone.example"
    assertion = {
        "uid": "f2c20",
        "recipient": hashed(recipient),
        "badge": {**OLD_BADGE, "issuer": {"name": "Gone Foundation", "url": root}},
        "verify": {"type": "hosted", "url": f"{root}/f2c20.json"},
        "issuedOn": 1359217910,
    }
    return Shape(png(_chunk(b"tEXt", b"openbadges\0" + json.dumps(assertion).encode())), assertion["verify"]["url"])


SIGNER = LocalSigner.from_seed(b"\x07" * 32)
PROMISE = building.Issuer(id=did_key(SIGNER.public_bytes), name="Invented Promise", url="https://promise.example")


def promise_like(
    recipient: str, *, number: int = 1, achievement: str = "https://promise.example/achievements/questions"
) -> Shape:
    """Open Badges 3.0 with a proof inside, by an issuer that is known by its key alone."""
    return Shape(json.dumps(promise(recipient, number=number, achievement=achievement)).encode())


def promise(recipient: str, *, number: int, achievement: str) -> dict[str, Any]:
    credential = building.Credential(
        id=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        name="Asking Questions That Provoke Thinking",
        issuer=PROMISE,
        achievement=building.Achievement(
            id=achievement,
            name="Asking Questions That Provoke Thinking",
            description="Asks questions that make learners think.",
            criteria="Two recordings and a reflection.",
            criteria_url="https://promise.example/questions",
        ),
        subject=building.Subject(identities=(Identity.of_email(recipient, salt=f"salt{number}"),)),
        valid_from=ISSUED,
        evidence=(building.Evidence(url="https://promise.example/evidence/1", name="A recording"),),
    )
    return proving.add_proof(building.achievement_credential(credential), signer=SIGNER, created=ISSUED)


def record_like(recipient: str, *, numbers: tuple[int, ...] = (1, 2)) -> Shape:
    """A learner record with several credentials in it."""
    wrapped = [
        promise(recipient, number=number, achievement=f"https://promise.example/achievements/{number}")
        for number in numbers
    ]
    document = clr.clr_credential(
        clr.Record(
            id="urn:uuid:00000000-0000-4000-8000-00000000c1c1",
            name="Learner record",
            issuer=PROMISE,
            subject=building.Subject(identities=(Identity.of_email(recipient, salt="whole"),)),
            credentials=tuple(wrapped),
            valid_from=ISSUED,
        )
    )
    return Shape(json.dumps(proving.add_proof(document, signer=SIGNER, created=ISSUED)).encode())


def png(*extra: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), *extra, _chunk(b"IDAT", zlib.compress(b"\0\0")), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))
