"""The scoring desk in a real browser, without a pointer: a video is watched, noted on, scored and handed in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from longleaf.assessment import starting
from longleaf.assessment.desk import phrasing
from longleaf.assessment.desk.phrases import ANYTHING
from longleaf.assessment.evidence import uploading
from longleaf.assessment.models import Phrase, ReadingNote
from longleaf.assessment.tests.desk.factories import hand_in_again, seats_of, send_to_panel, take_up, write_evidence
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.panels.models import Assignment, NoteToLead, Rating
from longleaf.panels.status import AssignmentStatus
from tests import front_end

# Eight seconds of a counting picture, recorded by a browser.
LESSON = Path(__file__).parent / "lesson.webm"
STAGE_WIDTH = {"width": 1280, "height": 900}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), front_end.IS_NEEDED]


@pytest.fixture
def seat(
    version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Assignment:
    """A reading of an attempt that holds a recorded lesson, taken up."""
    submission = write_evidence(starting.start(version=version, acting_person=educator))
    content = LESSON.read_bytes()
    uploading.receive(
        response=submission.responses.get(requirement="R3"),
        name="lesson.webm",
        size=len(content),
        pieces=[content],
        acting_person=educator,
    )
    return take_up(seats_of(send_to_panel(hand_in_again(submission), lead_assessor))[0])


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def reach_the_desk(page: Page) -> None:
    """As a keyboard gets there: by Tab from the top of the page."""
    for _ in range(40):
        press(page, "Tab")
        if page.evaluate("Boolean(document.activeElement.closest('[data-desk]'))"):
            return
    raise AssertionError("Tab does not lead to the desk.")


def in_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_recorded_lesson_is_scored_with_the_keyboard_alone(page: Page, seat: Assignment) -> None:
    video = page.locator("[data-exhibit='R3-1'] video")
    expect(video).to_have_js_property("readyState", 4)
    reach_the_desk(page)

    press(page, "[", "p")
    expect(video).to_have_js_property("paused", False)
    expect(video).not_to_have_js_property("currentTime", 0)
    press(page, "p")
    expect(video).to_have_js_property("paused", True)
    press(page, ">")
    expect(video).to_have_js_property("playbackRate", 1.25)
    page.evaluate("document.querySelector('video').currentTime = 0")
    press(page, ".")
    expect(video).to_have_js_property("currentTime", 5)

    press(page, "m")
    expect(page.locator("#note_text")).to_be_focused()
    expect(page.locator("#note_place")).to_have_value("0:05")
    page.keyboard.type("Names one change, just one.")
    press(page, "Tab", "Enter")
    expect(page.locator("[data-note]")).to_have_count(1)
    expect(page.locator("#note")).not_to_be_visible()

    press(page, ",")
    expect(video).to_have_js_property("currentTime", 0)
    press(page, "n", "Enter")
    expect(video).to_have_js_property("currentTime", 5)

    press(page, "]", "2", "q")
    expect(page.locator("#id_comment-A")).to_be_focused()
    expect(page.locator("#id_comment-A")).to_have_value("[0:05] Names one change, just one.")
    page.keyboard.type(" 1 and m are letters here.")
    press(page, "Escape", "j", "1", "c")
    expect(page.locator("#id_comment-B")).to_be_focused()
    page.keyboard.type("Show what the learner did next.")
    press(page, "Escape", "h")
    expect(page.locator("h1").locator("..")).to_contain_text("Handed in")

    given = {each.criterion: (each.level, each.comment) for each in Rating.objects.filter(assignment=seat)}
    assert given == {
        "A": ("demonstrated", "[0:05] Names one change, just one. 1 and m are letters here."),
        "B": ("not-yet", "Show what the learner did next."),
    }
    assert Assignment.objects.get(pk=seat.pk).status == AssignmentStatus.SUBMITTED
    assert list(ReadingNote.objects.values_list("exhibit", "second")) == [("R3-1", 5)]


def test_a_note_to_the_lead_is_written_and_left_by_keys(page: Page, seat: Assignment) -> None:
    reach_the_desk(page)
    press(page, "]", "j", "l")
    expect(page.locator("#id_to-lead-B")).to_be_focused()
    page.keyboard.type("The rubric does not say.")
    press(page, "Escape", "c")
    expect(page.locator("#id_comment-B")).to_be_focused()
    expect(page.locator("[data-saving-for='id_to-lead-B']")).to_contain_text("Saved")
    assert list(NoteToLead.objects.values_list("criterion", "text")) == [("B", "The rubric does not say.")]


def test_a_phrase_is_inserted_where_the_cursor_was(page: Page, seat: Assignment) -> None:
    for text in ("Name one change.", "Say when."):
        phrasing.keep(text=text, about=ANYTHING, acting_person=seat.rater)
    page.reload()
    reach_the_desk(page)
    press(page, "]", "c")
    page.keyboard.type("First. Last.")
    for _ in " Last.":
        press(page, "ArrowLeft")
    press(page, "Escape", "b")
    expect(page.locator("#phrases")).to_be_visible()
    press(page, "ArrowDown", "Enter")
    comment = page.locator("#id_comment-A")
    expect(comment).to_be_focused()
    expect(comment).to_have_value("First. Say when. Last.")
    expect(page.locator("#phrases")).not_to_be_visible()
    expect(page.locator("[data-saving-for='id_comment-A']")).to_contain_text("Saved")
    assert list(Phrase.objects.order_by("-used").values_list("text", "used")) == [
        ("Say when.", 1),
        ("Name one change.", 0),
    ]


def test_single_keys_are_turned_off_and_stay_off(page: Page) -> None:
    video = page.locator("[data-exhibit='R3-1'] video")
    reach_the_desk(page)
    press(page, "?")
    expect(page.locator("#keys")).to_be_visible()
    box = page.locator("[data-desk-keys]")
    box.focus()
    press(page, "Space", "Escape")
    expect(page.locator("#keys")).not_to_be_visible()

    page.reload()
    reach_the_desk(page)
    press(page, "[", "p", "m", "?")
    expect(video).to_have_js_property("paused", True)
    expect(page.locator("#note")).not_to_be_visible()
    expect(page.locator("#keys")).not_to_be_visible()


def test_a_note_that_the_network_lost_stays_in_its_dialog(page: Page) -> None:
    reach_the_desk(page)
    press(page, "m")
    page.keyboard.type("Asks why, twice.")
    page.context.set_offline(True)
    press(page, "Tab", "Enter")
    expect(page.locator("[data-note-error]")).to_contain_text("still here")
    expect(page.locator("#note_text")).to_have_value("Asks why, twice.")
    page.context.set_offline(False)
    press(page, "Enter")
    expect(page.locator("[data-note]")).to_contain_text(re.compile("Asks why, twice"))


@pytest.mark.parametrize("opened", ["", "m", "?", "b"])
def test_axe_finds_nothing_on_the_desk_or_in_its_dialogs(page: Page, opened: str) -> None:
    reach_the_desk(page)
    press(page, *opened)
    found = Axe().run(page)
    assert not found.violations_count, found.generate_report()
