"""The look at whether everything asked for is there, before anybody judges it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.models.attempt import Submission


class CompletenessCheck(models.Model):
    """One look at one submission: each completion indicator found or missing. The door is `assessment.completeness`.

    Personal data: who looked. The earner is told what is missing, not who said so.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="completeness_checks")
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    complete = models.BooleanField()
    missing = models.JSONField(
        default=list, blank=True, help_text="Codes of the completion indicators that were not found."
    )
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["checked_at"]

    def __str__(self) -> str:
        return f"{self.submission_id}: {'complete' if self.complete else 'incomplete'}"
