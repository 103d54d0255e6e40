"""What stands on the page of an application to run a state pathway: what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string

from longleaf.quality.pathways.choosing import TITLE
from longleaf.quality.pathways.naming import in_words, nameable
from longleaf.quality.pathways.running import is_led
from longleaf.quality.status import ApplicationStatus, Judges

if TYPE_CHECKING:
    from longleaf.quality.models import Application


def pathways_of(request: HttpRequest, application: Application) -> str:
    """Where it is chosen and read; nothing for other applications."""
    if application.judged_as != Judges.PATHWAY:
        return ""
    is_draft = application.status == ApplicationStatus.DRAFT
    context = {
        "application": application,
        "title": TITLE,
        "is_draft": is_draft,
        "choices": [{"value": each.value, "label": each.label} for each in nameable()] if is_draft else [],
        "named": in_words(application.pathways),
        "is_led": is_led(application.organisation),
    }
    return render_to_string("quality/pathways/aside.html", context, request)
