"""A forecast as a drawing: one line of what waits, week by week, with its numbers written at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from longleaf.kit.numbers import number
from longleaf.panels.leading.forecasting import Forecast

# Narrow, so that its numbers can be read on a phone.
WIDTH, HEIGHT = 400, 200
LEFT, RIGHT, TOP, BOTTOM = 8, 36, 28, 36


@dataclass(frozen=True)
class Point:
    """A week: where it stands, and what is written at it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Points from left to right in a picture of `width` by `height`; `floor` is where nothing waits."""

    points: Sequence[Point]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - BOTTOM

    @property
    def path(self) -> str:
        return " ".join(f"{point.x:.0f},{point.y:.0f}" for point in self.points)


def chart_of(found: Forecast) -> Chart:
    """Draw what waits at the end of each week, on a scale that begins at nothing."""
    weeks, highest = found.weeks, max(found.highest, 1.0)
    across = (WIDTH - LEFT - RIGHT) / max(len(weeks) - 1, 1)
    up = HEIGHT - TOP - BOTTOM
    return Chart(
        [
            Point(LEFT + place * across, HEIGHT - BOTTOM - up * week.waiting / highest, number(round(week.waiting)))
            for place, week in enumerate(weeks)
        ]
    )
