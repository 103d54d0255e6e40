"""Credentials as signed tokens (VC-JWT): signing one, taking one apart, checking its signature.

Follows Open Badges 3.0, section "JSON Web Token Proof Format": the token's payload is the credential itself with
the registered claims `iss`, `sub`, `jti`, `nbf` and `exp` beside it, which must say the same as the credential.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from . import limits, times
from .errors import CannotBuild, CheckFailed, NotCheckable, SealBroken
from .keys import LEAST_RSA_BITS, PublicKey, TokenSigner, base64url, from_base64url
from .limits import MAX_JSON_BYTES

TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_KEY_CLASSES: dict[str, Any] = {"EC": ECKey, "RSA": RSAKey}
_KEY_OF = {"EdDSA": "OKP", "ES256": "EC", "RS256": "RSA"}
_ALLOWED_HEADER = {"alg", "kid", "jwk", "typ", "cty", "iss"}
_CLAIMS = {"iss", "sub", "jti", "nbf", "exp", "iat", "aud"}


@dataclass(frozen=True)
class Token:
    """A token taken apart. `credential` is the payload without the registered claims."""

    text: str
    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    credential: Mapping[str, Any]


def signed(document: Mapping[str, Any], *, signer: TokenSigner, with_key: bool = False) -> str:
    """The credential as a token signed by `signer`.

    `with_key` writes the public key into the header too, from where some validators read it. Raises `CannotBuild` when
    the credential holds what readers would read differently, lacks what a token must say, or carries a proof already.
    """
    if refused := limits.refusal(dict(document)):
        raise CannotBuild(f"The credential cannot be signed: {refused}.")
    if "proof" in document:
        raise CannotBuild("The credential carries a proof already: a token is its own proof. Sign it without.")
    header: dict[str, Any] = {"alg": signer.algorithm, "typ": "JWT", "kid": signer.verification_method}
    if with_key:
        header["jwk"] = dict(signer.public_jwk)
    signing_input = f"{_part(header)}.{_part({**document, **_claims_of(document)})}"
    return f"{signing_input}.{base64url(signer.sign(signing_input.encode('ascii')))}"


def _claims_of(document: Mapping[str, Any]) -> dict[str, Any]:
    claims = {name: said for name, said in _expected_claims(document).items() if said is not None}
    for claim, what in (("iss", "an issuer"), ("sub", "a subject with an id"), ("jti", "an id"), ("nbf", "validFrom")):
        if not claims.get(claim):
            raise CannotBuild(f"A credential that becomes a token needs {what} (`{claim}`).")
    return claims


def _part(value: Mapping[str, Any]) -> str:
    return base64url(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


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
    if not isinstance(algorithm, str) or algorithm not in _KEY_OF:
        raise NotCheckable(f"It is signed as {algorithm!r}; only EdDSA, ES256 and RS256 are checked here.")
    if strange := sorted(set(found.header) - _ALLOWED_HEADER):
        raise NotCheckable(f"Its header asks for {', '.join(strange)}, which is not understood here.")
    if public_key.jwk.get("kty") != _KEY_OF[algorithm]:
        raise CheckFailed("The key it names is not of the kind it says it was signed with.")
    if algorithm == "EdDSA":
        signing_input, _, signature = found.text.rpartition(".")
        return public_key.check_ed25519(from_base64url(signature), signing_input.encode("ascii"))
    return _check_by_registry(found, algorithm, public_key)


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


def _check_by_registry(found: Token, algorithm: str, public_key: PublicKey) -> None:
    if algorithm == "RS256":
        _refuse_short(public_key)
    try:
        key = _KEY_CLASSES[_KEY_OF[algorithm]].import_key(dict(public_key.jwk))
        jws.deserialize_compact(found.text, key, registry=_Registry(algorithms=[algorithm]))
    except (JoseError, ValueError, TypeError):
        raise SealBroken from None


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


def _refuse_short(public_key: PublicKey) -> None:
    if int.from_bytes(from_base64url(public_key.jwk["n"])).bit_length() < LEAST_RSA_BITS:
        raise CheckFailed(f"Its RSA key is shorter than {LEAST_RSA_BITS} bits and can be forged.")
