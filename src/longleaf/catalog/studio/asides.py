"""What the studio adds to the page of a micro-credential: a designer's way to take it further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string

from longleaf.catalog.studio import queries
from longleaf.directory import queries as directory
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


def take_further(request: HttpRequest, version: Version) -> str:
    """For designers: begin the next version of their own, or adopt another organisation's."""
    person = request.user
    if not person.is_authenticated or not directory.places_where(person, Role.DESIGNER):
        return ""
    context = {
        "version": version,
        "designed_for": [
            each for each in queries.designed_for(person) if each.pk != version.micro_credential.issuer_id
        ],
        "is_own": version.micro_credential.issuer_id in directory.places_where(person, Role.DESIGNER),
    }
    return render_to_string("catalog/studio/take_further.html", context, request=request)
