"""Figures of agreement equal published worked examples to three decimals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

import pytest

from longleaf.engines.rubrics.agreement import student
from longleaf.engines.rubrics.agreement.estimate import Estimate
from longleaf.engines.rubrics.agreement.measuring import Agreement, agreement
from longleaf.engines.rubrics.agreement.ratings import Rating
from longleaf.engines.rubrics.agreement.scale import Scale
from longleaf.engines.rubrics.agreement.weights import Distance, Weights


def from_table(counts: Sequence[Sequence[int]], *, ordered: bool = False) -> Agreement:
    """Two raters: rows are what the first said, columns the second."""
    names = [str(rank) for rank in range(len(counts))]
    cells = [
        (row, column) for row, line in enumerate(counts) for column, times in enumerate(line) for _ in range(times)
    ]
    return measured(enumerate(cells), names, ordered=ordered)


def from_distribution(counts: Sequence[Sequence[int]]) -> Agreement:
    """Subjects by category; who gave which rating is not told."""
    names = [str(rank) for rank in range(len(counts[0]))]
    units = [[rank for rank, times in enumerate(line) for _ in range(times)] for line in counts]
    return measured(enumerate(units), names)


def from_raters(rows: Iterable[str], categories: str = "12345") -> Agreement:
    """A row for each rater, a character for each subject; a dot is a missing rating."""
    ratings = [
        Rating(str(subject), str(rater), value)
        for rater, row in enumerate(rows)
        for subject, value in enumerate(row)
        if value != "."
    ]
    return agreement(ratings, scale=Scale.ordinal(categories))


def measured(units: Iterable[tuple[int, Sequence[int]]], names: list[str], *, ordered: bool = False) -> Agreement:
    scale = Scale.ordinal(names) if ordered else Scale.nominal(names)
    ratings = [
        Rating(str(subject), str(rater), str(value)) for subject, given in units for rater, value in enumerate(given)
    ]
    return agreement(ratings, scale=scale)


def rounded(estimate: Estimate) -> tuple[float, float, float]:
    assert estimate.value is not None
    assert estimate.low is not None
    assert estimate.high is not None
    return round(estimate.value, 3), round(estimate.low, 3), round(estimate.high, 3)


def error_of(estimate: Estimate, *, freedom: int) -> float:
    """The standard error that an interval was made of."""
    assert estimate.low is not None
    assert estimate.high is not None
    return (estimate.high - estimate.low) / 2 / student.reach(0.95, freedom)


def value_of(estimate: Estimate) -> float:
    assert estimate.value is not None
    return round(estimate.value, 3)


def test_it_equals_cohens_own_example() -> None:
    """Cohen (1960), A Coefficient of Agreement for Nominal Scales, table 2 (200 patients): kappa 0.492."""
    found = from_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert found.exact.value == pytest.approx(0.70)
    assert value_of(found.kappa) == 0.492


def test_it_equals_fleiss_levin_and_paiks_example() -> None:
    """Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), table 18.1: kappa 0.676."""
    assert value_of(from_table([[75, 1, 4], [5, 4, 1], [0, 0, 10]]).kappa) == 0.676


def test_it_equals_gwets_table_of_two_abstractors() -> None:
    """Gwet (2014), cont3x3abstractors, as printed in the overview of his package irrCAC."""
    found = from_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    assert rounded(found.exact) == (0.89, 0.828, 0.952)
    assert value_of(found.kappa) == 0.796
    # For tables he divides by the number of subjects, for raw ratings by one less; so do we, always.
    assert error_of(found.kappa, freedom=99) == pytest.approx(0.05891072 * sqrt(100 / 99))
    assert value_of(found.fleiss_kappa) == 0.796
    assert error_of(found.fleiss_kappa, freedom=99) == pytest.approx(0.05905473 * sqrt(100 / 99))
    assert value_of(found.ac1) == 0.849
    assert error_of(found.ac1, freedom=99) == pytest.approx(0.04321747 * sqrt(100 / 99))
    assert value_of(found.alpha) == 0.797


def test_it_equals_two_radiologists_of_85_mammograms() -> None:
    """Boyd et al. (1982), in Altman (1991), p. 403; figures as printed by Stata's kap and kappaetc (Klein, 2018)."""
    found = from_table([[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]], ordered=True)
    assert rounded(found.exact) == (0.635, 0.531, 0.74)
    assert rounded(found.kappa) == (0.473, 0.327, 0.618)
    assert rounded(found.fleiss_kappa) == (0.461, 0.305, 0.616)
    assert rounded(found.ac1) == (0.529, 0.394, 0.664)
    assert value_of(found.alphas[Distance.NOMINAL]) == 0.464
    assert (value_of(found.kappas[Weights.LINEAR]), value_of(found.weighted_kappa)) == (0.568, 0.671)


def test_it_equals_gwets_table_of_six_psychiatrists() -> None:
    """Fifteen of the patients of Fleiss (1971), distrib.6raters in the overview of irrCAC."""
    found = from_distribution(
        [
            *[[0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0]],
            *[[2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6]],
            *[[1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1]],
        ]
    )
    assert value_of(found.exact) == 0.551
    assert rounded(found.ac1) == (0.445, 0.264, 0.625)
    assert rounded(found.fleiss_kappa) == (0.414, 0.24, 0.588)
    assert value_of(found.alpha) == 0.42
    assert error_of(found.alpha, freedom=14) == pytest.approx(0.08243, rel=0.02)


FOUR_RATERS = ("123321412...", "1233224125..", ".33323422513", "12332441251.")


def test_it_equals_gwets_four_raters_with_missing_ratings() -> None:
    """Gwet (2014), cac.raw4raters, in the overview of irrCAC."""
    found = from_raters(FOUR_RATERS)
    assert (found.subjects, found.shared, found.raters, found.ratings) == (12, 11, 4, 41)
    assert value_of(found.exact) == 0.818
    assert rounded(found.ac1) == (0.775, 0.461, 1.0)
    assert rounded(found.fleiss_kappa) == (0.761, 0.424, 1.0)
    assert rounded(found.kappa) == (0.763, 0.435, 1.0)


def test_alpha_equals_krippendorffs_reliability_data_with_missing_ratings() -> None:
    """Krippendorff (1980; 2011, example C): 0.743 nominal, 0.815 ordinal, 0.849 interval."""
    alphas = from_raters(FOUR_RATERS).alphas
    assert [value_of(alphas[each]) for each in Distance] == [0.743, 0.815, 0.849]


def test_ac2_equals_the_figures_published_for_each_weighting() -> None:
    """The tests of the Python edition of irrCAC (A. Fergadis, 2023), raw_4raters."""
    acs = from_raters(FOUR_RATERS).acs
    assert rounded(acs[Weights.LINEAR]) == (0.859, 0.6, 1.0)
    assert rounded(acs[Weights.QUADRATIC]) == (0.914, 0.685, 1.0)
    assert rounded(acs[Weights.ORDINAL]) == (0.899, 0.664, 1.0)


def test_kappa_falls_where_nearly_all_is_alike_and_ac1_does_not() -> None:
    """The paradox of Feinstein and Cicchetti (1990): 85 % agreement with kappa 0.70 in one table, 0.32 in the other."""
    even, uneven = from_table([[40, 9], [6, 45]]), from_table([[80, 10], [5, 5]])
    assert even.exact.value == uneven.exact.value == pytest.approx(0.85)
    assert (value_of(even.kappa), value_of(uneven.kappa)) == (0.70, 0.318)
    # Worked out by hand from Gwet (2008): in the second table chance is 2 × 0.875 × 0.125.
    assert (value_of(even.ac1), value_of(uneven.ac1)) == (0.701, 0.808)
