"""Lists of people who took part in the same learning."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.recognition.status import ListStatus


def new_list_reference() -> str:
    return new_reference("CRL")


class CreditList(models.Model):
    """One workshop or course and those who took part, as an officer handed it in. The doors are `recognition.lists`.

    `rows` holds what each line said and what became of it. Personal data: who took part; emptied when the list is
    discarded.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_list_reference, editable=False)
    office = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="credit_lists")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=7, decimal_places=2)
    earned_on = models.DateField()
    category = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=ListStatus.choices, default=ListStatus.CHECKED)
    recorded_at = models.DateTimeField(null=True, blank=True)
    rows = models.JSONField(default=list, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "-handed_in_at"], name="credit_list_of_office")]

    def __str__(self) -> str:
        return self.ref
