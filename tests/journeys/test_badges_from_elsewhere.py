"""In a browser: an educator brings two badges; one is accepted and counts, the other is refused, with reasons."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from longleaf.recognition.tests.portability import shapes
from tests.journeys.stage import Site, Walker

pytestmark = [pytest.mark.browser]
EARNER, OFFICER = "Maya", "Dana"
ADDRESS = "maya@people.example"
ACCEPTED, REFUSED = "Asking Questions That Provoke Thinking", "Digital Storyteller"
WHY, WHY_NOT = "It asks for the same evidence as ours.", "Nobody can be asked about it any more."


def test_one_badge_from_elsewhere_is_accepted_and_another_refused(site: Site, walker: Walker) -> None:
    bring_as_text(walker, shapes.promise_like(ADDRESS).material.decode())
    bring_as_picture(walker, shapes.mozilla_like(ADDRESS).material)
    accept(walker)
    refuse(walker)
    see_what_was_decided(walker)
    assert walker.mistakes == [], "\n\n".join(walker.mistakes)


def bring_as_text(walker: Walker, badge: str) -> None:
    page = walker.page
    walker.be(EARNER)
    walker.go("/elsewhere/")
    walker.look("nothing-from-elsewhere")
    page.get_by_role("link", name="Bring a badge").last.click()
    walker.look("bring-a-badge")
    page.get_by_label("Its text").fill(badge[:-20])
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("main")).to_contain_text("It is not complete JSON")
    expect(page.get_by_label("Its text")).to_have_value(badge[:-20])
    walker.look("half-a-badge")
    page.get_by_label("Its text").fill(badge)
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("main")).to_contain_text("Given to an address of yours")
    expect(page.locator("main")).to_contain_text("This badge is valid")
    page.get_by_label("What should the recognizer know?").fill("Twelve hours, with my own class.")
    walker.look("badge-brought")
    page.get_by_role("button", name="Ask for recognition").click()
    expect(page.locator("main")).to_contain_text("A recognizer looks at it.")


def bring_as_picture(walker: Walker, badge: bytes) -> None:
    page = walker.page
    walker.go("/elsewhere/bring/")
    page.get_by_label("Its file").set_input_files({"name": "badge (2).png", "mimeType": "image/png", "buffer": badge})
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("h1")).to_contain_text(REFUSED)
    expect(page.locator("main")).to_contain_text("could not be found out")
    page.get_by_label("What should the recognizer know?").fill("From a summer workshop.")
    page.get_by_role("button", name="Ask for recognition").click()
    walker.go("/elsewhere/")
    expect(page.locator("main")).to_contain_text("With a recognizer")
    walker.look("badges-brought")


def accept(walker: Walker) -> None:
    page = walker.page
    walker.be(OFFICER)
    walker.go("/elsewhere/recognize/")
    walker.look("badges-to-recognize")
    page.get_by_role("link", name=ACCEPTED).click()
    expect(page.locator("main")).to_contain_text("Twelve hours, with my own class.")
    walker.tick("id_ruling_0")
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("main")).to_contain_text("Say why, or what you ask.")
    page.get_by_label("Or by itself it is worth, in credits").fill("1.5")
    page.get_by_label("Why, or what you ask").fill(WHY)
    walker.tick("id_remember_1")
    walker.look("decide-on-a-badge")
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("main")).to_contain_text("Accepted. It stands in the ledger")
    walker.go("/elsewhere/recognize/precedents/")
    expect(page.locator("main")).to_contain_text(WHY)
    walker.look("precedents")


def refuse(walker: Walker) -> None:
    page = walker.page
    walker.go("/elsewhere/recognize/")
    page.get_by_role("link", name=REFUSED).click()
    walker.look("a-badge-that-cannot-be-verified")
    walker.tick("id_ruling_1")
    page.get_by_label("Why, or what you ask").fill(WHY_NOT)
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("main")).to_contain_text("Not accepted.")


def see_what_was_decided(walker: Walker) -> None:
    page = walker.page
    walker.be(EARNER)
    walker.go("/elsewhere/")
    page.get_by_role("link", name=ACCEPTED).click()
    expect(page.locator("main")).to_contain_text("Accepted as 1.5 renewal credits")
    expect(page.locator("main")).to_contain_text(WHY)
    walker.look("badge-accepted")
    walker.go("/renewal/")
    expect(page.locator("main")).to_contain_text(f"{ACCEPTED} of Invented Promise")
    walker.go("/elsewhere/")
    page.get_by_role("link", name=REFUSED).click()
    expect(page.locator("main")).to_contain_text(WHY_NOT)
    walker.look("badge-refused")
    walker.go("/elsewhere/states/")
    walker.look("in-other-states")
