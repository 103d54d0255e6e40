"""As what a badge from elsewhere counts; kept with each decision, and with each precedent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CountsAs(models.Model):
    """As a micro-credential of the register, or by itself as so many credits. Personal data: none."""

    micro_credential = models.ForeignKey(
        "catalog.MicroCredential", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    amount = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    categories = models.JSONField(default=list, blank=True, help_text="Categories of the policy that it is given for.")
    topics = models.JSONField(default=list, blank=True)
    alignments = models.JSONField(default=list, blank=True)

    class Meta:
        abstract: ClassVar[bool] = True
