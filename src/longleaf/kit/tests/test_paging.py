import base64

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict

from longleaf.kit.paging import page_after, page_of


def _place(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def test_one_row_more_than_is_shown_tells_of_the_next_page() -> None:
    page = page_of(list(range(45)), parameters=QueryDict("q=fox"), size=20)
    assert page.rows == list(range(20))
    assert (page.previous_address, page.next_address, page.number) == ("", "?q=fox&page=2", 1)


def test_the_last_page_has_no_next() -> None:
    page = page_of(list(range(40)), parameters=QueryDict("page=2&q=fox"), size=20)
    assert page.rows == list(range(20, 40))
    assert (page.previous_address, page.next_address) == ("?page=1&q=fox", "")


def test_a_list_of_one_page_stands_alone() -> None:
    assert page_of([1], parameters=QueryDict(), size=20).is_alone


@pytest.mark.parametrize("asked", ["0", "-1", "x", "²", "", "1.5", "9" * 5000])
def test_an_unreadable_page_is_the_first(asked: str) -> None:
    assert page_of(list(range(9)), parameters=QueryDict(f"page={asked}"), size=3).rows == [0, 1, 2]


def test_several_values_of_a_facet_stay_in_the_address() -> None:
    page = page_of(list(range(9)), parameters=QueryDict("topic=a&topic=b"), size=3)
    assert page.next_address == "?topic=a&topic=b&page=2"


@pytest.mark.django_db
def test_following_addresses_shows_every_row_once_even_where_values_are_equal() -> None:
    ContentType.objects.all().delete()
    for number in range(7):
        ContentType.objects.create(app_label="same", model=f"m{number}")
    seen: list[int] = []
    address = ""
    while True:
        page = page_after(
            ContentType.objects.filter(app_label="same"),
            by="app_label",
            parameters=QueryDict(address.removeprefix("?")),
            size=3,
        )
        seen += [row.pk for row in page.rows]
        address = page.next_address
        if not address:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    "after",
    [
        *("x", "WzFd", "eyJhIjoxfQ==", "WyJhIiwgIm5vdCBhIGtleSJd"),
        pytest.param(_place("[null, null]"), id="nothing"),
        pytest.param(_place('["a", Infinity]'), id="endless"),
        pytest.param(_place("[" * 100_000), id="deep"),
    ],
)
def test_a_place_that_is_nonsense_is_the_beginning(after: str) -> None:
    first = page_after(ContentType.objects.all(), by="app_label", parameters=QueryDict(), size=2)
    assert (
        page_after(ContentType.objects.all(), by="app_label", parameters=QueryDict(f"after={after}"), size=2).rows
        == first.rows
    )
