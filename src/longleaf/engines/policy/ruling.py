"""Reading the rules of one document: each with a name of its own, its sources and its standing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from longleaf.engines.documents import Place, note_repeated_codes
from longleaf.engines.policy.rules import Rule, Span, Standing, span_at
from longleaf.engines.policy.terms import Terms

T = TypeVar("T")
RULE = ("id", "title", "source_ids", "standing", "note")
CODED = ("code", "title", "source_ids", "standing", "note")


@dataclass
class Ruling:
    """The ids and sources seen so far in a document, and the words that it defines."""

    terms: Terms = field(default_factory=Terms)
    ids: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    whole: Rule | None = None

    def rule(self, place: Place, above: Rule | None = None, *, id: str = "", title: str = "") -> Rule:
        """The rule at a place; what it does not say itself it takes from the rule above it."""
        rule = Rule(
            id=place.text("id", default=id or None),
            title=place.text("title", default=title or None),
            source_ids=place.words("source_ids", default=above.source_ids if above else None),
            standing=standing_at(place, above),
            note=place.text("note", default=""),
        )
        if rule.id in self.ids:
            place.wrong(f"The id “{rule.id}” is used twice; each rule needs its own.")
        if rule.standing.rests_on_sources and not rule.source_ids:
            place.at("source_ids").wrong(f"“{rule.standing}” says that somebody saw it; name the source.")
        self.ids.add(rule.id)
        self.sources.update(rule.source_ids)
        return rule

    def named(self, place: Place) -> Rule:
        """The rule of a coded thing, by its list and code; what it does not say it takes from the document."""
        return self.rule(place, self.whole, id=f"{place.path.split('[')[0]}.{place.text('code')}")


def each(place: Place, key: str, read: Callable[[Place], T], *, required: bool = False) -> tuple[T, ...]:
    """Everything in a list, read one by one."""
    return tuple(read(spot) for spot in place.items(key, required=required))


def coded(place: Place, key: str, read: Callable[[Place], T], *, required: bool = False) -> tuple[T, ...]:
    """Everything in a list whose entries have codes, noting a code that is used twice."""
    places = place.items(key, required=required)
    found = tuple(map(read, places))
    note_repeated_codes(places, [code_at(spot) for spot in places])
    return found


def codes_in(place: Place, key: str) -> tuple[str, ...]:
    """The codes of a list that is read in full elsewhere."""
    return tuple(code for code in map(code_at, _entries(place, key)) if code)


def code_at(place: Place) -> str:
    code = place.at("code").value
    return code if isinstance(code, str) else ""


def standing_at(place: Place, above: Rule | None) -> Standing:
    word = place.choice("standing", list(Standing), default=above.standing if above else None)
    return Standing(word) if word in set(Standing) else Standing.NOT_FOUND


def span_of(place: Place, key: str) -> Span:
    return span_at(place.at(key).only("from", "before")) if place.has(key) else Span()


def _entries(place: Place, key: str) -> Sequence[Place]:
    value = place.at(key).value
    return [Place(it, "", []) for it in value] if isinstance(value, list | tuple) else []
