"""The scripts of the kit in a real browser: what is typed or uploaded survives, and the style page is accessible."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template import engines
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from longleaf.kit import paging
from tests import front_end
from tests.front_end import SITE

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"

pytestmark = [pytest.mark.browser, front_end.IS_NEEDED]


NAV = [
    {"title": "Catalog", "url": "#catalog", "current": False},
    {
        "title": "Records",
        "current": True,
        "places": [
            {"title": "Holds", "url": "#holds", "current": False},
            {"title": "Journal", "url": "#journal", "current": True},
        ],
    },
    {"title": "Verify a badge", "url": "#verify", "current": False},
]


class Server:
    """One field and one upload behind the contracts of docs/reference/components.md, and a network that can fail."""

    def __init__(self) -> None:
        self.text, self.revision, self.is_reachable = "begun", 1, True
        self.pages: dict[str, Callable[[], str]] = {}
        self.uploaded, self.size, self.breaks_after = 0, 0, -1

    def answer(self, route: Route) -> None:
        path, request = urlsplit(route.request.url).path, route.request
        if path in self.pages:
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
            return route.fulfill(body=self.pages[path](), headers=headers)
        if path.startswith("/static/"):
            return self.answer_static(route, path)
        if not self.is_reachable:
            return route.abort("internetdisconnected")
        if path == "/save":
            return self.save(route, dict(parse_qsl(request.post_data or "", keep_blank_values=True)))
        if path.startswith("/tus"):
            return self.take(route, request.method, request.headers, request.post_data_buffer or b"")
        return route.fulfill(body="<li>lesson.bin has arrived</li>" if path == "/list" else "", status=200)

    def answer_static(self, route: Route, path: str) -> None:
        if not front_end.answers(route, path):
            route.fulfill(status=404)

    def save(self, route: Route, fields: dict[str, str]) -> None:
        if int(fields["revision"]) != self.revision:
            return route.fulfill(status=409, json={"revision": self.revision, "text": self.text})
        self.text, self.revision = fields["text"], self.revision + 1
        return route.fulfill(json={"revision": self.revision, "saved_at": "2027-03-04T21:14:00Z", "words": 1})

    def take(self, route: Route, method: str, headers: dict[str, str], body: bytes) -> None:
        if method == "POST":
            self.size = int(headers["upload-length"])
            return route.fulfill(status=201, headers={"Location": "/tus/1"})
        if method == "HEAD":
            return route.fulfill(status=200, headers={"Upload-Offset": str(self.uploaded)})
        if self.uploaded == self.breaks_after:
            return route.abort("connectionreset")
        assert headers["upload-offset"] == str(self.uploaded)
        self.uploaded += len(body)
        return route.fulfill(status=204, headers={"Upload-Offset": str(self.uploaded)})


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=SITE, timezone_id="America/New_York")
    context.route("**/*", server.answer)
    yield context
    context.close()


def drawn(template: str, **values: Any) -> str:
    frame = (
        '{% extends "kit/page.html" %}{% block title %}Try{% endblock %}'
        '{% block heading %}{{ ui.page_heading("Try") }}{% endblock %}{% block content %}'
    )
    page = engines["jinja2"].from_string(frame + template + "{% endblock %}")
    return str(page.render({"csrf_input": '<input name="csrfmiddlewaretoken" value="t" hidden>', **values}))


@pytest.fixture
def field(visit: BrowserContext, server: Server) -> Page:
    template = (
        '<form method="post">{{ ui.hidden("csrfmiddlewaretoken", "t") }}{{ ui.textarea("a", "Text", value=text, '
        'max_words=5, autosave_url="/save", autosave_key="1", revision=revision) }}</form>'
    )
    server.pages["/"] = lambda: drawn(template, text=server.text, revision=server.revision)
    page = visit.new_page()
    page.goto("/")
    return page


def test_typing_is_saved_and_says_so(field: Page, server: Server) -> None:
    field.get_by_label("Text").fill("two words")
    expect(field.locator("[data-saving-for]")).to_have_text("Saved at 4:14 pm")
    expect(field.locator("[data-words-text]")).to_have_text("2 words")
    assert (server.text, server.revision) == ("two words", 2)
    assert field.evaluate("localStorage.length") == 0


def test_typing_without_a_network_survives_closing_the_page(field: Page, server: Server) -> None:
    server.is_reachable = False
    field.get_by_label("Text").fill("typed on a train")
    expect(field.locator("[data-saving-for]")).to_contain_text("Kept on this device")
    field.close(run_before_unload=False)
    server.is_reachable = True
    again = field.context.new_page()
    again.goto("/")
    expect(again.get_by_label("Text")).to_have_value("typed on a train")
    expect(again.locator("[data-saving-for]")).to_contain_text("Saved")
    assert server.text == "typed on a train"


def test_closing_the_page_at_once_loses_nothing(field: Page, server: Server) -> None:
    field.get_by_label("Text").fill("last word")
    field.goto("about:blank")
    field.goto("/")
    expect(field.get_by_label("Text")).to_have_value("last word")
    expect(field.locator("[data-saving-for]")).to_have_text(re.compile("^(|Saved.*)$"))
    assert field.evaluate("localStorage.length") == 0
    assert server.text == "last word"


def test_a_text_saved_elsewhere_meanwhile_is_shown_beside_ours(field: Page, server: Server) -> None:
    server.text, server.revision = "from the other device", 8
    field.get_by_label("Text").fill("from this one")
    both = field.get_by_role("group", name="Two versions of this text")
    expect(both).to_contain_text("from the other device")
    assert server.text == "from the other device"
    both.get_by_role("button", name="Put both together").click()
    expect(field.locator("[data-saving-for]")).to_contain_text("Saved")
    assert server.text == "from this one\n\nfrom the other device"


def test_an_upload_goes_on_after_a_lost_network(visit: BrowserContext, server: Server, tmp_path: Path) -> None:
    template = (
        '{{ ui.upload("Add a file", "/", csrf_input, tus_url="/tus", list_url="/list", list_id="files") }}'
        '<ul id="files"></ul>'
    )
    server.pages["/"] = lambda: drawn(template)
    file = tmp_path / "lesson.bin"
    file.write_bytes(b"x" * (2 * 1024 * 1024 + 7))
    page = visit.new_page()
    page.goto("/")
    server.breaks_after = 1024 * 1024
    page.get_by_label("Add a file").set_input_files(file)
    expect(page.locator(".ll-upload__state")).to_contain_text("Waiting for the network")
    server.breaks_after = -1
    expect(page.locator("#files")).to_have_text("lesson.bin has arrived", timeout=10_000)
    assert server.uploaded == server.size == file.stat().st_size
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_the_style_page_is_accessible_and_fits(visit: BrowserContext, server: Server, width: int) -> None:
    values = {
        "today": date(2027, 3, 4),
        "moment": datetime(2027, 3, 5, 2, 14, tzinfo=UTC),
        "cards": [{"title": "One", "art": "", "eyebrow": "E", "text": "T", "effort": "1 hour", "worth": "1 credit"}],
        "page": paging.Page(rows=[], previous_address="?page=1", next_address="?page=3", number=2),
        "nav": NAV,
        "person": {"name": "Avery Locklear"},
        "demo": True,
    }
    server.pages["/"] = lambda: engines["jinja2"].get_template("kit/style.html").render(values)
    page = visit.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    found = json.loads(json.dumps(Axe().run(page).response["violations"]))
    assert [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert problems == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_group_of_places_is_opened_and_left_by_keyboard(visit: BrowserContext, server: Server, width: int) -> None:
    values = {"nav": NAV, "person": {"name": "Avery Locklear"}}
    server.pages["/"] = lambda: engines["jinja2"].get_template("kit/page.html").render(values)
    page = visit.new_page()
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/")
    if width < 600:
        page.get_by_role("button", name="Menu").click()
    group, inside = page.locator("details.ll-nav__group"), page.get_by_role("link", name="Journal")
    expect(inside).to_be_hidden()
    group.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(inside).to_be_visible()
    assert inside.get_attribute("aria-current") == "page"
    assert [each["id"] for each in Axe().run(page, context="header").response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if width > 600:
        page.keyboard.press("Escape")
        expect(inside).to_be_hidden()
        expect(group.locator("summary")).to_be_focused()
        page.keyboard.press("Enter")
    # Past its last place it closes, so that nothing lies over where one is.
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Verify a badge")).to_be_focused()
    expect(inside).to_be_hidden()
