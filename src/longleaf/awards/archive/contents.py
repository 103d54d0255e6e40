"""Which files an archive holds, and what is in each.

Documents and pictures are the very bytes of the live addresses, made by what serves those. Everything is given one
after another, so that a state's whole record never stands in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.staticfiles import finders

from longleaf.awards import addresses
from longleaf.awards import published as live
from longleaf.awards.archive import lasting, pages, queries
from longleaf.awards.archive.errors import PagesNotBuilt
from longleaf.awards.archive.places import DOCUMENT, PAGE, place_of
from longleaf.awards.contents import achievements
from longleaf.awards.models import Award
from longleaf.awards.sharing import pictures, tokens
from longleaf.awards.status import Visibility
from longleaf.catalog import queries as catalog
from longleaf.engines.openbadges import contexts
from longleaf.engines.openbadges.controllers import did_web_addresses

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation

DID_OF_HOST = ".well-known/did.json"
KEYS_OF_HOST = ".well-known/jwks.json"
README = "README.txt"
# From the kit and from awards: where each finds its place, and what is left out of it.
STYLES = {
    "kit/built/longleaf.css": "assets/longleaf.css",
    "kit/mark.svg": "assets/mark.svg",
    "awards/awards.css": "assets/awards.css",
    "awards/archive.css": "assets/archive.css",
}
STYLE_FOLDERS = {"kit/built/fonts": "assets/fonts", "kit/built/img": "assets/img"}
VERIFIER = "kit/built/verifier.js"


@dataclass(frozen=True)
class File:
    """One file of an archive. A hidden one is listed nowhere: whoever has its address has been given it."""

    name: str
    body: bytes
    hidden: bool = False


Files = Iterator[File]


def public(*, moment: datetime, each_badge: Callable[[], None]) -> Files:
    """All files that are published. Status lists come last, so that a badge revoked meanwhile is revoked in them."""
    site = pages.Site.of(moment=moment)
    return chain(
        _frame(site),
        _contexts(),
        _issuers(site),
        _achievements(site),
        _endorsements(),
        _badges(site, each_badge),
        _status_lists(moment),
    )


def private(*, each_badge: Callable[[], None]) -> Files:
    """The badges that are not published, for the state to keep and to give to whoever earned them."""
    for award in queries.one_after_another(queries.private()):
        each_badge()
        yield from _forms_of(award)
    yield File(README, _text("private.txt"))


def _frame(site: pages.Site) -> Files:
    """What every archive has: its first page, its verifier, its styles, and a word to whoever serves it."""
    issuers = queries.issuers()
    yield File(PAGE, pages.home(site, issuers))
    yield File(f"verify/{PAGE}", pages.verifier(site))
    yield File("verify/verifier.js", _static(VERIFIER).read_bytes())
    yield File(f"badges/{PAGE}", pages.badges(site))
    yield File(f"standards/{PAGE}", pages.standards(site, _alignments()))
    yield File(DOCUMENT, pages.in_json(_index()))
    yield File(README, _text("README.txt"))
    # One host of plain files leaves out folders that begin with a dot, unless it finds this.
    yield File(".nojekyll", b"")
    yield from _styles()


def _contexts() -> Files:
    """What the words of badges mean, as pinned; so that a verifier of a later day need not find them elsewhere."""
    pins = contexts.pins()
    for url, pin in pins.items():
        yield File(f"contexts/{pin['name']}", pages.in_json(dict(contexts.pinned()[url])))
    yield File(f"contexts/{DOCUMENT}", pages.in_json({url: pin["name"] for url, pin in pins.items()}))


def _issuers(site: pages.Site) -> Files:
    if (found := live.did_document_of_installation()) is not None:
        yield _document(DID_OF_HOST, found)
        yield _document(KEYS_OF_HOST, live.key_set_of_installation())
    for issuer in queries.issuers():
        address = addresses.profile(issuer)
        yield _document(place_of(address, DOCUMENT), live.profile_of_issuer(issuer.slug))
        yield _document(place_of(address, "did.json"), live.did_document_of_issuer(issuer.slug))
        yield _document(place_of(address, "jwks.json"), live.key_set_of_issuer(issuer.slug))
        yield from (File(name, body) for name, body in pages.issuer(site, issuer, list(_versions_of(issuer))))


def _achievements(site: pages.Site) -> Files:
    for version in _versions():
        address = addresses.achievement(version)
        yield _document(place_of(address, DOCUMENT), live.achievement(version.uuid))
        yield File(place_of(addresses.achievement_picture(version)), pictures.bare_png(version))
        yield File(place_of(address, PAGE), pages.achievement(site, version, achievements.alignments_of(version)))


def _endorsements() -> Files:
    """What the state and others have stated of issuers and versions, each at its address."""
    for found in queries.endorsements():
        yield _document(place_of(addresses.endorsement(found.uuid)), found.credential)


def _badges(site: pages.Site, each_badge: Callable[[], None]) -> Files:
    for award in queries.one_after_another(queries.published()):
        each_badge()
        hidden = award.visibility != Visibility.PUBLIC
        for found in _forms_of(award):
            yield File(found.name, found.body, hidden)
        place = place_of(addresses.badge(award.uuid), PAGE)
        yield File(place, pages.badge(site, award, hidden=hidden), hidden)


def _forms_of(award: Award) -> Files:
    """A badge to take along, in the forms in which the live addresses give it."""
    assert award.credential is not None, "only what is signed is archived"
    forms: Mapping[str, bytes] = {
        "credential.json": pages.in_json(award.credential),
        "badge.png": pictures.baked_png(award),
        "badge.svg": pictures.baked_svg(award),
        "qr.svg": pictures.qr_svg(award),
        "credential.jwt": tokens.signed_now(award).encode(),
    }
    return (File(place_of(addresses.badge(award.uuid), name), body) for name, body in forms.items())


def _status_lists(moment: datetime) -> Files:
    for found in queries.status_lists():
        place = place_of(addresses.status_list(found.uuid))
        yield File(place, pages.in_json(lasting.lasting(found, moment=moment)))


def _index() -> dict[str, str]:
    """Each address that a verification asks for, and its file: what `longleaf verify --documents` reads."""
    found = {url: f"contexts/{pin['name']}" for url, pin in contexts.pins().items()}
    for issuer in queries.issuers():
        keys = place_of(addresses.profile(issuer), "did.json")
        found |= dict.fromkeys(did_web_addresses(addresses.issuer_id(issuer)), keys)
    return found | {(address := addresses.status_list(each.uuid)): place_of(address) for each in queries.status_lists()}


def _versions() -> Iterator[Version]:
    seen: set[UUID] = set()
    for issuer in queries.issuers():
        for version in _versions_of(issuer):
            if version.uuid not in seen:
                seen.add(version.uuid)
                yield version


def _versions_of(issuer: Organisation) -> Iterator[Version]:
    found = (catalog.version_by_uuid(uuid) for uuid in queries.versions_of(issuer))
    return (version for version in found if version is not None)


def _alignments() -> list[Any]:
    """Every item of a framework that an archived achievement points to, once."""
    found = {each.item_id: each.item for version in _versions() for each in achievements.alignments_of(version)}
    return sorted(found.values(), key=lambda item: (item.framework.title, item.code))


def _document(name: str, document: Mapping[str, Any] | None) -> File:
    assert document is not None, f"{name} is published by this very installation"
    return File(name, pages.in_json(document))


def _styles() -> Files:
    for source, name in STYLES.items():
        yield File(name, _static(source).read_bytes())
    for folder, place in STYLE_FOLDERS.items():
        root = _static(folder)
        for path in sorted(each for each in root.rglob("*") if each.is_file()):
            yield File(f"{place}/{path.relative_to(root).as_posix()}", path.read_bytes())


def _static(name: str) -> Path:
    found = finders.find(name)
    if not found:
        raise PagesNotBuilt
    return Path(found)


def _text(name: str) -> bytes:
    return (files("longleaf.awards.archive") / "texts" / name).read_bytes()
