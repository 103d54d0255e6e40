"""Drawings and old forms of pictures inside documents carry nobody's name, and what cannot be looked into stays out."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from longleaf.assessment.evidence.cleaning import drawings
from longleaf.assessment.evidence.cleaning.outcome import TakenOut
from longleaf.assessment.tests.evidence import drawn_cast, files_cast
from longleaf.assessment.tests.evidence.drawn_cast import DIRTY, RECTANGLE, UNSEEN
from longleaf.assessment.tests.evidence.files_cast import MARK, M
from longleaf.assessment.tests.evidence.test_cleaning import clean, everything_in

WIDE = MARK.encode("utf-16-le")


def in_a_document(name: str, picture: bytes) -> tuple[bytes, set[TakenOut]]:
    """What is left of a picture in Word's document, and what the earner is told."""
    place = f"word/media/image1.{name.partition('-')[0]}"
    cleaned, taken = clean("office", files_cast.zipped({"word/document.xml": "<d/>", place: picture}))
    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        return archive.read(place), taken


@pytest.mark.parametrize("name", DIRTY)
def test_a_drawing_loses_what_names_somebody_and_draws_the_same(name: str) -> None:
    assert M in everything_in(DIRTY[name]) or WIDE in DIRTY[name]
    plain, taken = in_a_document(name, DIRTY[name])
    assert (M in plain, WIDE in plain) == (False, False)
    assert taken == {TakenOut.PICTURE_REMARKS}
    assert in_a_document(name, plain) == (plain, set())


@pytest.mark.parametrize("name", UNSEEN)
def test_what_cannot_be_looked_into_stays_out_and_is_told(name: str) -> None:
    assert in_a_document(name, UNSEEN[name]) == (b"", {TakenOut.UNSEEN})


def test_a_plain_drawing_stays_as_it_is() -> None:
    assert in_a_document("emf", drawn_cast.emf("")) == (drawn_cast.emf(""), set())
    assert in_a_document("wmf", drawn_cast.wmf("")) == (drawn_cast.wmf(""), set())


def test_a_drawing_says_truly_how_long_it_is_and_keeps_what_it_draws() -> None:
    plain, _ = in_a_document("emf", DIRTY["emf"])
    head, size, count = struct.unpack_from("<4x I 40x II", plain)
    assert (head, size) == (108, len(plain))
    # The head, the rectangle, the drawing commands of EMF+, and the end.
    assert count == 4
    assert RECTANGLE in plain
    wmf, _ = in_a_document("wmf", DIRTY["wmf-placed"])
    assert struct.unpack_from("<I", wmf, 28)[0] * 2 == len(wmf) - 22


def test_a_bitmap_looks_the_same() -> None:
    plain, _ = in_a_document("bmp", DIRTY["bmp"])
    with Image.open(io.BytesIO(DIRTY["bmp"])) as before, Image.open(io.BytesIO(plain)) as after:
        assert before.tobytes() == after.tobytes()


def test_a_packed_drawing_is_unpacked_cleaned_and_packed_without_a_name() -> None:
    packed = drawn_cast.packed(DIRTY["emf"])
    plain, taken = in_a_document("emz", packed)
    assert (M in plain, taken) == (False, {TakenOut.PICTURE_REMARKS})
    assert gzip.decompress(plain) == drawings.without_remarks(DIRTY["emf"])
    assert in_a_document("emz", plain) == (plain, set())


def test_what_a_picture_is_is_told_by_its_bytes_and_not_by_its_name() -> None:
    plain, _ = in_a_document("png", DIRTY["emf"])
    assert plain == drawings.without_remarks(DIRTY["emf"])


@given(data=st.data(), name=st.sampled_from(sorted(set(DIRTY) - {"bmp"})))
def test_no_damage_to_a_drawing_is_an_accident(data: st.DataObject, name: str) -> None:
    content = bytearray(DIRTY[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + 4] = data.draw(st.binary(max_size=4))
    assert len(drawings.without_remarks(bytes(content))) <= len(content) + 8
