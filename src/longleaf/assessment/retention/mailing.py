"""The letter to an earner before something goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

if TYPE_CHECKING:
    from longleaf.assessment.retention.due import Due
    from longleaf.assessment.retention.rules import Rules


def send_notice(due: Due, rules: Rules) -> None:
    """Write to the earner what of their work goes, when, and where they can still get it. Only they are written to."""
    attempt = due.attempt
    titles = {rule.kind.code: rule.kind.title for rule in rules.of_work}
    context = {
        "person": attempt.earner,
        "title": attempt.version.labelled_title,
        "going": [(titles[kind], day) for kind, day in due.to_tell.items()],
        "everything": settings.PUBLIC_URL + reverse("assessment:everything", kwargs={"ref": attempt.ref}),
        "page": settings.PUBLIC_URL + reverse("assessment:kept"),
    }
    text = render_to_string("assessment/retention/notice.txt", context)
    send_mail("Some of your work will soon be deleted", text, settings.DEFAULT_FROM_EMAIL, [attempt.earner.email])
