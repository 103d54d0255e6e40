"""The statements that a document makes, written straight from tables: the quick way to its canonical form.

`linked_data` has the general way, through a JSON-LD processor; this one is for documents whose every word is plain
(see `terms`). It gives exactly what the general way gives, or nothing: whatever it does not know, and whatever the
general way would refuse, it leaves to that. Tests hold both against one another.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from .contexts import Contexts
from .limits import LARGEST_INTEGER
from .processor import BASE, UNDEFINED
from .terms import Member, Place, Unfamiliar, vocabulary_of

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
# Beyond this the general way counts the values of each member, and may refuse; below, it never does.
_MOST_STATEMENTS = 300
_MOST_DEPTH = 48

Statement = tuple[str, str, str]


def in_order(document: Mapping[str, Any], *, contexts: Contexts) -> list[str] | None:
    """The document's statements as lines of canonical N-Quads in their order, or None to leave it to the general way.

    Follows JSON-LD 1.1 and RDF Dataset Canonicalization 1.0 for what both make of plain documents.
    """
    try:
        writing = _written(document, contexts)
        lines = sorted({*writing.lines, *named(writing.nameless)} if writing.nameless else set(writing.lines))
    except Unfamiliar:
        return None
    return None if holds_marker("".join(lines)) else lines


def holds_marker(text: str) -> bool:
    """Whether a text could be taken for what the general way marks as undefined."""
    return UNDEFINED in text or BASE in text


def _written(document: Mapping[str, Any], contexts: Contexts) -> _Writing:
    urls = document.get("@context")
    if type(urls) is not list or not all(type(url) is str for url in urls):
        raise Unfamiliar
    writing = _Writing()
    bare = {name: value for name, value in document.items() if name != "@context"}
    writing.part(bare, vocabulary_of(tuple(urls), contexts).start, 0)
    if not 0 < len(writing.lines) + len(writing.nameless) <= _MOST_STATEMENTS:
        raise Unfamiliar
    return writing


class _Writing:
    """What has been written: whole lines, and apart from them the statements about parts that have no name yet."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.nameless: list[Statement] = []
        self._names = 0

    def part(self, found: dict[str, Any], place: Place, depth: int) -> str:
        """Write what an object says; give the name by which others speak of it."""
        subject = _text_of(found["id"], place) if "id" in found else self._new_name()
        if len(found) == 1 and "id" in found:
            return subject
        if not found or depth > _MOST_DEPTH:
            raise Unfamiliar
        typed = place.typed(_types_of(found["type"]) if "type" in found else ())
        for each in typed.types:
            self._say(subject, _TYPE, each)
        for word, value in found.items():
            if word != "id" and word != "type":
                self._member(subject, typed.member(word), value, depth)
        return subject

    def _member(self, subject: str, member: Member, value: Any, depth: int) -> None:
        if type(value) is not list:
            self._say(subject, member.predicate, self._value(member, value, depth))
        elif not value:
            raise Unfamiliar
        else:
            for each in value:
                self._say(subject, member.predicate, self._value(member, each, depth))

    def _value(self, member: Member, value: Any, depth: int) -> str:
        kind = type(value)
        if kind is str:
            # The general way refuses such texts: they look like keywords, or like names of nameless parts.
            if value[:1] == "@" or value[:2] == "_:":
                raise Unfamiliar
            return member.text(value)
        if kind is dict:
            return self.part(value, member.inside, depth + 1)
        if kind is bool:
            return member.flag("true" if value else "false")
        if kind is int and abs(value) <= LARGEST_INTEGER:
            return member.number(str(value))
        raise Unfamiliar

    def _say(self, subject: str, predicate: str, value: str) -> None:
        if subject[0] == "_" or value[0] == "_":
            self.nameless.append((subject, predicate, value))
        else:
            self.lines.append(f"{subject} {predicate} {value} .\n")

    def _new_name(self) -> str:
        self._names += 1
        return f"_:b{self._names}"


def _text_of(name: Any, place: Place) -> str:
    if type(name) is not str:
        raise Unfamiliar
    return place.address(name)


def _types_of(types: Any) -> tuple[str, ...]:
    listed = [types] if type(types) is str else types
    if type(listed) is not list or not listed or not all(type(name) is str for name in listed):
        raise Unfamiliar
    return tuple(listed)


def named(statements: list[Statement]) -> Iterator[str]:
    """The lines about nameless parts, with canonical names. Raises `Unfamiliar` where two of them look alike."""
    about: dict[str, list[Statement]] = defaultdict(list)
    for statement in dict.fromkeys(statements):
        for term in {statement[0], statement[2]}:
            if term[0] == "_":
                about[term].append(statement)
    looks = {_first_degree_hash(name, said): name for name, said in about.items()}
    if len(looks) < len(about):
        raise Unfamiliar
    names = {looks[look]: f"_:c14n{number}" for number, look in enumerate(sorted(looks))}
    for subject, predicate, value in statements:
        yield f"{names.get(subject, subject)} {predicate} {names.get(value, value)} .\n"


def _first_degree_hash(name: str, said: list[Statement]) -> str:
    """What a nameless part looks like from its own statements (RDFC-1.0, 4.6)."""

    def shown(term: str) -> str:
        return term if term[0] != "_" else "_:a" if term == name else "_:z"

    # Two statements may look the same here and still count as two.
    lines = [f"{shown(subject)} {predicate} {shown(value)} .\n" for subject, predicate, value in said]
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8")).hexdigest()
