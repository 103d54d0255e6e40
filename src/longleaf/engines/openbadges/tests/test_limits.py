"""What is let in is told quickly, and what is not is told with its place; both say the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.openbadges import limits

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_quick_look_lets_in_just_what_the_careful_one_does(value: Any) -> None:
    assert limits._passes(value) is (limits._first_refusal(value) is None)


@pytest.mark.parametrize("levels", [limits.MAX_DEPTH, limits.MAX_DEPTH + 1])
def test_the_deepest_level_is_the_same_for_both(levels: int) -> None:
    value: Any = "leaf"
    for _level in range(levels):
        value = {"in": [value]} if _level % 2 else {"in": value}
    assert limits._passes(value) is (limits._first_refusal(value) is None)
    nested: Any = "leaf"
    for _level in range(levels):
        nested = [nested]
    assert (limits.refusal(nested) is None) is (levels <= limits.MAX_DEPTH)


@pytest.mark.parametrize("count", [limits.MAX_VALUES - 1, limits.MAX_VALUES])
def test_the_greatest_number_of_values_is_the_same_for_both(count: int) -> None:
    assert (limits.refusal([0] * count) is None) is (count < limits.MAX_VALUES)
    assert limits._passes([0] * count) is (limits._first_refusal([0] * count) is None)


def test_a_refusal_names_the_place() -> None:
    assert limits.refusal({"a": [0, {"b": "\x07"}]}) == (
        "a[1].b holds the character U+0007, which credentials must not hold"
    )
