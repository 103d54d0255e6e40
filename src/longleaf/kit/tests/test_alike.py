"""Which pages are kept for visitors, and which are drawn anew for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from longleaf.kit.alike import alike_for_visitors

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drawn() -> list[str]:
    """The addresses for which the view was called."""
    return []


def view_that(drawn: list[str], act: Callable[[HttpRequest, HttpResponse], None] = lambda _, __: None) -> Callable:
    @alike_for_visitors
    def view(request: HttpRequest) -> HttpResponse:
        drawn.append(request.get_full_path())
        response = HttpResponse(f"page {len(drawn)}", headers={"X-Robots-Tag": "noindex"})
        act(request, response)
        return response

    return view


def visit(
    view: Callable, address: str = "/page/", cookies: dict[str, str] | None = None, **headers: str
) -> HttpResponse:
    request = RequestFactory().get(address, headers=headers)
    request.COOKIES.update(cookies or {})
    return view(request)


def test_every_visitor_gets_the_page_that_was_drawn_once(drawn: list[str]) -> None:
    view = view_that(drawn)
    answers = [visit(view) for _ in range(3)]
    assert drawn == ["/page/"]
    assert {answer.content for answer in answers} == {b"page 1"}
    assert {answer["X-Robots-Tag"] for answer in answers} == {"noindex"}
    assert {answer["Vary"] for answer in answers} == {"Cookie"}


def test_each_address_has_its_own_page(drawn: list[str]) -> None:
    view = view_that(drawn)
    for address in ("/page/", "/page/?q=1", "/page/?q=2", "/page/"):
        visit(view, address)
    assert drawn == ["/page/", "/page/?q=1", "/page/?q=2"]


@pytest.mark.parametrize("cookies", [{"sessionid": "somebody"}, {"messages": "saved"}])
def test_somebody_signed_in_is_given_a_page_of_their_own(drawn: list[str], cookies: dict[str, str]) -> None:
    view = view_that(drawn)
    visit(view)
    assert visit(view, cookies=cookies).content == b"page 2"
    assert visit(view).content == b"page 1"


def test_a_part_that_a_script_asks_for_is_drawn_anew(drawn: list[str]) -> None:
    view = view_that(drawn)
    visit(view)
    assert visit(view, **{"HX-Request": "true"}).content == b"page 2"


def not_found(_: HttpRequest, response: HttpResponse) -> None:
    response.status_code = 404


def with_a_cookie(_: HttpRequest, response: HttpResponse) -> None:
    response.set_cookie("seen", "yes")


def with_a_form(request: HttpRequest, _: HttpResponse) -> None:
    get_token(request)


def private(_: HttpRequest, response: HttpResponse) -> None:
    response["Cache-Control"] = "private, max-age=60"


@pytest.mark.parametrize("act", [not_found, with_a_cookie, with_a_form, private])
def test_what_is_not_alike_for_everybody_is_not_kept(
    drawn: list[str], act: Callable[[HttpRequest, HttpResponse], None]
) -> None:
    view = view_that(drawn, act)
    assert [visit(view).content for _ in range(2)] == [b"page 1", b"page 2"]


def test_changing_an_answer_changes_it_for_nobody_else(drawn: list[str]) -> None:
    view = view_that(drawn)
    visit(view)
    visit(view)["X-Robots-Tag"] = "all"
    assert visit(view)["X-Robots-Tag"] == "noindex"
