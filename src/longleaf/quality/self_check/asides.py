"""What the self-check adds to the page of a draft: how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string

from longleaf.quality.self_check.looking import look_at

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft


def how_far(request: HttpRequest, draft: Draft) -> str:
    """How many components of the state's rubric are settled; nothing where the state has no rubric."""
    found = look_at(draft)
    if not found.components:
        return ""
    return render_to_string("quality/self_check/how_far.html", {"draft": draft, "found": found}, request=request)
