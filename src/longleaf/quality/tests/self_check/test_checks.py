"""Each check finds what it is for, says so, and gets by with a design that is hardly begun."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from longleaf.quality.self_check.checks import CHECKS, Bounds, ShownFile
from longleaf.quality.self_check.reading_level import grade_of, syllables_in
from tests import cast

TODAY = date(2026, 3, 4)
SETTLED_BY_NOTHING = {"consent", "another-attempt", "pieces-of-evidence", "files-accessible"}


def found(name: str, design: dict[str, Any], **bounds: Any) -> tuple[bool | None, str]:
    return CHECKS[name].look(design, Bounds(TODAY, **bounds))


def with_level(text: str) -> dict[str, Any]:
    design = cast.make_document()
    design["rubric"]["criteria"][0]["levels"]["not-yet"] = text
    return design


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_no_check_stumbles_over_a_design_that_is_hardly_begun(name: str) -> None:
    for design in ({}, {"requirements": [{"code": "R1"}], "rubric": {"criteria": [{"code": "K1"}]}}):
        so, sentence = found(name, design, says="It is so.")
        assert sentence.endswith((".", "?"))
        assert so is not True or name in SETTLED_BY_NOTHING


@pytest.mark.parametrize(
    ("name", "good", "bounds"),
    [
        ("one-sentence", {}, {"at_most": 40}),
        ("references", {}, {}),
        ("method-parts", {}, {"at_least": 3}),
        ("alignments", {}, {}),
        ("evidence-limited", {}, {}),
        ("pieces-of-evidence", {}, {"at_least": 2}),
        ("criteria-linked", {}, {}),
        ("levels-told-apart", {}, {"at_least": 2}),
        ("turnaround", {}, {"at_most": 15}),
        ("another-attempt", {}, {"at_least": 2}),
        ("dated-review", {}, {}),
        ("resources", {}, {}),
    ],
)
def test_a_sound_design_passes(name: str, good: dict[str, Any], bounds: dict[str, int]) -> None:
    assert found(name, cast.make_document(**good), **bounds)[0] is True


@pytest.mark.parametrize(
    ("name", "design", "bounds", "sentence"),
    [
        ("one-sentence", cast.make_document(competency="Plans. Tells."), {}, "more than one sentence"),
        ("references", cast.make_document(), {"at_least": 2}, "1 reference has a title and a year."),
        ("evidence-limited", {"requirements": [{"code": "R7", "accepts": ["text"]}]}, {}, "open for R7"),
        ("levels-told-apart", with_level("Names what to change, and how."), {"at_least": 2}, "almost alike"),
        ("levels-told-apart", with_level(""), {"at_least": 2}, "not described for A"),
        ("turnaround", cast.make_document(), {"at_most": 10}, "15 business days"),
        ("another-attempt", cast.make_document(attempts=1), {"at_least": 2}, "Attempts: 1."),
        ("dated-review", cast.make_document(review_by="2026-03-04"), {}, "by 2026-03-04"),
        (
            "https-links",
            cast.make_document(resources=[{"title": "A", "url": "http://a.example", "note": "B"}]),
            {},
            "http://a.example",
        ),
    ],
)
def test_what_is_amiss_is_found_and_named(
    name: str, design: dict[str, Any], bounds: dict[str, int], sentence: str
) -> None:
    so, told = found(name, design, **bounds)
    assert so is False
    assert sentence in told


def test_what_only_somebody_can_tell_is_asked() -> None:
    assert found("consent", cast.make_document())[0] is None
    assert found("several-forms", cast.make_document()) == (
        None,
        "Other ways are said. R1 can be handed in in one form only: is that needed?",
    )
    assert found("reading-level", cast.make_document(language="es"))[0] is None


def test_plain_words_are_read_in_a_lower_grade_than_long_ones() -> None:
    plain = "The cat sat on the mat. The dog ran to the door and out. It was a hot day and we all sat down. " * 3
    heavy = "Pedagogical institutionalization necessitates interdisciplinary operationalization of competencies. " * 6
    low, high = grade_of(plain), grade_of(heavy)
    assert low is not None
    assert high is not None
    assert low <= 3 < 16 < high
    assert grade_of("Too short.") is None
    assert [syllables_in(word) for word in ("cat", "table", "make", "educator", "the")] == [1, 2, 1, 4, 1]


def test_a_fee_that_nobody_is_spared_is_for_its_designer_to_think_about() -> None:
    waiver = {"who": "Beginning teachers.", "how": "Write.", "by": "The office"}
    assert found("fee", cast.make_document(fee=0))[0] is True
    assert found("fee", cast.make_document(fee=90))[0] is None
    assert found("fee", cast.make_document(fee=90, fee_waivers=[waiver])) == (True, "The fee is said, with 1 waiver.")


def test_files_that_not_everybody_can_read_are_named() -> None:
    fine = ShownFile("A plan", [(True, "It is tagged.")])
    scan = ShownFile("A scan", [(False, "It is not tagged."), (False, "It has no text.")])
    assert CHECKS["files-accessible"].look({}, Bounds(TODAY, files=[fine])) == (
        True,
        "Nothing was found amiss in 1 file.",
    )
    so, told = CHECKS["files-accessible"].look({}, Bounds(TODAY, files=[fine, scan]))
    assert so is False
    assert told == "“A scan”: It is not tagged. And 1 more place."
    office = ShownFile("A table", [(None, "Have it checked where it was written.")])
    so, told = CHECKS["files-accessible"].look({}, Bounds(TODAY, files=[fine, office]))
    assert so is None
    assert told.endswith("“A table”: Have it checked where it was written.")


def test_what_this_system_does_and_what_was_not_tried_is_asked_and_settles_nothing() -> None:
    so, told = found("of-the-house", {}, says="Assessors do not learn whose evidence they read.")
    assert so is None
    assert "where you judge elsewhere, say how you do it" in told
    so, told = found("https-links", {"resources": [{"title": "A", "url": "https://a.example"}]})
    assert so is None
    assert "not tried yet" in told
