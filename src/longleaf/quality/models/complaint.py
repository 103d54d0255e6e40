"""Complaints about what was recognised."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.quality.status import APPROVED_AS, ComplaintStatus, Judges


def new_complaint_reference() -> str:
    return new_reference("CMP")


class Complaint(models.Model):
    """Something that somebody finds wrong with a micro-credential, or with an organisation as what it was approved, and
    what the agency answered.

    The doors are in `quality.oversight.complaining`. Personal data: who complained, which only the agency learns, and
    what they wrote. Kept as long as the decisions on its subject.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_complaint_reference, editable=False)
    version = models.ForeignKey(
        "catalog.Version", null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="quality_complaints"
    )
    judged_as = models.CharField(max_length=10, choices=Judges.choices, default=Judges.DESIGN)
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
                condition=models.Q(version__isnull=False, organisation__isnull=True, judged_as=Judges.DESIGN)
                | (models.Q(version__isnull=True, organisation__isnull=False) & ~models.Q(judged_as=Judges.DESIGN)),
                name="complaint_has_one_subject",
            ),
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

    @property
    def about(self) -> str:
        """What is complained about, with its version, or as what it was approved."""
        if self.version:
            return str(self.version)
        return f"{self.organisation} ({APPROVED_AS[self.judged_as]})"
