"""Pages that the server drew, looked at in a real browser at both widths, without a server behind them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route

from tests import front_end
from tests.front_end import SITE
from tests.journeys.stage import DESKTOP, PHONE, SCREENSHOTS

OPEN_ALL = "for (const each of document.querySelectorAll('main details')) each.open = true"
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def mistakes_on(pages: Mapping[str, str], browser: Browser, *, pictures: str) -> list[str]:
    """What is wrong with pages, by address and text: what sticks out at a width, what axe finds, what scripts say.

    What can be opened is open. A picture of each at both widths is kept under the name given.
    """
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context()
    page, mistakes = context.new_page(), list[str]()
    page.on("console", lambda said: mistakes.append(said.text) if said.type == "error" else None)
    page.route("**/*", lambda route: _answer(route, pages))
    for number, address in enumerate(pages, 1):
        page.goto(SITE + address)
        page.evaluate(OPEN_ALL)
        for viewport in (PHONE, DESKTOP):
            width = viewport["width"]
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            beyond = page.evaluate(BEYOND)
            mistakes += [f"{address}: {beyond} px stick out at {width} px"] if beyond else []
            page.screenshot(path=SCREENSHOTS / f"{pictures}-{number}-{width}.png", full_page=True)
        found = Axe().run(page)
        mistakes += [f"{address}: {found.generate_report()}"] if found.violations_count else []
    context.close()
    return mistakes


def _answer(route: Route, pages: Mapping[str, str]) -> None:
    asked = urlsplit(route.request.url)
    address = asked.path + (f"?{asked.query}" if asked.query else "")
    if address in pages:
        route.fulfill(body=pages[address], content_type="text/html; charset=utf-8")
    elif not front_end.answers(route, asked.path):
        # The colours of a state and the like: nothing here hangs on them.
        route.fulfill(body="", content_type="text/css")
