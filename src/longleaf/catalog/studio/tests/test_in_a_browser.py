"""The pages of the studio in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Route

from longleaf.catalog.models import Version
from longleaf.catalog.studio import drafting, needs
from longleaf.directory.models import Organisation, Person
from tests import front_end
from tests.front_end import SITE
from tests.journeys.stage import DESKTOP, PHONE, SCREENSHOTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]
PLACES = ("", "competency/", "evidence/", "rubric/", "preview/assessor/", "changes/")


@pytest.fixture
def pages(
    version: Version, issuer: Organisation, designer: Person, client_of: Callable[[Person | None], Client]
) -> dict[str, str]:
    """Each page as the server draws it, by its address. The rubric has something to mend."""
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=version.document, base=version)
    drafting.change_rows(draft=draft, act="add", path=("rubric", "criteria"), acting_person=designer)
    need = needs.write_down(issuer=issuer, text="Feedback is not used.", item="", acting_person=designer)
    needs.break_down(need=need, text=need.text, item="", skills="Plans and tells.", revision=0, acting_person=designer)
    client = client_of(designer)
    addresses = [
        "/studio/",
        "/studio/needs/new/",
        f"/studio/needs/{need.ref}/",
        *(f"/studio/{draft.ref}/{place}" for place in PLACES),
    ]
    return {address: client.get(address).content.decode() for address in addresses}


def test_every_page_fits_both_widths_and_is_accessible(pages: dict[str, str], browser: Browser) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context()
    page, mistakes = context.new_page(), []
    page.on("console", lambda said: mistakes.append(said.text) if said.type == "error" else None)
    page.route("**/*", lambda route: answer(route, pages))
    for number, address in enumerate(pages, 1):
        page.goto(SITE + address)
        for viewport in (PHONE, DESKTOP):
            width = viewport["width"]
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            mistakes += [f"{address}: {beyond} px stick out at {width} px"] if beyond else []
            page.screenshot(path=SCREENSHOTS / f"studio-{number}-{width}.png", full_page=True)
        found = Axe().run(page)
        mistakes += [f"{address}: {found.generate_report()}"] if found.violations_count else []
    context.close()
    assert mistakes == []


def answer(route: Route, pages: dict[str, str]) -> None:
    path = urlsplit(route.request.url).path
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
    elif not front_end.answers(route, path):
        # The colours of a state and the like: nothing here hangs on them.
        route.fulfill(body="", content_type="text/css")
