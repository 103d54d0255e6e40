"""How long each kind of thing is kept: the state's own days, or ours. No database of its own.

A state says its own in `retention.yaml`; what it does not name is kept for our days, and pages say that they are ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from longleaf.assessment.retention.kinds import CountedFrom, Kind, KindOfRows, KindOfWork, registered_kinds
from longleaf.directory.queries import current_state

if TYPE_CHECKING:
    from longleaf.directory.models import State

# So long before something goes, its earner is told.
NOTICE_DAYS = 30
OURS = "ours"


@dataclass(frozen=True)
class Rule:
    """For how many days a kind is kept, counted from what. `standing` is that of the pack, or `ours`."""

    kind: Kind
    days: int
    counted_from: CountedFrom
    standing: str = OURS


@dataclass(frozen=True)
class WorkRule(Rule):
    kind: KindOfWork


@dataclass(frozen=True)
class RowsRule(Rule):
    kind: KindOfRows


@dataclass(frozen=True)
class Rules:
    """What holds for an installation."""

    notice_days: int
    all: Sequence[Rule]

    @property
    def of_work(self) -> list[WorkRule]:
        return [each for each in self.all if isinstance(each, WorkRule)]

    @property
    def of_rows(self) -> list[RowsRule]:
        return [each for each in self.all if isinstance(each, RowsRule)]


def rules_of(state: State | None) -> Rules:
    """The rules of a state; ours where it has none."""
    told: Mapping[str, Any] = state.retention if state else {}
    kept: Mapping[str, Any] = told.get("kept", {})
    return Rules(
        notice_days=told.get("notice_days", NOTICE_DAYS),
        all=[_rule(kind, kept.get(kind.code, {})) for kind in registered_kinds()],
    )


def present_rules() -> Rules:
    """The rules of the state whose installation this is."""
    return rules_of(current_state())


def kept_days(state: State | None, kind: Kind) -> int:
    """For how many days something of one kind is kept."""
    return _rule(kind, (state.retention if state else {}).get("kept", {}).get(kind.code, {})).days


def mistakes_in(kept: Sequence[tuple[str, int, str | None]]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with a state's days: kinds with their days and event. Gives number, field and how to mend it."""
    known = {kind.code: kind for kind in registered_kinds()}
    days = {code: kind.days for code, kind in known.items()} | {code: number for code, number, _ in kept}
    seen = set[str]()
    for place, (code, number, counted_from) in enumerate(kept):
        if code not in known:
            yield place, "kind", f"“{code}” is no kind of thing that is kept; write one of: {', '.join(sorted(known))}."
            continue
        if code in seen:
            yield place, "kind", "This kind stands here twice; keep it once."
        seen.add(code)
        kind = known[code]
        if number < kind.least_days:
            yield place, "days", f"Keep this for at least {kind.least_days} days; what protects people rests on it."
        elif kind.as_long_as and number < days[kind.as_long_as]:
            yield place, "days", f"Keep this at least as long as “{kind.as_long_as}”: {days[kind.as_long_as]} days."
        if counted_from is not None and counted_from not in kind.counted_from:
            yield place, "counted_from", f"This is counted from one of: {', '.join(kind.counted_from)}."


def _rule(kind: Kind, told: Mapping[str, Any]) -> Rule:
    made = WorkRule if isinstance(kind, KindOfWork) else RowsRule if isinstance(kind, KindOfRows) else Rule
    return made(
        kind=kind,  # type: ignore[arg-type]
        days=told.get("days", kind.days),
        counted_from=CountedFrom(told.get("counted_from") or kind.counted_from[0]),
        standing=told.get("standing", OURS),
    )
