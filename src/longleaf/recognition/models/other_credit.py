"""Professional learning that is not a badge of ours."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models


class OtherCredit(models.Model):
    """Professional learning that is not a badge of ours: clock hours, a course, National Board and the like.

    Personal data: what somebody took part in. Recorded by the employer.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="other_credits")
    kind = models.CharField(max_length=60, help_text="The policy's code for the kind of credit.")
    title = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    earned_on = models.DateField()
    alignments = models.JSONField(default=list, blank=True)
    topics = models.JSONField(default=list, blank=True)
    categories_claimed = models.JSONField(
        default=list, blank=True, help_text="Categories the employer has recorded it for."
    )
    counted_before = models.DecimalField(
        max_digits=7,
        decimal_places=2,
        default=Decimal(0),
        help_text="How many credits of it counted in an earlier cycle.",
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    occasion = models.CharField(
        max_length=120,
        blank=True,
        help_text="What it was recorded on, such as a line of a list; the same one only once.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occasion"], condition=~models.Q(occasion=""), name="other_credit_is_recorded_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "earned_on"], name="other_credit_of_person")]

    def __str__(self) -> str:
        return self.title
