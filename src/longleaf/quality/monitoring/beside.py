"""Live figures of an organisation beside the criteria by which it is judged.

By whole months, as everybody may see them, also for its own officers and for reviewers: what is judged must not depend
on the day on which somebody looks. They say what the work shows so far, and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from longleaf.kit import keeping
from longleaf.kit.dates import day as in_words
from longleaf.kit.numbers import number
from longleaf.quality import instruments
from longleaf.quality.monitoring import queries
from longleaf.quality.monitoring.figures import Figures
from longleaf.quality.monitoring.wording import NONE_YET, agreed, told
from longleaf.quality.status import Measure

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation
    from longleaf.quality.models import Instrument
    from longleaf.quality.monitoring.queries import Monitored


def figures_beside(organisation: Organisation, instrument: Instrument, *, today: date) -> Mapping[str, Sequence[str]]:
    """A sentence for each figure that the criteria ask for, by the code of the criterion; nothing is asked of the
    database where they ask for none."""
    asked = instruments.figures_of(instrument.document)
    if not asked:
        return {}
    key = ("figures beside", organisation.pk, instrument.pk, today.replace(day=1))
    return keeping.as_decided(*key, make=lambda: _told(asked, queries.monitored_publicly(organisation, today=today)))


def _told(asked: Mapping[str, Sequence[str]], monitored: Monitored) -> dict[str, list[str]]:
    when = f"from {in_words(monitored.window.first)} to {in_words(monitored.window.last)}"
    return {
        code: [f"{measure.label}: {_value(measure, monitored)}, {when}." for measure in map(Measure, measures)]
        for code, measures in asked.items()
    }


def _value(measure: Measure, monitored: Monitored) -> str:
    figures, smallest = monitored.figures, monitored.rules.smallest_told
    if measure == Measure.AGREEMENT:
        return _agreement([each for _, each in monitored.versions])
    shares = {
        Measure.FIRST_TIME: figures.first_time,
        Measure.IN_THE_END: figures.in_the_end,
        Measure.TURNAROUND: figures.kept,
        Measure.APPEALS: figures.appeals,
        Measure.COMPLAINTS: figures.upheld_of_decided,
    }
    return told(shares[measure], smallest)


def _agreement(versions: Sequence[Figures]) -> str:
    """It is one of each micro-credential: the lowest, so that none is hidden by the others."""
    found = [(value.value, each) for each in versions if each.agreement and (value := each.agreement.ac1)]
    measured = [(value, each) for value, each in found if value is not None]
    if not measured:
        return NONE_YET
    _, lowest = min(measured, key=lambda pair: pair[0])
    return f"{agreed(lowest.agreement)}, the lowest of {number(len(measured), 'micro-credential')}"
