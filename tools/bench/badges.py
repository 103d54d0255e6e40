"""Badges: how many a second are issued and verified, beside others' libraries and beside bare arithmetic.

Every contender is timed in short turns, one after another and again, so that whatever else the machine does falls on
all of them; what is told is the median of the turns, and of the ratios within a turn.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import cycle
from statistics import median
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bench.places import ROOT

sys.path.insert(0, str(ROOT))

from longleaf.engines.openbadges import building, contexts, linked_data, moulds, proving, status
from longleaf.engines.openbadges.keys import from_multibase, multibase
from longleaf.engines.openbadges.tests import cast
from longleaf.engines.openbadges.verifying import verify
from tests.peers import corpus, node

COHORT = 200
FLOOR, OURS, IN_BULK, NODE = "floor: SHA-256 and Ed25519 alone", "ours, one by one", "ours, with a mould", "Node"
# Seconds of one turn, and turns; a first turn of each contender is thrown away.
TURN, TURNS = 0.4, 7


@dataclass(frozen=True)
class Kind:
    """A kind of credential to measure: its title, a credential of it, and whether its status list is asked."""

    title: str
    credential: building.Credential

    @property
    def document(self) -> dict[str, Any]:
        return building.achievement_credential(self.credential)


KINDS = (
    Kind("small", corpus.SHAPES["small"]),
    Kind("full", corpus.SHAPES["without a status list"]),
    Kind("full, status list asked", corpus.SHAPES["full"]),
)

# Says how many a second were done in so many seconds.
Rate = Callable[[float], float]


@dataclass(frozen=True)
class Measured:
    """One task on one kind of credential: for each contender, a rate for each turn."""

    task: str
    kind: str
    bytes: int
    statements: int
    rates: Mapping[str, list[float]]

    def rate(self, contender: str) -> float:
        return median(self.rates[contender])

    def times(self, contender: str, other: str) -> float:
        """How many times as many a second as the other does, turn by turn."""
        return median(mine / its for mine, its in zip(self.rates[contender], self.rates[other], strict=True))


def measure() -> list[Measured]:
    """Issue and verify each kind by every contender that is there. Takes about a minute."""
    with ExitStack() as stack:
        peer = stack.enter_context(node.running()) if node.is_installed() else None
        tasks = [
            *(_measured("issue", kind, _issuing(kind, peer)) for kind in KINDS[:2]),
            *(_measured("verify", kind, _verifying(kind, peer)) for kind in KINDS),
        ]
        return list(tasks)


def _measured(task: str, kind: Kind, contenders: Mapping[str, Rate]) -> Measured:
    rates: dict[str, list[float]] = {title: [] for title in contenders}
    for rate in contenders.values():
        rate(TURN)
    for _turn in range(TURNS):
        for title, rate in contenders.items():
            rates[title].append(rate(TURN))
    statements = linked_data.canonical(kind.document, contexts=contexts.pinned())
    return Measured(task, kind.title, len(json.dumps(kind.document)), statements.count(b"\n"), rates)


def _issuing(kind: Kind, peer: node.NodePeer | None) -> dict[str, Rate]:
    cohort, now = _cohort(kind.credential), datetime.now(tz=UTC)
    mould = moulds.Mould(issuer=kind.credential.issuer, achievement=kind.credential.achievement)
    contenders = {
        FLOOR: _each(_bytes_to_sign(cohort), lambda both: cast.SIGNER.sign(_digest(both))),
        IN_BULK: _each(cohort, lambda found: mould.sign(found, signer=cast.SIGNER, created=now)),
        OURS: _each(cohort, lambda found: _signed(building.achievement_credential(found))),
    }
    if peer:
        key = {
            "@context": contexts.MULTIKEY,
            "id": cast.SIGNER.verification_method,
            "type": "Multikey",
            "controller": cast.ISSUER,
            "publicKeyMultibase": cast.SIGNER.multikey,
            "secretKeyMultibase": multibase(b"\x80\x26" + cast.SEED),
        }
        contenders[NODE] = _peer(peer, measure="issue", credential=kind.document, key=key)
    return contenders


def _verifying(kind: Kind, peer: node.NodePeer | None) -> dict[str, Rate]:
    signed, documents = _signed(kind.document), corpus.documents()
    web, now = cast.Web(documents), datetime.fromisoformat(corpus.NOW)
    if verify(signed, documents=web, now=now).verdict != "valid":
        raise RuntimeError(f"The credential to measure ({kind.title}) is not valid.")
    key = Ed25519PublicKey.from_public_bytes(cast.SIGNER.public_bytes)
    signature = from_multibase(signed["proof"][0]["proofValue"])
    contenders = {
        FLOOR: _each(_bytes_to_sign([kind.credential]), lambda both: key.verify(signature, _digest(both))),
        OURS: _each([signed], lambda found: verify(found, documents=web, now=now)),
    }
    if peer:
        contenders[NODE] = _peer(peer, measure="verify", credential=signed, documents=documents)
    return contenders


def _cohort(pattern: building.Credential) -> list[building.Credential]:
    """Credentials of one achievement that differ as those of a cohort do."""
    return [
        replace(
            pattern,
            id=f"https://badges.example/awards/{number}",
            subject=building.Subject(
                identities=(building.Identity.of_email(f"{number}@school.example", salt=f"{number}"),)
            ),
            status=pattern.status and status.StatusEntry(list_url=cast.LIST_URL, index=number),
        )
        for number in range(COHORT)
    ]


def _bytes_to_sign(cohort: Iterable[building.Credential]) -> list[tuple[bytes, bytes]]:
    known = contexts.pinned()
    return [
        (
            linked_data.canonical(_options(document), contexts=known),
            linked_data.canonical(document, contexts=known),
        )
        for document in map(building.achievement_credential, cohort)
    ]


def _options(document: dict[str, Any]) -> dict[str, Any]:
    proof = _signed(document)["proof"][0]
    return {"@context": document["@context"], **{name: said for name, said in proof.items() if name != "proofValue"}}


def _signed(document: dict[str, Any]) -> dict[str, Any]:
    return proving.add_proof(document, signer=cast.SIGNER, created=corpus.BEGUN)


def _digest(both: tuple[bytes, bytes]) -> bytes:
    options, statements = both
    return sha256(options).digest() + sha256(statements).digest()


def _each(found: Iterable[Any], do: Callable[[Any], Any]) -> Rate:
    """Do something with each of these in turn, and again, until the time is over."""
    turn: Iterator[Any] = cycle(found)

    def rate(seconds: float) -> float:
        begun, times = time.perf_counter(), 0
        while (taken := time.perf_counter() - begun) < seconds:
            # The clock is read once for ten, so that reading it costs nothing.
            for _time in range(10):
                do(next(turn))
            times += 10
        return times / taken

    return rate


def _peer(peer: node.NodePeer, **question: Any) -> Rate:
    return lambda seconds: peer.rate(**{"documents": {}, "now": corpus.NOW, "seconds": seconds, **question})
