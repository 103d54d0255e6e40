"""What must hold for every set of ratings, however sparse, and what no figure may pretend."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.rubrics.agreement import student
from longleaf.engines.rubrics.agreement.estimate import Estimate
from longleaf.engines.rubrics.agreement.measuring import Agreement, agreement
from longleaf.engines.rubrics.agreement.ratings import Rating, RatingsError
from longleaf.engines.rubrics.agreement.scale import Scale, ScaleError
from longleaf.engines.rubrics.agreement.weights import Distance, Weights

NAMES = "abcd"
ORDINAL = Scale.ordinal(NAMES)
NOMINAL = Scale.nominal(NAMES)


@st.composite
def sparse(draw: st.DrawFn) -> list[Rating]:
    """Up to 8 subjects on up to 2 criteria, up to 4 raters, any of them missing."""
    places = itertools.product(range(8), range(4), "xy")
    rated = draw(st.lists(st.sampled_from(list(places)), unique=True, max_size=40))
    return [Rating(str(s), str(g), draw(st.sampled_from(NAMES)), criterion) for s, g, criterion in rated]


def figures(found: Agreement) -> list[Estimate]:
    return [
        found.exact,
        found.adjacent,
        found.fleiss_kappa,
        *found.kappas.values(),
        *found.acs.values(),
        *found.alphas.values(),
    ]


def same(one: Agreement, other: Agreement) -> bool:
    return all(
        (first.value, first.low, first.high) == pytest.approx((second.value, second.low, second.high), abs=1e-9)
        for first, second in zip(figures(one), figures(other), strict=True)
    )


def independent(count: int, seed: int, shares: tuple[float, ...] = (0.25, 0.25, 0.25, 0.25)) -> list[Rating]:
    rng = random.Random(seed)
    return [
        Rating(str(subject), rater, rng.choices(NAMES, shares)[0]) for subject in range(count) for rater in ("x", "y")
    ]


@given(sparse())
def test_missing_ratings_never_raise_and_what_is_not_defined_says_why(ratings: list[Rating]) -> None:
    for scale in (ORDINAL, NOMINAL):
        for each in figures(agreement(ratings, scale=scale)):
            assert (each.reason == "") == (each.value is not None and each.low is not None)
            assert (each.low is None) == (each.high is None)
            if each.value is not None and each.low is not None and each.high is not None:
                assert min(-1, each.value) <= each.low <= each.value <= each.high <= max(1, each.value)


@given(sparse(), st.permutations(range(8)), st.permutations(range(4)), st.randoms(use_true_random=False))
def test_naming_and_ordering_subjects_and_raters_changes_nothing(
    ratings: list[Rating], subjects: list[int], raters: list[int], rng: random.Random
) -> None:
    renamed = [
        each._replace(subject=str(subjects[int(each.subject)]), rater=str(raters[int(each.rater)])) for each in ratings
    ]
    rng.shuffle(renamed)
    assert same(agreement(ratings, scale=ORDINAL), agreement(renamed, scale=ORDINAL))


@given(sparse(), st.permutations(NAMES))
def test_relabelling_nominal_categories_changes_nothing(ratings: list[Rating], names: list[str]) -> None:
    relabelled = [each._replace(value=names[NAMES.index(each.value)]) for each in ratings]
    assert same(agreement(ratings, scale=NOMINAL), agreement(relabelled, scale=NOMINAL))


@given(sparse())
def test_turning_the_scale_round_changes_nothing(ratings: list[Rating]) -> None:
    turned = [each._replace(value=NAMES[-1 - NAMES.index(each.value)]) for each in ratings]
    assert same(agreement(ratings, scale=ORDINAL), agreement(turned, scale=ORDINAL))


@given(st.lists(st.sampled_from(NAMES), max_size=12), st.integers(2, 4))
def test_perfect_agreement_gives_1(more: list[str], raters: int) -> None:
    said = ["a", "d", *more]
    ratings = [Rating(str(s), str(g), value) for s, value in enumerate(said) for g in range(raters)]
    for each in figures(agreement(ratings, scale=ORDINAL)):
        assert each.value == pytest.approx(1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_independent_raters_are_near_0(seed: int) -> None:
    found = agreement(independent(4_000, seed), scale=ORDINAL)
    for each in figures(found)[2:]:
        assert each.value == pytest.approx(0, abs=0.08)
    assert found.exact.value == pytest.approx(0.25, abs=0.03)


def test_intervals_hold_the_truth_about_19_times_of_20() -> None:
    covered: Counter[str] = Counter()
    for seed in range(200):
        found = agreement(independent(60, seed, (0.4, 0.3, 0.2, 0.1)), scale=ORDINAL)
        measured = {"kappa": found.kappa, "weighted": found.weighted_kappa, "ordinal": found.alpha}
        covered.update(name for name, each in measured.items() if each.low is not None and each.low <= 0 <= each.high)
    assert all(180 <= covered[name] <= 200 for name in ("kappa", "weighted", "ordinal")), covered


@given(sparse())
def test_observed_agreement_is_what_counting_pairs_gives(ratings: list[Rating]) -> None:
    units: dict[tuple[str, str], list[int]] = {}
    for each in ratings:
        units.setdefault((each.subject, each.criterion), []).append(NAMES.index(each.value))
    shared = [list(itertools.combinations(given, 2)) for given in units.values() if len(given) > 1]
    if not shared:
        return
    found = agreement(ratings, scale=ORDINAL)
    for reach, estimate in ((0, found.exact), (1, found.adjacent)):
        shares = [sum(abs(one - other) <= reach for one, other in pairs) / len(pairs) for pairs in shared]
        assert estimate.value == pytest.approx(sum(shares) / len(shares))


@given(sparse())
def test_ordinal_alpha_is_what_its_definition_gives(ratings: list[Rating]) -> None:
    """Observed over expected disagreement, all pairs of values written out (Krippendorff 2011, part D)."""
    units: dict[tuple[str, str], list[int]] = {}
    for each in ratings:
        units.setdefault((each.subject, each.criterion), []).append(NAMES.index(each.value))
    shared = [given for given in units.values() if len(given) > 1]
    values = [value for given in shared for value in given]
    if len(set(values)) < 2:
        return

    def distance(one: int, other: int) -> float:
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in values)
        return (between - (values.count(low) + values.count(high)) / 2) ** 2 if low < high else 0.0

    seen = sum(
        distance(one, other) / (len(given) - 1) for given in shared for one, other in itertools.permutations(given, 2)
    ) / len(values)
    drawn = sum(distance(*pair) for pair in itertools.permutations(values, 2)) / (len(values) * (len(values) - 1))
    found = agreement(ratings, scale=ORDINAL).alphas[Distance.ORDINAL]
    assert found.value == pytest.approx(1 - seen / drawn)


def test_criteria_of_one_subject_are_not_taken_for_several_subjects() -> None:
    once = independent(40, 7)
    thrice = [each._replace(criterion=name) for each in once for name in "xyz"]
    one, three = agreement(once, scale=ORDINAL), agreement(thrice, scale=ORDINAL)
    assert (three.subjects, three.units) == (40, 120)
    for first, second in zip(figures(one), figures(three), strict=True):
        if first is not one.alphas[Distance.NOMINAL] and first.value is not None:
            assert (second.low, second.high) == pytest.approx((first.low, first.high), abs=0.02)


def test_in_one_category_kappa_and_alpha_are_not_defined_and_ac1_is() -> None:
    found = agreement([Rating(str(s), rater, "a") for s in range(5) for rater in "xy"], scale=ORDINAL)
    for each in (found.kappa, found.weighted_kappa, found.fleiss_kappa, *found.alphas.values()):
        assert each == Estimate(
            None, reason="Every rating is in one category, so agreement cannot be told from chance."
        )
    assert found.ac1 == Estimate(
        1.0, reason="Every subject says the same, so nothing tells how far off the figure may be."
    )
    assert found.exact.low == pytest.approx(0.025 ** (1 / 5))
    assert (found.base_rate.most_frequent, found.base_rate.share_of_most_frequent) == ("a", 1.0)


def test_where_nobody_shares_a_subject_nothing_is_defined() -> None:
    found = agreement([Rating(str(s), str(s), "a") for s in range(5)], scale=ORDINAL)
    assert {each.value for each in figures(found)} == {None}
    assert {each.reason for each in figures(found)} == {"No subject was rated by two raters."}


def test_without_any_rating_there_is_no_base_rate() -> None:
    found = agreement([], scale=NOMINAL)
    assert (found.subjects, found.base_rate.most_frequent, found.base_rate.share_of_most_frequent) == (0, None, None)


def test_a_nominal_scale_has_no_weighted_figures() -> None:
    found = agreement(independent(20, 1), scale=NOMINAL)
    for each in (found.adjacent, found.weighted_kappa, found.ac2):
        assert each == Estimate(None, reason="The categories of a nominal scale have no order.")
    assert found.alpha is found.alphas[Distance.NOMINAL]
    assert list(found.kappas) == [Weights.IDENTITY]


def test_every_rating_that_cannot_be_counted_is_named() -> None:
    with pytest.raises(RatingsError) as caught:
        agreement([Rating("s", "ann", "a"), Rating("s", "ann", "b"), Rating("s", "bo", "z")], scale=ORDINAL)
    assert caught.value.problems == (
        "ann rates “s” twice; keep one of the two.",
        "bo rates “s” “z”, which is not on the scale.",
    )


@pytest.mark.parametrize(("names", "positions"), [("aba", None), ("ab", [1, 1]), ("ab", [2, 1]), ("ab", [1])])
def test_a_scale_that_cannot_work_is_refused(names: str, positions: list[float] | None) -> None:
    with pytest.raises(ScaleError):
        Scale.ordinal(names, positions)


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (10, 2.228), (11, 2.201), (30, 2.042), (120, 1.980), (10_000, 1.960)],
)
def test_students_t_is_that_of_the_printed_tables(freedom: int, t: float) -> None:
    """Abramowitz and Stegun (1964), table 26.10."""
    assert student.reach(0.95, freedom) == pytest.approx(t, abs=6e-4)


@given(st.integers(1, 199), st.floats(0.5, 0.999))
def test_students_t_undoes_itself(freedom: int, confidence: float) -> None:
    assert student.share_within(student.reach(confidence, freedom), freedom) == pytest.approx(confidence, abs=1e-9)
