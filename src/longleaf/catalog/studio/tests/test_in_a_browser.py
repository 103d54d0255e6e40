"""The pages of the studio in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser

from longleaf.catalog import asking
from longleaf.catalog.models import Draft, Version
from longleaf.catalog.studio import commenting, drafting, going_public, needs, samples
from longleaf.catalog.studio.tests.test_samples import tagged_pdf
from longleaf.directory.models import Organisation, Person, State
from tests import cast, front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]
WRITTEN = ("competency/", "evidence/", "rubric/", "conditions/", "badge/")
# Every field of a rule has something in it, and the cut something to mend.
RULE_WITH_ALL = {
    "readers": 2,
    "when_they_differ": "third_reader",
    "decides": "majority",
    "criterion_met_when": {"level": "demonstrated", "criteria": {"A": "demonstrated", "gone": "demonstrated"}},
    "outcome": {"kind": "points", "points": {"not-yet": 0, "demonstrated": "2.5"}, "cut": "1.7"},
    "extra_reader": {"within": "0.05"},
    "across_rounds": "best_level",
    "reconciliation": {"days": 14},
}
PLACES = ("", "samples/", *WRITTEN, "preview/assessor/", "read/", "changes/")


@pytest.fixture
def pages(
    state: State,
    version: Version,
    issuer: Organisation,
    agency: Organisation,
    designer: Person,
    issuing_officer: Person,
    client_of: Callable[[Person | None], Client],
) -> dict[str, str]:
    """Each page as the server draws it, by its address. The rubric has something to mend."""
    document = {**version.document, "panel_rule": RULE_WITH_ALL}
    draft = drafting.begin(issuer=issuer, acting_person=designer, document=document, base=version)
    drafting.change_rows(draft=draft, act="add", path=("rubric", "criteria"), acting_person=designer)
    commenting.comment(draft=draft, section="rubric", text="Two levels read alike.", acting_person=designer)
    commenting.settle(draft=draft, comment_id=draft.comments.get().pk, acting_person=designer)
    commenting.comment(draft=draft, section="method", place="method/name", text="Shorter?", acting_person=designer)
    asking.ask(state=issuer.state, text="Teach outdoors.", role="teacher", acting_person=designer)
    need = needs.write_down(issuer=issuer, text="Feedback is not used.", item="", acting_person=designer)
    needs.break_down(need=need, text=need.text, item="", skills="Plans and tells.", revision=0, acting_person=designer)
    client = client_of(designer)
    sample = samples.bring(
        draft=draft, file=io.BytesIO(tagged_pdf()), name="a-plan-for-the-first-weeks-of-the-year.pdf", size=1_000,
        title="A plan", shows="It names its aim.", described="Two pages.", is_invented=True, consent="",
        acting_person=designer,
    )  # fmt: skip
    adopted = adopted_and_gone_on(state, agency, issuer, designer, issuing_officer)
    addresses = [
        f"/catalog/samples/{sample.ref}/",
        "/studio/published/adopted/upstream/",
        f"/studio/{adopted.ref}/upstream/",
        "/studio/",
        "/studio/needs/new/",
        "/studio/published/",
        "/studio/adopt/",
        "/catalog/demand/ask/",
        f"/studio/needs/{need.ref}/",
        *(f"/studio/{draft.ref}/{place}" for place in PLACES),
    ]
    return {address: client.get(address).content.decode() for address in addresses}


def adopted_and_gone_on(
    state: State, agency: Organisation, issuer: Organisation, designer: Person, officer: Person
) -> Draft:
    """The next draft of something adopted, whose origin has changed where the adopter has words of their own."""
    document = cast.make_document(slug="theirs")
    first = drafting.adopt(version=cast.publish(state, agency, document), issuer=issuer, acting_person=designer)
    for name, text in (("slug", "adopted"), ("matters", "It matters here.")):
        drafting.save_field(draft=first, path=(name,), value=text, revision=0, acting_person=designer)
    published = going_public.publish_draft(draft=first, acting_person=officer)
    published.micro_credential.refresh_from_db()
    changed = {
        "matters": "It matters to all.",
        "requirements": document["requirements"][:2],
        "resources": [{"title": "Another sheet", "url": None, "note": "Two pages."}],
    }
    cast.publish(state, agency, {**document, **changed})
    return drafting.begin_next(version=published, acting_person=designer)


def test_every_page_fits_both_widths_and_is_accessible(pages: dict[str, str], browser: Browser) -> None:
    assert mistakes_on(pages, browser, pictures="studio") == []
