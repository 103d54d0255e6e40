"""What the journeys share: a demonstration, and somebody to walk through it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.stage import Site, Walker, served

# Machines that test are shared and slow at times; this bounds patience and asserts no speed.
expect.set_options(timeout=30_000)


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
