"""What a field of the editor can be, and where its value goes in the document. No Django, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

# Names and ids of rows, from the outside in: ("requirements", "R1", "title").
Path: TypeAlias = tuple[str, ...]
STEP = "/"
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
# What no text has: PostgreSQL refuses some of it, and a feed or a page in XML the rest.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A typed group holds here what its document said and no field shows, so that nothing is lost on the way.
KEPT = "kept"
# And here how its document said what a field shows in another way, so that it is said the same way again.
SAID = "said"
# The key of a row's text where the document has a plain list of sentences.
SENTENCE = "text"


class Kind(Enum):
    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    YES = "yes"
    # A tick that the document says as false, where what it asks holds unless it is said otherwise.
    NOT = "not"
    # A number that may have a fraction; as text in the document, which keeps it exact.
    DECIMAL = "decimal"
    # A part of 1 in the document, and typed in percent.
    PERCENT = "percent"

    @property
    def is_tick(self) -> bool:
        return self in (Kind.YES, Kind.NOT)


class WhenEmpty(Enum):
    """What the document says where nothing was typed."""

    NOTHING = "the key is left out"
    NONE = "null"
    TEXT = "an empty text"
    NO = "false"
    LIST = "an empty list"


@dataclass(frozen=True)
class Field:
    """One thing to type or choose. `options` names where the choices come from (`studio.options`).

    `blank` is what it means that nothing is chosen. `instead` is a key with its value that the document has where
    nothing is typed. A field that is `to_mend` is drawn only where there is something in it.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    optional: bool = False
    when_empty: WhenEmpty = WhenEmpty.NOTHING
    options: str = ""
    lines: int = 4
    blank: str = ""
    instead: tuple[str, Any] | None = None
    to_mend: bool = False

    @property
    def is_list(self) -> bool:
        return self.kind is Kind.CHOICES


@dataclass(frozen=True)
class Group:
    """Fields that the document has in a mapping of their own; `optional` leaves it out where all are empty.

    What is `faithful` is read by an engine that takes the same thing said in several ways: it is said again as it was.
    """

    name: str
    label: str
    members: Sequence[Member]
    optional: bool = False
    when_empty: WhenEmpty = WhenEmpty.NOTHING
    hint: str = ""
    faithful: bool = False


@dataclass(frozen=True)
class Rows:
    """A list that rows are added to, taken from and moved in. `one` is what a row is called.

    A row's id is its `code` in the document where `coded`, and is made from `prefix`; where `sentences`, the document
    has plain texts. A list that is not `always` there is left out where it is empty.
    """

    name: str
    label: str
    one: str
    members: Sequence[Member]
    prefix: str = ""
    coded: bool = False
    sentences: bool = False
    optional: bool = False
    always: bool = True
    hint: str = ""


class Of(Enum):
    """Lists of the draft's rubric."""

    LEVELS = "levels"
    CRITERIA = "criteria"


@dataclass(frozen=True)
class PerRow:
    """The same field for each level or criterion of the draft's rubric, by its code.

    `each` has in its label what follows the row's title.
    """

    name: str
    label: str
    each: Field
    of: Of = Of.LEVELS
    hint: str = ""
    optional: bool = False


Member: TypeAlias = Field | Group | Rows | PerRow
# Codes of the rows of the rubric, from first to last.
Ladder: TypeAlias = Mapping[Of, Sequence[str]]


@dataclass(frozen=True)
class Section:
    """A part of the draft, edited on a page of its own. `members` own their keys of the document's top."""

    code: str
    title: str
    asks: str
    members: Sequence[Member]


def written(path: Path) -> str:
    """A path as forms and addresses carry it: `requirements/R1/title`."""
    return STEP.join(path)


def read_path(text: str) -> Path:
    return tuple(text.split(STEP))


def is_code(text: str) -> bool:
    """Whether a text can be the code of a row, and so a step of a path."""
    return bool(CODE.fullmatch(text))


def readable(text: str) -> str:
    """A text without what no text has."""
    return NO_TEXT.sub("", text)


def named(members: Sequence[Member]) -> Mapping[str, Member]:
    return {member.name: member for member in members}
