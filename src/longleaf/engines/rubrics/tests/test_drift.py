"""Drift: where the alarm rings, how often falsely, and how gates are written."""

from __future__ import annotations

import random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.rubrics import RubricError
from longleaf.engines.rubrics.drift import (
    Cusum,
    Direction,
    DriftAlarm,
    DriftGate,
    Ewma,
    alarm,
    chart,
    gate_from_document,
    gate_to_document,
)
from longleaf.engines.rubrics.tests.pool import Pool

GATES: list[DriftGate] = [Cusum(), Ewma()]
ERRORS = st.lists(st.floats(-4, 4), max_size=60)


def run_length(gate: DriftGate, shift: float, rng: random.Random) -> int:
    """How many errors until the alarm rings, read in pieces as long as need be."""
    errors: list[float] = []
    while True:
        errors += [rng.gauss(shift, 1) for _ in range(len(errors) or 64)]
        rung = alarm(errors, gate=gate)
        if rung:
            return rung.position + 1


def test_a_cusum_is_added_up_as_in_montgomerys_table() -> None:
    """Montgomery, Introduction to Statistical Quality Control (2009), example 9.1: rings at observation 29."""
    observed = [
        *[9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08],
        *[9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52],
    ]
    gate = Cusum(slack=0.5, limit=5, target=10, spread=1)
    rung = alarm(observed, gate=gate)
    assert rung is not None
    assert [round(point.above, 2) for point in chart(observed, gate=gate)[:5]] == [0, 0, 0, 1.16, 2.82]
    assert (rung.position + 1, rung.direction, round(rung.deviation, 2)) == (29, Direction.ABOVE, 5.28)


@pytest.mark.parametrize(
    ("gate", "shift", "published"),
    [(Cusum(), 1.0, 10.4), (Cusum(), 2.0, 4.01), (Cusum(limit=4), 1.0, 8.38), (Ewma(), 1.0, 10.3), (Ewma(), 2.0, 4.36)],
)
def test_a_shift_is_found_as_soon_as_published_tables_say(gate: DriftGate, shift: float, published: float) -> None:
    """Montgomery (2009), table 9.3 for CUSUM; Lucas and Saccucci (1990), table 3 for EWMA."""
    rng = random.Random(1)
    assert mean(run_length(gate, shift, rng) for _ in range(600)) == pytest.approx(published, rel=0.2)


@pytest.mark.parametrize(("gate", "published"), [(Cusum(), 465), (Cusum(limit=4), 168), (Ewma(), 500)])
def test_false_alarms_are_as_rare_as_published_tables_say(gate: DriftGate, published: int) -> None:
    rng = random.Random(2)
    assert mean(run_length(gate, 0.0, rng) for _ in range(300)) == pytest.approx(published, rel=0.2)


@given(ERRORS, ERRORS, st.sampled_from(GATES))
def test_what_comes_later_never_changes_an_alarm(errors: list[float], later: list[float], gate: DriftGate) -> None:
    rung = alarm(errors, gate=gate)
    assert rung is None or alarm([*errors, *later], gate=gate) == rung


@given(ERRORS, st.sampled_from(GATES))
def test_turned_errors_turn_the_direction(errors: list[float], gate: DriftGate) -> None:
    rung, turned = alarm(errors, gate=gate), alarm([-error for error in errors], gate=gate)
    assert (rung is None) == (turned is None)
    if rung and turned:
        assert rung.position == turned.position
        assert {rung.direction, turned.direction} == set(Direction)


@pytest.mark.parametrize("gate", GATES)
def test_somebody_without_errors_never_rings(gate: DriftGate) -> None:
    assert alarm([], gate=gate) is None
    assert alarm([0.0] * 1_000, gate=gate) is None


def test_an_alarm_tells_where_which_way_and_beyond_which_line() -> None:
    assert alarm([-3.0, -3.0, -3.0], gate=Cusum()) == DriftAlarm(2, Direction.BELOW, 7.5, 5.0)


@given(ERRORS, st.sampled_from(GATES))
def test_one_side_alone_rings_as_if_there_were_no_other(errors: list[float], gate: DriftGate) -> None:
    sides = [alarm(errors, gate=gate, only=side) for side in Direction]
    assert [each.direction for each in sides if each] == [
        side for side, each in zip(Direction, sides, strict=True) if each
    ]
    assert alarm(errors, gate=gate) == min(filter(None, sides), key=lambda each: each.position, default=None)


@pytest.mark.parametrize("gate", [*GATES, Cusum(0.25, 4.0, 0.1, 0.6), Ewma(0.2, 2.5, -0.1, 0.8)])
def test_a_gate_survives_the_way_through_its_document(gate: DriftGate) -> None:
    assert gate_from_document(gate_to_document(gate)) == gate


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        ({"kind": "shewhart"}, ["kind", "kind"]),
        ({}, ["kind"]),
        ({"kind": "cusum", "width": 3, "limit": 0, "spread": -1}, ["", "limit", "spread"]),
        ({"kind": "ewma", "weight": "1.5", "slack": 1}, ["", "weight"]),
        (None, [""]),
    ],
)
def test_a_gate_that_cannot_work_is_refused_by_path(document: object, paths: list[str]) -> None:
    with pytest.raises(RubricError) as caught:
        gate_from_document(document)
    assert {it.path for it in caught.value.mistakes} >= set(paths)


def test_planted_drifting_assessors_are_caught_and_few_others_suspected() -> None:
    pool = Pool()
    gate = Cusum(spread=0.65)  # the scatter of a sound assessor's errors: the pool's noise, rounded to levels
    rung = {name for name, errors in pool.errors(random.Random(2026)).items() if alarm(errors, gate=gate)}
    assert len(rung & pool.drifting_ones) >= 9
    assert len(rung - pool.drifting_ones) <= 15
