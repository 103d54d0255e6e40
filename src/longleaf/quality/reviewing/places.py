"""What a reviewer reads: its places, one after another, each with a JSON Pointer (RFC 6901). Plain Python.

Every part of the document is shown, also one that is not known here by name, so that a design with new parts is read
whole. Whose it is stands in no place; where a text of the design itself names its issuer, the text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from longleaf.panels.blindness import Blindness, Fact

Document = Mapping[str, Any]

# In the order in which a reader would ask, with the words for it. What is not named here follows after.
TITLES = {
    "title": "Title",
    "summary": "Summary",
    "competency": "Competency",
    "matters": "Why it matters",
    "audience": "For whom",
    "topics": "Topics",
    "method": "Key method",
    "research": "Research",
    "resources": "Resources",
    "support": "Support",
    "other_ways": "Other ways to show it",
    "alignments": "Alignments",
    "proposed_stacks": "Stacks it is proposed for",
    "parts": "Parts of the submission",
    "requirements": "Evidence requirements",
    "rubric": "Scoring rubric",
    "panel_rule": "Panel rule",
    "sample": "Sample",
    "samples": "Evidence to look at",
    "ai_policy": "Use of tools that write, draw or record",
    "effort_hours": "Hours of effort",
    "fee": "Fee",
    "fee_waivers": "Fee waivers",
    "turnaround_business_days": "Business days until a decision",
    "attempts": "Attempts",
    "language": "Language",
    "further_languages": "Further languages",
    "review_by": "To be reviewed by",
    "expires_after_years": "Years until it expires",
    "organisation": "Organization",
    "applies_for": "Applies for",
    "scope": "What it asks to be approved for",
}
# Whose design it is, and by what it could be found in the catalog.
TELLS_WHOSE = frozenset({"issuer", "slug"})
# What the catalog keeps for itself: it says nothing of the design.
NOT_OF_THE_DESIGN = frozenset({"badge", "family", "version", "standing", "sources", "note"})
# Lists of these are read item by item, so that a quotation leads to the item and not to the list.
ITEMISED = {("requirements",), ("resources",), ("alignments",), ("research", "references"), ("rubric", "criteria")}
FEWEST_WORDS = 3
# What an application shows for each criterion (`quality.agencies.telling`).
SHOWINGS = ("showings",)


@dataclass(frozen=True)
class Line:
    """A text of a place with what it is called there; "" where the place has one text only."""

    name: str
    text: str


@dataclass(frozen=True)
class Attached:
    """A document that an application brings, by its reference."""

    ref: str
    name: str
    about: str


@dataclass(frozen=True)
class PlaceInDesign:
    pointer: str
    title: str
    lines: tuple[Line, ...]
    documents: tuple[Attached, ...] = ()
    criterion: str = ""

    @property
    def text(self) -> str:
        return "\n".join([*(line.text for line in self.lines), *(each.name for each in self.documents)])


def places_of(document: Document, sight: Blindness) -> tuple[PlaceInDesign, ...]:
    """Every place of a design, in the order in which it is read, as far as somebody at this standpoint may see it."""
    hidden = NOT_OF_THE_DESIGN | (frozenset() if sight.shows(Fact.SUBJECT_ORGANISATION) else TELLS_WHOSE)
    known = [name for name in (*TITLES, *SHOWINGS) if name in document]
    others = [name for name in document if name not in known and name not in hidden]
    return tuple(place for name in (*known, *others) for place in _places((name,), document[name]))


def place_with(words: str, places: tuple[PlaceInDesign, ...], *, criterion: str = "") -> PlaceInDesign | None:
    """The first place in which the words stand, whatever the line breaks; None where they stand nowhere, and for fewer
    words than show a place, unless they are all of a line. What an application shows for the criterion goes first.
    """
    wanted = _plain(words)
    short = are_few(words)
    own_first = sorted(places, key=lambda place: not criterion or place.criterion != criterion)
    return next((place for place in own_first if wanted and _has(place, wanted, whole=short)), None)


def are_few(words: str) -> bool:
    """Whether words are too few to lead to one place and no other."""
    return len(words.split()) < FEWEST_WORDS


def _has(place: PlaceInDesign, wanted: str, *, whole: bool) -> bool:
    if not whole:
        return wanted in _plain(place.text)
    return wanted in {_plain(each) for each in place.text.splitlines()}


def _places(path: tuple[str, ...], value: Any) -> Iterator[PlaceInDesign]:
    if path == SHOWINGS:
        yield from (_showing(number, each) for number, each in enumerate(value))
        return
    if path in ITEMISED and isinstance(value, list):
        for number, item in enumerate(value):
            title = f"{_title(path)}: {_name_of(item, number)}"
            yield PlaceInDesign(_pointer((*path, str(number))), title, tuple(_lines(item)))
        return
    inner = {name: part for name, part in value.items() if (*path, name) in ITEMISED} if _is_mapping(value) else {}
    rest = {name: part for name, part in value.items() if name not in inner} if inner else value
    lines = tuple(_lines(rest))
    if lines:
        yield PlaceInDesign(_pointer(path), _title(path), lines)
    for name, part in inner.items():
        yield from _places((*path, name), part)


def _showing(number: int, shown: Document) -> PlaceInDesign:
    lines = [Line("", shown["text"]), *(Line("Link", link) for link in shown["links"])]
    if shown["unchanged"]:
        lines.append(Line("", "This stands as it did in the earlier application."))
    documents = [Attached(each["ref"], each["name"], f"{each['kind']}, {each['size']}") for each in shown["documents"]]
    told = tuple(line for line in lines if line.text)
    if not (told or documents):
        told = (Line("", "Nothing is shown."),)
    pointer = _pointer((*SHOWINGS, str(number)))
    return PlaceInDesign(pointer, f"{shown['code']} {shown['title']}", told, tuple(documents), shown["code"])


def _lines(value: Any, name: str = "") -> Iterator[Line]:
    if _is_mapping(value):
        for key, part in value.items():
            if key == "code" and value.get("title"):
                continue
            yield from _lines(part, f"{name}, {_words(key).lower()}" if name else _words(key))
    elif isinstance(value, list) and any(_is_mapping(each) for each in value):
        for number, each in enumerate(value):
            told = _name_of(each, number)
            yield from _lines(each, f"{name}, {told}" if name else told)
    elif isinstance(value, list):
        if value:
            yield Line(name, ", ".join(_text(each) for each in value))
    elif value not in (None, ""):
        yield Line(name, _text(value))


def _title(path: tuple[str, ...]) -> str:
    first, *further = path
    return ": ".join([TITLES.get(first, _words(first)), *(_words(each) for each in further)])


def _name_of(item: Any, number: int) -> str:
    """What an item of a list is called: by its title rather than by its code, else by its number."""
    told = [item.get(key) for key in ("title", "item", "code")] if _is_mapping(item) else []
    return next((str(each) for each in told if each), str(number + 1))


def _words(key: str) -> str:
    return key.replace("_", " ").replace("-", " ").capitalize()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)


def _pointer(path: tuple[str, ...]) -> str:
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
