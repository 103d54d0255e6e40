"""A picture of one division: for each group the share that loses to the left, and the share that gains to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from longleaf.recognition.lab.telling import Division

# Narrow, so that its words can be read on a phone.
WIDTH, ROW, TOP = 400, 46, 8
MIDDLE, HALF = 200, 150


@dataclass(frozen=True)
class Bar:
    """A group: where it stands, how far its two bars reach, and what is written at them."""

    name: str
    y: int
    left: float
    lose: float
    gain: float
    lose_label: str
    gain_label: str


@dataclass(frozen=True)
class Picture:
    bars: Sequence[Bar]
    width: int = WIDTH
    middle: int = MIDDLE

    @property
    def height(self) -> int:
        return TOP + ROW * len(self.bars)


def picture_of(division: Division) -> Picture | None:
    """None where nothing of it may be told."""
    shares = [(row.name, row.share("lose"), row.share("gain")) for row in division.rows]
    if all(lose is None and gain is None for _, lose, gain in shares):
        return None
    return Picture([_bar(place, *share) for place, share in enumerate(shares)])


def _bar(place: int, name: str, lose: float | None, gain: float | None) -> Bar:
    lost = HALF * (lose or 0)
    return Bar(name, TOP + ROW * place, MIDDLE - lost, lost, HALF * (gain or 0), _percent(lose), _percent(gain))


def _percent(share: float | None) -> str:
    return "withheld" if share is None else f"{100 * share:.0f} %"
