"""What assessment adds to pages of the catalog: the reader's own way in, and what the text of a new rubric stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment import queries
from longleaf.assessment.access import may_start
from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.telling import where_it_stands
from longleaf.catalog.status import DraftStatus, VersionStatus
from longleaf.catalog.studio.checking import as_published
from longleaf.kit import keeping
from longleaf.panels.calibration.losing import lost_by
from longleaf.quality import wording as quality

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft, Version


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


def new_rubric_text(request: HttpRequest, draft: Draft) -> str:
    """On the page of a draft: that its rubric is a new text for which nobody is certified, before it is published."""
    present = _present(draft)
    if present is None:
        return ""
    lost = lost_by(
        kind=PANEL_KIND,
        instrument=present.micro_credential.slug,
        present=present.document["rubric"],
        new=as_published(draft).get("rubric") or {},
    )
    if lost is None:
        return ""
    begun, in_review = queries.under_way_at(present.micro_credential_id)
    context = {"draft": draft, "present": present, "lost": lost, "begun": begun, "in_review": in_review}
    return render_to_string("assessment/parts/new_rubric_text.html", context, request=request)


def _present(draft: Draft) -> Version | None:
    """The version that this draft would supersede."""
    if draft.micro_credential is None or draft.status != DraftStatus.OPEN:
        return None
    offered = draft.micro_credential.versions.filter(status=VersionStatus.PUBLISHED)
    return offered.select_related("micro_credential").first()


def _draw(request: HttpRequest, context: dict[str, object], *, mine: object, may: bool) -> str:
    return render_to_string("assessment/parts/my_attempt.html", {**context, "mine": mine, "may": may}, request=request)
