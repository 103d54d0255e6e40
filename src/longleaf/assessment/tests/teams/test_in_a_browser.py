"""Pages of mentors and teams in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Route

from longleaf.assessment.mentoring import commenting
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.mentoring.factories import REPLY, accepted, commented, invited
from longleaf.assessment.tests.teams.factories import asked, at_work, begun, made_in_teams, team_of_two
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from tests import cast, front_end
from tests.front_end import SITE
from tests.journeys.stage import DESKTOP, PHONE, SCREENSHOTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]


@pytest.fixture
def pages(
    state: State,
    issuer: Organisation,
    items: dict[str, Any],
    district: Organisation,
    educator: Person,
    other_educator: Person,
    client_of: Callable[[Person | None], Client],
) -> dict[str, str]:
    """Each page as the server draws it, by its address."""
    version = made_in_teams(state, issuer, items)
    coach = cast.make_person("Cora Coach", (district, Role.COACH))
    first, second = at_work(version, educator), at_work(version, other_educator, "So it was with mine.")
    team_of_two(first, second)
    third = at_work(version, cast.make_person("Tess Third", (district, Role.EDUCATOR)))
    asked(begun(first), third.earner)
    mentorship = accepted(first, coach)
    commented(mentorship, "R3", "Tell what the learner said.")
    commenting.answer(comment=commented(mentorship), text=REPLY, acting_person=educator)
    invited(second, coach)
    invited(first, other_educator)
    earner_cast.uploaded(first, "another.png", earner_cast.picture("PNG", size=(80, 50)))
    addresses = [
        (coach, reverse("mentoring:people")),
        (coach, reverse("mentoring:draft", kwargs={"ref": mentorship.ref})),
        (coach, reverse("mentoring:leave", kwargs={"ref": mentorship.ref})),
        (educator, reverse("mentoring:mentors", kwargs={"ref": first.ref})),
        (educator, reverse("teams:team", kwargs={"ref": first.ref, "requirement": "R2"})),
        (third.earner, reverse("teams:team", kwargs={"ref": third.ref, "requirement": "R2"})),
        (third.earner, reverse("teams:mine")),
        (educator, reverse("assessment:attempt", kwargs={"ref": first.ref})),
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
            page.screenshot(path=SCREENSHOTS / f"together-{number}-{width}.png", full_page=True)
        found = Axe().run(page)
        mistakes += [f"{address}: {found.generate_report()}"] if found.violations_count else []
    context.close()
    assert mistakes == []


def answer(route: Route, pages: dict[str, str]) -> None:
    path = urlsplit(route.request.url).path
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
    elif not front_end.answers(route, path):
        # Pictures of evidence and the colours of a state: nothing here hangs on them.
        route.fulfill(body="", content_type="text/css")
