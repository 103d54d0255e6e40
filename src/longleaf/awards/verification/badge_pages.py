"""The badge behind a page that shows it to people: what the page points at, and what its product is known to serve.

Educators have the address of such a page, and not that of a file. Whatever it leads to is a stranger's: it is fetched
by the same guarded loader, only a few addresses are tried, and only what reads as a badge is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import SplitResult, urljoin, urlsplit

from longleaf.engines.openbadges.errors import DocumentUnavailable, UnreadableMaterial
from longleaf.engines.openbadges.issuers import Loader
from longleaf.engines.openbadges.reading import read
from longleaf.engines.openbadges.shapes import types_of

# Addresses that are tried for one page.
MOST_TRIED = 6
# Pages hold more than badges do; what points at the badge stands at their beginning.
MOST_READ = 512 * 1024
MOST_EMBEDDED = 4
OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<!--")
CARRIERS = frozenset(
    {"application/json", "application/ld+json", "application/vc", "application/vc+ld+json", "application/vc+jwt"}
)
PICTURES = frozenset({"og:image", "og:image:secure_url", "twitter:image"})
BADGES = frozenset({"Assertion", "AchievementCredential", "OpenBadgeCredential", "ClrCredential"})
# A 1.0 assertion names no type.
OLD_BADGE = frozenset({"recipient", "badge"})


@dataclass(frozen=True)
class Product:
    """A product on whose pages people show badges: the pages, where it serves the badge, and how to get its file."""

    page: re.Pattern[str]
    serves: str
    otherwise: str


PRODUCTS = (
    Product(
        re.compile(r"https://(?:www\.)?credly\.com/(?:[a-z/_-]*/)?badges?/(?P<id>[0-9a-fA-F-]{36})(?:[/?#].*)?"),
        "https://api.credly.com/v1/obi/v2/badge_assertions/{id}",
        "Credly does not give this badge out. Make it public there, or open it, choose “Share” and download its"
        " picture: that picture carries the badge, and can be uploaded here.",
    ),
    Product(
        re.compile(
            r"https://(?:badges\.parchment\.com|(?:api\.)?badgr\.(?:com|io))/public/assertions/(?P<id>[\w-]{10,40})"
            r"(?:[/?#.].*)?"
        ),
        "https://api.badgr.io/public/assertions/{id}.json?v=2_0",
        "Canvas Credentials (Parchment, formerly Badgr) does not give this badge out. Make it public there, or open it"
        " in your backpack, download it as a baked picture or as JSON, and upload that file here.",
    ),
    Product(
        re.compile(
            r"https://(?:api\.)?(?P<region>eu|au|ca)\.badgr\.(?:com|io)/public/assertions/(?P<id>[\w-]{10,40})"
            r"(?:[/?#.].*)?"
        ),
        "https://api.{region}.badgr.io/public/assertions/{id}.json?v=2_0",
        "Canvas Credentials (formerly Badgr) does not give this badge out. Make it public there, or open it in your"
        " backpack, download it as a baked picture or as JSON, and upload that file here.",
    ),
)


@dataclass(frozen=True)
class Found:
    """A badge, and the address at which it stands; that of the page itself where the page holds it."""

    material: bytes
    address: str


def is_page(material: bytes) -> bool:
    """Whether this is a page for people."""
    return material[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(OPENINGS)


def product_of(address: str) -> Product | None:
    """The product whose badge page stands at an address, if it is one that is known."""
    return next((each for each in PRODUCTS if each.page.fullmatch(address)), None)


def badge_behind(page: bytes, address: str, *, loader: Loader) -> Found | None:
    """The badge that a page shows, or None where nothing it leads to is one.

    Raises `DocumentUnavailable`, with how to get the file, for a page of a known product that gives nothing out.
    """
    pointers = _pointers_of(page)
    for text in pointers.embedded:
        if carries_a_badge(text.encode()):
            return Found(text.encode(), address)
    for each in _to_try(pointers, address):
        try:
            found = loader.load(each)
        except DocumentUnavailable:
            continue
        material = found if isinstance(found, bytes) else json.dumps(dict(found)).encode()
        if carries_a_badge(material):
            return Found(material, each)
    if product := product_of(address):
        raise DocumentUnavailable(address, product.otherwise)
    return None


def served_for(address: str) -> str:
    """Where a known product serves the badge that it shows at an address; "" for any other address."""
    product = product_of(address)
    found = product.page.fullmatch(address) if product else None
    return product.serves.format(**found.groupdict()) if product and found else ""


def carries_a_badge(material: bytes) -> bool:
    """Whether something reads as a badge or a record of badges: as JSON, as a token, or as a picture with one in it."""
    try:
        handed = read(material)
    except UnreadableMaterial:
        return False
    said: Mapping[str, object] = handed.credential
    return bool(handed.address) or bool(BADGES & set(types_of(said))) or set(said) >= OLD_BADGE


@dataclass
class _Pointers:
    """What a page says beside what it shows: files that stand for it, its picture, and data inside it."""

    files: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = _Pointers()
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: (value or "").strip() for name, value in attrs}
        kind = said.get("type", "").partition(";")[0].strip().lower()
        if tag == "link" and "alternate" in said.get("rel", "").lower().split() and kind in CARRIERS:
            self.found.files.append(said.get("href", ""))
        elif tag == "meta" and (said.get("property") or said.get("name", "")).lower() in PICTURES:
            self.found.pictures.append(said.get("content", ""))
        elif tag == "script" and kind in CARRIERS:
            self._script = []

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.found.embedded.append("".join(self._script).strip())
            self._script = None


def _pointers_of(page: bytes) -> _Pointers:
    reader = _Reader()
    # The standard library's reader asserts that marked sections such as `<![foo[` are of kinds that it knows.
    with suppress(AssertionError):
        reader.feed(page[:MOST_READ].decode("utf-8", "replace"))
    reader.found.embedded = reader.found.embedded[:MOST_EMBEDDED]
    return reader.found


def _to_try(pointers: _Pointers, address: str) -> list[str]:
    """The addresses at which the badge may stand, the likeliest first, each once."""
    parts = urlsplit(address)
    told = [*_absolute(pointers.files, address), served_for(address), *_beside(parts)]
    found = dict.fromkeys([*told, *_absolute(pointers.pictures, address)])
    return [each for each in found if each and each != address][:MOST_TRIED]


def _absolute(written: list[str], address: str) -> Iterator[str]:
    for each in written:
        try:
            found = urljoin(address, each)
            is_web = urlsplit(found).scheme in {"https", "http"}
        except ValueError:
            continue
        if each and is_web:
            yield found


def _beside(parts: SplitResult) -> Iterator[str]:
    """The same address with `.json`, under which several systems serve what a page shows."""
    path = parts.path.rstrip("/")
    if path and "." not in path.rpartition("/")[2]:
        yield parts._replace(path=f"{path}.json", fragment="").geturl()
