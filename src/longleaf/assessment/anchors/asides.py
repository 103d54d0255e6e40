"""What is added to the page of a micro-credential for those who lead its assessors: the way to its anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string

from longleaf.assessment.anchors.anchoring import asked_of_readers
from longleaf.assessment.starting import writes_samples_for
from longleaf.catalog.status import VersionStatus
from longleaf.panels.pool.queries import pool_reading_for

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


def anchors_of(request: HttpRequest, version: Version) -> str:
    """Certificates are required before anybody reads, so anchors are made before anybody hands in."""
    if not request.user.is_authenticated or version.status != VersionStatus.PUBLISHED:
        return ""
    judge = writes_samples_for(version, request.user)
    if judge is None:
        return ""
    asked = asked_of_readers(version, pool=pool_reading_for(judge))
    context = {"slug": version.micro_credential.slug, "asked": asked}
    return render_to_string("assessment/parts/anchors_of.html", context, request=request)
