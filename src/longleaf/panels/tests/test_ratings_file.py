"""A file of ratings: read whole, or every mistake named with its line."""

from __future__ import annotations

import pytest

from longleaf.engines.rubrics.agreement.ratings import Rating
from longleaf.panels.ratings_file import RatingsFile, UnreadableRatings, read


def file(text: str, *, ordered: bool = False, order: tuple[str, ...] = ()) -> RatingsFile:
    return read(text.encode(), ordered=ordered, order=order)


def mistakes(text: str | bytes, *, ordered: bool = False, order: tuple[str, ...] = ()) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(UnreadableRatings) as caught:
        read(content, ordered=ordered, order=order)
    return list(caught.value.mistakes)


def test_it_reads_columns_in_any_order_and_counts_what_is_missing():
    found = file("Rating, rater ,subject,note\nyes,ann,s1,x\n,bo,s1,\nno,bo,s2,\n\n")
    assert found.ratings == (Rating("s1", "ann", "yes"), Rating("s2", "bo", "no"))
    assert found.missing == 1
    assert found.scale.categories == ("no", "yes")
    assert found.criteria == ("",)


def test_spreadsheets_semicolons_and_marks_in_front_are_read():
    content = "\ufeffsubject;rater;criterion;rating\r\ns1;ann;plan;2\r\ns1;bo;plan;10\r\n".encode()
    found = read(content, ordered=True)
    assert found.scale.categories == ("2", "10"), "numbers stand in the order of their size"
    assert found.scale.positions == (2.0, 10.0)
    assert found.criteria == ("plan",)


def test_an_order_names_categories_that_nobody_gave():
    found = file("subject,rater,rating\ns,ann,no\ns,bo,yes\n", ordered=True, order=("no", "partly", "yes"))
    assert found.scale.categories == ("no", "partly", "yes")
    assert found.scale.positions == (0.0, 1.0, 2.0)
    assert file("subject,rater,rating\ns,ann,1\n", ordered=True, order=("0", "1", "4")).scale.positions == (0, 1, 4)


def test_words_with_an_order_of_their_own_must_be_given_one():
    assert mistakes("subject,rater,rating\ns,ann,no\ns,bo,2\n", ordered=True) == [
        '“no”: words have no order of their own. Give one, worst first: --order "no,partly,yes".'
    ]


def test_every_mistake_is_named_with_its_line():
    text = (
        "subject,rater,criterion,rating\ns,ann,plan,no\n,ann,plan,no\ns,,plan,maybe\ns,ann,plan,yes\ns,ann,teach,yes\n"
    )
    assert mistakes(text, order=("no", "yes")) == [
        "Line 3: the subject is empty. Write who or what it is; any code will do.",
        "Line 4: the rater is empty. Write who or what it is; any code will do.",
        "Line 4: “maybe” is not in --order. Mend it, or add it there: no, yes.",
        "Line 5: ann rates “s” on “plan” again, as on line 2. Keep one of the two.",
    ]


def test_missing_columns_are_named():
    wanted = "Name the columns subject, rater, criterion (if there are several) and rating."
    assert mistakes("subject,score\ns,1\n") == [
        f"Line 1: no column “rater”. {wanted}",
        f"Line 1: no column “rating”. {wanted}",
    ]
    assert len(mistakes("")) == 3


def test_a_column_that_is_named_twice_is_not_guessed_at():
    assert mistakes("subject,rater,rating,Rating\ns,ann,1,2\n") == [
        "Line 1: “rating” names two columns. Rename the one that is not meant."
    ]


def test_a_comma_without_quotes_is_told():
    assert mistakes("subject,rater,rating\ns,ann,yes,but\n") == [
        "Line 2: more cells than columns. Put a text that holds a comma in quotes."
    ]
    assert file("subject,rater,rating\ns,ann,yes,,\n").ratings == (Rating("s", "ann", "yes"),)


def test_what_is_no_csv_is_told_with_its_line():
    (mistake,) = mistakes("subject,rater,rating\ns,ann," + "x" * 200_000 + "\n")
    assert mistake.startswith("Line 2: this is no CSV (field larger than field limit")


def test_a_file_without_ratings_is_refused():
    assert mistakes("subject,rater,rating\ns,ann,\n") == ["Line 1: no rating follows. Add a line for each rating."]


def test_what_is_not_utf_8_is_named_with_its_line():
    assert mistakes(b"subject,rater,rating\ns,ann,1\ns,\xe9lise,1\n") == [
        "Line 3: this is not UTF-8. Save the file as CSV in UTF-8."
    ]


@pytest.mark.parametrize("order", [("1", "1.0"), ("2", "1"), ("no", "no")])
def test_an_order_that_does_not_rise_is_refused(order: tuple[str, ...]):
    text = f"subject,rater,rating\ns,ann,{order[0]}\n"
    (mistake,) = mistakes(text, ordered=True, order=order)
    assert "worst" in mistake


@pytest.mark.parametrize("strange", ["nan", "inf", "1e999"])
def test_what_is_no_number_is_a_word(strange: str):
    (mistake,) = mistakes(f"subject,rater,rating\ns,ann,{strange}\ns,bo,1\n", ordered=True)
    assert f"“{strange}”: words have no order" in mistake
