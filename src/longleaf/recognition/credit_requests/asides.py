"""What requests add to the page of a micro-credential: approval before it is begun, where a rule asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string

from longleaf.assessment.queries import under_way
from longleaf.recognition import access
from longleaf.recognition.credit_requests import queries
from longleaf.recognition.credit_requests.holding import policy_of
from longleaf.recognition.granted import asks_for_approval_beforehand

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


def approval_beforehand(request: HttpRequest, version: Version) -> str:
    """Whether the reader's school unit approved it, or how to ask; nothing where no rule of theirs asks for it."""
    if not request.user.is_authenticated:
        return ""
    office = access.office_asked_by(request.user)
    policy = policy_of(office)
    if office is None or policy is None or not asks_for_approval_beforehand(policy):
        return ""
    context = {
        "office": office,
        "asked": queries.latest_about(request.user, version.micro_credential_id),
        "is_begun": under_way(request.user, version.micro_credential_id) is not None,
        "version": version,
    }
    return render_to_string("recognition/requests/aside.html", context, request)
