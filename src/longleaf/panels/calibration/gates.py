"""What is asked before live work, as values: the gate document with its defaults. No database.

Every number is data. A state, a pool or a pool for one instrument writes only what it asks otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from longleaf.engines.documents import DocumentError, Place
from longleaf.engines.rubrics import RubricError
from longleaf.engines.rubrics.drift import DriftGate, gate_from_document


class GateError(DocumentError):
    """A gate document that cannot be used; `mistakes` names each place and how to mend it."""


class Asked(StrEnum):
    """Whether a certificate is asked for before live work. `once_anchored`, for a state or a pool that begins: required
    as soon as the anchors in use carry the test, recommended until then (`panels.calibration.asking`)."""

    REQUIRED = "required"
    ONCE_ANCHORED = "once_anchored"
    RECOMMENDED = "recommended"
    NONE = "none"


class WhenSuspended(StrEnum):
    """What becomes of readings that were begun. What was only offered always goes to somebody else."""

    FINISH = "finish"
    GIVE_BACK = "give_back"


# What the field asks of scorers (decision records 0056 and 0135 have the reasons). A state's own come from its pack.
DEFAULTS: Mapping[str, Any] = {
    "certification": "required",
    "anchors": {"agreeing": 2, "lead_decides": True},
    "training": {"anchors": 3},
    "test": {
        "anchors": 10,
        "exact": "0.80",
        "coefficient": "0.70",
        "attempts": 3,
        "wait_days": 7,
        "finish_within_days": 14,
    },
    "valid_months": 12,
    "seeding": {"one_in": 15},
    "back_reading": {"share": "0.05"},
    "when_suspended": "give_back",
    # For each source the engine's gate (`engines.rubrics.drift`), or `off: true` where it rings no alarm: `drift` for
    # errors that point one way, `scatter` for errors that are large whichever way. Errors are counted in steps of the
    # rubric; co-readers err too, so more of them is needed. Decision record 0152 has the rates that follow.
    "drift": {
        "anchors": {"kind": "cusum", "slack": "0.5", "limit": "8", "spread": "0.5"},
        "back_readings": {"kind": "cusum", "slack": "0.5", "limit": "8", "spread": "0.5"},
        "co_readers": {"kind": "cusum", "slack": "0.5", "limit": "12", "spread": "0.5"},
    },
    "scatter": {
        "anchors": {"kind": "cusum", "target": "0.2", "slack": "0.4", "limit": "8", "spread": "0.5"},
        "back_readings": {"kind": "cusum", "target": "0.2", "slack": "0.4", "limit": "8", "spread": "0.5"},
        "co_readers": {"kind": "cusum", "target": "0.35", "slack": "0.2", "limit": "12", "spread": "0.5"},
    },
}


@dataclass(frozen=True)
class TestGate:
    """`exact` is the least share of levels that are exactly right; `coefficient` what kappa or AC1 must reach."""

    __test__ = False

    anchors: int
    exact: Decimal
    coefficient: Decimal
    attempts: int
    wait_days: int
    finish_within_days: int


@dataclass(frozen=True)
class Gate:
    """What one instrument of one pool asks of its readers."""

    asked: Asked
    agreeing: int
    lead_decides: bool
    training_anchors: int
    test: TestGate
    valid_months: int
    one_in: int
    back_reading_share: Decimal
    when_suspended: WhenSuspended
    drift: Mapping[str, DriftGate]
    scatter: Mapping[str, DriftGate]


def gate_from(*documents: Mapping[str, Any]) -> Gate:
    """The gate that follows when each document overrides those before it, the first the defaults.

    Raises `GateError` with every mistake as path and reason.
    """
    return read_gate(merged(DEFAULTS, *documents))


def _are_of_a_kind(before: Mapping[str, Any], value: Mapping[str, Any]) -> bool:
    return "kind" not in before or value.get("kind", before["kind"]) == before["kind"]


def check_gate(document: object) -> None:
    """Raise `GateError` unless this can be set as a gate: a mapping of what is asked otherwise than by default."""
    top = Place(document).only(*DEFAULTS)
    top.raise_mistakes(GateError)
    read_gate(merged(DEFAULTS, document if isinstance(document, Mapping) else {}))


def merged(*documents: Mapping[str, Any]) -> dict[str, Any]:
    """Later documents over earlier ones, mapping by mapping; what is of another `kind` takes the place of the whole."""
    whole: dict[str, Any] = {}
    for document in documents:
        for key, value in document.items():
            before = whole.get(key)
            both = isinstance(before, Mapping) and isinstance(value, Mapping) and _are_of_a_kind(before, value)
            whole[key] = merged(before, value) if both else value  # type: ignore[arg-type]
    return whole


def read_gate(document: Mapping[str, Any]) -> Gate:
    """A gate from a whole document. Raises `GateError` with every mistake."""
    top = Place(document).only(*DEFAULTS)
    asked = top.choice("certification", list(Asked))
    anchors = top.at("anchors").only("agreeing", "lead_decides")
    training = top.at("training").only("anchors")
    gate = Gate(
        asked=Asked(asked) if asked in list(Asked) else Asked.REQUIRED,
        agreeing=_at_least(anchors, "agreeing", 2),
        lead_decides=anchors.flag("lead_decides"),
        training_anchors=_at_least(training, "anchors", 0),
        test=_test_gate(top.at("test")),
        valid_months=_at_least(top, "valid_months", 1),
        one_in=_one_in(top.at("seeding").only("one_in")),
        back_reading_share=_share(top.at("back_reading").only("share"), "share"),
        when_suspended=_when_suspended(top),
        drift=_charts(top.at("drift")),
        scatter=_charts(top.at("scatter")),
    )
    top.raise_mistakes(GateError)
    return gate


def _test_gate(place: Place) -> TestGate:
    place.only(*DEFAULTS["test"])
    return TestGate(
        anchors=_at_least(place, "anchors", 1),
        exact=_share(place, "exact"),
        coefficient=_share(place, "coefficient"),
        attempts=_at_least(place, "attempts", 1),
        wait_days=_at_least(place, "wait_days", 0),
        finish_within_days=_at_least(place, "finish_within_days", 1),
    )


# Days and months beyond this lead past the end of the calendar, and mean a slip of the hand.
MOST = 1_200


def _at_least(place: Place, key: str, least: int) -> int:
    found = place.whole(key)
    if found < least:
        place.at(key).wrong(f"This must be {least} or more.")
    if found > MOST:
        place.at(key).wrong(f"This must be {MOST} or less.")
        return MOST
    return found


def _share(place: Place, key: str) -> Decimal:
    found = place.number(key)
    if not 0 <= found <= 1:
        place.at(key).wrong("This is a share, so it lies between 0 and 1.")
    return found


def _one_in(place: Place) -> int:
    """0 seeds none; 1 would leave no live work at all."""
    found = place.whole("one_in")
    if found < 0 or found == 1:
        place.at("one_in").wrong("This must be 2 or more (one reading in so many is an anchor), or 0 for none.")
    return found


def _when_suspended(top: Place) -> WhenSuspended:
    chosen = top.choice("when_suspended", list(WhenSuspended))
    return WhenSuspended(chosen) if chosen in list(WhenSuspended) else WhenSuspended.GIVE_BACK


def _charts(place: Place) -> dict[str, DriftGate]:
    """The engine's gate for each source that rings."""
    place.only(*DEFAULTS["drift"])
    spots = {source: place.at(source) for source in DEFAULTS["drift"]}
    found = {source: _drift_gate(spot) for source, spot in spots.items() if not spot.flag("off", default=False)}
    return {source: gate for source, gate in found.items() if gate is not None}


def _drift_gate(place: Place) -> DriftGate | None:
    """One gate, with the mistakes that the engine finds noted at their place."""
    written = place.value if isinstance(place.value, Mapping) else {}
    try:
        return gate_from_document({key: value for key, value in written.items() if key != "off"})
    except RubricError as error:
        for mistake in error.mistakes:
            (place.at(mistake.path) if mistake.path else place).wrong(mistake.reason)
        return None
