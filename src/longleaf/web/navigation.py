"""What every page is given: the state, the person, where they may go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame around every page (see kit/base.html)."""
    return {}
