"""A school unit's own plan to renew licences by outcomes in place of hours, and the figures by which it is measured."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference


def new_plan_reference() -> str:
    return new_reference("PLN")


class LocalPlan(models.Model):
    """What ledgers heed of a plan: whom it covers, which hours it sets aside, what it takes instead, and its measures.

    It belongs to one application and has no state of its own: it may be changed while the application is a draft, and
    holds while the decision on it does. `document` is read by `recognition.plans.document`; the doors are in
    `recognition.plans.writing`. Personal data: who wrote it.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_plan_reference, editable=False)
    application = models.OneToOneField("quality.Application", on_delete=models.PROTECT, related_name="local_plan")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="local_plans")
    document = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="local_plan_of_unit")]

    def __str__(self) -> str:
        return f"{self.document.get('title', '')} ({self.ref})"


class PlanFigure(models.Model):
    """What a measure of a plan came to in a year, by its last day. The door is `recognition.plans.reporting`.

    Reported again, it takes the place of what was reported before; the journal keeps both. Personal data: who reported.
    """

    plan = models.ForeignKey(LocalPlan, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(help_text="The calendar year in which the year of the policy ended.")
    value = models.DecimalField(max_digits=9, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "measure", "year"], name="plan_figure_is_one_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.year}"
