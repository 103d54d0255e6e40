"""Where a verification gets its documents: from this installation itself, from the pinned contexts, then from the web.

Each loader answers the engine's `Loader`. Own documents come straight from the database, so that a badge of this
installation verifies without a connection to itself; others are fetched within the bounds of `verification.fetching`.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from longleaf.awards import published
from longleaf.awards.errors import NoUsableKey
from longleaf.awards.verification import fetching
from longleaf.engines.openbadges.contexts import pinned
from longleaf.engines.openbadges.errors import DocumentUnavailable, UnreadableMaterial
from longleaf.engines.openbadges.issuers import Loader
from longleaf.engines.openbadges.limits import MAX_JSON_BYTES, MAX_MATERIAL_BYTES
from longleaf.engines.openbadges.reading import read_object

Document = Mapping[str, Any]
Loaded = Document | bytes

DOCUMENT_LIMITS = fetching.Limits(most_bytes=MAX_JSON_BYTES)
MATERIAL_LIMITS = fetching.Limits(most_bytes=MAX_MATERIAL_BYTES)
# How long a worker may be kept by the servers that one credential names, however many and however slow they are.
SECONDS_FOR_ALL = 15.0
INDEX = "index.json"


class UnreadableFolder(ValueError):
    """A folder of documents without a proper index; the sentence says what to mend."""


@dataclass(frozen=True)
class FirstOf:
    """Asks one loader after another; an address that none of them has is unavailable for the last one's reason."""

    loaders: tuple[Loader, ...]

    def load(self, url: str) -> Loaded:
        *others, last = self.loaders
        for loader in others:
            try:
                return loader.load(url)
            except DocumentUnavailable as problem:
                if isinstance(problem, OwnDocumentUnavailable):
                    raise
        return last.load(url)


class OwnDocumentUnavailable(DocumentUnavailable):
    """An address of this installation under which nothing is published: nobody else could have it either."""


class OwnDocuments:
    """What this installation publishes about its issuers. Badges are not among it: their earners show them."""

    def load(self, url: str) -> Loaded:
        name, parts = _own_page(url)
        find = _OWN.get(name)
        if find is None:
            raise DocumentUnavailable(url, "it is not published here.")
        try:
            found = find(**parts)
        except NoUsableKey as problem:
            raise OwnDocumentUnavailable(url, problem.sentence) from None
        if found is None:
            raise OwnDocumentUnavailable(url, "nothing was ever published there.")
        return found


class Remembering:
    """Asks a loader for each document once and keeps what it gave, for whoever needs it beside the report."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self._loaded: dict[str, Loaded] = {}

    def load(self, url: str) -> Loaded:
        if url not in self._loaded:
            self._loaded[url] = self._loader.load(url)
        return self._loaded[url]

    @property
    def objects(self) -> dict[str, Document]:
        """Those of the documents that are JSON objects, by address; pinned contexts are left out."""
        read = {url: _object(loaded) for url, loaded in self._loaded.items() if url not in pinned()}
        return {url: found for url, found in read.items() if found is not None}


def _object(loaded: Loaded) -> Document | None:
    try:
        return loaded if isinstance(loaded, Mapping) else read_object(loaded)
    except UnreadableMaterial:
        return None


class PinnedContexts:
    """The contexts that come with the engine."""

    def load(self, url: str) -> Loaded:
        try:
            return pinned()[url]
        except KeyError:
            raise DocumentUnavailable(url, "it is not among the pinned contexts.") from None


def _always_open() -> None:
    """The gate of a process that does nothing else, such as a command."""


@dataclass(frozen=True)
class Web:
    """Other people's servers. One verification may name several: together they get `seconds`, from its beginning on.

    `gate` is passed before each, and may raise what it likes to keep a verification in.
    """

    limits: fetching.Limits = DOCUMENT_LIMITS
    seconds: float = SECONDS_FOR_ALL
    began: float = field(default_factory=time.monotonic)
    gate: Callable[[], None] = _always_open

    def load(self, url: str) -> Loaded:
        self.gate()
        left = self.began + self.seconds - time.monotonic()
        if left <= 0:
            raise DocumentUnavailable(url, "what else it names took all the time there is.")
        limits = replace(self.limits, seconds=min(left, self.limits.seconds))
        return fetching.fetch(url, allow_private=settings.FETCH_PRIVATE_ADDRESSES, limits=limits).body


@dataclass(frozen=True)
class Folder:
    """A folder whose `index.json` maps addresses to files in it or beside it, for checks without any network."""

    root: Path
    files: Mapping[str, str]

    @classmethod
    def read(cls, root: Path) -> Folder:
        """Read the index. Raises `UnreadableFolder`."""
        index = root / INDEX
        try:
            files = json.loads(index.read_text(encoding="utf-8"))
        except OSError:
            raise UnreadableFolder(f"{index} cannot be read. It must map each address to a file beside it.") from None
        except ValueError:
            raise UnreadableFolder(f"{index} is not JSON. It must map each address to a file beside it.") from None
        if not isinstance(files, dict) or not all(isinstance(name, str) for name in files.values()):
            raise UnreadableFolder(f"{index} must be one object that maps each address to the name of a file.")
        return cls(root.resolve(), files)

    def load(self, url: str) -> Loaded:
        name = self.files.get(url)
        if name is None:
            raise DocumentUnavailable(
                url, f"the folder {self.root} has no such document, and the network is not asked."
            )
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.parent):
            raise DocumentUnavailable(url, "its file is neither in the folder nor beside it.")
        try:
            return read_bounded(path)
        except OSError:
            raise DocumentUnavailable(url, f"its file {name} cannot be read.") from None


def read_bounded(path: Path) -> bytes:
    """A file's bytes, and no more of them than are ever looked at. Raises `OSError`."""
    with path.open("rb") as file:
        return file.read(MAX_MATERIAL_BYTES + 1)


def everywhere(web: Web | None = None) -> Loader:
    """This installation, the pinned contexts, then the web."""
    return FirstOf((OwnDocuments(), PinnedContexts(), web or Web()))


def elsewhere() -> Loader:
    """The pinned contexts and the web, for a machine without a database."""
    return FirstOf((PinnedContexts(), Web()))


def only_in(folder: Folder) -> Loader:
    """The pinned contexts and a folder, and nothing else."""
    return FirstOf((PinnedContexts(), folder))


def own_badge_at(url: str) -> uuid.UUID | None:
    """Which badge of this installation an address belongs to, whatever form of it is asked for; None for any other."""
    try:
        name, parts = _own_page(url)
    except DocumentUnavailable:
        return None
    return parts.get("award_uuid") if name in published.FORMS_OF_A_BADGE else None


def own_endorsement_at(url: str) -> uuid.UUID | None:
    """Which endorsement of this installation an address belongs to; None for any other."""
    try:
        name, parts = _own_page(url)
    except DocumentUnavailable:
        return None
    return parts["endorsement_uuid"] if name == "endorsement" else None


def _own_page(url: str) -> tuple[str, dict[str, Any]]:
    """The name of the page at one of our own addresses, and what stands in the address."""
    try:
        asked, home = urlsplit(url), urlsplit(settings.PUBLIC_URL)
    except ValueError:
        raise DocumentUnavailable(url, "it is not an address of the web.") from None
    # A did:web leads to https even on this very machine, where plain http is served.
    if asked.scheme not in {"http", "https"} or asked.netloc.lower() != home.netloc.lower():
        raise DocumentUnavailable(url, "it is not an address of this installation.")
    try:
        match = resolve(unquote(asked.path.removeprefix(home.path)), urlconf="longleaf.awards.urls")
    except Resolver404:
        raise DocumentUnavailable(url, "this installation has no such page.") from None
    return match.view_name, match.kwargs


_OWN: dict[str, Callable[..., Loaded | None]] = {
    "installation-did": published.did_document_of_installation,
    "installation-keys": published.key_set_of_installation,
    "issuer-did": published.did_document_of_issuer,
    "issuer-keys": published.key_set_of_issuer,
    "issuer": published.profile_of_issuer,
    "achievement": published.achievement,
    "endorsement": published.endorsement,
    "status-list": published.status_list,
}
