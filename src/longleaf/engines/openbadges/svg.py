"""The structure of an SVG: where its content ends, and the elements in it that carry a credential, with their places.

Pictures come from strangers. Their document types, entities and depth are refused (with defusedxml) before anything is
expanded, and nothing is ever loaded from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .errors import OpenBadgesError, UnreadableMaterial
from .limits import MAX_MATERIAL_BYTES

_DEEPEST = 200
_FRESH = "Ask the issuer or the earner for the badge file itself."


@dataclass(frozen=True)
class Element:
    """An element that carries a credential: its tag, its text, and its `verify` attribute."""

    tag: str
    text: str
    verify: str


@dataclass
class Walk:
    """What a walk through an SVG found: where its content ends, the elements that were looked for, their places."""

    tags: Sequence[str] = ()
    offset: Callable[[], int] = lambda: 0
    end: int = -1
    elements: list[Element] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    _depth: int = 0
    _begun: int = -1
    _inside: int = 0
    _pieces: list[str] = field(default_factory=list)
    _verify: str = ""
    _open_span: int = -1

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        self._close_span()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableMaterial(f"The picture is nested deeper than {_DEEPEST} levels. {_FRESH}")
        if self._depth == 1:
            self._begin_picture(tag)
        elif self._inside:
            raise UnreadableMaterial(f"The credential in the picture has drawing inside it. {_FRESH}")
        elif tag in self.tags:
            self._inside, self._begun = self._depth, self.offset()
            self._verify, self._pieces = attributes.get("verify", "").strip(), []

    def end_element(self, tag: str) -> None:
        self._close_span()
        if self._inside == self._depth:
            self._inside, self._open_span = 0, self._begun
            self.elements.append(Element(tag, "".join(self._pieces).strip(), self._verify))
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

    def _close_span(self) -> None:
        # The parser tells where something begins; where an element ends shows when the next thing begins.
        if self._open_span >= 0:
            self.spans.append((self._open_span, self.offset()))
            self._open_span = -1


class _Target:
    """The methods that an XML parser calls, handed on to the walk."""

    def __init__(self, walk: Walk) -> None:
        self.start = walk.start_element
        self.end = walk.end_element
        self.data = walk.text
        self.comment = lambda _text: walk.text("")
        self.pi = lambda _target, _data: walk.text("")

    def close(self) -> None:
        return None


def walk(picture: bytes, *, tags: Sequence[str]) -> Walk:
    """Look for elements with these tags. Raises `UnreadableMaterial` for what is no sound SVG in UTF-8."""
    if len(picture) > MAX_MATERIAL_BYTES:
        raise UnreadableMaterial(f"The picture is larger than {MAX_MATERIAL_BYTES // 1024**2} MB. {_FRESH}")
    found = Walk(tags)
    parser: Any = DefusedXMLParser(target=_Target(found), encoding="utf-8", forbid_entities=True)
    # Unbuffered, so that each piece of text is reported at its own place.
    parser.parser.buffer_text = False
    parser.parser.StartDoctypeDeclHandler = _refuse_internal_subset
    found.offset = lambda: int(parser.parser.CurrentByteIndex)
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
    return found


def _refuse_internal_subset(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
    if has_subset:
        raise UnreadableMaterial(f"The picture brings its own document type, as attacks do. {_FRESH}")
