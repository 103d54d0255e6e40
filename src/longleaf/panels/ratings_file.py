"""A CSV file of ratings, from here or from anywhere: what it holds, or every mistake with its line.

Columns are `subject`, `rater`, `criterion` and `rating`, in any order; `criterion` may be left out, and other columns
are not read. A line with an empty rating is a missing rating.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from math import isfinite

from longleaf.engines.rubrics.agreement.ratings import Rating
from longleaf.engines.rubrics.agreement.scale import Scale, ScaleError

NEEDED = ("subject", "rater", "rating")


class UnreadableRatings(ValueError):
    """A file that cannot be used; `mistakes` says line by line what is wrong and how to mend it."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


@dataclass(frozen=True)
class RatingsFile:
    """The ratings of a file and their scale; `missing` counts lines without a rating, `own` holds the scales of those
    criteria that have one of their own."""

    ratings: tuple[Rating, ...]
    scale: Scale
    missing: int
    own: Mapping[str, Scale] = field(default_factory=dict)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order in which they first stand in the file."""
        return tuple(dict.fromkeys(rating.criterion for rating in self.ratings))

    def of(self, criterion: str) -> tuple[list[Rating], Scale]:
        """The ratings of a criterion, and their scale."""
        return [each for each in self.ratings if each.criterion == criterion], self.own.get(criterion, self.scale)


def read(
    content: bytes, *, ordered: bool, order: Sequence[str] = (), own: Mapping[str, Sequence[str]] | None = None
) -> RatingsFile:
    """Read a file in UTF-8, with or without a mark in front, separated by commas or semicolons.

    `order` names every category, worst first on an `ordered` scale; without it categories are those that occur, in the
    order of their numbers or, on a nominal scale, of the alphabet. `own` does the same for criteria that have fewer, by
    name. Raises `UnreadableRatings`.
    """
    orders = own or {}
    ratings, mistakes, missing = _lines(_rows(content), order, orders)
    scale = _scale([rating.value for rating in ratings], ordered=ordered, order=order, mistakes=mistakes)
    scales = dict(_own_scales(ratings, ordered=ordered, orders=orders, mistakes=mistakes))
    if mistakes or scale is None:
        raise UnreadableRatings(mistakes)
    return RatingsFile(tuple(ratings), scale, missing, scales)


def _own_scales(
    ratings: Sequence[Rating], *, ordered: bool, orders: Mapping[str, Sequence[str]], mistakes: list[str]
) -> Iterator[tuple[str, Scale]]:
    known = dict.fromkeys(rating.criterion for rating in ratings)
    for criterion, order in orders.items():
        if criterion not in known:
            mistakes.append(f"--order: “{criterion}” is no criterion of this file. They are: {', '.join(known)}.")
        elif scale := _scale(list(order), ordered=ordered, order=order, mistakes=mistakes):
            yield criterion, scale


@dataclass(frozen=True)
class _Row:
    """A line of the file with what stands in its columns; `has_more` says that it has cells beyond the last."""

    number: int
    cells: Mapping[str, str]
    has_more: bool


def _rows(content: bytes) -> Iterator[_Row]:
    """Every line that is not empty. Raises `UnreadableRatings` for what is no table of ratings."""
    text = _text(content)
    head = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        names = _names(next(reader, []))
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield _Row(reader.line_num, dict(zip(names, cells, strict=False)), any(cells[len(names) :]))
    except csv.Error as problem:
        raise UnreadableRatings([f"Line {reader.line_num}: this is no CSV ({problem}). Save the file anew."]) from None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise UnreadableRatings([f"Line {line}: this is not UTF-8. Save the file as CSV in UTF-8."]) from None


def _names(row: Sequence[str]) -> list[str]:
    names = [name.strip().lower() for name in row]
    wanted = "Name the columns subject, rater, criterion (if there are several) and rating."
    mistakes = [f"Line 1: no column “{name}”. {wanted}" for name in NEEDED if name not in names]
    twice = [name for name in (*NEEDED, "criterion") if names.count(name) > 1]
    mistakes += [f"Line 1: “{name}” names two columns. Rename the one that is not meant." for name in twice]
    if mistakes:
        raise UnreadableRatings(mistakes)
    return names


def _lines(
    rows: Iterable[_Row], order: Sequence[str], own: Mapping[str, Sequence[str]]
) -> tuple[list[Rating], list[str], int]:
    """The ratings, the mistakes, and how many lines have no rating."""
    ratings: list[Rating] = []
    first_at: dict[tuple[str, str, str], int] = {}
    mistakes: list[str] = []
    missing = 0
    for row in rows:
        subject, rater, value, criterion = (
            row.cells.get(name, "") for name in ("subject", "rater", "rating", "criterion")
        )
        rating = Rating(subject, rater, value, criterion)
        before = first_at.setdefault((subject, rater, criterion), row.number) if value else row.number
        found = (
            list(_mistakes_of(rating, [order, own.get(criterion, ())], before if before < row.number else None))
            if value
            else []
        )
        if row.has_more:
            found.append("more cells than columns. Put a text that holds a comma in quotes.")
        mistakes += [f"Line {row.number}: {mistake}" for mistake in found]
        missing += not value
        if value:
            ratings.append(rating)
    return ratings, mistakes, missing


def _mistakes_of(rating: Rating, orders: Iterable[Sequence[str]], before: int | None) -> Iterator[str]:
    for name, value in (("subject", rating.subject), ("rater", rating.rater)):
        if not value:
            yield f"the {name} is empty. Write who or what it is; any code will do."
    for order in orders:
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
