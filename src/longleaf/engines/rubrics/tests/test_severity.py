"""Severity: what is planted is found, partners do not rub off, and nothing is pretended."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.rubrics.agreement.ratings import Rating
from longleaf.engines.rubrics.agreement.scale import Scale
from longleaf.engines.rubrics.severity import NOTHING_SHARED, severity_of
from longleaf.engines.rubrics.tests.pool import SCALE, Pool

TEN = Scale.ordinal([str(rank) for rank in range(11)])


def rated(*lines: tuple[str, dict[str, int]]) -> list[Rating]:
    return [Rating(subject, rater, str(value)) for subject, given in lines for rater, value in given.items()]


def test_plain_severity_is_how_far_below_the_others_mean_somebody_rates() -> None:
    found = severity_of(rated(("s", {"ann": 2, "bo": 4, "cy": 6}), ("t", {"ann": 3, "bo": 4})), scale=TEN)
    assert found["ann"].plain.value == pytest.approx((3 + 1) / 2)
    assert found["bo"].plain.value == pytest.approx((0 - 1) / 2)
    assert (found["ann"].shared, found["cy"].shared) == (2, 1)


def test_whoever_is_paired_with_a_severe_colleague_is_not_lenient_for_it() -> None:
    """Severe rates two lower than all others, who agree; Mild reads with Severe alone, Severe with everybody."""
    lines = [(f"m{n}", {"mild": 6, "severe": 4}) for n in range(4)]
    lines += [(f"a{n}", {"ann": 7, "severe": 5, "bo": 7}) for n in range(4)]
    found = severity_of(rated(*lines), scale=TEN)
    assert found["mild"].plain.value == pytest.approx(-2)
    values = {rater: each.adjusted.value for rater, each in found.items()}
    assert values == pytest.approx({"severe": 1.5, "mild": -0.5, "ann": -0.5, "bo": -0.5})


@given(st.lists(st.integers(-2, 2), min_size=3, max_size=6), st.integers(0, 2**32))
def test_ratings_that_follow_the_model_give_back_its_severities(severities: list[int], seed: int) -> None:
    rng = random.Random(seed)
    raters = range(len(severities))
    pairs = [(one, one + 1) for one in raters[:-1]] + [tuple(rng.sample(raters, 2)) for _ in range(6)]
    lines = []
    for number, pair in enumerate(pairs):
        deserved = rng.randrange(3, 8)
        lines.append((f"s{number}", {f"r{rater}": deserved - severities[rater] for rater in pair}))
    found = severity_of(rated(*lines), scale=TEN)
    middle = sum(severities) / len(severities)
    for rater in raters:
        assert found[f"r{rater}"].adjusted.value == pytest.approx(severities[rater] - middle, abs=1e-6)


def test_raters_whom_nothing_connects_are_not_compared() -> None:
    lines = [("s", {"ann": 2, "bo": 4}), ("t", {"cy": 9, "dee": 9}), ("u", {"eli": 5})]
    found = severity_of(rated(*lines), scale=TEN)
    assert [found[rater].adjusted.value for rater in ("ann", "bo", "cy", "dee")] == pytest.approx([1, -1, 0, 0])
    assert found["eli"].adjusted.value is None
    assert found["eli"].plain.reason == found["eli"].adjusted.reason == NOTHING_SHARED


def test_where_all_rated_all_the_interval_is_that_of_the_plain_analysis_of_variance() -> None:
    """Two raters: severity is half the mean difference, its error half the error of a paired t-test."""
    differences = [0, 1, 2, 1, 0, 3, 1, 0]
    lines = [(f"s{n}", {"ann": 5, "bo": 5 + off}) for n, off in enumerate(differences)]
    found = severity_of(rated(*lines), scale=TEN)["ann"]
    assert found.plain.value == pytest.approx(1)
    assert found.adjusted.value == pytest.approx(0.5)
    half_plain = found.plain.high - found.plain.low
    assert found.adjusted.high - found.adjusted.low == pytest.approx(half_plain / 2)


def test_on_a_nominal_scale_nobody_is_harsher() -> None:
    found = severity_of([Rating("s", "ann", "a"), Rating("s", "bo", "b")], scale=Scale.nominal("ab"))
    assert found["ann"].plain.value is None
    assert found["ann"].shared == 1


def test_planted_severe_assessors_are_caught_and_few_others_suspected() -> None:
    pool = Pool()
    found = severity_of(pool.ratings(random.Random(2026)), scale=SCALE)
    suspected = {rater for rater, each in found.items() if each.adjusted.low is not None and each.adjusted.low > 0}
    assert len(suspected & pool.severe_ones) >= 9
    assert len(suspected - pool.severe_ones) <= 5
