"""What assessment adds to the page of a micro-credential: the reader's own way into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment import queries
from longleaf.assessment.access import may_start
from longleaf.assessment.telling import where_it_stands
from longleaf.catalog.status import VersionStatus
from longleaf.kit import keeping
from longleaf.quality import wording as quality

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


def my_attempt(request: HttpRequest, version: Version) -> str:
    """Start, continue, see the decision, or sign in to start: whichever the reader's next step is."""
    slug = version.micro_credential.slug
    context: dict[str, object] = {"version": version, "start_url": reverse("assessment:start", kwargs={"slug": slug})}
    today = timezone.localdate()
    closed = keeping.as_decided("closed", version.pk, today, make=lambda: quality.closed(version, today))
    context["closed"] = closed
    offered = version.status == VersionStatus.PUBLISHED
    if not request.user.is_authenticated:
        return _draw(request, context, mine=None, may=offered) if offered else ""
    person, made = request.user, version.micro_credential_id
    line = keeping.as_decided("latest attempt", person.pk, made, make=lambda: queries.latest_attempt(person, made))
    if line is None:
        may = offered and may_start(person)
        return _draw(request, context, mine=None, may=may) if may else ""
    context["told"] = where_it_stands(line.attempt, line.submission)
    return _draw(request, context, mine=line.attempt, may=False)


def _draw(request: HttpRequest, context: dict[str, object], *, mine: object, may: bool) -> str:
    return render_to_string("assessment/parts/my_attempt.html", {**context, "mine": mine, "may": may}, request=request)
