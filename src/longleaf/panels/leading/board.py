"""The board of agreement of a rubric: every figure with its interval, over all and for each criterion.

No figure stands for a rater: a lead sees who reads, and not who found what (`panels.blindness`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from longleaf.engines.rubrics import Rubric
from longleaf.engines.rubrics.agreement.estimate import Estimate
from longleaf.engines.rubrics.agreement.measuring import Agreement, agreement
from longleaf.kit import keeping
from longleaf.panels.leading.rated import STEP, RubricInUse, ratings_of, rubric_in, scale_of, text_of

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

# With fewer, the interval of a share reaches 18 points to either side (1.96 · √(0.25 / 30)).
FEW = 30
# Where nearly all ratings are one level, kappa and alpha fall however well readers agree (Feinstein & Cicchetti, 1990).
LOPSIDED = 0.9


@dataclass(frozen=True)
class Line:
    """The figures of one criterion, or of all."""

    title: str
    found: Agreement

    @property
    def is_few(self) -> bool:
        return self.found.shared < FEW

    @property
    def is_lopsided(self) -> bool:
        return (self.found.base_rate.share_of_most_frequent or 0) >= LOPSIDED


@dataclass(frozen=True)
class Board:
    """What a lead sees of a rubric; `lines` are empty until the first step of judgements is made."""

    used: RubricInUse
    rubric: Rubric
    lines: Sequence[Line]

    @property
    def tells_adjacent(self) -> bool:
        """On two levels everything is adjacent."""
        return len(self.rubric.levels) > 2

    @property
    def has_few(self) -> bool:
        return any(line.is_few for line in self.lines)

    @property
    def is_lopsided(self) -> bool:
        return any(line.is_lopsided for line in self.lines)


def board_of(pool: Organisation, kind: str, digest: str) -> Board:
    """The board of a rubric in a pool. Raises `NoSuchBoard`.

    What is measured changes with every tenth judgement only, so it is kept under how many there are.
    """
    used = rubric_in(pool, kind, digest)
    rubric = text_of(used)
    step = used.decided // STEP
    lines = keeping.for_ever(
        "agreement", pool.pk, kind, digest, step, make=lambda: tuple(_lines(pool, used, rubric)) if step else ()
    )
    return Board(used, rubric, lines)


def figure(estimate: Estimate) -> str:
    """A figure with its interval, such as “0.62 (0.41 to 0.80)”, or why it has none."""
    if estimate.value is None:
        return estimate.reason
    interval = f" ({estimate.low:.2f} to {estimate.high:.2f})" if estimate.low is not None else ""
    return f"{estimate.value:.2f}{interval}".replace("-", "−")


def _lines(pool: Organisation, used: RubricInUse, rubric: Rubric) -> list[Line]:
    ratings, scale = list(ratings_of(pool, used)), scale_of(rubric)
    every = Line("All criteria", agreement(ratings, scale=scale))
    by_criterion = [
        Line(criterion.title, agreement([each for each in ratings if each.criterion == criterion.code], scale=scale))
        for criterion in rubric.criteria
    ]
    return [every, *by_criterion]
