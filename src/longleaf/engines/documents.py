"""Reading a document that people wrote, so that one look finds every mistake in it.

A document is what YAML or JSON gives: mappings, lists, text, numbers, dates. `Place` is one spot in it with
its path; asking a place for something wrong notes a mistake and goes on with a stand-in, so that the author
is told everything at once. Whoever reads must ask `raise_mistakes` before trusting what was read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

MISSING = object()


@dataclass(frozen=True, order=True)
class Mistake:
    """Something wrong at one place of a document: a path such as `criteria[2].weight`, and a sentence."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path or 'document'}: {self.reason}"


class DocumentError(ValueError):
    """A document that cannot be used; `mistakes` holds every one of its mistakes in document order."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass(frozen=True)
class Place:
    """One spot in a document: its value, its path, and the shared list that mistakes are noted in."""

    value: object
    path: str = ""
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, reason: str) -> None:
        """Note a mistake here, once however often the same value is read."""
        mistake = Mistake(self.path, reason)
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)

    def raise_mistakes(self, error: type[DocumentError]) -> None:
        if self.mistakes:
            raise error(self.mistakes)

    def at(self, key: str) -> Place:
        """The place under a key; its value is `MISSING` where there is none."""
        value = self.value.get(key, MISSING) if isinstance(self.value, Mapping) else MISSING
        return Place(value, f"{self.path}.{key}" if self.path else key, self.mistakes)

    def has(self, key: str) -> bool:
        return isinstance(self.value, Mapping) and self.value.get(key) is not None

    def only(self, *keys: str) -> Place:
        """Note what is no mapping, and every key that is not among those named; misspelt keys hide here."""
        if not isinstance(self.value, Mapping):
            self.wrong("This must be a mapping of names to values.")
            return self
        for key in self.value:
            if key not in keys:
                known = ", ".join(sorted(keys))
                self.wrong(f"“{key}” is not known here; write one of: {known}.")
        return self

    def text(self, key: str, default: str | None = None) -> str:
        place = self.at(key)
        if place._is_absent(default):
            return default or ""
        if isinstance(place.value, str) and (place.value.strip() or default is not None):
            return place.value.strip() or default or ""
        place.wrong("This must be text; put codes and numbers in quotes.")
        return ""

    def flag(self, key: str, default: bool | None = None) -> bool:
        place = self.at(key)
        if place._is_absent(default):
            return bool(default)
        if not isinstance(place.value, bool):
            place.wrong("This must be true or false.")
        return place.value is True

    def number(self, key: str, default: Decimal | None = None, *, positive: bool = False) -> Decimal:
        """An exact decimal, from a whole number, a decimal number or a number written as text."""
        place = self.at(key)
        if place._is_absent(default):
            return default or Decimal(0)
        number = exact(place.value)
        if number is not None and (number > 0 or not positive):
            return number
        place.wrong("This must be a number." if number is None else "This must be more than 0.")
        return default or Decimal(0)

    def whole(self, key: str, default: int | None = None) -> int:
        number = self.number(key, Decimal(default) if default is not None else None)
        if number != int(number):
            self.at(key).wrong("This must be a whole number.")
        return int(number)

    def day(self, key: str) -> date | None:
        """A calendar day, from a date of YAML or from text such as 2024-06-30; None where it is absent."""
        place = self.at(key)
        if place.value is MISSING or place.value is None:
            return None
        found = calendar_day(place.value)
        if found is None:
            place.wrong("This must be a day, written like 2024-06-30.")
        return found

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        chosen = self.text(key, default)
        if chosen and chosen not in allowed:
            self.at(key).wrong(f"“{chosen}” is not one of: {', '.join(allowed)}.")
        return chosen

    def words(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; a repeated one is a mistake."""
        place = self.at(key)
        if place._is_absent(default):
            return default or ()
        if not isinstance(place.value, list | tuple):
            place.wrong("This must be a list of texts.")
            return ()
        for other in place.value:
            if not isinstance(other, str) or not other.strip():
                place.wrong(f"{other!r} must be text; put codes and numbers in quotes.")
        kept = tuple(word.strip() for word in place.value if isinstance(word, str))
        for word in repeated(kept):
            place.wrong(f"“{word}” stands here twice.")
        return kept

    def items(self, key: str, *, required: bool = True) -> list[Place]:
        """The places of a list, each with its number in the path."""
        place = self.at(key)
        if place._is_absent(None if required else ""):
            return []
        if not isinstance(place.value, list | tuple):
            place.wrong("This must be a list.")
            return []
        if required and not place.value:
            place.wrong("This list is empty; it needs at least one entry.")
        return [Place(item, f"{place.path}[{n}]", place.mistakes) for n, item in enumerate(place.value)]

    def entries(self, key: str, *, required: bool = False) -> dict[str, Place]:
        """The places of a mapping, by name."""
        place = self.at(key)
        if place._is_absent(None if required else ""):
            return {}
        if not isinstance(place.value, Mapping):
            place.wrong("This must be a mapping of names to values.")
            return {}
        return {name: place.at(name) for name in place.value if place._is_name(name)}

    def _is_name(self, name: object) -> bool:
        if isinstance(name, str):
            return True
        self.wrong(f"The name {name!r} must be text; put it in quotes.")
        return False

    def _is_absent(self, default: object) -> bool:
        if self.value is not MISSING and self.value is not None:
            return False
        if default is None:
            self.wrong("This is missing.")
        return True


def exact(value: object) -> Decimal | None:
    """The exact decimal that a person wrote, or None for what is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def calendar_day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def repeated(words: Sequence[str]) -> list[str]:
    """The words that stand more than once, each named once, in order."""
    return list(dict.fromkeys(word for word in words if words.count(word) > 1))


def note_repeated_codes(places: Sequence[Place], codes: Sequence[str]) -> None:
    """Note every place whose code was already taken by an earlier one."""
    seen: set[str] = set()
    for place, code in zip(places, codes, strict=True):
        if code and code in seen:
            place.at("code").wrong(f"The code “{code}” is used twice; each needs its own.")
        seen.add(code)
