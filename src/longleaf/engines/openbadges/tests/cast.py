"""The cast of these tests: an issuer with a key, an earner, a rubric, and the documents on their web sites."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from longleaf.engines.openbadges import building, controllers, proving, status
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.keys import LocalSigner
from longleaf.engines.openbadges.report import Recognition

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ISSUED = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
ISSUER = "did:web:badges.example:issuers:pines"
ISSUER_DOCUMENT = "https://badges.example/issuers/pines/did.json"
LIST_URL = "https://badges.example/issuers/pines/status/1"
SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))
SIGNER = LocalSigner.from_seed(
    SEED, verification_method=controllers.method_id(ISSUER, LocalSigner.from_seed(SEED).public_bytes)
)
STRANGER = LocalSigner.from_seed(OTHER_SEED)

PROFILE = building.Issuer(
    id=ISSUER,
    name="Longleaf Pines Agency",
    url="https://badges.example",
    email="badges@badges.example",
    image=building.Image(url="https://badges.example/logo.svg", caption="Three pines"),
)
ACHIEVEMENT = building.Achievement(
    id="https://badges.example/achievements/feedback/1",
    name="Feedback that moves learners – “now”",
    description="Gives feedback that learners act on.",
    criteria="Two *readers* judged the evidence against the rubric.",
    criteria_url="https://badges.example/achievements/feedback/1/criteria",
    image=building.Image(url="https://badges.example/feedback.svg"),
    alignments=(
        building.Alignment(
            target_name="Standard 4, element a",
            target_url="https://standards.example/4a",
            framework="Teaching standards",
            code="4a",
            target_type="CFItem",
        ),
    ),
    rubric=tuple(
        building.Criterion(
            key=key,
            name=name,
            levels=(
                building.Level(key="not-yet", name="Not yet", points="0"),
                building.Level(key="demonstrated", name="Demonstrated", description="As asked.", points="1"),
            ),
            required="demonstrated",
        )
        for key, name in (("plan", "Plans feedback"), ("use", "Learners use it"))
    ),
    tags=("feedback", "assessment"),
    version="1.0",
    language="en",
    creator=PROFILE,
)
CREDENTIAL = building.Credential(
    id="https://badges.example/awards/1",
    name="Feedback that moves learners",
    issuer=PROFILE,
    achievement=ACHIEVEMENT,
    subject=building.Subject(identities=(building.Identity.of_email("ana@school.example", salt="s4lt"),)),
    valid_from=ISSUED,
    valid_until=datetime(2031, 5, 1, tzinfo=UTC),
    awarded=ISSUED,
    description="Awarded after two blind readings.",
    narrative="Judged against rubric version 2 by two readers.",
    image=building.Image(url="https://badges.example/awards/1.png"),
    results=(
        building.Result(criterion="plan", level="demonstrated"),
        building.Result(criterion="use", level="demonstrated"),
    ),
    evidence=(building.Evidence(name="Lesson video", narrative="Ten minutes.", genre="Video"),),
    status=status.StatusEntry(list_url=LIST_URL, index=77),
)


class Web:
    """The documents that can be had, by URL; everything else is unavailable."""

    def __init__(self, documents: Mapping[str, Mapping[str, Any] | bytes]) -> None:
        self.documents = dict(documents)
        self.asked: list[str] = []

    def load(self, url: str) -> Mapping[str, Any] | bytes:
        self.asked.append(url)
        if url not in self.documents:
            raise DocumentUnavailable(url, "There is no such page.")
        return self.documents[url]


def signed(document: dict[str, Any], signer: Any = SIGNER, **options: Any) -> dict[str, Any]:
    return proving.add_proof(document, signer=signer, created=ISSUED, **options)


def badge(credential: building.Credential = CREDENTIAL, **options: Any) -> dict[str, Any]:
    return signed(building.achievement_credential(credential), **options)


def issuer_document(**key_options: Any) -> dict[str, Any]:
    key = controllers.ControllerKey(public_bytes=SIGNER.public_bytes, **key_options)
    return controllers.controller_document(ISSUER, [key])


def status_list(*withdrawn: int, signer: Any = SIGNER, **options: Any) -> dict[str, Any]:
    document = status.status_list_credential(
        url=LIST_URL, issuer=ISSUER, unpacked=status.bits(withdrawn), valid_from=ISSUED, **options
    )
    return signed(document, signer)


def web(**overrides: Any) -> Web:
    documents = {ISSUER_DOCUMENT: issuer_document(), LIST_URL: status_list()}
    return Web({**documents, **overrides})


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*extra: bytes, width: int = 1, height: int = 1) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    chunks = (png_chunk(b"IHDR", header), *extra, png_chunk(b"IDAT", pixels), png_chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


SVG = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
    b"  <!-- drawn --><title>Pine \xe2\x80\x93 badge</title>\n  <path d='M0 0h1v1z'/>\n</svg>\n"
)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def p256_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def p384_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP384R1())


def pem(key: Any) -> bytes:
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def register_that_keeps(asked: list[str]) -> Callable[[str, Mapping[str, Any]], Recognition]:
    """A register that knows nobody, and writes down whom it is asked about."""

    def answer(issuer: str, _credential: Mapping[str, Any]) -> Recognition:
        asked.append(issuer)
        return Recognition(None, "It is not in this register.")

    return answer
