"""What was typed becomes a document and a document becomes what was typed, without a loss on the way."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from longleaf.catalog.studio import typing_in
from longleaf.catalog.studio.documents import assemble, path_of, take_apart, value_at
from tests import cast

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


@given(
    title=TEXTS,
    fee=st.integers(0, 999_999),
    years=st.none() | st.integers(1, 99),
    steps=st.lists(TEXTS, min_size=1, max_size=4),
    extra=st.dictionaries(st.sampled_from(["appeals", "further"]), TEXTS),
)
def test_any_text_and_number_comes_back_as_it_was(
    title: str, fee: int, years: int | None, steps: list[str], extra: dict[str, Any]
) -> None:
    document = cast.make_document(title=title, fee=fee, expires_after_years=years, **extra)
    document["method"]["steps"] = steps
    assert assemble(take_apart(document)) == document


def test_what_is_no_number_is_kept_as_typed_for_its_author_to_mend() -> None:
    typed = take_apart(cast.make_document())
    typing_in.put(typed, ("effort_hours",), "about ten")
    assert assemble(typed)["effort_hours"] == "about ten"


def test_rows_are_moved_and_taken_away_with_what_points_to_them() -> None:
    typed = take_apart(cast.make_document())
    typing_in.up(typed, ("requirements", "R3"))
    typing_in.up(typed, ("requirements", "R3"))
    typing_in.up(typed, ("requirements", "R3"))
    assert [row["id"] for row in typed["requirements"]] == ["R3", "R1", "R2"]
    typing_in.remove(typed, ("requirements", "R2"))
    assert value_at(typed, ("rubric", "criteria", "A", "requirements")) == ["R1"]
    typing_in.remove(typed, ("rubric", "levels", "not-yet"))
    assert value_at(typed, ("rubric", "criteria", "B", "levels")) == {
        "demonstrated": "A change is shown and explained."
    }


def test_a_new_row_gets_a_code_that_no_row_has_and_a_row_to_write_in() -> None:
    typed = take_apart(cast.make_document())
    assert typing_in.add(typed, ("requirements",)) == ("requirements", "R4")
    assert value_at(typed, ("requirements", "R4", "completion")) == [{"id": "R4.C1"}]
    assert typing_in.add(typed, ("requirements", "R4", "completion"))[-1] == "R4.C2"


def test_a_place_of_the_document_leads_to_where_it_was_typed() -> None:
    typed = take_apart(cast.make_document())
    assert path_of(("requirements", 1, "files", "most"), typed) == ("requirements", "R2", "files", "most")
    assert path_of(("research", "references", 0, "url"), typed) == ("research", "references", "1", "url")
    assert path_of(("rubric", "criteria", 0, "levels"), typed) == ("rubric", "criteria", "A", "levels")
