"""What the journeys share: a browser, and somebody to walk with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.stage import CHROMIUM, CHROMIUM_FLAGS, Site, Walker, served

# Machines that test are shared and slow at times; this bounds patience and asserts no speed.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("No Chromium was found: the journey was not walked. Install Debian's chromium, or set CHROMIUM.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration at its first moment: everybody is there, and the headline's earner has not begun."""
    with served(tmp_path_factory.mktemp("demonstration"), moment="start") as opened:
        yield opened


@pytest.fixture
def walker(site: Site, browser: Browser) -> Iterator[Walker]:
    walking = Walker(site, browser)
    yield walking
    walking.context.close()
