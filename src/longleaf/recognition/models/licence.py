"""Licences, as far as renewal needs them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Licence(models.Model):
    """An educator's licence, as far as renewal needs it: kind, role and cycle. No number is kept.

    Personal data: that somebody holds a licence and until when. Entered by the employer or the state agency.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="licences")
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="licences")
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=60, help_text="The policy's code for the duties the licence is used for.")
    areas = models.JSONField(default=list, blank=True)
    issued = models.DateField()
    expires = models.DateField()

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
