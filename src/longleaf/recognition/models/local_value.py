"""What employers give for micro-credentials."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class LocalValue(models.Model):
    """What an employer gives for a micro-credential, where the state leaves that to them. Door: `recognition.valuing`.

    Without a micro-credential it is the employer's general rule: a fixed number, or so many credits for each hour of
    effort. Personal data: who decided.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="local_values")
    micro_credential = models.ForeignKey(
        "catalog.MicroCredential",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="local_values",
    )
    credits = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    credits_per_effort_hour = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(credits__isnull=False, credits_per_effort_hour__isnull=True)
                | models.Q(credits__isnull=True, credits_per_effort_hour__isnull=False),
                name="local_value_is_fixed_or_by_effort",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "micro_credential", "-valid_from"], name="local_value_of_employer"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.credits or self.credits_per_effort_hour}"
