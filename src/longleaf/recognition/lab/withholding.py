"""Which numbers of people are too small to be told, and which others with them.

A number before and a number after may both be large and tell of one person by their difference. So a number after is
told where nobody changed, or where those who changed hide one another: of those who changed otherwise than many others
did there are none, or together enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping


def withheld(
    numbers: Mapping[str, int], smallest: int, *, below: int = 1, also: Collection[str] = ()
) -> frozenset[str]:
    """The names whose numbers are too small to be told, and the next one where it would be the only one.

    Nobody at all may be told where `below` is 1; `also` are names that must not be told for another reason.
    """
    small = [name for name, number in numbers.items() if below <= number < smallest or name in also]
    if len(small) == 1 and len(numbers) > 1:
        others = sorted((number, name) for name, number in numbers.items() if name not in small)
        small.append(others[0][1])
    return frozenset(small)


def number_told(number: int, smallest: int) -> int | None:
    """A number of people, or None where it is too small to be told."""
    return number if number == 0 or number >= smallest else None


def shows_few(changed: Iterable[int], smallest: int) -> bool:
    """Whether a difference would show a few people, by how many changed in each way."""
    return 0 < sum(number for number in changed if number < smallest) < smallest
