"""Pages of mentors and teams in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from longleaf.assessment.mentoring import commenting
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.mentoring.factories import REPLY, accepted, commented, invited
from longleaf.assessment.tests.teams.factories import asked, at_work, begun, made_in_teams, team_of_two
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from tests import cast, front_end
from tests.drawn_pages import mistakes_on

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
    assert mistakes_on(pages, browser, pictures="together") == []
