"""How much, and which characters and numbers, the engine lets in.

Two libraries that follow the same standard write some values differently (control characters,
noncharacters, integers past 2^53, numbers with an exponent), and then a good signature looks broken or, worse,
one signature fits two texts. Such values are refused at the door, both when building and when reading. The
other limits keep work and memory bounded, whatever is handed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

MAX_MATERIAL_BYTES = 10 * 1024 * 1024
MAX_JSON_BYTES = 2 * 1024 * 1024
MAX_VALUES = 20_000
MAX_DEPTH = 48
LARGEST_INTEGER = 2**53 - 1

# Tab, line feed and carriage return may stand; surrogates and the noncharacters of every plane may not.
_UNSAFE_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


def refusal(value: Any) -> str | None:
    """Why a JSON value is not let in, as a phrase with its place, or None if it may pass."""
    # Almost everything passes, so the place of each value is worked out only where something does not.
    return None if _passes(value) else _first_refusal(value)


def _passes(value: Any) -> bool:
    """Whether nothing in a value is refused; level by level, so that depth costs no recursion."""
    count, level = 0, [value]
    for _depth in range(MAX_DEPTH + 1):
        count += len(level)
        deeper: list[Any] = []
        for found in level:
            if type(found) is dict:
                count += len(found)
                deeper += found.values()
                if not all(map(_is_safe_name, found)):
                    return False
            elif type(found) is list:
                deeper += found
            elif _refusal_of(found):
                return False
        if count > MAX_VALUES:
            return False
        if not deeper:
            return True
        level = deeper
    return False


def _is_safe_name(name: Any) -> bool:
    return isinstance(name, str) and not _refusal_of_text(name)


def _first_refusal(value: Any) -> str | None:
    for count, (place, depth, found) in enumerate(_walk(value), start=1):
        if count > MAX_VALUES:
            return f"it holds more than {MAX_VALUES} values"
        if depth > MAX_DEPTH:
            return f"it is nested deeper than {MAX_DEPTH} levels"
        if reason := _refusal_of(found):
            return f"{place or 'the whole'} {reason}"
    return None


def _walk(value: Any) -> Iterator[tuple[str, int, Any]]:
    # A stack, not recursion: the depth of what comes in is not ours to trust.
    waiting: list[tuple[str, int, Any]] = [("", 0, value)]
    while waiting:
        place, depth, found = waiting.pop()
        yield place, depth, found
        if isinstance(found, dict):
            for key, member in found.items():
                yield f"a name within {place or 'the whole'}", depth, key
                waiting.append((f"{place}.{key}" if place else str(key), depth + 1, member))
        elif isinstance(found, list):
            waiting.extend((f"{place}[{index}]", depth + 1, item) for index, item in enumerate(found))


def _refusal_of(value: Any) -> str | None:
    if isinstance(value, str):
        return _refusal_of_text(value)
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, int):
        return None if abs(value) <= LARGEST_INTEGER else "is an integer too large to be written exactly"
    if isinstance(value, float):
        return _refusal_of_float(value)
    return f"is a {type(value).__name__}, which JSON does not know"


def _refusal_of_text(text: str) -> str | None:
    # No control character, surrogate or noncharacter is printable, and asking that first is much quicker.
    if text.isprintable():
        return None
    if unsafe := _UNSAFE_CHARACTER.search(text):
        return f"holds the character U+{ord(unsafe.group()):04X}, which credentials must not hold"
    return None


def _refusal_of_float(number: float) -> str | None:
    if not math.isfinite(number):
        return "is not a finite number"
    if "e" in repr(number):
        return "is a number that needs an exponent, which libraries write differently"
    return None
