"""What a state says of figures and alarms, read into values. Plain Python.

The document is what `oversight.yaml` of a pack gives; what it leaves out has a default, and without any no alarm is
raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longleaf.quality.monitoring.windows import USUAL_MONTHS
from longleaf.quality.status import Measure

VERSIONS, ISSUERS = "versions", "issuers"


@dataclass(frozen=True)
class AlarmRule:
    """Raise an alarm where a measure surely lies below, or above, of at least so many cases."""

    measure: Measure
    of: str
    below: float | None = None
    above: float | None = None
    at_least: int = 30


@dataclass(frozen=True)
class Rules:
    """`quiet_days` is how long nothing is raised anew about what was looked at and closed; groups and numbers of fewer
    than `smallest_told` are not told."""

    months: int = USUAL_MONTHS
    quiet_days: int = 90
    confidence: float = 0.99
    smallest_told: int = 10
    alarms: Sequence[AlarmRule] = ()
    standing: str = "proposed"

    @property
    def confidence_percent(self) -> str:
        return f"{100 * self.confidence:g}%"


def rules_from(document: Mapping[str, Any]) -> Rules:
    """The rules of a sound document."""
    named = {
        name: document[name]
        for name in ("months", "quiet_days", "confidence", "smallest_told", "standing")
        if name in document
    }
    alarms = tuple(AlarmRule(**{**told, "measure": Measure(told["measure"])}) for told in document.get("alarms", ()))
    return Rules(**named, alarms=alarms)


def mistakes_in(alarms: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """For everything in a list of alarms that cannot be: its place in the list, its name, and a sentence."""
    seen = set()
    for place, told in enumerate(alarms):
        measure, of = told["measure"], told["of"]
        if measure not in Measure.values:
            yield place, "measure", f"“{measure}” is not measured. Write one of: {', '.join(Measure.values)}."
            continue
        if of not in {VERSIONS, ISSUERS}:
            yield place, "of", f"“{of}” are not watched. Write {VERSIONS} or {ISSUERS}."
        if (measure, of) in seen:
            yield place, "measure", f"{measure} of {of} stands twice. Give both bounds in one place."
        seen.add((measure, of))
        below, above = told.get("below"), told.get("above")
        if below is None and above is None:
            yield place, "measure", "Say `below` or `above` which figure an alarm is raised, or both."
        elif below is not None and above is not None and not below < above:
            yield (
                place,
                "below",
                "An alarm `below` this would be raised with every figure. It must be less than `above`.",
            )
