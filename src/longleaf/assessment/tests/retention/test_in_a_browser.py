"""The pages of keeping and letting go in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Route

from longleaf.assessment.retention import holds
from longleaf.assessment.tests import earner_cast as cast
from longleaf.assessment.tests.privacy import factories as privacy
from longleaf.assessment.tests.retention.factories import days_pass, decided_with_a_picture, keep_for, run
from tests import front_end
from tests.front_end import SITE
from tests.journeys.stage import DESKTOP, PHONE, SCREENSHOTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]


@pytest.fixture
def pages(state: Any, version: Any, educator: Any, other_educator: Any, state_officer: Any, client_of: Any) -> Any:
    """Each page as the server draws it, by its address."""
    keep_for(state, files=100, texts=400)
    decided = days_pass(decided_with_a_picture(version, educator), 100)
    run()
    until = timezone.localdate() + timedelta(days=90)
    held = holds.set_hold(what=decided.ref, reason="A family asks.", until=until, acting_person=state_officer)
    slug = version.micro_credential.slug
    holds.end_hold(ref=held.ref, acting_person=state_officer)
    holds.set_hold(what=decided.ref, reason="It asks again.", until=until, acting_person=state_officer)
    holds.set_hold(what=slug, reason="Two people rated each other.", until=until, acting_person=state_officer)
    draft = cast.filled(version, other_educator)
    privacy.log(draft)
    addresses = [
        (educator, reverse("assessment:list")),
        (educator, reverse("assessment:kept")),
        (state_officer, reverse("holds:listed")),
        (other_educator, reverse("assessment:consent-form", kwargs={"ref": draft.ref})),
        (other_educator, reverse("assessment:consent-log", kwargs={"ref": draft.ref})),
    ]
    return {address: client_of(person).get(address).content.decode() for person, address in addresses}


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
            page.screenshot(path=SCREENSHOTS / f"kept-{number}-{width}.png", full_page=True)
        found = Axe().run(page)
        mistakes += [f"{address}: {found.generate_report()}"] if found.violations_count else []
    context.close()
    assert mistakes == []


def answer(route: Route, pages: dict[str, str]) -> None:
    path = urlsplit(route.request.url).path
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
    elif not front_end.answers(route, path):
        route.fulfill(body="", content_type="text/css")
