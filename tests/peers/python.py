"""The peer in Python: two libraries of one author, for neither alone does all that is asked.

openbadgeslib checks badges by `eddsa-rdfc-2022`, with PyLD's own canonical form and the rule that a document says in
JSON just what was signed, and badges that are tokens; openvc-core checks `eddsa-jcs-2022`, whatever is no badge, and
status lists that carry an embedded proof.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3Verifier
from openvc import VerificationPolicy, verify_credential
from openvc.cache import CachingDidResolver, cached_resolve
from openvc.did.base import DidResolverRegistry
from openvc.did.did_key import DidKeyResolver
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.resolvers import default_status_list_resolver
from openvc.status import check_credential_status

from longleaf.engines.openbadges import contexts
from longleaf.engines.openbadges.keys import from_base64url
from tests.peers.answers import Answer, Credential, Documents

_BY_OPENBADGESLIB = "eddsa-rdfc-2022"


class PythonPeer:
    """A verifier of others over documents that are at hand."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._contexts = {url: dict(text) for url, text in contexts.pinned().items()}
        self._of_badges = OB3LdpVerifier()
        self._resolver = CachingDidResolver(
            DidResolverRegistry([DidKeyResolver(), DidWebResolver(lambda url: dict(documents[url]))])
        )
        self._status_list = cached_resolve(
            default_status_list_resolver(
                resolver=self._resolver,
                extra_contexts=self._contexts,
                fetch=lambda url: json.dumps(_with_its_proof(documents[url])),
            )
        )

    def verify(self, credentials: Iterable[Credential], *, now: str) -> list[Answer]:
        """What the peer says of each. `now` is heeded for `eddsa-jcs-2022` only: the other library reads a clock."""
        return [self._verified(_with_its_proof(each), datetime.fromisoformat(now)) for each in credentials]

    def _verified(self, credential: Credential, now: datetime) -> Answer:
        try:
            self._check_proof(credential, now)
        except (LibOpenBadgesException, OpenvcError, ValueError) as problem:
            return Answer(False, None, str(problem))
        return self._with_status(credential)

    def _check_proof(self, credential: Credential, now: datetime) -> None:
        if isinstance(credential, str):
            OB3Verifier.for_issuer_did(_issuer_of(credential), download=self._bytes_of).verify(credential)
        elif _suite(credential) == _BY_OPENBADGESLIB and "AchievementCredential" in credential["type"]:
            self._of_badges.verify(dict(credential), download=self._bytes_of)
        else:
            policy = VerificationPolicy(now=now, require_status=False)
            verify_credential(credential, policy=policy, resolver=self._resolver, extra_contexts=self._contexts)

    def _with_status(self, credential: Credential) -> Answer:
        if isinstance(credential, str) or "credentialStatus" not in credential:
            return Answer(True, None)
        try:
            found = check_credential_status(dict(credential), resolve_status_list=self._status_list)
        except OpenvcError as problem:
            return Answer(True, False, str(problem))
        return Answer(True, not (found.revoked or found.suspended))

    def _bytes_of(self, url: str, *_options: Any) -> bytes:
        return json.dumps(self._documents[url]).encode()


def _suite(credential: Mapping[str, Any]) -> str | None:
    proof = credential.get("proof")
    return proof.get("cryptosuite") if isinstance(proof, Mapping) else None


def _issuer_of(token: str) -> str:
    """Who a token says it is from; the library then binds what it verifies to that name."""
    return str(json.loads(from_base64url(token.split(".")[1]))["iss"])


def _with_its_proof(credential: Any) -> Any:
    """Both libraries take a proof by itself, not a list of one."""
    if isinstance(credential, Mapping) and isinstance(credential.get("proof"), list) and len(credential["proof"]) == 1:
        return {**credential, "proof": credential["proof"][0]}
    return credential
