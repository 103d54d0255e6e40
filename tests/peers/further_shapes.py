"""The shapes beside the plain badge: records, endorsements, suspended ones, status lists, and all of them as tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from longleaf.engines.openbadges import building, clr, controllers, keys, proving, status, times, tokens
from longleaf.engines.openbadges.contexts import CLR, CREDENTIALS_V2, OPEN_BADGES, pinned
from longleaf.engines.openbadges.controllers import ControllerKey
from longleaf.engines.openbadges.tests import cast
from tests.peers import corpus

SUSPENSIONS = "https://badges.example/issuers/pines/status/2"
SUSPENDED = 41
ALGORITHMS = ("EdDSA", "ES256", "RS256")
_PEMS = {"ES256": cast.pem(cast.p256_key()), "RS256": cast.pem(cast.rsa_key())}
_EARNER = building.Subject(id="did:example:ana")


def endorsement(about: str = cast.ACHIEVEMENT.id) -> dict[str, Any]:
    """An endorsement, unsigned."""
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": "urn:uuid:2d7f0ccf-4f43-4a3f-a1e0-0b7de6b1d6c1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Recognized by the state – “in full”",
        "issuer": building.profile(cast.PROFILE),
        "validFrom": times.written(corpus.BEGUN),
        "validUntil": times.written(corpus.END),
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Counts as *1.5*."},
    }


def record(suite: str) -> dict[str, Any]:
    """A learner record of two badges, unsigned."""
    wrapped = (corpus.signed("small", suite), corpus.signed("full", suite))
    return clr.clr_credential(
        clr.Record(
            id="https://badges.example/records/1",
            name="Everything that Ana demonstrated",
            issuer=cast.PROFILE,
            subject=_EARNER,
            credentials=wrapped,
            valid_from=corpus.BEGUN,
            valid_until=corpus.END,
            associations=(
                clr.Association(
                    source=cast.ACHIEVEMENT.id, relation=clr.Relation.IS_RELATED_TO, target=cast.ACHIEVEMENT.id
                ),
            ),
            names_schema=True,
        )
    )


def endorsed(suite: str) -> dict[str, Any]:
    """A badge with an endorsement of its achievement inside, unsigned."""
    document = building.achievement_credential(corpus.FULL)
    document["credentialSubject"]["achievement"]["endorsement"] = [_proven(endorsement(), suite)]
    return document


def on_the_list_of_suspensions(index: int = SUSPENDED) -> dict[str, Any]:
    """A badge that can be suspended, unsigned."""
    entry = status.StatusEntry(list_url=SUSPENSIONS, index=index, purpose=status.SUSPENSION)
    return building.achievement_credential(replace(corpus.FULL, status=entry))


def shapes(suite: str) -> dict[str, dict[str, Any]]:
    """Each further shape, signed as this suite says."""
    unsigned = {
        "endorsement": endorsement(),
        "record": record(suite),
        "endorsed badge": endorsed(suite),
        "badge that can be suspended": on_the_list_of_suspensions(),
        "status list": _list(SUSPENSIONS, status.SUSPENSION),
    }
    return {name: _proven(document, suite) for name, document in unsigned.items()}


def shapes_as_tokens(algorithm: str) -> dict[str, str]:
    """Each shape that a token can be made of."""
    unsigned = {
        "badge": building.achievement_credential(replace(corpus.FULL, subject=_EARNER)),
        "endorsement": endorsement(),
        "record": record(proving.RDFC),
        "status list": _list(SUSPENSIONS, status.SUSPENSION),
    }
    signer = _signer(algorithm)
    return {name: tokens.signed(document, signer=signer) for name, document in unsigned.items()}


def documents(*suspended: int) -> dict[str, Any]:
    """What the issuer publishes: keys of all kinds and both status lists; and a context that one peer does not have."""
    held = [ControllerKey(public_bytes=cast.SIGNER.public_bytes)]
    held += [ControllerKey(public_jwk=_signer_called(algorithm).public_jwk) for algorithm in ALGORITHMS]
    return {
        **corpus.documents(),
        cast.ISSUER_DOCUMENT: controllers.controller_document(cast.ISSUER, held),
        CLR: dict(pinned()[CLR]),
        SUSPENSIONS: _proven(_list(SUSPENSIONS, status.SUSPENSION, *suspended), proving.RDFC),
    }


def _signer(algorithm: str) -> keys.TokenSigner:
    """A signer that others find as a JSON Web Key: the peer in Node reads no Multikey of a token."""
    name = ControllerKey(public_jwk=_signer_called(algorithm).public_jwk).method_id(cast.ISSUER)
    return _signer_called(algorithm, name)


def _signer_called(algorithm: str, name: str = "") -> keys.TokenSigner:
    if algorithm == "EdDSA":
        return keys.LocalSigner.from_seed(cast.SEED, verification_method=name)
    return keys.LocalTokenSigner.from_pem(_PEMS[algorithm], verification_method=name)


def _list(url: str, purpose: str, *indexes: int) -> dict[str, Any]:
    return status.status_list_credential(
        url=url, issuer=cast.ISSUER, unpacked=status.bits(indexes), valid_from=corpus.BEGUN, purpose=purpose
    )


def _proven(document: Mapping[str, Any], suite: str) -> dict[str, Any]:
    return proving.add_proof(document, signer=cast.SIGNER, created=corpus.BEGUN, suite=suite)
