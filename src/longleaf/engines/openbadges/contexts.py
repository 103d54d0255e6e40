"""The JSON-LD contexts that credentials are read with: pinned, packaged, never fetched.

A context gives every word of a credential its meaning, so whoever can change a context can change what
a signature says. `contexts/pinned.json` names each context that we know, the package it comes from and the
SHA-256 of its text; `make front-end` gathers the texts. A text that is not the pinned one is refused.

The digest is taken over the canonical JSON (RFC 8785), so that it does not depend on how a package
happens to format the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import rfc8785

from .errors import ContextsMissing

Contexts = Mapping[str, Mapping[str, Any]]

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
DID = "https://www.w3.org/ns/did/v1"
MULTIKEY = "https://w3id.org/security/multikey/v1"

_MEND = "Run `make front-end`, which gathers the contexts from the locked packages."
_FOLDER = files(__package__) / "contexts"


@cache
def pins() -> Mapping[str, Mapping[str, str]]:
    """URL of each known context → `name`, `package`, `file` and `sha256`, as committed."""
    loaded: dict[str, dict[str, str]] = json.loads((_FOLDER / "pinned.json").read_text(encoding="utf-8"))
    return MappingProxyType(loaded)


@cache
def pinned() -> Contexts:
    """URL of each known context → its document. Raises `ContextsMissing` if one is absent or altered."""
    return MappingProxyType({url: _read(url, pin) for url, pin in pins().items()})


def digest(document: Any) -> str:
    """The SHA-256, in hexadecimal, of a context's canonical JSON."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def _read(url: str, pin: Mapping[str, str]) -> Mapping[str, Any]:
    try:
        document = json.loads((_FOLDER / pin["name"]).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContextsMissing(f"The context {url} has not been gathered on this machine. {_MEND}") from None
    if digest(document) != pin["sha256"]:
        raise ContextsMissing(f"The gathered context {url} is not the text that was pinned. {_MEND}")
    return MappingProxyType(document)
