"""What credentials of one shape have in common, pressed once: their document and their statements, with gaps.

Nothing here knows how credentials are built or what their members mean. Two made-up credentials of the shape are
built and read the general way; where they differ is a gap, and what stands there must be one of the texts of the
credential it came from. A third one proves that filled gaps give what the general way gives. What cannot be
explained or proven makes no impression.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from . import building, linked_data, statements, terms
from .apart import derived, derived_parts, likeness, taken_apart
from .building import Credential
from .contexts import Contexts
from .statements import Statement

Fill = Callable[[Sequence[str]], Any]

# Addresses that begin otherwise are left to the general way, for a context could know the beginning as a word.
_BEGINNINGS = ("https:", "http:", "urn:", "did:", "mailto:", "data:")


class NoImpression(Exception):
    """Credentials of this shape cannot be pressed. The sentence says why."""


class Lines:
    """Statements with gaps: one format for all of them, and the number of the text that goes into each gap."""

    def __init__(self, form: str, numbers: Sequence[int]) -> None:
        self.form = form
        self._spread = itemgetter(*numbers) if len(numbers) > 1 else lambda texts: tuple(texts[n] for n in numbers)

    def filled(self, texts: Sequence[str]) -> list[bytes]:
        """The lines with these texts, which must be written as N-Quads write them."""
        return (self.form % self._spread(texts)).encode("utf-8").split(b"\n") if self.form else []


@dataclass(frozen=True)
class Impression:
    """A document with gaps and its statements with gaps, both filled from the same texts.

    `fixed` are the lines without a gap, in order; `nameless` those about several parts without a name, whose canonical
    names depend on what is said of them.
    """

    parts: tuple[str, ...]
    fill_document: Fill
    fixed: list[bytes]
    varying: Lines
    nameless: Lines
    subjects: tuple[int, ...]
    fixed_subjects: frozenset[str]
    addresses: tuple[int, ...]

    def with_parts(self, texts: list[str]) -> list[str]:
        """The texts, and after them the ids that are derived from the first."""
        return texts + derived(texts[0], self.parts)

    def statements(self, texts: Sequence[str], *, written: Sequence[str]) -> bytes:
        """The credential's canonical N-Quads from its texts, plain and as N-Quads write them.

        Raises `terms.Unfamiliar` for texts that this impression cannot take.
        """
        self._check(texts)
        varying = self.varying.filled(written)
        if self.nameless.form:
            varying += _named_anew(self.nameless.filled(written))
        lines = self.fixed + varying
        if len(distinct := set(lines)) < len(lines):
            lines = list(distinct)
        # Bytes of UTF-8 sort as their characters do.
        lines.sort()
        lines.append(b"")
        return b"\n".join(lines)

    def _check(self, texts: Sequence[str]) -> None:
        """Turn down addresses that others may read differently, and two parts with one id.

        Such parts would be one part, and what is said of it could be hidden in the wrong place.
        """
        for number in self.addresses:
            text = texts[number]
            if not (text.startswith(_BEGINNINGS) and terms.is_plain_address(text)):
                raise terms.Unfamiliar
        subjects = {texts[number] for number in self.subjects}
        if len(subjects) < len(self.subjects) or not subjects.isdisjoint(self.fixed_subjects):
            raise terms.Unfamiliar


def impression_of(credential: Credential, *, contexts: Contexts) -> Impression:
    """Press a credential's shape. Raises `NoImpression`, and what building or reading the general way raises."""
    found_for = (
        [each.criterion for each in credential.results],
        [each.description for each in credential.further_results],
    )
    if any(len(set(keys)) < len(keys) for keys in found_for):
        raise NoImpression("It has two results for one criterion or description.")
    parts = derived_parts(credential)
    one, two, three = (likeness(credential, number) for number in (1, 2, 3))
    told = [_told(each, parts) for each in (one, two)]
    document = building.achievement_credential(one)
    origins = _origins(document, building.achievement_credential(two), *told)
    pressed = _pressed(document, origins, parts, len(told[0]) - len(parts), contexts)
    _prove(pressed, three, contexts)
    return pressed


def _told(credential: Credential, parts: tuple[str, ...]) -> list[str]:
    texts = taken_apart(credential)[1]
    return texts + derived(texts[0], parts)


def _origins(one: Any, two: Any, told: list[str], told_of_two: list[str]) -> dict[str, int]:
    """Each text that differs between two documents → which of the credential's texts it is."""
    sources = {pair: number for number, pair in enumerate(zip(told, told_of_two, strict=True))}
    origins: dict[str, int] = {}
    for pair in _differences(one, two):
        if pair not in sources:
            raise NoImpression(f"What stands as {pair[0]!r} comes from nothing that is known to vary.")
        origins[pair[0]] = sources[pair]
    return origins


def _differences(one: Any, two: Any) -> Iterator[tuple[str, str]]:
    if isinstance(one, dict) and isinstance(two, dict) and list(one) == list(two):
        for name in one:
            yield from _differences(one[name], two[name])
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for first, second in zip(one, two, strict=True):
            yield from _differences(first, second)
    elif one != two:
        if not (isinstance(one, str) and isinstance(two, str)):
            raise NoImpression("Credentials of one shape have documents of two.")
        yield one, two


def _pressed(
    document: dict[str, Any], origins: Mapping[str, int], parts: tuple[str, ...], count: int, contexts: Contexts
) -> Impression:
    lines = [line.removesuffix(" .\n") for line in linked_data.by_reference(document, contexts=contexts)]
    _refuse_words_like_schemes(document["@context"], contexts)
    split = [tuple(line.split(" ", 2)) for line in lines]
    subjects = {_text_of(subject) for subject, _predicate, _value in split}
    several = len({term for line in split for term in line if term[0] == "_"}) > 1
    nameless = [line for line in split if several and any(term[0] == "_" for term in line)]
    named = [line for line in split if line not in nameless]
    varying = [line for line in named if any(_text_of(term) in origins for term in line)]
    addresses = {
        origins[_text_of(term)] for line in split for term in line if term[0] == "<" and _text_of(term) in origins
    }
    return Impression(
        parts=parts,
        fill_document=_filling(document, origins) or _nothing_to_fill,
        fixed=[" ".join((*line, ".")).encode("utf-8") for line in named if line not in varying],
        varying=_with_gaps(varying, origins),
        nameless=_with_gaps(nameless, origins),
        subjects=tuple(sorted(origins[subject] for subject in subjects if subject in origins)),
        fixed_subjects=frozenset(subjects - origins.keys()),
        # Derived ids come after the texts; they need no look.
        addresses=tuple(sorted(number for number in addresses if number < count)),
    )


def _refuse_words_like_schemes(urls: list[str], contexts: Contexts) -> None:
    """A context that defines `https` as a word would change what an address means."""
    text = json.dumps([dict(contexts[url]) for url in urls])
    if any(f'"{beginning[:-1]}":' in text for beginning in _BEGINNINGS):
        raise NoImpression("Its contexts give a meaning of their own to the beginnings of addresses.")


def _filling(node: Any, origins: Mapping[str, int]) -> Fill | None:
    """How to make a part of the document anew from the texts, or None if it never changes."""
    if isinstance(node, str):
        return itemgetter(origins[node]) if node in origins else None
    if not isinstance(node, dict | list):
        return None
    steps = node.items() if isinstance(node, dict) else enumerate(node)
    gaps = [(step, fill) for step, inner in steps if (fill := _filling(inner, origins))]

    def fill_gaps(texts: Sequence[str]) -> Any:
        made: Any = node.copy()
        for step, fill in gaps:
            made[step] = fill(texts)
        return made

    return fill_gaps if gaps else None


def _nothing_to_fill(_texts: Sequence[str]) -> Any:
    raise NoImpression("Nothing in it varies.")


def _with_gaps(lines: Iterable[tuple[str, ...]], origins: Mapping[str, int]) -> Lines:
    written: list[str] = []
    numbers: list[int] = []
    for line in lines:
        shown = [term.replace("%", "%%") for term in line]
        for position, term in enumerate(line):
            text = _text_of(term)
            if text in origins:
                numbers.append(origins[text])
                # The brackets or quotes stay, and so does the datatype after them.
                shown[position] = f"{term[0]}%s{term[len(text) + 1 :].replace('%', '%%')}"
        written.append(" ".join((*shown, ".")))
    return Lines("\n".join(written), numbers)


def _text_of(term: str) -> str:
    """What stands between the brackets or quotes of a term, as it is written there."""
    return term[1:].rpartition(">" if term[0] == "<" else '"')[0]


def _named_anew(lines: list[bytes]) -> list[bytes]:
    split: list[Statement] = []
    for line in lines:
        subject, predicate, value = line.decode("utf-8").removesuffix(" .").split(" ", 2)
        split.append((subject, predicate, value))
    return [line.removesuffix("\n").encode("utf-8") for line in statements.named(split)]


def _prove(pressed: Impression, credential: Credential, contexts: Contexts) -> None:
    """Fill the gaps for one more credential and hold the outcome against the general way's."""
    document = building.achievement_credential(credential)
    texts = pressed.with_parts(taken_apart(credential)[1])
    said = pressed.statements(texts, written=texts).decode("utf-8")
    as_text = json.dumps(pressed.fill_document(texts))
    if as_text != json.dumps(document) or said != "".join(linked_data.by_reference(document, contexts=contexts)):
        raise NoImpression("Filled in, it does not say what the general way says.")
