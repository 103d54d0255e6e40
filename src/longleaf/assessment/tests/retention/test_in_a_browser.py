"""The pages of keeping and letting go in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from longleaf.assessment.retention import holds
from longleaf.assessment.tests import earner_cast as cast
from longleaf.assessment.tests.privacy import factories as privacy
from longleaf.assessment.tests.retention.factories import days_pass, decided_with_a_picture, keep_for, run
from tests import front_end
from tests.drawn_pages import mistakes_on

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
    assert mistakes_on(pages, browser, pictures="kept") == []
