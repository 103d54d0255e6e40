"""Signing many credentials of one achievement quickly: a mould is made once and filled for each earner.

Thousands of credentials of a cohort are equal but for a name, a date, a salt, an index. A `Mould` shares all that is
equal: building, reading as linked data and putting in order happen once for each shape (with evidence, without, with
two results, ...). What is left for each is filling gaps, SHA-256 and the signature. A mould signs byte for byte what
`proving.add_proof` signs, refuses what `building` and `proving` refuse, and says when a credential does not fit.

    mould = Mould(issuer=issuer, achievement=achievement)
    for credential in cohort:
        try:
            signed = mould.sign(credential, signer=signer, created=now)
        except DoesNotFit:  # rare: an address with letters beyond ASCII, two pieces of evidence at one address
            signed = proving.add_proof(building.achievement_credential(credential), signer=signer, created=now)

Follows what `building` and `proving` follow, for the suite `eddsa-rdfc-2022`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, NoReturn

from . import building, limits, proving, statements, terms
from .apart import Shape, Strange, taken_apart
from .building import Achievement, Credential, Issuer
from .contexts import Contexts, pinned
from .errors import NotCheckable, OpenBadgesError
from .impressions import Impression, NoImpression, impression_of
from .keys import Signer, multibase

# Credentials of one achievement come in few shapes; whoever makes up more gets slower, not bigger.
_MOST_SHAPES = 256
_LOOKED_AT_BY_ITSELF = "One of its texts is of a kind that is looked at by itself."
_TURNED_DOWN = (Strange, NoImpression, NotCheckable, terms.Unfamiliar)


class DoesNotFit(OpenBadgesError):
    """A credential that a mould cannot sign, though nothing is wrong with it. Sign it with `proving.add_proof`."""

    code = "does-not-fit"


class Mould:
    """Signs the credentials of one achievement by one issuer.

    `contexts` are the JSON-LD contexts to read with, the pinned ones if none are given. A mould keeps no key, so it may
    be kept for as long as it is of use, by several threads too.
    """

    def __init__(self, *, issuer: Issuer, achievement: Achievement, contexts: Contexts | None = None) -> None:
        """Raises `CannotBuild` when issuer or achievement lack what every credential needs."""
        building.profile(issuer)
        building.achievement(achievement)
        self._issuer, self._achievement = issuer, achievement
        self._contexts = pinned() if contexts is None else contexts
        self._impressions: dict[Shape, Impression] = {}
        self._proof: tuple[tuple[str, datetime, list[str]], dict[str, Any], bytes] | None = None

    def sign(self, credential: Credential, *, signer: Signer, created: datetime) -> dict[str, Any]:
        """The credential's document with a proof made at `created`.

        The signer is asked for one signature a credential, and may be a key in memory, an HSM or a service.
        Parts that are equal in all credentials are the same objects in all documents: read them, do not change them.
        Raises `CannotBuild` as `building.achievement_credential` and `proving.add_proof` do, and `DoesNotFit` for a
        credential that they would sign and this mould cannot.
        """
        try:
            impression, texts, said = self._filled(credential)
        except _TURNED_DOWN as reason:
            self._turn_down(credential, signer.verification_method, created, reason)
        document: dict[str, Any] = impression.fill_document(texts)
        proof, digest = self._proof_at(document, signer.verification_method, created)
        value = multibase(signer.sign(digest + hashlib.sha256(said).digest()))
        document["proof"] = [{**proof, "proofValue": value}]
        return document

    def _filled(self, credential: Credential) -> tuple[Impression, list[str], bytes]:
        """The credential's impression, the texts it is filled with, and its statements. Raises `_TURNED_DOWN`."""
        self._check_common(credential)
        shape, texts = taken_apart(credential)
        written = _as_written(texts)
        impression = self._impressions.get(shape)
        if impression is None:
            impression = self._pressed(shape, credential)
        whole = impression.with_parts(texts)
        said = impression.statements(whole, written=whole if written is texts else written + whole[len(texts) :])
        return impression, whole, said

    def _check_common(self, credential: Credential) -> None:
        if credential.issuer is not self._issuer and credential.issuer != self._issuer:
            raise Strange("Its issuer is another than the mould's.")
        if credential.achievement is not self._achievement and credential.achievement != self._achievement:
            raise Strange("Its achievement is another than the mould's.")
        if credential.valid_until and credential.valid_until <= credential.valid_from:
            raise Strange("It would expire before it begins.")
        if credential.status and credential.status.index < 0:
            raise Strange("Its status index is negative.")

    def _pressed(self, shape: Shape, credential: Credential) -> Impression:
        pressed = impression_of(credential, contexts=self._contexts)
        if len(self._impressions) >= _MOST_SHAPES:
            self._impressions.clear()
        self._impressions[shape] = pressed
        return pressed

    def _proof_at(self, document: dict[str, Any], method: str, created: datetime) -> tuple[dict[str, Any], bytes]:
        """The proof without its value and the digest of its options, kept as long as only signatures differ."""
        key, kept = (method, created, document["@context"]), self._proof
        if kept is None or kept[0] != key:
            proof, digest = proving.prepared(
                document, verification_method=method, created=created, contexts=self._contexts
            )
            kept = self._proof = (key, proof, digest[:32])
        return kept[1], kept[2]

    def _turn_down(self, credential: Credential, method: str, created: datetime, reason: Exception) -> NoReturn:
        """Raise what the general way raises; if it would sign, say that this mould cannot."""
        document = building.achievement_credential(credential)
        proving.prepared(document, verification_method=method, created=created, contexts=self._contexts)
        raise DoesNotFit(
            f"The credential {credential.id} does not fit this mould. {reason}".rstrip()
            + " Sign it by itself; nothing is wrong with it."
        ) from None


def _as_written(texts: list[str]) -> list[str]:
    """The texts as N-Quads write them; the very same list where nothing needs an escape.

    Raises `Strange` for texts that the general way refuses, or may refuse; it will say why.
    """
    together = f",{','.join(texts)}"
    if statements.holds_marker(together):
        raise Strange(_LOOKED_AT_BY_ITSELF)
    # Most are good at a glance: all printable, and none begins like a keyword, a nameless part or an empty text.
    if not together.isprintable() or ",@" in together or ",_:" in together or ", " in together:
        _check_each(texts)
    elif '"' not in together and "\\" not in together:
        return texts
    return [terms.literal(text)[1:-1] for text in texts]


def _check_each(texts: list[str]) -> None:
    if limits.refusal(texts) or any(text[:1] == "@" or text[:2] == "_:" or not text.strip() for text in texts):
        raise Strange(_LOOKED_AT_BY_ITSELF)
