"""Complaints about what was recognised."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.quality.status import ComplaintStatus


def new_complaint_reference() -> str:
    return new_reference("CMP")


class Complaint(models.Model):
    """Something that somebody finds wrong with a recognised micro-credential, and what the agency answered.

    The doors are in `quality.oversight.complaining`. Personal data: who complained, which only the agency learns, and
    what they wrote. Kept as long as the decisions on the version.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_complaint_reference, editable=False)
    version = models.ForeignKey("catalog.Version", on_delete=models.PROTECT, related_name="complaints")
    agency = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=12, choices=ComplaintStatus.choices, default=ComplaintStatus.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status=ComplaintStatus.OPEN)
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="complaint_answered_has_its_answer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "status", "made_at"], name="complaint_of_agency"),
            models.Index(fields=["made_by", "-made_at"], name="complaint_of_person"),
        ]

    def __str__(self) -> str:
        return self.ref
