"""The pages of later rounds in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser

from longleaf.assessment import retrying
from longleaf.assessment.meetings import recording
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import seats_of
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from tests import cast, front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]


@pytest.fixture
def pages(
    state: State,
    issuer: Organisation,
    educator: Person,
    district: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    client_of: Callable[[Person | None], Client],
) -> dict[str, str]:
    """Each page as the server draws it, by its address: a round was appealed, a coach was asked, the next is open."""
    coach = cast.make_person("Cora Coach", (district, Role.COACH))
    version = cast.publish(state, issuer, cast.make_document(coach_after=1, replace_work="keep_met"))
    attempt = appeals.judged_not_yet(version, educator, lead_assessor)
    new_lead = appeals.new_lead(issuer)
    appeals.new_readers(issuer)
    for seat in seats_of(appeals.admitted(appeals.lodged(attempt), new_lead)):
        appeals.read_only(seat, B="not-yet", comment="It is not shown by whom.")
    attempt.refresh_from_db()
    at = f"/work/{attempt.ref}"
    drawn = {f"{at}/coach/": client_of(educator).get(f"{at}/coach/")}
    meeting = recording.say_met(attempt=attempt, coach=coach.ref, met_on=timezone.localdate(), acting_person=educator)
    for address in ("/coaching/", f"/coaching/{meeting.ref}/"):
        drawn[address] = client_of(coach).get(address)
    recording.confirm(meeting=meeting, acting_person=coach)
    drawn[f"{at}/decision/"] = client_of(educator).get(f"{at}/decision/")
    retrying.open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    earner_cast.save(attempt, "R3", "The learner moved the claim to the front, explained it again and defended it.")
    for address in (f"{at}/", f"{at}/preview/", f"{at}/history/"):
        drawn[address] = client_of(educator).get(address)
    return {address: each.content.decode() for address, each in drawn.items()}


def test_every_page_fits_both_widths_and_is_accessible(pages: dict[str, str], browser: Browser) -> None:
    assert mistakes_on(pages, browser, pictures="rounds") == []
