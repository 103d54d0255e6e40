"""The figures by which a state deals with renewal day by day. Plain values; what a pack does not name is as here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_DAYS = 366
MOST_KEPT_DAYS = 3660
MOST_MONTHS = 120


@dataclass(frozen=True)
class Practice:
    """Clocks are in business days, but for `appeal_open_days`, `verify_again_days` and `documents_kept_days`, which are
    days of the calendar.

    A badge from elsewhere is decided on within `import_within`, and once accepted verified anew every
    `verify_again_days`. Documents of a request go `documents_kept_days` after it is over.

    A cycle that ends within `at_risk_months` and still lacks credits is at risk, within `watch_months` to be watched.
    `competency_kinds` are the policy's kinds of credit that rest on competency shown; all others rest on time spent.
    With `publishing_takes_two` a second officer approves a policy before it is published. `standing` says how sure
    these figures are; they are this system's own where no pack sets them.
    """

    answer_within: int = 10
    appeal_within: int = 15
    appeal_open_days: int = 30
    import_within: int = 10
    verify_again_days: int = 30
    documents_kept_days: int = 365
    at_risk_months: int = 6
    watch_months: int = 18
    competency_kinds: tuple[str, ...] = field(default=("micro_credential",))
    publishing_takes_two: bool = False
    standing: str = "proposed"


USUAL = Practice()
WHOLE_NUMBERS: Mapping[str, int] = {
    "answer_within": MOST_DAYS,
    "appeal_within": MOST_DAYS,
    "appeal_open_days": MOST_DAYS,
    "import_within": MOST_DAYS,
    "verify_again_days": MOST_DAYS,
    "documents_kept_days": MOST_KEPT_DAYS,
    "at_risk_months": MOST_MONTHS,
    "watch_months": MOST_MONTHS,
}
OTHERS = ("competency_kinds", "publishing_takes_two")


def practice_from(figures: Mapping[str, Any], standing: str = "") -> Practice:
    """The practice that sound figures name, filled up with the usual ones."""
    known = {name: value for name, value in figures.items() if name in {*WHOLE_NUMBERS, *OTHERS}}
    if "competency_kinds" in known:
        known["competency_kinds"] = tuple(known["competency_kinds"])
    return Practice(**{**asdict(USUAL), **known, "standing": standing or USUAL.standing})


def mistakes_in(figures: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with figures, by their name. `kinds` are those of the state's policy; none are not looked at."""
    for name, value in figures.items():
        if name in WHOLE_NUMBERS and not (isinstance(value, int) and 1 <= value <= WHOLE_NUMBERS[name]):
            yield name, f"Give a whole number from 1 to {WHOLE_NUMBERS[name]}."
    told = practice_from({name: value for name, value in figures.items() if isinstance(value, int)})
    if told.watch_months < told.at_risk_months:
        yield "watch_months", f"This is sooner than at_risk_months ({told.at_risk_months}); watching comes first."
    if told.documents_kept_days < told.appeal_open_days:
        yield "documents_kept_days", f"An appeal is open for {told.appeal_open_days} days, and needs the documents."
    unknown = [kind for kind in figures.get("competency_kinds", ()) if kinds and kind not in kinds]
    if unknown:
        yield "competency_kinds", f"The renewal policy knows no kind “{unknown[0]}”; write one of: {', '.join(kinds)}."
