"""The pages of quality in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.catalog.studio import drafting
from longleaf.panels import reconciling
from longleaf.quality.models import Condition, TriedLink
from longleaf.quality.oversight import complaining
from longleaf.quality.reviewing import conditions, talking
from longleaf.quality.reviewing.deciding import Asked, decide
from longleaf.quality.self_check import links
from longleaf.quality.status import Outcome
from longleaf.quality.tests.reviewing import stage
from tests import cast, front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]


@pytest.fixture
def pages(state, agency, issuer, version, designer, educator, state_officer, client_of):
    """Each page as the server draws it, by its address."""
    signing_keys.create_key(organisation=agency, acting_person=None)
    document = stage.rubric(panel_rule={**stage.rubric()["panel_rule"], "reconciliation": {"days": 7}})
    for each in document["standards"]:
        each["components"] = [{**one, "check": ["human"]} for one in each["components"]]
    stage.publish(state, document)
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
    draw(designer, f"{at}letter/", f"{at}?decided", f"{at}conditions/1/", f"/quality/hand-in/{_slug(version)}/")
    condition = Condition.objects.get()
    told = {"condition": condition, "acting_person": designer}
    returned = conditions.report_met(text="It has one now.", **told)
    conditions.return_report(
        report=returned.ref, reason="Page 3 has none.", condition=condition, acting_person=state_officer
    )
    conditions.report_met(text="Look at page 4.", **told)
    draw(designer, f"{at}conditions/1/?reported", f"{at}conditions/1/{returned.ref}/letter/")
    design = cast.make_document(resources=[{"title": "A work", "url": "https://example.org/" + "a" * 90, "note": "B"}])
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=design)
    links.ask(draft=draft, acting_person=designer)
    TriedLink.objects.update(status="not_answered", reason="the server answers 404.", tried_at=timezone.now())
    draw(designer, f"/quality/self-check/{draft.ref}/")
    complaint = complaining.complain(subject=version, text="A link is dead.", acting_person=educator)
    oversight = "/quality/oversight/"
    draw(state_officer, "/quality/follow-up/", oversight, f"{oversight}of/{_slug(version)}/")
    draw(state_officer, f"{oversight}complaints/{complaint.ref}/")
    draw(educator, f"{oversight}complaints/about/{_slug(version)}/")
    draw(None, "/register/", f"/register/{_slug(version)}/")
    draw(None, "/register/criteria/", "/register/criteria/meadow-quality/")
    return drawn


def _kept():
    codes = ("S1.a", "S1.b", "S2.a")
    return {f"comment-{code}": f"About {code}." for code in codes} | {f"quote-{code}": stage.WORDS for code in codes}


def _slug(version):
    return version.micro_credential.slug


def test_every_page_fits_both_widths_and_is_accessible(pages, browser):
    assert mistakes_on(pages, browser, pictures="quality") == []
