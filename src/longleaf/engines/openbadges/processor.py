"""The JSON-LD processor (PyLD), set up so that nothing vanishes and nothing is fetched.

JSON-LD libraries drop what they do not know. A catch-all vocabulary before a document's own contexts, and a marker
base, give everything unknown a name that can be recognised: whatever ends up under either was undefined.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from .contexts import Contexts

UNDEFINED = "urn:x-undefined:"
BASE = "https://undefined.invalid/"
CATCH_ALL = {"@vocab": UNDEFINED}
# PyLD takes some malformed documents on trust and stumbles over them later, in ways of its own.
ERRORS = (jsonld.JsonLdError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Held:
    """Keeps a set of contexts alive and lets a cache know it by identity, for mappings cannot be hashed."""

    def __init__(self, contexts: Contexts) -> None:
        self.contexts = contexts

    def __hash__(self) -> int:
        return id(self.contexts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and self.contexts is other.contexts


def options(contexts: Contexts) -> dict[str, Any]:
    """What PyLD is told: the marker base, and a loader that knows these contexts and nothing else."""
    return {"base": BASE, **_reader_of(Held(contexts))}


@lru_cache(maxsize=8)
def _reader_of(held: Held) -> dict[str, Any]:
    # PyLD's own cache of contexts is one for the whole process; ours is one for each set of contexts.
    loader = loader_of(held.contexts)
    return {"documentLoader": loader, "contextResolver": ContextResolver({}, loader)}


def loader_of(contexts: Contexts) -> Callable[[str, Any], dict[str, Any]]:
    """A loader, as PyLD wants one, of these contexts."""

    def load(url: str, _options: Any) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": dict(contexts[url]), "tag": "static"}

    return load
