"""What stays of each part of an office document: OOXML (ECMA-376) and OpenDocument (OASIS ODF 1.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from longleaf.assessment.evidence.cleaning.outcome import TakenOut

SOMEBODY = "Author"
INITIALS = "A"
NOBODY_ID = "Author"
LONG_AGO = "1970-01-01T00:00:00"
# Attributes that name somebody, wherever they stand.
NAMING = {
    "author": SOMEBODY,
    "userName": SOMEBODY,
    "lastEdited": SOMEBODY,
    "initials": INITIALS,
    "userId": NOBODY_ID,
    "providerId": "None",
}
# Elements whose name is a person's.
PEOPLE = frozenset({"cmAuthor", "author", "person", "userInfo"})
PEOPLE_NAMES = {"name": SOMEBODY, "displayName": SOMEBODY, "initials": INITIALS}
# When a change was made, or in which sitting; Word counts sittings, and two documents of one hand share them.
SITTINGS = re.compile(r"rsid\w*|paraIdParent")
CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "comment", "rPrChange", "pPrChange", "sectPrChange",
                     "tblPrChange", "trPrChange", "tcPrChange", "cellIns", "cellDel", "numberingChange",
                     "cm", "moveFromRangeStart", "moveToRangeStart", "tblGridChange", "tblPrExChange"})  # fmt: skip
DATES = frozenset({"date", "dateUtc", "dt", "created"})
LEFT_OUT = {
    "rsids": TakenOut.PROPERTIES,
    "docVars": TakenOut.PROPERTIES,
    "attachedTemplate": TakenOut.PATHS,
    "absPath": TakenOut.PATHS,
    "presenceInfo": TakenOut.NAMES,
    "printerSettings": TakenOut.PROPERTIES,
}
# OpenDocument says these as the words in an element.
NAMING_WORDS = frozenset(
    {"creator", "initial-creator", "creator-initials", "author-name", "author-initials", "printed-by"}
)
DATE_WORDS = frozenset({"date", "creation-date", "print-date"})
PRINTER_ITEMS = frozenset({"PrinterName", "PrinterSetup", "PrinterFaxName"})

# Relationships to parts that are left out, by how their type ends.
RELATIONS_LEFT_OUT = {
    "core-properties": TakenOut.PROPERTIES,
    "extended-properties": TakenOut.PROPERTIES,
    "custom-properties": TakenOut.PROPERTIES,
    "thumbnail": TakenOut.PREVIEW,
    "printerSettings": TakenOut.PROPERTIES,
    "customXml": TakenOut.PROPERTIES,
    "attachedTemplate": TakenOut.PATHS,
    "origin": TakenOut.NAMES,
    "usernames": TakenOut.NAMES,
    "revisionHeaders": TakenOut.NAMES,
}
NOWHERE = "about:blank"
WEB = ("http://", "https://", "mailto:")


@dataclass
class Content:
    """The rule for parts that hold content."""

    taken: set[TakenOut] = field(default_factory=set)
    # Excel begins a comment with its author's name.
    authors: set[str] = field(default_factory=set)

    def leaves_out(self, element: str, attributes: dict[str, str]) -> bool:
        if element in LEFT_OUT:
            self.taken.add(LEFT_OUT[element])
            return True
        return False

    def attribute(self, element: str, name: str, value: str) -> str | None:
        if name in NAMING or (element in PEOPLE and name in PEOPLE_NAMES):
            said = NAMING.get(name) or PEOPLE_NAMES[name]
            self._note(TakenOut.NAMES, value, said)
            return said
        if SITTINGS.fullmatch(name) or (name in DATES and element in CHANGES):
            self.taken.add(TakenOut.PROPERTIES)
            return None
        return value

    def text(self, element: str, text: str) -> str:
        if element in NAMING_WORDS or element == "author":
            self.authors.add(text.strip())
            self._note(TakenOut.NAMES, text, SOMEBODY)
            return SOMEBODY
        if element in DATE_WORDS:
            self._note(TakenOut.PROPERTIES, text, LONG_AGO)
            return LONG_AGO
        if element == "t" and text.strip().removesuffix(":") in self.authors and text.strip().endswith(":"):
            return f"{SOMEBODY}:"
        return text

    def _note(self, what: TakenOut, before: str, after: str) -> None:
        if before and before != after:
            self.taken.add(what)


@dataclass
class Settings(Content):
    """The rule for an OpenDocument's settings: which printer it was last sent to is nobody's business."""

    def leaves_out(self, element: str, attributes: dict[str, str]) -> bool:
        if element == "config-item" and attributes.get("name") in PRINTER_ITEMS:
            self.taken.add(TakenOut.PROPERTIES)
            return True
        return super().leaves_out(element, attributes)

    def attribute(self, element: str, name: str, value: str) -> str | None:
        return value

    def text(self, element: str, text: str) -> str:
        return text


@dataclass
class Relations(Content):
    """The rule for the relationships of OOXML parts."""

    def leaves_out(self, element: str, attributes: dict[str, str]) -> bool:
        what = RELATIONS_LEFT_OUT.get(attributes.get("Type", "").rpartition("/")[2])
        if element != "Relationship" or what is None:
            return False
        self.taken.add(what)
        return True

    def attribute(self, element: str, name: str, value: str) -> str | None:
        # Inside the package a target is a path; outside it, only pages of the web are gone to.
        is_outside = name == "Target" and (":" in value or value.startswith(("\\\\", "//")))
        if is_outside and not value.lower().startswith(WEB) and value != NOWHERE:
            self.taken.add(TakenOut.PATHS)
            return NOWHERE
        return value

    def text(self, element: str, text: str) -> str:
        return text


@dataclass
class Listing(Content):
    """The rule for the list of all parts, without those that are left out."""

    gone: frozenset[str] = frozenset()

    def leaves_out(self, element: str, attributes: dict[str, str]) -> bool:
        named = attributes.get("PartName", "").removeprefix("/") or attributes.get("full-path", "")
        return element in {"Override", "file-entry"} and named in self.gone

    def attribute(self, element: str, name: str, value: str) -> str | None:
        return value

    def text(self, element: str, text: str) -> str:
        return text


@dataclass
class Nothing(Content):
    """The rule for a part of which only the outermost element stays."""

    depth: int = 0

    def leaves_out(self, element: str, attributes: dict[str, str]) -> bool:
        self.depth += 1
        if self.depth > 1:
            self.taken.add(TakenOut.PROPERTIES)
        return self.depth > 1

    def attribute(self, element: str, name: str, value: str) -> str | None:
        return value

    def text(self, element: str, text: str) -> str:
        return ""
