"""What a decision on a design asks for: conditions with their days, and changes by component."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.quality.models.review import Review
from longleaf.quality.status import ReportStatus


class Condition(models.Model):
    """Something that must be so by a day for a recognition to go on. Kept when it is met. Personal data: none."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    until = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    met_note = models.TextField(blank=True, help_text="By what the officer saw that it is met.")

    class Meta:
        ordering: ClassVar = ["review", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="condition_is_numbered_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["met_on", "until"], name="condition_by_due_day")]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.number}"


def new_report_reference() -> str:
    return new_reference("REP")


class ConditionReport(models.Model):
    """What an issuer says of a condition that it has met, and what the agency answered. The door is
    `reviewing.conditions`.

    A file was cleaned and told by its content (`kit.taking_in`); it is empty where none was brought. Personal data: who
    reported and who answered, and whatever stands in a file; kept with the review.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_report_reference, editable=False)
    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="reports")
    text = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    stored_as = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=ReportStatus.choices, default=ReportStatus.WAITING)
    answer = models.TextField(blank=True, help_text="By what it is seen that it is met, or why it is not yet.")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["reported_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["condition"],
                condition=models.Q(status=ReportStatus.WAITING),
                name="condition_report_waits_alone",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ReportStatus.WAITING, answered_at__isnull=True)
                | (~models.Q(status=ReportStatus.WAITING) & models.Q(answered_at__isnull=False)),
                name="condition_report_answered_has_its_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "reported_at"], name="condition_report_by_status")]

    def __str__(self) -> str:
        return self.ref


class AskedChange(models.Model):
    """What would have to change for a component of the rubric to be met. Personal data: none."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="changes")
    criterion = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "criterion"], name="change_is_asked_once_a_component"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.criterion}"
