"""What was handed over → the credential in it: JSON, a signed token, or a picture that carries one.

Everything that comes in here is a stranger's. It is recognised by its content, never by its name; size, depth
and count are bounded; a name that appears twice is refused, because two readers would see two credentials.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from . import baking, limits, tokens
from .errors import CheckFailed, UnreadableMaterial
from .tokens import Token

_ADDRESS = re.compile(r"https?://[!-~]{1,2000}")
_FRESH = "Ask the issuer or the earner for the badge file itself."


@dataclass(frozen=True)
class Handed:
    """A credential as it was handed over. `carrier` is `json`, `jwt`, `png` or `svg`; `token` is set for a JWT.

    An old picture may carry no more than the `address` of its credential, which then is empty here until it is fetched;
    of what was fetched, `address` says where it was found.
    """

    carrier: str
    credential: Mapping[str, Any]
    token: Token | None = None
    address: str = ""


def read_material(material: bytes | str | Mapping[str, Any]) -> Handed:
    """The credential in a file's bytes, in a text, or in JSON that was parsed. Raises `UnreadableMaterial`."""
    if not isinstance(material, Mapping):
        return read(material)
    if refused := limits.refusal(dict(material)):
        raise UnreadableMaterial(f"It cannot be read safely: {refused}. Ask the issuer for a corrected copy.")
    return Handed("json", material)


def read(material: bytes | str) -> Handed:
    """Find the credential in a file's bytes or in a text. Raises `UnreadableMaterial` with the reason."""
    data = material.encode("utf-8", "surrogatepass") if isinstance(material, str) else bytes(material)
    if len(data) > limits.MAX_MATERIAL_BYTES:
        raise UnreadableMaterial(f"The file is larger than {limits.MAX_MATERIAL_BYTES // 1024**2} MB. {_FRESH}")
    if data.startswith(baking.PNG_SIGNATURE):
        return _from_text("png", baking.unbake_png(data))
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return _from_text("svg", _from_markup(data, start))
    return _from_text("", _decoded(start))


def read_object(data: bytes | str) -> dict[str, Any]:
    """Parse JSON that must be one object, strictly. Raises `UnreadableMaterial`."""
    if len(data) > limits.MAX_JSON_BYTES:
        raise UnreadableMaterial(f"It is larger than {limits.MAX_JSON_BYTES // 1024**2} MB, which no credential is.")
    text = data if isinstance(data, str) else _decoded(data)
    try:
        found = json.loads(text, object_pairs_hook=_without_twins, parse_constant=_refuse_constant)
    except (json.JSONDecodeError, RecursionError):
        raise UnreadableMaterial(f"It is not complete JSON: it may have been cut off or edited. {_FRESH}") from None
    except ValueError:
        # Python itself refuses to read integers of thousands of digits.
        raise UnreadableMaterial("It holds a number far too long to be read.") from None
    if not isinstance(found, dict):
        raise UnreadableMaterial(f"It is JSON, but not a credential. {_FRESH}")
    if refused := limits.refusal(found):
        raise UnreadableMaterial(f"It cannot be read safely: {refused}. Ask the issuer for a corrected copy.")
    return found


def _from_markup(data: bytes, start: bytes) -> str:
    opening = start[:512].lower()
    if opening.startswith((b"<!doctype html", b"<html")):
        raise UnreadableMaterial(f"This is a web page, not a badge. {_FRESH}")
    return baking.unbake_svg(data)


def _from_text(carrier: str, text: str) -> Handed:
    stripped = text.strip()
    if stripped.startswith("{"):
        return Handed(carrier or "json", read_object(stripped))
    if tokens.TOKEN.fullmatch(stripped):
        return _from_token(carrier or "jwt", stripped)
    if carrier and _ADDRESS.fullmatch(stripped):
        return Handed(carrier, {}, address=stripped)
    raise UnreadableMaterial(
        "This is neither a credential nor a picture that carries one. Badges come as JSON, as a token, or as a PNG"
        f" or SVG picture. {_FRESH}"
    )


def _from_token(carrier: str, text: str) -> Handed:
    if len(text) > limits.MAX_JSON_BYTES:
        raise UnreadableMaterial("The token is larger than credentials are.")
    try:
        header, payload = tokens.parts_of(text)
    except CheckFailed as problem:
        raise UnreadableMaterial(f"The token cannot be read. {problem}") from None
    found = tokens.token(text, read_object(header), read_object(payload))
    return Handed(carrier, found.credential, found)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableMaterial(
            "This is not a badge: it is neither text nor a PNG or SVG picture."
            f" A badge from a PDF or a screenshot cannot be read. {_FRESH}"
        ) from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twin = next(name for name, times in Counter(name for name, _value in pairs).items() if times > 1)
        raise UnreadableMaterial(f"It says {twin!r} twice, so two readers could see two different credentials.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise UnreadableMaterial(f"It holds {name}, which is not a number that JSON knows.")
