"""Searching texts for names. No Django, no database.

A name is found whatever its case, accents, hyphens and apostrophes: “Zoë O’Brien-Lee” is found as “zoe obrien lee”, and
“Maria” in “Maria’s”. Each part of a listed name is searched for alone too. A name that is also a word (Will, Grace) is
taken for a name only where it begins with a capital letter, and even then it is told as *perhaps*.

It takes one walk through the text, whatever the number of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

# Longer lists are no class's, and longer names nobody's.
MOST_NAMES = 500
LONGEST_NAME = 80
SHORTEST_PART = 3
# Between the words of one name stands a space, a hyphen, or a comma and a space.
WIDEST_GAP = 2
# A reader needs the words around; more of them than this shows nothing new.
CONTEXT = 40
MOST_HITS = 100

WORD = re.compile(r"[^\W\d_]+")
SEPARATORS = re.compile(r"[\n\r,;\t|]+")
INSIDE = re.compile(r"[-‐‑'’ʼ`.]")
GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
# Letters that do not come apart into a plain one and an accent.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
PARTICLES = frozenset({"van", "von", "der", "den", "del", "della", "dos", "las", "los", "bin", "ibn", "the", "and"})
# What stands above the columns of an exported class list.
HEADINGS = frozenset(
    {"name", "names", "first", "last", "student", "students", "pupil", "first name", "last name", "id"}
)
# What organisations are called beside what is their own.
GENERIC = frozenset(
    {"school", "schools", "public", "district", "elementary", "middle", "high", "academy", "charter", "the", "of"}
)


@dataclass(frozen=True)
class Hit:
    """A name in a text: where, which listed name it is, and whether the word may well be no name (`perhaps`)."""

    start: int
    end: int
    name: str
    perhaps: bool


@dataclass(frozen=True)
class Token:
    start: int
    end: int
    word: str
    capital: bool


@dataclass(frozen=True)
class Sought:
    """The words of a name in order, folded; `perhaps` where they are words of the language too."""

    words: tuple[str, ...]
    name: str
    perhaps: bool


class NameSearch:
    """All names that are looked for, ready to be looked for in many texts."""

    def __init__(self, people: Iterable[str] = (), organisations: Iterable[str] = ()) -> None:
        sought = [*_of_people(people), *_of_organisations(organisations)]
        self._by_first: dict[str, list[Sought]] = {}
        for each in sorted(dict.fromkeys(sought), key=lambda it: -len(it.words)):
            self._by_first.setdefault(each.words[0], []).append(each)

    def find(self, text: str) -> Iterator[Hit]:
        """Every name in a text that `as_searched` gave, from its beginning, the longest at each place."""
        tokens = _tokens(text)
        place = 0
        while place < len(tokens):
            found = self._at(tokens, place)
            if found is None:
                place += 1
                continue
            last = tokens[place + len(found.words) - 1]
            yield Hit(tokens[place].start, last.end, found.name, found.perhaps)
            place += len(found.words)

    def _at(self, tokens: Sequence[Token], place: int) -> Sought | None:
        first = tokens[place]
        for each in self._by_first.get(first.word, ()):
            if _stands(each, tokens[place : place + len(each.words)]):
                return each
        # "Marias bike": the apostrophe was left out.
        if first.capital and first.word.endswith("s"):
            alone = self._by_first.get(first.word[:-1], ())
            return next((each for each in alone if len(each.words) == 1 and not each.perhaps), None)
        return None


def names_in(pasted: str) -> list[str]:
    """The names in a list that was typed, pasted or exported: one a line or a cell, without headings and numbers.

    At most `MOST_NAMES`, each once.
    """
    cells = (cell.strip(" \"'“”.*•-") for cell in SEPARATORS.split(pasted))
    names = (unicodedata.normalize("NFC", " ".join(cell.split()))[:LONGEST_NAME] for cell in cells)
    kept = dict.fromkeys(name for name in names if WORD.search(name) and name.casefold() not in HEADINGS)
    return list(kept)[:MOST_NAMES]


def as_searched(text: str) -> str:
    """A text in the form in which it is searched, so that places found are places in it."""
    return unicodedata.normalize("NFC", text)


def taken_apart(name: str) -> str:
    """A file's name or an address with its parts set apart: “MariaLopez_essay.pdf” holds three words."""
    return GLUED.sub(" ", as_searched(name))


def around(text: str, hit: Hit) -> tuple[str, str, str]:
    """The words before a name, the name as it stands there, and the words after, on one line."""
    before, after = text[max(0, hit.start - CONTEXT) : hit.start], text[hit.end : hit.end + CONTEXT]
    return _one_line(before), text[hit.start : hit.end], _one_line(after)


def fold(text: str) -> str:
    """Letters without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def words_that_are_names() -> frozenset[str]:
    """First and last names that stand in a dictionary too, folded."""
    listed = files("longleaf.assessment.privacy").joinpath("name_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in listed.splitlines() if not line.startswith("#") for word in line.split())


def _of_people(names: Iterable[str]) -> Iterator[Sought]:
    for name in names:
        words = _words(name)
        # “Sean O’Brien”: the whole, each of his two names, each word of them, and OBrien.
        own = [_words(each) for each in name.split()]
        parts = [words, *own, *([part] for part in words if _is_telling(part)), *([part] for part in _joined(name))]
        yield from (_sought(part, name) for part in parts if len(part) > 1 or (part and _is_telling(part[0])))


def _of_organisations(names: Iterable[str]) -> Iterator[Sought]:
    """Whole, and without what every school is called."""
    for name in names:
        words = _words(name)
        own = [word for word in words if word not in GENERIC]
        yield from (_sought(part, name) for part in (words, own) if part and len("".join(part)) > SHORTEST_PART)


def _sought(words: Sequence[str], name: str) -> Sought:
    is_word = len(words) == 1 and (len(words[0]) < SHORTEST_PART or words[0] in words_that_are_names())
    return Sought(tuple(words), name, is_word)


def _is_telling(part: str) -> bool:
    return len(part) > 1 and part not in PARTICLES


def _joined(name: str) -> Iterator[str]:
    """“O’Brien” is written “OBrien” too, and “Anna-Lena” “Annalena”."""
    for word in as_searched(name).split():
        joined = fold(INSIDE.sub("", word))
        if INSIDE.search(word) and len(joined) >= SHORTEST_PART and joined.isalpha():
            yield joined


def _words(name: str) -> list[str]:
    return [fold(found.group()) for found in WORD.finditer(as_searched(name))]


def _tokens(text: str) -> list[Token]:
    return [
        Token(found.start(), found.end(), fold(found.group()), found.group()[0].isupper())
        for found in WORD.finditer(text)
    ]


def _stands(sought: Sought, tokens: Sequence[Token]) -> bool:
    if tuple(each.word for each in tokens) != sought.words or (sought.perhaps and not tokens[0].capital):
        return False
    return all(after.start - before.end <= WIDEST_GAP for before, after in pairwise(tokens))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
