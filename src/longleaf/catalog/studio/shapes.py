"""What a field of the editor can be, and where its value goes in the document. No Django, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

# Names and ids of rows, from the outside in: ("requirements", "R1", "title").
Path: TypeAlias = tuple[str, ...]
STEP = "/"
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
# What no text has: PostgreSQL refuses some of it, and a feed or a page in XML the rest.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A typed group holds here what its document said and no field shows, so that nothing is lost on the way.
KEPT = "kept"
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


class WhenEmpty(Enum):
    """What the document says where nothing was typed."""

    NOTHING = "the key is left out"
    NONE = "null"
    TEXT = "an empty text"
    NO = "false"


@dataclass(frozen=True)
class Field:
    """One thing to type or choose. `options` names where the choices come from (`studio.options`)."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    optional: bool = False
    when_empty: WhenEmpty = WhenEmpty.NOTHING
    options: str = ""
    lines: int = 4

    @property
    def is_list(self) -> bool:
        return self.kind is Kind.CHOICES


@dataclass(frozen=True)
class Group:
    """Fields that the document has in a mapping of their own; `optional` leaves it out where all are empty."""

    name: str
    label: str
    members: Sequence[Member]
    optional: bool = False
    when_empty: WhenEmpty = WhenEmpty.NOTHING


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


@dataclass(frozen=True)
class PerLevel:
    """A text for each level of the draft's rubric."""

    name: str
    label: str


Member: TypeAlias = Field | Group | Rows | PerLevel


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
