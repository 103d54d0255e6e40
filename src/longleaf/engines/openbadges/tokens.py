"""Credentials as signed tokens (VC-JWT): taking one apart and checking its signature.

Follows Open Badges 3.0, section "JSON Web Token Proof Format": the token's payload is the credential itself with
the registered claims `iss`, `sub`, `jti`, `nbf` and `exp` beside it, which must say the same as the credential.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from . import times
from .errors import CheckFailed, NotCheckable
from .keys import PublicKey, from_base64url
from .limits import MAX_JSON_BYTES

TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_KEY_CLASSES: dict[str, Any] = {"EC": ECKey, "OKP": OKPKey, "RSA": RSAKey}
_KEY_OF = {"EdDSA": "OKP", "ES256": "EC", "RS256": "RSA"}
_ALLOWED_HEADER = {"alg", "kid", "jwk", "typ", "cty", "iss"}
_CLAIMS = {"iss", "sub", "jti", "nbf", "exp", "iat", "aud"}
_LEAST_RSA_BITS = 2048


@dataclass(frozen=True)
class Token:
    """A token taken apart. `credential` is the payload without the registered claims."""

    text: str
    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    credential: Mapping[str, Any]


def parts_of(text: str) -> tuple[bytes, bytes]:
    """The header and the payload of a token as bytes, unchecked. Raises `CheckFailed` if they are not base64url."""
    header, payload, _signature = text.split(".")
    return from_base64url(header), from_base64url(payload)


def token(text: str, header: Mapping[str, Any], payload: Mapping[str, Any]) -> Token:
    """Put together what `reading` has parsed."""
    claims = {name: payload[name] for name in _CLAIMS if name in payload}
    credential = {name: value for name, value in payload.items() if name not in _CLAIMS}
    return Token(text, header, claims, credential)


def check_signature(found: Token, *, public_key: PublicKey) -> None:
    """Return quietly if the token is signed with this key. Raises `CheckFailed` or `NotCheckable`."""
    algorithm = found.header.get("alg")
    if algorithm not in _KEY_OF:
        raise NotCheckable(f"It is signed as {algorithm!r}; only EdDSA, ES256 and RS256 are checked here.")
    if strange := sorted(set(found.header) - _ALLOWED_HEADER):
        raise NotCheckable(f"Its header asks for {', '.join(strange)}, which is not understood here.")
    if public_key.jwk.get("kty") != _KEY_OF[algorithm]:
        raise CheckFailed("The key it names is not of the kind it says it was signed with.")
    try:
        key = _KEY_CLASSES[_KEY_OF[algorithm]].import_key(dict(public_key.jwk))
        _refuse_weak(key, algorithm)
        jws.deserialize_compact(found.text, key, registry=_Registry(algorithms=[algorithm]))
    except (JoseError, ValueError, TypeError):
        raise CheckFailed(
            "The seal does not fit: the credential was changed after it was signed, or was not signed with the"
            " key it names. Ask the issuer for a fresh copy."
        ) from None


def check_claims(found: Token) -> None:
    """The claims beside the credential must say what the credential says. Raises `CheckFailed`."""
    for claim, said in _expected_claims(found.credential).items():
        if claim in found.claims and found.claims[claim] != said:
            raise CheckFailed(
                f"Its `{claim}` and the credential inside contradict one another. Ask the issuer for a fresh copy."
            )
    if found.claims.get("iss") is None:
        raise CheckFailed("It does not say who issued it (`iss`). Ask the issuer for a fresh copy.")
    if "exp" in found.claims and "validUntil" not in found.credential:
        raise CheckFailed("It expires as a token but not as a credential. Ask the issuer for a fresh copy.")


class _Registry(jws.JWSRegistry):
    """Badges are longer than the tokens of a sign-in: they hold pictures, rubrics and keys."""

    max_header_length = 16 * 1024
    max_payload_length = MAX_JSON_BYTES * 2
    max_signature_length = 2 * 1024


def _expected_claims(credential: Mapping[str, Any]) -> dict[str, Any]:
    issuer, subject = credential.get("issuer"), credential.get("credentialSubject")
    return {
        "iss": issuer.get("id") if isinstance(issuer, Mapping) else issuer,
        "sub": subject.get("id") if isinstance(subject, Mapping) else None,
        "jti": credential.get("id"),
        "nbf": _seconds(credential.get("validFrom")),
        "exp": _seconds(credential.get("validUntil")),
    }


def _seconds(text: Any) -> int | None:
    moment = times.read(text)
    return int(moment.timestamp()) if moment else None


def _refuse_weak(key: Any, algorithm: str) -> None:
    if algorithm == "RS256" and key.public_key.key_size < _LEAST_RSA_BITS:
        raise CheckFailed(f"Its RSA key is shorter than {_LEAST_RSA_BITS} bits and can be forged.")
