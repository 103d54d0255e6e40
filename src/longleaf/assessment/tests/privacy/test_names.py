"""Names are found as people write them, and words are not taken for names."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.assessment.privacy.names import (
    MOST_NAMES,
    NameSearch,
    around,
    as_searched,
    fold,
    names_in,
    taken_apart,
    words_that_are_names,
)


def found(text, *names, organisations=()):
    searched = as_searched(text)
    return [searched[hit.start : hit.end] for hit in NameSearch(names, organisations).find(searched)]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Then maria read.", ["Maria Lopez"], ["maria"]),
        ("Then Maria Lopez read.", ["Maria Lopez"], ["Maria Lopez"]),
        ("LOPEZ, MARIA", ["Maria Lopez"], ["LOPEZ", "MARIA"]),
        ("Maria’s draft and Maria's plan", ["Maria"], ["Maria", "Maria"]),
        ("Marias draft", ["Maria"], ["Marias"]),
        ("Zoe and ZOË", ["Zoë"], ["Zoe", "ZOË"]),
        ("Zoe\u0308 wrote", ["Zoë"], ["Zoë"]),
        ("Søren, Soren and SOREN", ["Søren"], ["Søren", "Soren", "SOREN"]),
        ("anna lena and Annalena and Anna-Lena", ["Anna-Lena"], ["anna lena", "Annalena", "Anna-Lena"]),
        ("OBrien, o'brien, O’Brien", ["Sean O’Brien"], ["OBrien", "o'brien", "O’Brien"]),
        ("Nguyen Thi Lan", ["Nguyễn Thị Lan"], ["Nguyen Thi Lan"]),
        ("The man was a mariner.", ["Maria"], []),
        ("van and der", ["Jan van der Berg"], []),
        ("Berg", ["Jan van der Berg"], ["Berg"]),
        ("Мария читала", ["Мария"], ["Мария"]),
    ],
)
def test_a_name_is_found_however_it_is_written(text, names, expected):
    assert found(text, *names) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I will hope that may help.", []),
        ("Then Will and Hope read.", ["Will", "Hope"]),
        ("the grace of it", []),
        ("He said no to Li and lived.", ["Li"]),
    ],
)
def test_a_name_that_is_a_word_is_one_only_with_a_capital(text, expected):
    assert found(text, "Will", "Hope", "May", "Grace", "Li") == expected


def test_a_word_that_may_be_a_name_is_told_as_perhaps_and_a_full_name_is_not():
    hits = NameSearch(["Will Rivers", "Maria"]).find("Will read. Will Rivers read. Maria read.")
    assert [(hit.name, hit.perhaps) for hit in hits] == [
        ("Will Rivers", True),
        ("Will Rivers", False),
        ("Maria", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At Rivertown Public Schools we read.", ["Rivertown Public Schools"]),
        ("In Rivertown we read.", ["Rivertown"]),
        ("Our public schools are good schools.", []),
        ("The high school district", []),
    ],
)
def test_a_school_is_found_by_what_is_its_own(text, expected):
    assert found(text, organisations=["Rivertown Public Schools"]) == expected


@pytest.mark.parametrize(
    "name",
    [
        "MariaLopez_essay.pdf",
        "essay-maria-lopez.docx",
        "https://docs.example.org/maria_lopez/view",
        "lopezmaria MariaL",
    ],
)
def test_a_name_is_found_in_names_of_files_and_links(name):
    assert found(taken_apart(name), "Maria Lopez") != []


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("Maria Lopez\nWill Rivers\n", ["Maria Lopez", "Will Rivers"]),
        ("Last,First,ID\nLopez,Maria,1234\nRivers,Will,99\n", ["Lopez", "Maria", "Rivers", "Will"]),
        ('"Lopez";"Maria"\r\n', ["Lopez", "Maria"]),
        ("  • Maria\n  • Maria\n", ["Maria"]),
        ("First Name\tLast Name\nZoë\tO’Brien", ["Zoë", "O’Brien"]),
        ("\n , ;; 12345\n", []),
    ],
)
def test_a_list_is_read_as_people_keep_it(pasted, expected):
    assert names_in(pasted) == expected


def test_a_list_is_bounded():
    assert (
        len(names_in("\n".join(f"Name{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x{n}y" for n in range(2000))))
        == MOST_NAMES
    )


def test_the_words_around_stand_on_one_line():
    text = "He wrote:\n\nMaria read it\nand left."
    (hit,) = NameSearch(["Maria"]).find(text)
    assert around(text, hit) == ("He wrote: ", "Maria", " read it and left.")


def test_the_list_of_words_is_folded_and_holds_the_common_ones():
    assert {"will", "grace", "may", "hunter", "brown"} <= words_that_are_names()
    assert {fold(word) for word in words_that_are_names()} == set(words_that_are_names())


NAMES = st.text(alphabet="abcdefghijklmnoprstuvyéöñ", min_size=4, max_size=12).map(str.capitalize)
FILLER = st.text(alphabet=" .,;:()\n0123456789", min_size=1, max_size=20)


@given(
    NAMES.filter(lambda name: fold(name) not in words_that_are_names()),
    FILLER,
    FILLER,
    st.sampled_from([str, str.upper, str.lower, fold]),
)
def test_whatever_stands_around_it_a_listed_name_is_found_once(name, before, after, written):
    text = as_searched(before + written(name) + after)
    assert [fold(text[hit.start : hit.end]) for hit in NameSearch([name]).find(text)] == [fold(name)]


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=20), max_size=10))
def test_no_text_and_no_list_stops_the_search(text, names):
    searched = as_searched(text)
    hits = list(NameSearch(names_in("\n".join(names))).find(searched))
    assert all(0 <= hit.start < hit.end <= len(searched) for hit in hits)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)


def test_a_text_is_walked_through_once_whatever_the_number_of_names():
    """Work is counted, not time: each word is folded once, and looked up once."""
    text = " ".join(["Many words without any name in them."] * 2_000)
    few, many = (
        NameSearch(["Zed"]),
        NameSearch([f"Zed{letter}{other}" for letter in string.ascii_lowercase for other in string.ascii_lowercase]),
    )
    assert list(few.find(text)) == list(many.find(text)) == []
