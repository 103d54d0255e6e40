"""What each word stands for at each place of a document, looked up in PyLD once and kept.

Reading a document as JSON-LD means working out, for every object, which words are in force there. Documents use a
few contexts in few ways, so the answer is the same again and again. Here PyLD works it out, place by place, when a
place is first met; `statements` then writes from these tables.

Only what is plain is kept: words with an address, for texts, numbers, yes and no, and objects. Whatever else a
context can say (lists, graphs, languages, reversed words, JSON literals) is `Unfamiliar`, and is left to the
general way in `linked_data`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyld import jsonld

from . import processor
from .contexts import Contexts

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# Their values are rewritten, not only written down, so they are left to the general way.
_REWRITTEN = {f"{_XSD}double", f"{_RDF}JSON", f"{_RDF}langString", "@json"}
_KEYWORDS = {"id": "@id", "type": "@type"}
# So many places are learnt from one list of contexts before all are forgotten, however odd what comes in.
_MOST_PLACES = 500
_MOST_VOCABULARIES = 16
_MOST_CONTEXTS = 16

# Addresses in ASCII that every library takes as they stand; all others are left to the general way.
_CHARACTERS = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/{}-]++|%[0-9A-Fa-f]{{2}})*+"
_ADDRESS = re.compile(
    r"([A-Za-z][A-Za-z0-9+.-]*+):(?://[A-Za-z0-9.-]++(?::[0-9]{1,5}+)?(?![^/?#]))?(?!//)"
    rf"{_CHARACTERS.format('')}(?:\?{_CHARACTERS.format('?')})?(?:#{_CHARACTERS.format('?')})?"
)
# What the general way refuses, or writes in a way that libraries differ about, is not written here.
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Write = Callable[[str], str]


class Unfamiliar(Exception):
    """Something that the tables do not know. It says nothing against the document: the general way reads it."""


@dataclass(frozen=True)
class Member:
    """A word in its place: its predicate, how values under it are written, and the place inside it."""

    predicate: str
    text: Write
    flag: Write
    number: Write
    inside: Place


class Vocabulary:
    """All that has been learnt of one list of contexts. `start` is the place of the document itself."""

    def __init__(self, urls: tuple[str, ...], contexts: Contexts) -> None:
        self._pyld: Any = jsonld.JsonLdProcessor()
        self._options = {**processor.options(contexts), "isFrame": False, "processingMode": "json-ld-1.1"}
        self.words = frozenset(word for url in urls for word in _words(contexts[url]))
        self.places = 0
        initial = self._pyld._get_initial_context(self._options)
        self.start = Place(self, self.with_context(initial, [processor.CATCH_ALL, *urls]))

    def with_context(self, active: Any, local: Any, **how: bool) -> Any:
        """An active context changed by a local one. Raises `Unfamiliar` where PyLD refuses."""
        try:
            return self._pyld._process_context(active, local, self._options, **how)
        except processor.ERRORS:
            raise Unfamiliar from None

    @property
    def is_full(self) -> bool:
        return self.places > _MOST_PLACES


class Place:
    """Where an object may stand: the words in force before the object's own types are looked at."""

    def __init__(self, vocabulary: Vocabulary, active: Any) -> None:
        vocabulary.places += 1
        self._vocabulary = vocabulary
        self._active = active
        self._typed: dict[tuple[str, ...], Typed] = {}

    def typed(self, types: tuple[str, ...]) -> Typed:
        """What is in force in an object that names these types here."""
        found = self._typed.get(types)
        if found is None:
            found = self._typed[types] = Typed(self._vocabulary, *self._with_types(types))
        return found

    def address(self, text: str) -> str:
        """A name of a part, in angle brackets. Raises `Unfamiliar` for one that is not plain."""
        return _address(text, self._vocabulary.words)

    def _with_types(self, types: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
        """The context with the types' own contexts in it, and the types' addresses (JSON-LD 1.1 API, 5.1.2)."""
        _check_keywords(self._active)
        named = tuple(f"<{_defined(self._active, name)}>" for name in types)
        active = self._active
        for name in sorted(types):
            scoped = self._active["mappings"][name].get("@context")
            if scoped is not None and scoped is not False:
                active = self._vocabulary.with_context(active, scoped, propagate=False)
        _check_keywords(active)
        return active, named


class Typed:
    """The words in force in an object of certain types: `types` are their addresses, `member` knows each word."""

    def __init__(self, vocabulary: Vocabulary, active: Any, types: tuple[str, ...]) -> None:
        vocabulary.places += 1
        self._vocabulary = vocabulary
        self._active = active
        self._members: dict[str, Member] = {}
        self.types = types

    def member(self, name: str) -> Member:
        """What a word stands for here. Raises `Unfamiliar`."""
        found = self._members.get(name)
        if found is None:
            found = self._members[name] = self._learnt(name)
        return found

    def _learnt(self, name: str) -> Member:
        if ":" in name or name.startswith("@"):
            raise Unfamiliar
        predicate = _defined(self._active, name)
        mapping = self._active["mappings"][name]
        _check_plain(mapping)
        scoped = mapping.get("@context")
        active = self._active
        if scoped is not None:
            active = self._vocabulary.with_context(active, scoped, propagate=True, override_protected=True)
        inner = active["mappings"].get(name)
        if inner is None:
            raise Unfamiliar
        _check_plain(inner)
        text, flag, number = _writers(active, inner, self._vocabulary.words)
        return Member(f"<{predicate}>", text, flag, number, self._inside(active, inner))

    def _inside(self, active: Any, mapping: Mapping[str, Any]) -> Place:
        """The place of objects under a word: types no longer count, the word's own context does."""
        if any(found and found["@id"] == "@value" for found in active["mappings"].values()):
            raise Unfamiliar
        inside = active.get("previousContext", active)
        if mapping.get("@context") is not None:
            inside = self._vocabulary.with_context(inside, mapping["@context"], override_protected=True)
        return Place(self._vocabulary, inside)


_known: dict[tuple[processor.Held, tuple[str, ...]], Vocabulary] = {}


def vocabulary_of(urls: tuple[str, ...], contexts: Contexts) -> Vocabulary:
    """What is known of a list of contexts, each of which must be among `contexts`. Raises `Unfamiliar`."""
    key = (processor.Held(contexts), urls)
    found = _known.get(key)
    if found is None or found.is_full:
        if len(urls) > _MOST_CONTEXTS or any(url not in contexts for url in urls):
            raise Unfamiliar
        if len(_known) >= _MOST_VOCABULARIES:
            _known.clear()
        found = _known[key] = Vocabulary(urls, contexts)
    return found


def literal(text: str) -> str:
    """A text between quotes, as canonical N-Quads write it. Raises `Unfamiliar` for characters that may not stand."""
    # What is printable needs no escape but these two, and asking that is much quicker than looking for all.
    if (text.isprintable() and '"' not in text and "\\" not in text) or not _TO_ESCAPE.search(text):
        return f'"{text}"'
    try:
        return f'"{_TO_ESCAPE.sub(lambda found: _ESCAPES[found.group()], text)}"'
    except KeyError:
        raise Unfamiliar from None


def is_plain_address(text: str) -> bool:
    """Whether this is an address that every library takes as it stands."""
    return _ADDRESS.fullmatch(text) is not None


def _address(text: str, words: frozenset[str]) -> str:
    plain = _ADDRESS.fullmatch(text)
    # A word before the colon could be replaced by what it stands for.
    if plain is None or plain[1] in words:
        raise Unfamiliar
    return f"<{text}>"


def _words(context: Any) -> Iterator[str]:
    """Every word that a context defines, at whatever depth, and some that it does not."""
    if isinstance(context, Mapping):
        for name, inner in context.items():
            yield name
            yield from _words(inner)
    elif isinstance(context, list):
        for inner in context:
            yield from _words(inner)


def _check_keywords(active: Any) -> None:
    """Only `id` and `type` may stand for keywords of JSON-LD, so that no other word can."""
    for name, keyword in _KEYWORDS.items():
        mapping = active["mappings"].get(name)
        if mapping is None or mapping["@id"] != keyword:
            raise Unfamiliar


def _defined(active: Any, name: str) -> str:
    mapping = active["mappings"].get(name)
    found = mapping["@id"] if mapping else None
    if not isinstance(found, str) or found.startswith((processor.UNDEFINED, processor.BASE)):
        raise Unfamiliar
    if not is_plain_address(found):
        raise Unfamiliar
    return found


def _check_plain(mapping: Mapping[str, Any]) -> None:
    container = mapping.get("@container") or []
    odd = mapping.get("reverse") or mapping.get("@nest") or mapping.get("@index")
    if odd or any(kind != "@set" for kind in container) or mapping.get("@type") in _REWRITTEN:
        raise Unfamiliar


def _writers(active: Any, mapping: Mapping[str, Any], words: frozenset[str]) -> tuple[Write, Write, Write]:
    """How texts, yes and no, and whole numbers are written under a word."""
    kind = mapping.get("@type")
    if kind == "@id":
        return (lambda text: _address(text, words)), _refuse, _refuse
    if kind == "@vocab":
        return (lambda text: _word_or_address(text, active, words)), _refuse, _refuse
    if kind in (None, "@none"):
        spoken = any(found.get(name) for found in (mapping, active) for name in ("@language", "@direction"))
        return (_refuse if spoken else literal), _ending(f"{_XSD}boolean"), _ending(f"{_XSD}integer")
    if kind == f"{_XSD}string":
        return literal, literal, literal
    return _ending(kind), _ending(kind), _ending(kind)


def _word_or_address(text: str, active: Any, words: frozenset[str]) -> str:
    if text in active["mappings"]:
        return f"<{_defined(active, text)}>"
    return _address(text, words)


def _ending(datatype: str) -> Write:
    if not is_plain_address(datatype):
        raise Unfamiliar
    ending = f"^^<{datatype}>"
    return lambda text: literal(text) + ending


def _refuse(_text: str) -> str:
    raise Unfamiliar
