"""Carrying a credential inside a picture: PNG and SVG, in and out.

PNG: one uncompressed iTXt chunk with the keyword `openbadgecredential`. SVG: one `credential` element in the
namespace `https://purl.imsglobal.org/ob/v3p0`, with the JSON as its text or the token in its `verify` attribute.
Follows Open Badges 3.0, section "Baked Badge". Pictures come from strangers: only their structure is walked,
no pixel is decoded, no entity is expanded, and whatever is odd is refused with a reason.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .errors import CannotBake, OpenBadgesError, UnreadableMaterial
from .limits import MAX_JSON_BYTES, MAX_MATERIAL_BYTES

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
OLD_KEYWORD = b"openbadges"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
OLD_NAMESPACE = "http://openbadges.org"
_TEXT_CHUNKS = (b"iTXt", b"tEXt", b"zTXt")
_MOST_PIXELS = 100_000_000
_MOST_CHUNKS = 20_000
_DEEPEST_SVG = 200
_FRESH = "Ask the issuer or the earner for the badge file itself."


def bake_png(picture: bytes, credential: str) -> bytes:
    """The PNG with the credential (JSON text or token) in it, in place of any it carried before.

    Raises `CannotBake` if the picture is no sound PNG or the credential is not plain ASCII.
    """
    chunk = _itxt(_ascii(credential))
    try:
        chunks = list(_chunks(picture))
    except UnreadableMaterial as problem:
        raise CannotBake(str(problem)) from None
    kept = [whole for kind, data, whole in chunks if not _is_credential(kind, data)]
    return b"".join([PNG_SIGNATURE, kept[0], chunk, *kept[1:]])


def unbake_png(picture: bytes) -> str:
    """The credential that a PNG carries. Raises `UnreadableMaterial` with the reason if there is none."""
    carried = [(kind, data) for kind, data, _whole in _chunks(picture) if _is_credential(kind, data)]
    if not carried:
        raise UnreadableMaterial(_nothing_in(picture))
    if len(carried) > 1:
        raise UnreadableMaterial(f"The picture carries {len(carried)} credentials, so none can be trusted. {_FRESH}")
    kind, data = carried[0]
    if kind != b"iTXt":
        raise UnreadableMaterial(f"The credential in the picture is not stored as badges store it. {_FRESH}")
    return _text_of_itxt(data)


def bake_svg(picture: bytes, credential: str) -> bytes:
    """The SVG with the credential in it, in place of any it carried before; the rest stays byte for byte.

    Raises `CannotBake` if the picture is no sound SVG in UTF-8 or the credential is not plain ASCII.
    """
    element = _svg_element(_ascii(credential).decode("ascii"))
    try:
        found = _walk_svg(picture)
    except UnreadableMaterial as problem:
        raise CannotBake(str(problem)) from None
    if not picture.startswith(b"</", found.end):
        raise CannotBake("The picture is empty: its svg element has no content. Choose another picture.")
    for start, end in reversed(found.spans):
        picture = picture[:start] + picture[end:]
    place = found.end - sum(end - start for start, end in found.spans)
    return picture[:place] + element.encode("ascii") + picture[place:]


def unbake_svg(picture: bytes) -> str:
    """The credential that an SVG carries. Raises `UnreadableMaterial` with the reason if there is none."""
    found = _walk_svg(picture)
    if not found.credentials:
        raise UnreadableMaterial(
            f"The picture carries an Open Badges 2.0 assertion, which is not read here. {_FRESH}"
            if found.has_old
            else f"The picture carries no credential. {_FRESH}"
        )
    if len(found.credentials) > 1:
        raise UnreadableMaterial(f"The picture carries several credentials, so none can be trusted. {_FRESH}")
    return found.credentials[0]


# --- PNG -----------------------------------------------------------------------------------------------------


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, data and whole bytes of every chunk, from IHDR to IEND, each checked on the way."""
    if len(picture) > MAX_MATERIAL_BYTES:
        raise UnreadableMaterial(f"The picture is larger than {MAX_MATERIAL_BYTES // 1024**2} MB. {_FRESH}")
    if not picture.startswith(PNG_SIGNATURE):
        raise UnreadableMaterial("The picture is not a PNG.")
    offset = len(PNG_SIGNATURE)
    for number in range(_MOST_CHUNKS):
        kind, data, end = _chunk_at(picture, offset)
        if number == 0:
            _check_header(kind, data)
        elif kind == b"IHDR":
            raise UnreadableMaterial(f"The picture has two headers. {_FRESH}")
        yield kind, data, picture[offset:end]
        if kind == b"IEND":
            if end != len(picture):
                raise UnreadableMaterial(f"Something is hidden behind the end of the picture. {_FRESH}")
            return
        offset = end
    raise UnreadableMaterial(f"The picture is made of more than {_MOST_CHUNKS} pieces. {_FRESH}")


def _chunk_at(picture: bytes, offset: int) -> tuple[bytes, bytes, int]:
    if offset + 12 > len(picture):
        raise UnreadableMaterial(f"The picture is cut off. {_FRESH}")
    length, kind = struct.unpack_from(">I4s", picture, offset)
    end = offset + 12 + length
    if end > len(picture):
        raise UnreadableMaterial(f"The picture is cut off. {_FRESH}")
    data = picture[offset + 8 : end - 4]
    if zlib.crc32(kind + data) != int.from_bytes(picture[end - 4 : end]):
        raise UnreadableMaterial(f"The picture is damaged. {_FRESH}")
    return kind, data, end


def _check_header(kind: bytes, data: bytes) -> None:
    if kind != b"IHDR" or len(data) != 13:
        raise UnreadableMaterial(f"The picture does not begin as a PNG does. {_FRESH}")
    width, height = struct.unpack_from(">II", data)
    if not 0 < width * height <= _MOST_PIXELS:
        raise UnreadableMaterial(f"The picture claims {width} by {height} pixels, which no badge has. {_FRESH}")


def _is_credential(kind: bytes, data: bytes) -> bool:
    return kind in _TEXT_CHUNKS and data.partition(b"\0")[0] == KEYWORD


def _nothing_in(picture: bytes) -> str:
    if any(kind in _TEXT_CHUNKS and data.startswith(OLD_KEYWORD + b"\0") for kind, data, _ in _chunks(picture)):
        return f"The picture carries an Open Badges 2.0 assertion, which is not read here. {_FRESH}"
    return f"The picture carries no credential: it may have been copied or resized. {_FRESH}"


def _itxt(text: bytes) -> bytes:
    # After the keyword: not compressed, method 0, no language, no translated keyword.
    data = KEYWORD + b"\0\0\0\0\0" + text
    return struct.pack(">I4s", len(data), b"iTXt") + data + struct.pack(">I", zlib.crc32(b"iTXt" + data))


def _text_of_itxt(data: bytes) -> str:
    rest = data[len(KEYWORD) + 1 :]
    if len(rest) < 2 or rest[0] not in (0, 1) or rest.count(b"\0", 2) < 2:
        raise UnreadableMaterial(f"The credential in the picture is not stored as badges store it. {_FRESH}")
    text = rest[2:].split(b"\0", 2)[2]
    if rest[0] == 1:
        text = _inflated(text)
    if len(text) > MAX_JSON_BYTES:
        raise UnreadableMaterial(f"The credential in the picture is larger than credentials are. {_FRESH}")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableMaterial(f"The credential in the picture is not text. {_FRESH}") from None


def _inflated(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, MAX_JSON_BYTES + 1)
    except zlib.error:
        raise UnreadableMaterial(f"The credential in the picture is damaged. {_FRESH}") from None
    if not unpacking.eof:
        raise UnreadableMaterial(f"The credential in the picture is cut off, or far too large. {_FRESH}")
    return text


# --- SVG -----------------------------------------------------------------------------------------------------


@dataclass
class _Svg:
    """What a walk through an SVG found: where its content ends, and the credentials in it with their places."""

    offset: Callable[[], int] = lambda: 0
    end: int = -1
    credentials: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    has_old: bool = False
    _depth: int = 0
    _begun: int = -1
    _inside: int = 0
    _pieces: list[str] = field(default_factory=list)
    _token: str = ""
    _open_span: int = -1

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        self._close_span()
        self._depth += 1
        if self._depth > _DEEPEST_SVG:
            raise UnreadableMaterial(f"The picture is nested deeper than {_DEEPEST_SVG} levels. {_FRESH}")
        if self._depth == 1:
            self._begin_picture(tag)
        elif self._inside:
            raise UnreadableMaterial(f"The credential in the picture has drawing inside it. {_FRESH}")
        elif tag == f"{{{NAMESPACE}}}credential":
            self._inside, self._begun = self._depth, self.offset()
            self._token, self._pieces = attributes.get("verify", "").strip(), []
        elif tag.startswith(f"{{{OLD_NAMESPACE}}}"):
            self.has_old = True

    def end_element(self, _tag: str) -> None:
        self._close_span()
        if self._inside == self._depth:
            self._inside, self._open_span = 0, self._begun
            self._keep("".join(self._pieces).strip())
        self._depth -= 1
        if self._depth == 0:
            self.end = self.offset()

    def text(self, piece: str) -> None:
        self._close_span()
        if self._inside:
            self._pieces.append(piece)

    def _begin_picture(self, tag: str) -> None:
        if tag != "{http://www.w3.org/2000/svg}svg":
            raise UnreadableMaterial("The picture is not an SVG.")

    def _keep(self, text: str) -> None:
        if bool(text) == bool(self._token):
            raise UnreadableMaterial(
                f"The credential in the picture is empty, or given twice in different ways. {_FRESH}"
            )
        self.credentials.append(text or self._token)

    def _close_span(self) -> None:
        # The parser tells where something begins; where an element ends shows when the next thing begins.
        if self._open_span >= 0:
            self.spans.append((self._open_span, self.offset()))
            self._open_span = -1


class _Target:
    """The methods that an XML parser calls, handed on to the walk."""

    def __init__(self, walk: _Svg) -> None:
        self.start = walk.start_element
        self.end = walk.end_element
        self.data = walk.text
        self.comment = lambda _text: walk.text("")
        self.pi = lambda _target, _data: walk.text("")

    def close(self) -> None:
        return None


def _walk_svg(picture: bytes) -> _Svg:
    if len(picture) > MAX_MATERIAL_BYTES:
        raise UnreadableMaterial(f"The picture is larger than {MAX_MATERIAL_BYTES // 1024**2} MB. {_FRESH}")
    walk = _Svg()
    parser: Any = DefusedXMLParser(target=_Target(walk), encoding="utf-8", forbid_entities=True)
    # Unbuffered, so that each piece of text is reported at its own place.
    parser.parser.buffer_text = False
    parser.parser.StartDoctypeDeclHandler = _refuse_internal_subset
    walk.offset = lambda: int(parser.parser.CurrentByteIndex)
    try:
        # The parser would take UTF-16 too, and then every place in the picture would be another one.
        picture.decode("utf-8")
        parser.feed(picture)
        parser.close()
    except OpenBadgesError:
        raise
    except DefusedXmlException:
        raise UnreadableMaterial(f"The picture defines entities of its own, as attacks do. {_FRESH}") from None
    except (ParseError, ValueError, LookupError):
        raise UnreadableMaterial(f"The picture is not well-formed SVG in UTF-8. {_FRESH}") from None
    return walk


def _refuse_internal_subset(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
    if has_subset:
        raise UnreadableMaterial(f"The picture brings its own document type, as attacks do. {_FRESH}")


def _svg_element(credential: str) -> str:
    opening = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"'
    if not credential.startswith("{"):
        return f"{opening} verify={quoteattr(credential)}></openbadges:credential>"
    # A CDATA section ends at the first ]]>; in JSON text the > may be written as an escape instead.
    return f"{opening}><![CDATA[{credential.replace(']]>', ']]' + chr(92) + 'u003e')}]]></openbadges:credential>"


def _ascii(credential: str) -> bytes:
    try:
        return credential.encode("ascii")
    except UnicodeEncodeError:
        raise CannotBake(
            "The credential must be in ASCII before it is baked, as `json.dumps` writes it: readers differ on the rest."
        ) from None
