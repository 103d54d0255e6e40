"""A lesson on film of 200 MB: the line breaks in the middle, the page is opened anew, and nothing is sent twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from longleaf.assessment.tests.evidence.files_cast import box, full, track
from tests.journeys.cable import Cable
from tests.journeys.stage import Site, Walker

pytestmark = [pytest.mark.browser]

MEGABYTE = 1_000_000
SIZE = 200 * MEGABYTE
# One piece may be lost with each break; pages, scripts and heads come on top.
SENT_IN_VAIN = 8 * MEGABYTE
REQUIREMENT = "rehearsal"


@pytest.fixture
def cable(site: Site) -> Iterator[Cable]:
    laid = Cable(site.url)
    yield laid
    laid.close()


@pytest.fixture
def caller(site: Site, cable: Cable, browser: Browser) -> Iterator[Walker]:
    """Somebody whose browser reaches the site over the cable."""
    walking = Walker(replace(site, url=cable.url), browser)
    yield walking
    walking.context.close()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film of one very large picture. Its bytes are not on the disk before they are read."""
    head = box(b"ftyp", b"isom", b"\0\0\2\0", b"isomiso2avc1mp41")
    moov = box(b"moov", full(b"mvhd", bytes(96)), track(b"vide", b"", len(head) + 8, 16))
    path = tmp_path / "lesson.mp4"
    with path.open("wb") as file:
        file.write(head + (SIZE - len(head) - len(moov)).to_bytes(4, "big") + b"mdat")
        file.seek(SIZE - len(moov))
        file.write(moov)
    return path


def test_a_long_upload_survives_a_broken_line_and_a_closed_page(cable: Cable, caller: Walker, film: Path) -> None:
    page = caller.page
    caller.be("Maya")
    caller.go("/work/start/executive-function/")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.wait_for_url(re.compile("/work/ATT-"))
    before = cable.sent

    choose(caller, film)
    caller.wait_until(lambda: cable.sent - before > 60 * MEGABYTE, tries=400)
    cable.cut()
    expect(page.locator(".ll-upload__state")).to_contain_text("Waiting for the network")
    cable.mend()
    caller.wait_until(lambda: cable.sent - before > 120 * MEGABYTE, tries=400)

    page.reload()
    expect(page.get_by_text("Not all here yet")).to_be_visible()
    choose(caller, film)
    expect(page.get_by_role("link", name="lesson.mp4")).to_be_visible(timeout=90_000)
    assert SIZE <= cable.sent - before < SIZE + SENT_IN_VAIN
    give_it_words(caller, film)
    assert caller.mistakes == []


def give_it_words(caller: Walker, film: Path) -> None:
    page = caller.page
    words = film.with_name("lesson.vtt")
    words.write_text("WEBVTT\n\n00:01.000 --> 00:04.000\nWhy do you think so?\n")
    page.get_by_text("Add captions or a transcript").click()
    page.locator("[name^=words-]").set_input_files(words)
    caller.look("editor-before-the-words")
    page.get_by_role("button", name="Add the words").click()
    expect(page.get_by_text("Captions of lesson.mp4")).to_be_visible()
    caller.look("editor-with-a-recording")


def choose(caller: Walker, film: Path) -> None:
    caller.page.locator(f"[name=file-{REQUIREMENT}]").set_input_files(film)
