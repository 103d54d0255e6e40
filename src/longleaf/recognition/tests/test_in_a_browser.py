"""The pages of credit in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser

from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.recognition import adopting, noting
from longleaf.recognition.certificates import stating
from longleaf.recognition.credit_requests import appealing, deciding
from longleaf.recognition.lists import reading, recording_lists
from longleaf.recognition.roster import counting
from longleaf.recognition.tests.factories import (
    badge,
    given_beside,
    license_for,
    load,
    request_for_credit,
    workshop,
    worth_each,
)
from longleaf.recognition.tests.test_granted import BEFOREHAND, RANK
from tests import cast, front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]

SLUG = "feedback-that-moves-learning"


@pytest.fixture
def pages(
    state: State,
    issuer: Organisation,
    version: Version,
    educator: Person,
    other_educator: Person,
    district: Organisation,
    psu_officer: Person,
    state_officer: Person,
    client_of: Callable[[Person | None], Client],
) -> dict[str, str]:
    """Each page as the server draws it, by its address, in the middle of a day at the desk."""
    today = timezone.localdate()
    beside = given_beside(version)
    load(state, **{**beside, "results": [*beside["results"], {**RANK, "id": "MD-form"}], "admissions": [BEFOREHAND]})
    worth_each(district, psu_officer, credits=Decimal("1.5"))
    license_for(educator, state, issued=today - timedelta(days=1600), expires=today + timedelta(days=100))
    license_for(other_educator, state)
    cast.make_person("Nell Newcomer", (district, Role.EDUCATOR))
    award = badge(educator, version)
    workshop(educator, hours="120", earned_on=date(2026, 2, 1))
    noting.note_what_counts(version=version)
    further = cast.publish(state, issuer, cast.make_document("counting-aloud", title="Counting aloud together"), [])
    adopting.adopt(
        organisation=district, micro_credential=further.micro_credential, note="For every grade.",
        acting_person=psu_officer,
    )  # fmt: skip
    waiting = request_for_credit(educator)
    nothing = {"title": "", "kind": "", "amount": None, "earned_on": None}
    about = request_for_credit(educator, sort="badge", badge=award, **nothing)
    request_for_credit(other_educator, title="A long title of a workshop on reading and writing in all subjects")
    asked = deciding.ask_back(request=request_for_credit(educator), question="Which?", acting_person=psu_officer)
    refused = deciding.refuse(request=request_for_credit(educator), reason="Not ours.", acting_person=psu_officer)
    appealed = appealing.appeal(
        request=deciding.refuse(request=request_for_credit(educator), reason="No.", acting_person=psu_officer),
        text="It was two days.",
        acting_person=educator,
    )
    listed = recording_lists.hand_in(
        office=district, kind="clock_hour", title="Maps", amount=Decimal(6), earned_on=date(2026, 3, 1), category="",
        lines=reading.lines_typed(f"{educator.email}\nnobody@school.example"), acting_person=psu_officer,
    )  # fmt: skip
    certificate = stating.state(acting_person=educator)
    counting.count_units()
    shown = {
        educator: (
            "/renewal/", "/renewal/what-if/", f"/renewal/what-if/?add={SLUG}&add=counting-aloud", "/renewal/requests/",
            "/renewal/requests/new/", "/renewal/requests/new/?sort=badge", "/renewal/requests/new/?sort=signature",
            "/renewal/requests/new/?sort=prior_approval&for=counting-aloud", f"/renewal/requests/{about.ref}/",
            "/catalog/counting-aloud/", f"/renewal/requests/{waiting.ref}/", f"/renewal/requests/{asked.ref}/",
            f"/renewal/requests/{refused.ref}/", f"/renewal/requests/{refused.ref}/letter/", "/renewal/certificates/",
            f"/renewal/certificates/{certificate.ref}/", f"/renewal/certificates/{certificate.ref}/verify/",
        ),
        psu_officer: (
            "/renewal/desk/", f"/renewal/desk/requests/{waiting.ref}/", "/renewal/desk/lists/",
            f"/renewal/desk/requests/{about.ref}/",
            f"/renewal/desk/lists/{listed.ref}/", "/renewal/roster/", "/renewal/values/", "/renewal/adopted/",
            "/renewal/check/",
        ),
        state_officer: ("/renewal/state/", "/renewal/appeals/", f"/renewal/appeals/{appealed.ref}/"),
    }  # fmt: skip
    drawn = {
        address: client_of(person).get(address).content.decode()
        for person, addresses in shown.items()
        for address in addresses
    }
    answered = client_of(psu_officer).post("/renewal/check/", {"people": f"{educator.email}\nnobody@school.example"})
    return {**drawn, "/renewal/check/?answered": answered.content.decode()}


def test_every_page_fits_both_widths_and_is_accessible(pages: dict[str, str], browser: Browser) -> None:
    assert mistakes_on(pages, browser, pictures="credit") == []
