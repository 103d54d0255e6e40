"""An educator weighs what to earn and asks for credit; the school unit decides by keyboard and records a workshop."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from tests.journeys.stage import Site, Walker

pytestmark = [pytest.mark.browser]

TITLE = "Science of reading, summer course"
WORKSHOP = "Maps in every subject"


def test_an_educator_asks_what_if_and_the_desk_decides(site: Site, walker: Walker, tmp_path: Path) -> None:
    weigh_what_to_earn(walker)
    ask_for_credit(walker)
    decide_by_keyboard(walker)
    read_the_letter(walker)
    record_a_workshop(walker, tmp_path)
    look_at_the_roster(walker)
    find_it_in_the_ledger(walker)
    assert walker.mistakes == [], "\n\n".join(walker.mistakes)


def weigh_what_to_earn(walker: Walker) -> None:
    page = walker.page
    walker.be("Maya")
    walker.go("/renewal/")
    page.get_by_role("link", name="What if you earned …").click()
    page.get_by_label("Look in the catalog").fill("feedback")
    page.get_by_role("button", name="Look").click()
    # By keyboard alone: the box takes the focus and the space bar ticks it.
    page.locator("input[name=add]").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show what it changes").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What each would bring")).to_be_visible()
    before, after = (amounts_in(page, column) for column in ("Now", "Then"))
    assert [row for row in before if after[row] > before[row]], f"no category gained: {before} and then {after}"
    assert after["In all"] > before["In all"]
    assert re.search(r"add=[a-z0-9-]+", page.url), "the address keeps what was chosen"
    walker.look("what-if")


def amounts_in(page: Page, column: str) -> dict[str, float]:
    """What a column of the two ledgers beside each other says, category by category and in all."""
    table = page.get_by_role("table", name="Each category now and then")
    place = table.locator("thead th").all_inner_texts().index(column)
    rows = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr, tfoot tr").all()]
    return {cells[0].strip(): float(cells[place].split()[0]) for cells in rows}


def ask_for_credit(walker: Walker) -> None:
    page = walker.page
    walker.go("/renewal/requests/new/?sort=credit")
    page.get_by_label("What is it called?").fill(TITLE)
    page.get_by_label("What kind of learning?").select_option("clock_hour")
    page.get_by_label("How much").fill("20")
    page.get_by_label("Last day").fill("2026-07-10")
    page.get_by_role("button", name="Send it").click()
    # What it lacks is told, and what was typed is kept.
    expect(page.get_by_label("What is it called?")).to_have_value(TITLE)
    page.get_by_label("What should the office know?").fill("Four days on how children learn to read.")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("main")).to_contain_text(" decides.")
    walker.look("credit-request")


def decide_by_keyboard(walker: Walker) -> None:
    page = walker.page
    walker.be("Dana")
    walker.go("/renewal/desk/")
    walker.look("credit-desk")
    page.get_by_role("link", name=TITLE).click()
    walker.look("credit-desk-request")
    page.get_by_label("Category").select_option("literacy")
    page.get_by_label("Why, or what you ask").fill("The course certificate shows twenty hours.")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("body")).to_contain_text("is approved.")


def read_the_letter(walker: Walker) -> None:
    page = walker.page
    walker.be("Maya")
    walker.go("/renewal/requests/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="The letter to file").click()
    expect(page.locator("main")).to_contain_text("The course certificate shows twenty hours.")
    walker.look("credit-letter")
    walker.go("/renewal/")
    expect(page.locator("main")).to_contain_text(TITLE)


def record_a_workshop(walker: Walker, folder: Path) -> None:
    """The list is checked first; of its lines one is mistaken. It is mended, recorded, and recorded once."""
    page = walker.page
    walker.be("Dana")
    walker.go("/renewal/roster/")
    maya, priya = references_in(_taken(page, "Licensure export (CSV)"), "Maya Whitfield", "Priya Raman")
    hand_in_list(page, folder, f"{maya},3", f"{priya.lower()}x,3")
    expect(page.get_by_role("row", name=re.compile(maya))).to_contain_text("To be recorded")
    expect(page.locator("main")).to_contain_text("No educator of this school unit has this address")
    walker.look("credit-list")
    page.get_by_role("button", name="Discard the list").click()
    expect(page.locator("main")).to_contain_text("its names are forgotten")
    hand_in_list(page, folder, f"{maya},3", f"{priya},4.5")
    expect(page.locator("main")).to_contain_text("2 lines can be recorded.")
    page.get_by_role("button", name="Record them").click()
    expect(page.locator("main")).to_contain_text("2 credits recorded.")
    walker.look("credit-list-recorded")
    hand_in_list(page, folder, f"{maya},3", f"{priya},4.5")
    expect(page.get_by_role("row", name=re.compile(priya))).to_contain_text("nothing is recorded twice")
    expect(page.get_by_role("button", name="Record them")).to_be_disabled()


def hand_in_list(page: Page, folder: Path, *lines: str) -> None:
    file = folder / "workshop.csv"
    file.write_text("\n".join(("person,amount", *lines)), encoding="utf-8")
    page.goto(page.url.partition("/renewal/")[0] + "/renewal/desk/lists/")
    page.get_by_label("What was it called?").fill(WORKSHOP)
    page.get_by_label("Kind").select_option("clock_hour")
    page.get_by_label("How much for each").fill("3")
    page.get_by_label("Last day").fill("2026-09-01")
    page.get_by_label("List of those who took part").set_input_files(file)
    page.get_by_role("button", name="Check the list").click()


def references_in(export: Download, *names: str) -> list[str]:
    """The references of people, from the licensure export."""
    rows = csv.DictReader(Path(export.path()).read_text(encoding="utf-8").splitlines())
    found = {row["name"]: row["educator"] for row in rows}
    return [found[name] for name in names]


def find_it_in_the_ledger(walker: Walker) -> None:
    walker.be("Priya")
    walker.go("/renewal/")
    expect(walker.page.get_by_role("row", name=re.compile(WORKSHOP)).first).to_contain_text("4.5")


def look_at_the_roster(walker: Walker) -> None:
    page = walker.page
    walker.go("/renewal/roster/?on=2027-01-05")
    expect(page.get_by_role("row", name=re.compile("Maya Whitfield"))).to_contain_text("Complete")
    walker.look("roster")
    exported = _taken(page, "Licensure export (CSV)")
    text = Path(exported.path()).read_text(encoding="utf-8")
    assert text.startswith("educator,name,synthetic,")
    assert "Maya Whitfield" in text


def _taken(page: Page, name: str) -> Download:
    with page.expect_download() as taken:
        page.get_by_role("link", name=name).click()
    return taken.value
