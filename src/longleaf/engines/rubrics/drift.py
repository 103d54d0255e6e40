"""Drift: when a rater's deviation from a reference has changed for good, and not by chance.

A series of errors (a rater's level less the reference's, in the order in which they were made) goes in; the place
where the alarm rings comes out. Two charts of quality control are offered: CUSUM (Page, 1954), which adds deviations
up, and EWMA (Roberts, 1959), a mean that forgets. What they watch for is data, so that a state sets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import sqrt
from typing import Any, ClassVar, TypeAlias

from longleaf.engines.documents import Place
from longleaf.engines.rubrics.rubric import RubricError


class Direction(StrEnum):
    """Whether errors lie above the target (more lenient, where errors are signed) or below it (harsher)."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class Cusum:
    """Add up how far errors lie beyond `slack`, and ring beyond `limit`; both are counted in `spread`s.

    The defaults watch for a shift of one spread: found after 10 errors on average, with a false alarm every 465 where
    errors are normally distributed (Montgomery, Introduction to Statistical Quality Control, 2009, table 9.3).
    """

    slack: float = 0.5
    limit: float = 5.0
    target: float = 0.0
    spread: float = 1.0
    kind: ClassVar[str] = "cusum"

    def points(self, errors: Sequence[float]) -> Iterator[Point]:
        above = below = 0.0
        for error in errors:
            off = (error - self.target) / self.spread
            above = max(0.0, above + off - self.slack)
            below = max(0.0, below - off - self.slack)
            yield Point(above, below, self.limit)


@dataclass(frozen=True)
class Ewma:
    """A mean in which the newest error has `weight`; it rings `width` of its own standard deviations from the target.

    The defaults ring falsely every 500 errors and find a shift of one spread after 10 (Lucas and Saccucci, 1990,
    Technometrics 32(1), table 3).
    """

    weight: float = 0.1
    width: float = 2.814
    target: float = 0.0
    spread: float = 1.0
    kind: ClassVar[str] = "ewma"

    def points(self, errors: Sequence[float]) -> Iterator[Point]:
        # The line that holds in the long run, as in the tables: a narrower one at the start would ring for one slip.
        mean, limit = 0.0, self.width * sqrt(self.weight / (2 - self.weight))
        for error in errors:
            mean += self.weight * ((error - self.target) / self.spread - mean)
            yield Point(mean, -mean, limit)


DriftGate: TypeAlias = Cusum | Ewma


@dataclass(frozen=True)
class Point:
    """One point of a chart, in spreads: how far up and down errors have drifted, and the line that rings."""

    above: float
    below: float
    limit: float


@dataclass(frozen=True)
class DriftAlarm:
    """Where the alarm rang: after the error at `position` (from 0), how far off, and beyond which line."""

    position: int
    direction: Direction
    deviation: float
    limit: float


def alarm(errors: Sequence[float], *, gate: DriftGate, only: Direction | None = None) -> DriftAlarm | None:
    """The first place in a series at which the gate rings, or None. What comes later never changes it.

    `only` looks to one side: how large errors are, whichever way they point, may become smaller without an alarm.
    """
    for position, point in enumerate(gate.points(errors)):
        for direction, deviation in ((Direction.ABOVE, point.above), (Direction.BELOW, point.below)):
            if deviation > point.limit and only in (None, direction):
                return DriftAlarm(position, direction, deviation, point.limit)
    return None


def chart(errors: Sequence[float], *, gate: DriftGate) -> tuple[Point, ...]:
    """Every point of the chart, one for each error, also beyond the alarm."""
    return tuple(gate.points(errors))


def gate_from_document(document: object) -> DriftGate:
    """Read a gate: `kind` is `cusum` (`slack`, `limit`) or `ewma` (`weight`, `width`), with `target` and `spread`.

    Raises `RubricError` with every mistake as path and reason.
    """
    place = Place(document)
    kind = place.choice("kind", [Cusum.kind, Ewma.kind])
    gate = _ewma(place) if kind == Ewma.kind else _cusum(place)
    place.raise_mistakes(RubricError)
    return gate


def gate_to_document(gate: DriftGate) -> dict[str, Any]:
    """The document that `gate_from_document` would read back to the same gate; numbers are text, so exact."""
    return {"kind": gate.kind, **{name: str(value) for name, value in vars(gate).items()}}


def _cusum(place: Place) -> Cusum:
    place.only("kind", "slack", "limit", "target", "spread")
    usual = Cusum()
    return Cusum(
        slack=_number(place, "slack", usual.slack),
        limit=_number(place, "limit", usual.limit, positive=True),
        target=_number(place, "target", usual.target),
        spread=_number(place, "spread", usual.spread, positive=True),
    )


def _ewma(place: Place) -> Ewma:
    place.only("kind", "weight", "width", "target", "spread")
    usual = Ewma()
    weight = _number(place, "weight", usual.weight, positive=True)
    if weight > 1:
        place.at("weight").wrong("The newest error cannot weigh more than 1.")
    return Ewma(
        weight=weight,
        width=_number(place, "width", usual.width, positive=True),
        target=_number(place, "target", usual.target),
        spread=_number(place, "spread", usual.spread, positive=True),
    )


def _number(place: Place, key: str, default: float, *, positive: bool = False) -> float:
    return float(place.number(key, default=Decimal(str(default)), positive=positive))
