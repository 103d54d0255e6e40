"""Status lists: the right bit, in the right order, within bounds."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.openbadges import status
from longleaf.engines.openbadges.errors import CannotBuild, CheckFailed, NotCheckable

from . import cast


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, status.LEAST_ENTRIES - 1), max_size=20))
def test_exactly_the_bits_that_were_set_are_read_back(indexes: set[int]) -> None:
    unpacked = status.decoded(status.encoded(status.bits(indexes)))
    assert len(unpacked) == 16_384
    near = {index + step for index in indexes for step in (-8, -1, 0, 1, 8)} & set(range(status.LEAST_ENTRIES))
    assert {index for index in near if status.bit(unpacked, index)} == indexes
    assert sum(byte.bit_count() for byte in unpacked) == len(indexes)


def test_the_first_entry_is_the_most_significant_bit_of_the_first_byte() -> None:
    assert status.bits([0])[0] == 0b1000_0000
    assert status.bits([7, 8])[:2] == bytes([0b0000_0001, 0b1000_0000])


def test_the_same_bits_always_give_the_same_text() -> None:
    assert status.encoded(status.bits([3])) == status.encoded(status.bits([3]))


@pytest.mark.official
def test_it_reads_the_published_lists(shared: Path) -> None:
    vectors = shared / "vectors"
    listed = json.loads((vectors / "dcc-verifier-core/statuslist.json").read_text())
    unpacked = status.decoded(listed["credentialSubject"]["encodedList"])
    assert [index for index in range(100_000) if status.bit(unpacked, index)] == [2, 6, 8]
    listed = json.loads((vectors / "1edtech-validator/bitstring/testlist").read_text())
    assert status.bit(status.decoded(listed["credentialSubject"]["encodedList"]), 23)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (None, "not written as status lists are"),
        ("H4sIAAAA", "not written as status lists are"),
        ("u***", "base64url"),
        (packed(b"no gzip"), "damaged"),
        (packed(gzip.compress(bytes(16_384))[:-4]), "cut off"),
        (packed(gzip.compress(bytes(16_384)) * 2), "cut off"),
        (packed(gzip.compress(bytes(64 * 1024 * 1024))), "far too large"),
    ],
)
def test_a_bad_list_is_refused(text: Any, phrase: str) -> None:
    with pytest.raises(CheckFailed, match=phrase):
        status.decoded(text)


def test_a_short_list_is_noticed() -> None:
    with pytest.raises(NotCheckable, match="fewer than the 131072 entries"):
        status.refuse_short(status.decoded(packed(gzip.compress(bytes(10)))))


@pytest.mark.parametrize("index", [-1, status.LEAST_ENTRIES])
def test_an_index_outside_the_list_is_refused(index: int) -> None:
    with pytest.raises(CannotBuild):
        status.bits([index])
    with pytest.raises(CheckFailed):
        status.bit(status.bits([]), index)


@pytest.mark.parametrize(("written", "index"), [("23", 23), (23, 23), ("0", 0)])
def test_an_index_may_be_written_as_text_or_number(written: Any, index: int) -> None:
    assert status.index_of({"statusListIndex": written}) == index


@pytest.mark.parametrize("written", [None, "", "-1", "1.5", True, "٣", "9" * 13, [1]])
def test_an_index_that_is_no_number_is_refused(written: Any) -> None:
    with pytest.raises(CheckFailed):
        status.index_of({"statusListIndex": written})


def test_an_entry_is_one_object_with_a_text_as_index() -> None:
    assert status.StatusEntry(list_url="https://a.example/1", index=7).as_json() == {
        "id": "https://a.example/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://a.example/1",
    }


def test_a_list_is_a_credential_about_itself() -> None:
    document = cast.status_list(9)
    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert document["credentialSubject"]["id"] == f"{cast.LIST_URL}#list"
    assert document["credentialSubject"]["statusPurpose"] == "revocation"


def test_it_does_not_publish_a_short_list() -> None:
    with pytest.raises(CannotBuild):
        status.status_list_credential(url="u", issuer="i", unpacked=bytes(10), valid_from=cast.ISSUED)
