"""What every request and every answer goes through, whichever page it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from longleaf.kit.middleware import PlainText

pytestmark = pytest.mark.django_db
Signed = Callable[[Any], Client]


def test_no_zero_byte_reaches_a_page() -> None:
    seen: list[HttpRequest] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    PlainText(page)(RequestFactory().post("/x/?q=a%00b&q=c", {"text": "d\0e", "kept": ["f", "\0"]}))
    assert seen[0].GET.getlist("q") == ["ab", "c"]
    assert (seen[0].POST["text"], seen[0].POST.getlist("kept")) == ("de", ["f", ""])


def test_an_address_with_a_zero_byte_leads_nowhere(client: Client) -> None:
    assert client.get("/catalog/a%00b/").status_code == 404


def test_what_somebody_signed_in_sees_is_kept_by_nobody(client_of: Signed, educator: Any) -> None:
    for address in ("/", "/work/", "/renewal/", "/nowhere/"):
        assert client_of(educator).get(address)["Cache-Control"] == "private, no-store"


def test_what_a_page_says_of_keeping_it_stands(client_of: Signed, educator: Any) -> None:
    assert client_of(educator).get("/state.css")["Cache-Control"] == "max-age=300, public"


def test_what_everybody_sees_may_be_kept(client: Client) -> None:
    assert "Cache-Control" not in client.get("/glossary/")
