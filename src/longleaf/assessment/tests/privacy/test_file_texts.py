"""Text is read out of documents as people make them, and nothing in a document can do harm."""

import io
import zipfile

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.assessment.privacy import file_texts
from longleaf.assessment.privacy.file_texts import read_text
from longleaf.assessment.status import FileKind, TextState
from longleaf.assessment.tests.privacy.factories import pdf_of, word_document

PDF, OFFICE = FileKind.PDF, FileKind.OFFICE


def read(content, kind):
    found = read_text(io.BytesIO(content), kind, len(content))
    return found.state, found.text


def packed(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def test_a_pdf_is_read_page_by_page():
    assert read(pdf_of("Maria read it."), PDF) == (TextState.READ, "Maria read it.")


def with_a_picture(content):
    """The same PDF with a picture on its page, inside a form as word processors put it there."""
    document = pikepdf.open(io.BytesIO(content))
    picture = pikepdf.Stream(document, b"\0" * 3)
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB,
    )  # fmt: skip
    form = pikepdf.Stream(document, b"/Im0 Do")
    form.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture)),
    )  # fmt: skip
    document.pages[0].Resources.XObject = pikepdf.Dictionary(Fm0=form)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_what_holds_pictures_is_not_read_wholly():
    pdf = pdf_of("Maria read it.")
    assert read(with_a_picture(pdf), PDF) == (TextState.PART, "Maria read it.")
    with zipfile.ZipFile(file := io.BytesIO(word_document("Maria")), "a") as document:
        document.writestr("word/media/image1.png", b"x")
    assert read(file.getvalue(), OFFICE) == (TextState.PART, "Maria")


def test_words_that_are_cut_into_runs_are_whole_again_and_paragraphs_stay_apart():
    state, text = read(word_document("Maria", "Lopez"), OFFICE)
    assert (state, text.split("\n")) == (TextState.READ, ["Maria", "Lopez"])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (packed(ppt__slides__slide1="<a:p><a:t>Ma</a:t><a:t>ria</a:t></a:p><a:p>two</a:p>"), "Maria\ntwo"),
        (packed(xl__sharedStrings="<sst><si><t>Maria</t></si><si><t>Lopez</t></si></sst>"), "Maria\nLopez"),
        (packed(content="<text:p>Maria<text:s/>Lopez</text:p>"), "Maria Lopez"),
        (packed(word__document="<w:p>O&apos;Brien &amp; Zo&#235;</w:p>"), "O'Brien & Zoë"),
    ],
)
def test_slides_sheets_and_open_documents_are_read(content, expected):
    assert read(content, OFFICE) == (TextState.READ, expected)


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:p>&b;</w:p>'
    assert len(read(packed(word__document=bomb), OFFICE)[1]) < 200


def test_what_unpacks_to_more_than_is_read_is_told_as_read_in_part(monkeypatch):
    monkeypatch.setattr(file_texts, "MOST_UNPACKED", 1000)
    state, text = read(packed(word__document="a" * 5000, content="b" * 5000), OFFICE)
    assert (state, "b" in text) == (TextState.PART, False)


def test_a_long_text_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(file_texts, "MOST_CHARACTERS", 10)
    assert read(word_document("x" * 50), OFFICE) == (TextState.PART, "x" * 10)


@pytest.mark.parametrize("kind", [PDF, OFFICE])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n%%EOF", b"PK\x03\x04", b"\x00" * 3000, pdf_of("x")[:300]])
def test_a_damaged_file_is_unreadable_and_nothing_else(kind, content):
    assert read(content, kind)[0] in {TextState.UNREADABLE, TextState.READ}
    assert read(b"\x00" * 30, kind) == (TextState.UNREADABLE, "")


def test_a_file_larger_than_is_read_is_not_opened():
    class Shut(io.BytesIO):
        def read(self, *_):
            raise AssertionError("it was opened")

    assert read_text(Shut(), PDF, file_texts.MOST_BYTES + 1).state is TextState.UNREADABLE


@given(st.binary(max_size=600), st.integers(0, 500))
def test_no_bytes_in_the_place_of_others_stop_the_reading(noise, place):
    whole = pdf_of("Maria read it.")
    read(whole[:place] + noise + whole[place + len(noise) :], PDF)
    document = word_document("Maria read it.")
    read(document[:place] + noise + document[place + len(noise) :], OFFICE)
