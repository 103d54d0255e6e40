"""Alarms on figures of live work, and from which figures on a state wants them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.quality.status import AlarmStatus, Measure


def new_alarm_reference() -> str:
    return new_reference("ALM")


class OversightRules(models.Model):
    """What a state's pack says of figures and alarms; a state without a row raises none. Personal data: none.

    The doors are `monitoring.ruling.set_rules` and, for the day of the last look, `monitoring.watching`.
    """

    state = models.OneToOneField(
        "directory.State", primary_key=True, on_delete=models.CASCADE, related_name="oversight_rules"
    )
    document = models.JSONField(default=dict, blank=True)
    looked_on = models.DateField(null=True, blank=True, help_text="When all figures were last looked at.")

    def __str__(self) -> str:
        return f"oversight in {self.state_id}"


class Alarm(models.Model):
    """A figure that lay beyond what its state allows, when it did, and what was found. Raised by no person.

    The doors are `monitoring.watching`, `monitoring.looking_into` and `monitoring.asking`. What is stored of the figure
    never changes: `value` of `number` cases lay, with some confidence, between `low` and `high`, and so beyond
    `threshold`. Personal data: which officer looked. Kept as long as the decisions on its subject.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_alarm_reference, editable=False)
    agency = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        "catalog.Version", null=True, blank=True, on_delete=models.PROTECT, related_name="quality_alarms"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="quality_alarms"
    )
    measure = models.CharField(max_length=12, choices=Measure.choices)
    is_above = models.BooleanField(help_text="Whether the figure lies above the threshold, or below it.")
    threshold = models.FloatField()
    value = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    number = models.PositiveIntegerField(help_text="Of how many cases the figure tells.")
    first_day = models.DateField()
    raised_on = models.DateField()
    status = models.CharField(max_length=10, choices=AlarmStatus.choices, default=AlarmStatus.OPEN)
    found = models.TextField(blank=True, help_text="What whoever looked found, and what follows.")
    looked_at_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)
    question = models.TextField(blank=True, help_text="What the agency asks the issuer.")
    asked_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, organisation__isnull=True)
                | models.Q(version__isnull=True, organisation__isnull=False),
                name="alarm_has_one_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(status=AlarmStatus.OPEN)
                | (~models.Q(found="") & models.Q(looked_at_by__isnull=False)),
                name="alarm_looked_at_says_what_was_found",
            ),
            models.CheckConstraint(
                condition=models.Q(status=AlarmStatus.CLOSED, closed_on__isnull=False)
                | (~models.Q(status=AlarmStatus.CLOSED) & models.Q(closed_on__isnull=True)),
                name="alarm_closed_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_on__isnull=True)
                | (~models.Q(question="") & models.Q(answered_on__isnull=False)),
                name="alarm_answered_was_asked",
            ),
            models.UniqueConstraint(
                fields=["version", "measure"],
                condition=~models.Q(status=AlarmStatus.CLOSED),
                name="alarm_on_version_rings_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "measure"],
                condition=~models.Q(status=AlarmStatus.CLOSED),
                name="alarm_on_issuer_rings_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "status", "-raised_on", "-id"], name="alarm_of_agency"),
            models.Index(fields=["agency", "-raised_on", "-id"], name="alarm_of_agency_by_day"),
        ]

    def __str__(self) -> str:
        return self.ref
