"""A CSV file of ratings, from here or from anywhere: what it holds, or every mistake with its line.

Columns are `subject`, `rater`, `criterion` and `rating`, in any order; `criterion` may be left out, and other columns
are not read. A line with an empty rating is a missing rating.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from math import isfinite

from longleaf.engines.rubrics.agreement import Rating, Scale, ScaleError

NEEDED = ("subject", "rater", "rating")


class UnreadableRatings(ValueError):
    """A file that cannot be used; `mistakes` says line by line what is wrong and how to mend it."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


@dataclass(frozen=True)
class RatingsFile:
    """The ratings of a file and their scale; `missing` counts lines without a rating."""

    ratings: tuple[Rating, ...]
    scale: Scale
    missing: int

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order in which they first stand in the file."""
        return tuple(dict.fromkeys(rating.criterion for rating in self.ratings))


@dataclass(frozen=True)
class _Line:
    number: int
    rating: Rating


def read(content: bytes, *, ordered: bool, order: Sequence[str] = ()) -> RatingsFile:
    """Read a file in UTF-8, with or without a mark in front, separated by commas or semicolons.

    `order` names every category, worst first on an `ordered` scale; without it categories are those that occur, in the
    order of their numbers or, on a nominal scale, of the alphabet. Raises `UnreadableRatings`.
    """
    rows = _rows(content)
    lines, mistakes, missing = _lines(rows, order)
    scale = _scale([line.rating.value for line in lines], ordered=ordered, order=order, mistakes=mistakes)
    if mistakes or scale is None:
        raise UnreadableRatings(mistakes)
    return RatingsFile(tuple(line.rating for line in lines), scale, missing)


def _rows(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each line with its number and what stands in its columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise UnreadableRatings([f"Line {line}: this is not UTF-8. Save the file as CSV in UTF-8."]) from None
    head = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = [name.strip().lower() for name in next(reader, [])]
    absent = [name for name in NEEDED if name not in names]
    if absent:
        wanted = "subject, rater, criterion (if there are several) and rating"
        raise UnreadableRatings([f"Line 1: no column “{name}”. Name the columns {wanted}." for name in absent])
    return ((reader.line_num, dict(zip(names, map(str.strip, row), strict=False))) for row in reader if any(row))


def _lines(rows: Iterable[tuple[int, Mapping[str, str]]], order: Sequence[str]) -> tuple[list[_Line], list[str], int]:
    lines: list[_Line] = []
    first_at: dict[tuple[str, str, str], int] = {}
    mistakes: list[str] = []
    missing = 0
    for number, row in rows:
        rating = Rating(row.get("subject", ""), row.get("rater", ""), row.get("rating", ""), row.get("criterion", ""))
        if not rating.value:
            missing += 1
            continue
        said = (rating.subject, rating.rater, rating.criterion)
        found = list(_mistakes_of(rating, order, first_at.get(said)))
        mistakes += [f"Line {number}: {mistake}" for mistake in found]
        if not found:
            first_at[said] = number
            lines.append(_Line(number, rating))
    return lines, mistakes, missing


def _mistakes_of(rating: Rating, order: Sequence[str], before: int | None) -> Iterator[str]:
    for name, value in (("subject", rating.subject), ("rater", rating.rater)):
        if not value:
            yield f"the {name} is empty. Write who or what it is; any code will do."
    if order and rating.value not in order:
        yield f"“{rating.value}” is not in --order. Mend it, or add it there: {', '.join(order)}."
    if before is not None:
        what = f"“{rating.subject}”" + (f" on “{rating.criterion}”" if rating.criterion else "")
        yield f"{rating.rater} rates {what} again, as on line {before}. Keep one of the two."


def _scale(values: Sequence[str], *, ordered: bool, order: Sequence[str], mistakes: list[str]) -> Scale | None:
    if not values and not mistakes:
        mistakes.append("Line 1: no rating follows. Add a line for each rating.")
    found = set(values)
    numbers = {value: number for value in order or found if (number := _number(value)) is not None}
    if not ordered:
        return Scale.nominal(order or sorted(found, key=lambda value: (numbers.get(value, 0.0), value)))
    if not order and len(numbers) < len(found):
        words = ", ".join(f"“{value}”" for value in sorted(found - numbers.keys()))
        mistakes.append(f'{words}: words have no order of their own. Give one, worst first: --order "no,partly,yes".')
        return None
    return _ordinal(order or sorted(found, key=numbers.__getitem__), numbers, mistakes)


def _ordinal(names: Sequence[str], numbers: Mapping[str, float], mistakes: list[str]) -> Scale | None:
    """Numbers stand as far apart as they say; words stand one step apart."""
    try:
        return Scale.ordinal(names, [numbers[name] for name in names] if len(numbers) == len(names) else None)
    except ScaleError:
        mistakes.append("Numbers must rise from worst to best and be written one way only, not both 1 and 1.0.")
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
