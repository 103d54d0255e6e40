"""What software can tell to be missing."""

import pytest

from longleaf.assessment.evidence.checklist import Brought, ways, what_is_missing
from longleaf.catalog.design import FileLimits, Requirement, WordLimits


def asked(*accepts: str, words: tuple[int, int] | None = None) -> Requirement:
    limits = WordLimits(*words) if words else None
    return Requirement("R1", "plan", "Your plan", "Say it.", accepts, limits, FileLimits(("pdf",), 2, 5), ())


WRITING = asked("text", words=(3, 5))
EITHER = asked("text", "file", words=(3, 5))
FILE = asked("file", "link")


@pytest.mark.parametrize(
    ("requirement", "brought"),
    [
        (WRITING, Brought("one two three")),
        (WRITING, Brought("one two three four five")),
        (EITHER, Brought("one two three")),
        (EITHER, Brought("", artifacts=1)),
        (FILE, Brought("", artifacts=1)),
        (asked("text"), Brought("anything")),
    ],
)
def test_it_is_content_with_what_was_asked_for(requirement, brought):
    assert what_is_missing(requirement, brought) == ""


@pytest.mark.parametrize(
    ("requirement", "brought", "sentence"),
    [
        (WRITING, Brought("one two"), "Write 1 word more for “Your plan”: it asks for at least 3, and you have 2."),
        (WRITING, Brought("1 2 3 4 5 6 7"), "Shorten “Your plan” by 2 words: it allows 5, and you have 7."),
        (WRITING, Brought(" \n "), "Write 3 to 5 words for “Your plan”."),
        (EITHER, Brought(), "Write 3 to 5 words for “Your plan”, or add a file."),
        (
            EITHER,
            Brought("one", artifacts=1),
            "Write 2 words more for “Your plan”: it asks for at least 3, and you have 1.",
        ),
        (FILE, Brought(), "Add a file or a link for “Your plan”."),
        (FILE, Brought("text where none is asked for"), "Add a file or a link for “Your plan”."),
        (
            FILE,
            Brought(artifacts=1, arriving=1),
            "1 file of “Your plan” is still on the way. Wait until it is here, or remove it.",
        ),
    ],
)
def test_it_says_what_to_do(requirement, brought, sentence):
    assert what_is_missing(requirement, brought) == sentence


def test_it_names_what_is_welcome():
    assert [ways(each) for each in (WRITING, EITHER, FILE)] == ["text", "text or a file", "a file or a link"]
