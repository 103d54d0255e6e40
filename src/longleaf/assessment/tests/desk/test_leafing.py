"""A document at the desk, in a real browser: leafed through by keys, noted on at a page, and gone back to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from longleaf.assessment import starting
from longleaf.assessment.evidence import uploading
from longleaf.assessment.models import ReadingNote
from longleaf.assessment.tests.desk.factories import hand_in_again, seats_of, send_to_panel, take_up, write_evidence
from longleaf.assessment.tests.evidence.files_cast import pdf
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.panels.models import Assignment
from tests import front_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), front_end.IS_NEEDED]


@pytest.fixture
def seat(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> Assignment:
    """A reading of an attempt that holds a document, taken up."""
    submission = write_evidence(starting.start(version=version, acting_person=educator))
    content, response = pdf(), submission.responses.get(requirement="R2")
    uploading.receive(response=response, name="plan.pdf", size=len(content), pieces=[content], acting_person=educator)
    return take_up(seats_of(send_to_panel(hand_in_again(submission), lead_assessor))[0])


def test_a_note_takes_the_page_along_and_going_to_it_opens_the_document_there(page: Page, seat: Assignment) -> None:
    document, frame = "[data-exhibit]:has(iframe)", page.locator("[data-exhibit] iframe")
    page.locator(f"{document} [data-desk-stop]").focus()
    for key in (".", ".", "m"):
        page.keyboard.press(key)
    expect(frame).to_have_attribute("src", re.compile(r"#page=3&"))
    page.keyboard.type("The aim is named here.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-note]")).to_contain_text("p. 3")
    assert ReadingNote.objects.get(reading=seat).page == 3
    page.locator(f"{document} [data-desk-stop]").focus()
    page.keyboard.press(",")
    expect(frame).to_have_attribute("src", re.compile(r"#page=2&"))
    for key in ("n", "Enter"):
        page.keyboard.press(key)
    expect(frame).to_have_attribute("src", re.compile(r"#page=3&"))
    assert page.url.endswith(f"/assess/read/{seat.ref}/")
