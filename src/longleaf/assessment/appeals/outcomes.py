"""What comes of appeals, in numbers that everybody may read, and that tell of nobody.

A number that tells of fewer appeals than the state's smallest is withheld, and so is a share from which one could be
worked out. No total stands beside the rows, from which a withheld one could be taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from django.utils import timezone

from longleaf.assessment.appeals.ruling import smallest_told
from longleaf.assessment.models import Appeal
from longleaf.assessment.status import APPEAL_ANSWERED, AppealGround, AppealStatus


@dataclass(frozen=True)
class Row:
    """Answers of one year or on one ground. None where the number is withheld.

    `changed` counts decisions that were changed, `changed_percent` is their share of all that were answered, and
    `median_days` the calendar days from appeal to answer.
    """

    name: str
    answered: int | None
    changed: int | None
    changed_percent: int | None
    median_days: int | None


@dataclass(frozen=True)
class Outcomes:
    years: Sequence[Row]
    grounds: Sequence[Row]
    smallest_told: int

    def as_data(self) -> dict[str, Any]:
        """For machines: rows as they stand, withheld numbers as null, and the threshold."""
        return {
            "smallest_told": self.smallest_told,
            "years": [asdict(row) for row in self.years],
            "grounds": [asdict(row) for row in self.grounds],
        }


def outcomes() -> Outcomes:
    """All answers so far: by the year of the answer, newest first, and by ground."""
    rows = list(Appeal.objects.filter(status__in=APPEAL_ANSWERED).only("status", "grounds", "lodged_at", "answered_at"))
    smallest = smallest_told()
    years = sorted({_year(each) for each in rows}, reverse=True)
    return Outcomes(
        years=[_row(str(year), (each for each in rows if _year(each) == year), smallest) for year in years],
        grounds=[
            _row(str(ground.label), (each for each in rows if ground.value in each.grounds), smallest)
            for ground in AppealGround
        ],
        smallest_told=smallest,
    )


def _year(appeal: Appeal) -> int:
    assert appeal.answered_at
    return timezone.localdate(appeal.answered_at).year


def _row(name: str, appeals: Iterable[Appeal], smallest: int) -> Row:
    told = list(appeals)
    if len(told) < smallest:
        return Row(name, None, None, None, None)
    changed = sum(each.status == AppealStatus.CHANGED for each in told)
    days = round(median(_days(each) for each in told))
    # Few changes and few that were not are withheld alike: either tells the other.
    if min(changed, len(told) - changed) < smallest:
        return Row(name, len(told), None, None, days)
    return Row(name, len(told), changed, round(100 * changed / len(told)), days)


def _days(appeal: Appeal) -> int:
    assert appeal.answered_at
    return (timezone.localdate(appeal.answered_at) - timezone.localdate(appeal.lodged_at)).days
