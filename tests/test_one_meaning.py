"""The guard that every other test draws its pages under."""

from __future__ import annotations

from typing import Any

import pytest
from django.shortcuts import render

from tests.one_meaning import GivenTwice

pytestmark = pytest.mark.django_db
PAGE = "kit/page.html"


def test_a_view_that_gives_a_name_of_every_page_is_told(rf: Any, state: Any) -> None:
    request = rf.get("/")
    assert render(request, PAGE, {"asked": "tides"}).status_code == 200
    with pytest.raises(GivenTwice, match="words"):
        render(request, PAGE, {"words": "tides"})
