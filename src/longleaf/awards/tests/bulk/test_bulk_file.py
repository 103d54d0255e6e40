"""Lists as spreadsheets write them are read; what cannot be read is refused with what to do about it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.awards.bulk import reading as bulk_file
from longleaf.awards.bulk.reading import Line
from longleaf.awards.errors import UnreadableList


@pytest.mark.parametrize(
    "content",
    [
        b"person,earned_on\na@x.example,2026-05-29\n",
        b"\xef\xbb\xbfPerson,Earned on\r\n a@x.example , 2026-05-29 \r\n",
        b"earned_on;person\n2026-05-29;a@x.example",
        b'"person","earned_on",\na@x.example,2026-05-29,\n',
    ],
)
def test_it_reads_what_spreadsheets_write(content: bytes) -> None:
    assert bulk_file.read(content) == [Line(2, "a@x.example", "2026-05-29")]


def test_rows_keep_their_line_in_the_file() -> None:
    lines = bulk_file.read(b'person,name\n\na@x.example,"Two\nlines"\n,,\nb@x.example,B,more\n')
    assert [(line.number, line.person, line.has_more_cells) for line in lines] == [
        (4, "a@x.example", False),
        (6, "b@x.example", True),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "must name the columns"),
        (b"person\n", "names nobody"),
        (b"person\n\n ,\n", "names nobody"),
        (b"email\na@x.example", "must be .person."),
        (b"person,earned_onn\na,b", "There is no column .earned_onn."),
        (b"person,person\na,b", "a column twice"),
        (b"person\n\xff\xfe", "CSV UTF-8"),
        (b"PK\x03\x04\x00\x00", "CSV UTF-8"),
        (b'person\n"a@x.example', "cannot be read as CSV"),
        (b"person\n" + b"x" * bulk_file.MOST_BYTES, "larger than 4 MB"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableList, match=said) as refused:
        bulk_file.read(content)
    assert set(refused.value.fields) == {"file"}


def test_a_list_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_file, "MOST_ROWS", 2)
    assert len(bulk_file.read(b"person\na\nb\n")) == 2
    with pytest.raises(UnreadableList, match="more than 2 people"):
        bulk_file.read(b"person\na\nb\nc\n")


def test_the_template_is_a_list_that_can_be_read() -> None:
    (line,) = bulk_file.read(bulk_file.template().encode())
    assert (line.number, line.person, line.earned_on) == (2, "educator@school.example", "2026-05-29")


@given(st.lists(st.emails(), min_size=1, max_size=20))
def test_names_that_are_typed_become_a_list(names: list[str]) -> None:
    typed = "\r\n".join(f"  {name} " for name in names)
    assert [line.person for line in bulk_file.read(bulk_file.of_names(typed))] == [name[:254] for name in names]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for tried in (content, b"person\n" + content):
        with suppress(UnreadableList):
            assert bulk_file.read(tried)
