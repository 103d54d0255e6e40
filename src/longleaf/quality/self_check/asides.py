"""What quality adds to the page of a draft: how far it is, and whether it could be recognised of its issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from longleaf.quality.reach import out_of_reach
from longleaf.quality.self_check.looking import look_at

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft


def how_far(request: HttpRequest, draft: Draft) -> str:
    """How many components of the state's rubric are settled; nothing where the state has no rubric."""
    found = look_at(draft)
    if not found.components:
        return ""
    return render_to_string("quality/self_check/how_far.html", {"draft": draft, "found": found}, request=request)


def beyond_approval(request: HttpRequest, draft: Draft) -> str:
    """That its issuer is not approved for the family that was chosen, told before it is published; nothing else."""
    beyond = out_of_reach(draft.issuer, str(draft.typed.get("family") or ""), timezone.localdate())
    if beyond is None:
        return ""
    return render_to_string("quality/self_check/beyond_approval.html", {"beyond": beyond}, request=request)
