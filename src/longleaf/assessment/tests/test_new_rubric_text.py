"""Whoever publishes a new text of a rubric reads before what it stops: in numbers, and what a lead can do."""

import pytest
from django.urls import reverse

from longleaf.assessment.tests.calibrated import calibrate
from longleaf.assessment.tests.desk.factories import hand_in
from longleaf.catalog.models import Draft
from longleaf.catalog.studio import drafting
from longleaf.catalog.studio.checking import as_published
from longleaf.panels.calibration import losing

TITLE = "work by it waits until somebody is certified by it"


@pytest.fixture
def draft(version, designer):
    return drafting.begin_next(version=version, acting_person=designer)


def retyped(draft, change):
    """The draft after something was typed into its rubric."""
    typed = draft.typed
    change(typed["rubric"])
    Draft.objects.filter(pk=draft.pk).update(typed=typed)
    draft.refresh_from_db()
    return draft


def reword(rubric):
    rubric["criteria"][0]["title"] = "Said in other words"


def take_away(rubric):
    del rubric["criteria"][-1]


def page_of(draft, client):
    return client.get(reverse("studio:draft", kwargs={"ref": draft.ref})).content.decode()


def test_a_draft_says_again_the_same_rubric(version, draft):
    assert as_published(draft)["rubric"] == version.document["rubric"]


def test_it_is_told_in_numbers_what_a_new_text_loses(
    version, draft, designer, educator, other_educator, lead_assessor, first_assessor, client_of
):
    client = client_of(designer)
    hand_in(version, educator)
    calibrate(version, lead_assessor, first_assessor, unseen=4)
    assert TITLE not in page_of(draft, client)
    told = page_of(retyped(draft, reword), client)
    assert TITLE in told
    assert "has 5 anchors in use and 1 certified reader" in told
    assert "1 attempt begun before goes on by the text by which it was begun, 1 of them with the assessors now" in told
    assert "editorial change" in told
    assert "this is no editorial change" in page_of(retyped(draft, take_away), client)


def test_where_no_certificate_is_asked_for_nothing_stops_and_nothing_is_told(version, draft, designer, client_of):
    assert TITLE not in page_of(retyped(draft, reword), client_of(designer))


def test_a_rubric_that_is_hardly_begun_is_told_of_too(version, draft, lead_assessor, first_assessor):
    calibrate(version, lead_assessor, first_assessor, unseen=4)
    facts = {"kind": "submission", "instrument": version.micro_credential.slug}
    for new in ({}, {"criteria": [{}]}, {"levels": "x"}):
        found = losing.lost_by(present=version.document["rubric"], new=new, **facts)
        assert (found.anchors, found.certified, found.may_be_editorial) == (5, 1, False)


def test_a_draft_of_something_new_loses_nothing(issuer, designer, client_of):
    draft = drafting.begin(issuer=issuer, acting_person=designer)
    assert TITLE not in page_of(draft, client_of(designer))
