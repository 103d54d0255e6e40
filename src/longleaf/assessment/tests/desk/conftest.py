"""The desk, open in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from longleaf.panels.models import Assignment

STAGE_WIDTH = {"width": 1280, "height": 900}


@pytest.fixture
def page(seat: Assignment, browser: Browser, live_server: Any, client: Client) -> Iterator[Page]:
    """Open for the reader of a `seat`, which each module makes for itself."""
    client.force_login(seat.rater)
    context = browser.new_context(viewport=STAGE_WIDTH)  # type: ignore[arg-type]
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    opened = context.new_page()
    opened.on("dialog", lambda dialog: dialog.accept())
    opened.goto(f"{live_server.url}/assess/read/{seat.ref}/")
    yield opened
    context.close()
