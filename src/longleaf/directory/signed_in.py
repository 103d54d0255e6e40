"""Who is signed in, for pages that let nobody else in."""

from __future__ import annotations

from django.http import HttpRequest

from longleaf.directory.models import Person


def person_of(request: HttpRequest) -> Person:
    """Whoever is signed in. Belongs into pages that ask for a sign-in first (`login_required`)."""
    assert request.user.is_authenticated, "the page asks for a sign-in first"
    return request.user
