"""Micro-credentials that a school unit has adopted for its educators."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Adoption(models.Model):
    """That a school unit puts a micro-credential before its educators, from a day on, and why.

    The doors are `recognition.adopting`. What it is worth there is a `LocalValue`. Personal data: who adopted it.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="adoptions")
    micro_credential = models.ForeignKey("catalog.MicroCredential", on_delete=models.PROTECT, related_name="adoptions")
    note = models.CharField(max_length=300, blank=True, help_text="What educators are told of it.")
    adopted_on = models.DateField()
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "micro_credential"],
                condition=models.Q(ended_on__isnull=True),
                name="adoption_holds_once_at_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "ended_on", "adopted_on"], name="adoption_of_unit")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.micro_credential_id}"
