"""The pages of the studio in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser

from longleaf.catalog import asking
from longleaf.catalog.models import Version
from longleaf.catalog.studio import commenting, drafting, needs
from longleaf.directory.models import Organisation, Person
from tests import front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]
PLACES = ("", "competency/", "evidence/", "rubric/", "conditions/", "badge/", "preview/assessor/", "read/", "changes/")


@pytest.fixture
def pages(
    version: Version, issuer: Organisation, designer: Person, client_of: Callable[[Person | None], Client]
) -> dict[str, str]:
    """Each page as the server draws it, by its address. The rubric has something to mend."""
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=version.document, base=version)
    drafting.change_rows(draft=draft, act="add", path=("rubric", "criteria"), acting_person=designer)
    commenting.comment(draft=draft, section="rubric", text="Two levels read alike.", acting_person=designer)
    commenting.settle(draft=draft, comment_id=draft.comments.get().pk, acting_person=designer)
    commenting.comment(draft=draft, section="method", place="method/name", text="Shorter?", acting_person=designer)
    asking.ask(state=issuer.state, text="Teach outdoors.", role="teacher", acting_person=designer)
    need = needs.write_down(issuer=issuer, text="Feedback is not used.", item="", acting_person=designer)
    needs.break_down(need=need, text=need.text, item="", skills="Plans and tells.", revision=0, acting_person=designer)
    client = client_of(designer)
    addresses = [
        "/studio/",
        "/studio/needs/new/",
        "/studio/published/",
        "/studio/adopt/",
        "/catalog/demand/ask/",
        f"/studio/needs/{need.ref}/",
        *(f"/studio/{draft.ref}/{place}" for place in PLACES),
    ]
    return {address: client.get(address).content.decode() for address in addresses}


def test_every_page_fits_both_widths_and_is_accessible(pages: dict[str, str], browser: Browser) -> None:
    assert mistakes_on(pages, browser, pictures="studio") == []
