"""The pages of applications in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from longleaf.quality.agencies import submitting
from longleaf.quality.agencies.criteria import areas_of
from longleaf.quality.oversight import complaining
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.reviewing import deciding, reading
from longleaf.quality.status import Judges, Outcome
from longleaf.quality.tests.agencies import stage
from longleaf.quality.tests.agencies.test_pages import HOME, picture
from tests import front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]


@pytest.fixture
def pages(state, issuer, issuing_officer, reviewers, state_officer, client_of):
    """Each page as the server draws it, by its address."""
    stage.publish(state, stage.of_pack("nc"))
    drawn = {}

    def draw(person, *addresses):
        for address in addresses:
            drawn[address] = client_of(person).get(address).content.decode()

    draw(issuing_officer, HOME)
    draft = stage.show(stage.begin(issuer, issuing_officer), issuing_officer)
    at = f"{HOME}{draft.ref}/"
    client_of(issuing_officer).post(f"{at}criteria/PC-01/documents/", {"file": picture()})
    draw(issuing_officer, at, f"{at}areas/organisation/", f"{at}areas/assessment/", f"{at}preview/", f"{HOME}?begun")
    review = submitting.submit(application=draft, acting_person=issuing_officer)
    seat = stage.seats(review)[0]
    desk = f"/quality/readings/{seat.ref}/"
    draw(seat.rater, desk)
    reading.take_up(assignment=seat, declared=True, acting_person=seat.rater)
    draw(seat.rater, f"{desk}?taken-up")
    stage.read_all(review)
    of_review = f"/quality/reviews/{review.ref}/"
    draw(state_officer, f"{of_review}decide/", of_review)
    until = timezone.localdate() + timedelta(days=300)
    facts = {"letter": "It was read.", "scope": "Feedback.", "valid_until": until, "acting_person": state_officer}
    deciding.decide(review=review, outcome=Outcome.RECOGNISED, **facts)
    draw(issuing_officer, f"{of_review}letter/", f"{at}?decided")
    draw(state_officer, "/quality/follow-up/", "/quality/oversight/organizations/prairie-institute/agency/")
    draw(issuing_officer, "/quality/oversight/complaints/about/prairie-institute/agency/")
    complaint = complaining.complain(
        subject=AsWhat(issuer, Judges.AGENCY), text="Nobody answers.", acting_person=issuing_officer
    )
    draw(state_officer, "/quality/oversight/", f"/quality/oversight/complaints/{complaint.ref}/")
    draw(None, "/register/organizations/", "/register/organizations/prairie-institute/")
    return drawn


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_while_it_is_typed_is_told_beside_the_criterion(
    state, issuer, issuing_officer, live_server, browser, client_of
):
    stage.publish(state)
    draft = stage.begin(issuer, issuing_officer)
    (area, *_) = areas_of(draft.instrument.document)
    context = browser.new_context(base_url=live_server.url)
    session = client_of(issuing_officer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{HOME}{draft.ref}/areas/{area.code}/")
    first = page.locator(f"#criterion-{area.criteria[0].code}")
    expect(first.get_by_text("Nothing shown yet")).to_be_visible()
    first.locator("textarea").first.fill(stage.WORDS)
    expect(first.get_by_text("Shown", exact=True)).to_be_visible()
    expect(page.get_by_text(f"1 of {len(area.criteria)} shown")).to_be_visible()
    context.close()


def test_every_page_fits_both_widths_and_is_accessible(pages, browser):
    assert mistakes_on(pages, browser, pictures="applications") == []
