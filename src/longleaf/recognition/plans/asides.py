"""What recognition adds to the page of an application: the plan that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string

from longleaf.quality.status import ApplicationStatus, Judges
from longleaf.recognition import policies
from longleaf.recognition.models import LocalPlan

if TYPE_CHECKING:
    from longleaf.quality.models import Application


def plan_of(request: HttpRequest, application: Application) -> str:
    """Where the plan is written and read; nothing for other applications, or where the policy foresees no plans."""
    policy = policies.renewal_policy()
    if application.judged_as != Judges.PLAN or policy is None or policy.plans is None:
        return ""
    context = {
        "application": application,
        "plan": LocalPlan.objects.filter(application=application).first(),
        "is_draft": application.status == ApplicationStatus.DRAFT,
    }
    return render_to_string("recognition/plans/aside.html", context, request)
