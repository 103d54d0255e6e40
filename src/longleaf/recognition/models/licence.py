"""Licences, as far as renewal needs them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.recognition.status import ListStatus


class Licence(models.Model):
    """An educator's licence, as far as renewal needs it: kind, role and cycle. No number is kept.

    Personal data: that somebody holds a licence, until when, and how they scored on its exams. Entered by the employer
    or the state agency. The doors are `recognition.recording` and `recognition.licences`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="licences")
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="licences")
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=60, help_text="The policy's code for the duties the licence is used for.")
    areas = models.JSONField(default=list, blank=True)
    issued = models.DateField()
    expires = models.DateField()
    ended_on = models.DateField(
        null=True, blank=True, help_text="The last day on which it held, where it ended before it expired."
    )
    scores = models.JSONField(
        default=dict, blank=True, help_text="By the exam's code: score, qualifying score and standard error, as text."
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(expires__gt=models.F("issued")), name="licence_expires_after_issue"
            ),
            models.UniqueConstraint(fields=["person", "state", "kind", "expires"], name="licence_is_entered_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-expires"], name="licence_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} until {self.expires}"

    def has_ended(self, on: date) -> bool:
        """Whether it was ended, before it expired, on an earlier day."""
        return self.ended_on is not None and self.ended_on < on


def new_file_reference() -> str:
    return new_reference("LCF")


class LicenceFile(models.Model):
    """A file of licences as an office handed it in, with the fate of each line. The doors are `recognition.licences`.

    Personal data: who holds which licence; `rows` is emptied when the file is discarded.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_file_reference, editable=False)
    office = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="licence_files")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=254, blank=True, help_text="The name of the file; empty for typed lines.")
    status = models.CharField(max_length=10, choices=ListStatus.choices, default=ListStatus.CHECKED)
    recorded_at = models.DateTimeField(null=True, blank=True)
    rows = models.JSONField(default=list, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "-handed_in_at"], name="licence_file_of_office")]

    def __str__(self) -> str:
        return self.ref
