"""Which numbers of people are too small to be told, and which others with them."""

from __future__ import annotations

from collections.abc import Mapping


def withheld(numbers: Mapping[str, int], smallest: int, *, below: int = 1) -> frozenset[str]:
    """The names whose numbers are too small to be told, and the next one where it would be the only one.

    Nobody at all may be told where `below` is 1.
    """
    small = [name for name, number in numbers.items() if below <= number < smallest]
    if len(small) == 1 and len(numbers) > 1:
        others = sorted((number, name) for name, number in numbers.items() if name not in small)
        small.append(others[0][1])
    return frozenset(small)


def number_told(number: int, smallest: int) -> int | None:
    """A number of people, or None where it is too small to be told."""
    return number if number == 0 or number >= smallest else None
