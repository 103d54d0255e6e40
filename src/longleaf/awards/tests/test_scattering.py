"""Places in a status list are given out without pattern, and none twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.awards.models.status_list import LIST_LENGTH
from longleaf.awards.scattering import scattered


@given(seed=st.binary(min_size=16, max_size=16), bits=st.integers(min_value=2, max_value=10))
def test_every_place_is_given_out_once(seed: bytes, bits: int) -> None:
    length = 1 << bits
    assert sorted(scattered(slot, seed=seed, length=length) for slot in range(length)) == list(range(length))


def test_every_place_of_a_real_list_is_given_out_once() -> None:
    found = {scattered(slot, seed=b"sixteen bytes ok", length=LIST_LENGTH) for slot in range(LIST_LENGTH)}
    assert len(found) == LIST_LENGTH


def test_another_seed_gives_another_order() -> None:
    orders = [[scattered(slot, seed=seed, length=LIST_LENGTH) for slot in range(50)] for seed in (b"a" * 16, b"b" * 16)]
    assert orders[0] != orders[1]


@pytest.mark.parametrize("slot", [-1, LIST_LENGTH])
def test_it_refuses_a_slot_outside_the_list(slot: int) -> None:
    with pytest.raises(ValueError, match="outside a list"):
        scattered(slot, seed=b"", length=LIST_LENGTH)
