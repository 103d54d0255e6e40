"""Badges by the address of the page that shows them: found behind it, or the way to the file is said."""

from __future__ import annotations

import json
import threading
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from longleaf.awards.verification import badge_pages, documents, fetching, visiting
from longleaf.engines.openbadges import baking
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.tests.portability import shapes

pytestmark = pytest.mark.django_db
PAGE, ID = "https://show.example/b/7", "3f1c8a52-6f0e-4f6e-9a55-0d7c3b1e2a90"
CREDLY = f"https://www.credly.com/badges/{ID}/public_url"
SERVED = f"https://api.credly.com/v1/obi/v2/badge_assertions/{ID}"
BADGR = "https://badges.parchment.com/public/assertions/P6Az-wGXTFCJIcxKqkeaLw?identity__email=a%40school.example"
FROM_BADGR = "https://api.badgr.io/public/assertions/P6Az-wGXTFCJIcxKqkeaLw.json?v=2_0"


def html(head: str = "", body: str = "") -> bytes:
    return f"<!DOCTYPE html>\n<html><head><title>A badge</title>{head}</head><body>{body}</body></html>".encode()


@pytest.fixture
def badge(educator: Any) -> bytes:
    return shapes.promise_like(educator.email).material


def brought_by_page(client: Any, address: str) -> ImportedBadge:
    answer = client.post("/elsewhere/bring/", {"address": address})
    assert answer.status_code == 302, unescape(answer.content.decode())
    return ImportedBadge.objects.get()


@pytest.mark.parametrize(
    ("head", "at"),
    [
        ('<link rel="alternate" type="application/ld+json" href="7/credential">', "https://show.example/b/7/credential"),
        ('<LINK REL="alternate nofollow" TYPE="application/json; charset=utf-8" HREF="//a.example/x">', "https://a.example/x"),
        ('<link rel="alternate" type="application/json" href="/wp-json/1"><meta property="og:image" content="/7.png">',
         "https://show.example/7.png"),
        ("", "https://show.example/b/7.json"),
    ],
)  # fmt: skip
def test_a_page_leads_to_its_badge(head, at, badge, elsewhere, client_of, educator):
    stands = baking.bake_png(shapes.png(), badge.decode(), form=baking.OPEN_BADGES_3) if at.endswith("png") else badge
    elsewhere.documents |= {PAGE: html(head), at: stands, "https://show.example/wp-json/1": {"type": "page"}}
    imported = brought_by_page(client_of(educator), PAGE)
    assert (imported.address, imported.verdict) == (at, "valid")
    assert bytes(imported.material) == stands


def test_a_page_that_holds_its_badge_is_enough(badge, elsewhere, client_of, educator):
    other = '<script type="application/ld+json">{"@type": "WebPage"}</script>'
    held = f'<script type="application/ld+json">{badge.decode()}</script>'
    elsewhere.documents[PAGE] = html(other, held)
    assert brought_by_page(client_of(educator), PAGE).address == PAGE


@pytest.mark.parametrize(("page", "served"), [(CREDLY, SERVED), (BADGR, FROM_BADGR)])
@pytest.mark.parametrize("shows_its_page", [True, False])
def test_pages_of_known_products_lead_to_what_these_serve(
    page, served, shows_its_page, badge, elsewhere, client_of, educator
):
    elsewhere.documents |= {served: json.loads(badge)} | ({page: html()} if shows_its_page else {})
    assert brought_by_page(client_of(educator), page).address == served


def test_a_badge_that_is_hosted_is_verified_where_it_stands(elsewhere, client_of, educator):
    shape = shapes.credly_like(educator.email)
    link = f'<link rel="alternate" type="application/json" href="{shape.address}">'
    elsewhere.documents |= shape.publishes | {PAGE: html(link)}
    imported = brought_by_page(client_of(educator), PAGE)
    assert (imported.address, imported.verdict) == (shape.address, "valid")


@pytest.mark.parametrize(
    ("page", "words"), [(CREDLY, "Credly does not give"), (BADGR, "Canvas Credentials (Parchment")]
)
def test_what_a_product_keeps_back_is_refused_with_the_way_to_the_file(page, words, elsewhere, client_of, educator):
    elsewhere.documents[page] = html()
    answer = client_of(educator).post("/elsewhere/bring/", {"address": page})
    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())
    assert f'value="{page}"' in unescape(answer.content.decode())


def test_a_page_that_leads_nowhere_is_no_badge(elsewhere, client_of, educator):
    elsewhere.documents[PAGE] = html('<meta name="twitter:image" content="/plain.png">')
    elsewhere.documents["https://show.example/plain.png"] = shapes.png()
    answer = client_of(educator).post("/elsewhere/bring/", {"address": PAGE})
    assert (answer.status_code, "web page, not a badge" in unescape(answer.content.decode())) == (422, True)


def test_few_addresses_are_tried_and_each_of_them_through_the_guard(elsewhere, monkeypatch):
    tried: list[str] = []

    def fetch(url: str, **options: Any) -> fetching.Fetched:
        tried.append(url)
        if url == PAGE:
            evil = ["javascript:x", "file:///etc/passwd", "http://[", "data:text/plain,x"]
            told = [*evil, *(f"https://x{number}.example" for number in range(50))]
            links = (f'<link rel="alternate" type="application/json" href="{each}">' for each in told)
            return fetching.Fetched(url, "text/html", html("".join(links)))
        raise DocumentUnavailable(url, "no.")

    monkeypatch.setattr(fetching, "fetch", fetch)
    report = visiting.verify(visitor="test", reader=None, address=PAGE)
    assert report.verdict.value != "valid"
    assert len(tried) == 1 + badge_pages.MOST_TRIED
    assert all(each.startswith("https://") for each in tried)


@pytest.mark.parametrize("may_enter", [True, False])
def test_a_private_network_is_entered_by_way_of_a_page_only_where_the_installation_allows_it(
    may_enter, badge, monkeypatch, settings
):
    class Inside(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(badge)

        def log_message(self, *_said: object) -> None:
            pass

    monkeypatch.undo()
    settings.FETCH_PRIVATE_ADDRESSES = may_enter
    with HTTPServer(("127.0.0.1", 0), Inside) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        link = f'<link rel="alternate" type="application/json" href="http://127.0.0.1:{server.server_port}/1">'
        found = badge_pages.badge_behind(html(link), "https://show.example", loader=documents.Web())
        server.shutdown()
    assert (found is not None) == may_enter


@pytest.mark.parametrize(
    "address",
    ["https://credly.com.evil.example/badges/" + ID, "https://evil.example/?https://www.credly.com/badges/" + ID,
     "http://www.credly.com/badges/" + ID, "https://www.credly.com/users/x", "https://www.credly.com/badges/../../x"],
)  # fmt: skip
def test_only_pages_of_the_product_itself_are_taken_for_its_own(address):
    assert badge_pages.served_for(address) == ""


def test_whatever_a_page_holds_it_is_read():
    for page in (
        b"<html>",
        b"<html><script type='application/json'>" + b"{" * 5000,
        b"<!-- x",
        b"<html><link rel=alternate>",
    ):
        assert badge_pages.is_page(page)
        assert badge_pages.badge_behind(page, "https://x.example", loader=documents.OwnDocuments()) is None


@pytest.mark.parametrize("odd", ["<![foo[x]]>", "<![ ["])
def test_a_page_that_no_reader_can_read_on_tells_what_stood_before(odd, badge, elsewhere, client_of, educator):
    at = "https://show.example/b/7/credential"
    link = f'<link rel="alternate" type="application/ld+json" href="{at}">'
    elsewhere.documents |= {PAGE: html(link + odd), at: badge}
    assert brought_by_page(client_of(educator), PAGE).address == at
    elsewhere.documents[PAGE] = f"<!doctype html>{odd}".encode()
    assert client_of(educator).post("/elsewhere/bring/", {"address": PAGE}).status_code == 422
