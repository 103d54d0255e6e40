"""The pages of quality in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.panels import reconciling
from longleaf.quality.oversight import complaining
from longleaf.quality.reviewing import talking
from longleaf.quality.reviewing.deciding import Asked, decide
from longleaf.quality.status import Outcome
from longleaf.quality.tests.reviewing import stage
from tests import front_end
from tests.front_end import SITE
from tests.journeys.stage import DESKTOP, PHONE, SCREENSHOTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]


@pytest.fixture
def pages(state, agency, issuer, version, designer, educator, state_officer, client_of):
    """Each page as the server draws it, by its address."""
    signing_keys.create_key(organisation=agency, acting_person=None)
    stage.publish(state, stage.rubric(panel_rule={**stage.rubric()["panel_rule"], "reconciliation": {"days": 7}}))
    stage.make_reviewers(agency)
    drawn = {}

    def draw(person, *addresses):
        for address in addresses:
            drawn[address] = client_of(person).get(address).content.decode()

    review = stage.hand_in(version, designer)
    first, second = stage.seats(review)
    desk = f"/quality/readings/{first.ref}/"
    draw(first.rater, "/quality/", desk)
    stage.fill_in(first)
    draw(first.rater, f"{desk}?taken-up")
    client_of(first.rater).post(desk, {"action": "hand_in", **_kept()})
    stage.read(second, S2_a=stage.NOT_YET)
    reconciling.say(assignment=first, criterion="S2.a", text="See the summary.", acting_person=first.rater)
    draw(first.rater, f"{desk}room/", f"{desk}?handed-in")
    for seat in (first, second):
        talking.settle(assignment=seat, acting_person=seat.rater)
    stage.read(stage.seats(review)[0], S2_a=stage.NOT_YET)
    at = f"/quality/reviews/{review.ref}/"
    draw(state_officer, f"{at}decide/", at, "/quality/?officer")
    soon = timezone.localdate() + timedelta(days=99)
    asked = [Asked("Add a glossary.", soon)]
    facts = {"letter": "It was read.", "valid_until": soon, "conditions": asked, "acting_person": state_officer}
    decide(review=review, outcome=Outcome.CONDITIONS, **facts)
    draw(designer, f"{at}letter/", f"/quality/hand-in/{_slug(version)}/")
    complaint = complaining.complain(version=version, text="A link is dead.", acting_person=educator)
    oversight = "/quality/oversight/"
    draw(state_officer, "/quality/follow-up/", oversight, f"{oversight}of/{_slug(version)}/")
    draw(state_officer, f"{oversight}complaints/{complaint.ref}/")
    draw(educator, f"{oversight}complaints/about/{_slug(version)}/")
    draw(None, "/register/", f"/register/{_slug(version)}/")
    return drawn


def _kept():
    codes = ("S1.a", "S1.b", "S2.a")
    return {f"comment-{code}": f"About {code}." for code in codes} | {f"quote-{code}": stage.WORDS for code in codes}


def _slug(version):
    return version.micro_credential.slug


def test_every_page_fits_both_widths_and_is_accessible(pages, browser):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context()
    page, mistakes = context.new_page(), []
    page.on("console", lambda said: mistakes.append(said.text) if said.type == "error" else None)
    page.route("**/*", lambda route: answer(route, pages))
    for number, address in enumerate(pages, 1):
        page.goto(SITE + address)
        for viewport in (PHONE, DESKTOP):
            width = viewport["width"]
            page.set_viewport_size(viewport)
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            mistakes += [f"{address}: {beyond} px stick out at {width} px"] if beyond else []
            page.screenshot(path=SCREENSHOTS / f"quality-{number}-{width}.png", full_page=True)
        found = Axe().run(page)
        mistakes += [f"{address}: {found.generate_report()}"] if found.violations_count else []
    context.close()
    assert mistakes == []


def answer(route, pages):
    asked = urlsplit(route.request.url)
    path = asked.path + (f"?{asked.query}" if asked.query else "")
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
    elif not front_end.answers(route, asked.path):
        # The colours of a state and the like: nothing here hangs on them.
        route.fulfill(body="", content_type="text/css")
