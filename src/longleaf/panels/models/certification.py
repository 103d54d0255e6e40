"""Who may read by an edition of a rubric, the readings that check it, and what they showed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.panels.models.assignment import Assignment
from longleaf.panels.models.calibration import Anchor, RubricEdition
from longleaf.panels.models.panel import Panel
from longleaf.panels.status import CertificationStatus, Purpose, Source


def new_certification_reference() -> str:
    return new_reference("CRT")


def new_sitting_reference() -> str:
    return new_reference("SIT")


class Certification(models.Model):
    """Where somebody stands with one edition of a rubric. The doors are in `panels.calibration`.

    Personal data: how well somebody reads. Shown to that person and to the lead assessors of the pool.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_certification_reference, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certifications")
    edition = models.ForeignKey(RubricEdition, on_delete=models.PROTECT, related_name="certifications")
    status = models.CharField(
        max_length=12, choices=CertificationStatus.choices, default=CertificationStatus.IN_TRAINING
    )
    training_since = models.DateTimeField(help_text="Since when attempts at the test are counted.")
    certified_from = models.DateField(null=True, blank=True)
    certified_until = models.DateField(null=True, blank=True)
    sent_back_at = models.DateTimeField(
        null=True, blank=True, help_text="When a lead sent them back to train; empty again once certified."
    )
    watched_since = models.DateTimeField(null=True, blank=True, help_text="What was seen before counts no more.")
    changed_at = models.DateTimeField(auto_now=True)
    changed_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "edition"], name="certification_is_one_an_edition"),
            models.CheckConstraint(
                condition=~models.Q(status=CertificationStatus.CERTIFIED)
                | models.Q(certified_from__isnull=False, certified_until__isnull=False, watched_since__isnull=False),
                name="certification_in_force_has_its_days",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["edition", "status", "certified_until"], name="certification_of_edition"),
            models.Index(fields=["status", "certified_until"], name="certification_by_end"),
        ]

    def __str__(self) -> str:
        return self.ref


class Sitting(models.Model):
    """One go at the certification test: which gate held, and what came of it. Personal data: as the certification."""

    ref = models.CharField(max_length=24, unique=True, default=new_sitting_reference, editable=False)
    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="sittings")
    gate = models.JSONField(help_text="The gate as it was when the test began.")
    begun_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField(null=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certification"],
                condition=models.Q(closed_at__isnull=True),
                name="sitting_under_way_is_one",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, passed__isnull=True, result__isnull=True)
                | models.Q(closed_at__isnull=False, passed__isnull=False, result__isnull=False),
                name="sitting_closed_has_a_result",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["closes_at"], condition=models.Q(closed_at__isnull=True), name="sitting_to_be_closed"),
        ]

    def __str__(self) -> str:
        return self.ref


class CheckReading(models.Model):
    """A reading that checks its reader and decides nothing about the work.

    That a reading is one is known from this row alone; nothing that its reader can reach shows it for an anchor among
    live work. Personal data: who is checked.
    """

    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, related_name="check_reading")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="check_readings")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    anchor = models.ForeignKey(Anchor, null=True, blank=True, on_delete=models.PROTECT, related_name="check_readings")
    certification = models.ForeignKey(
        Certification, null=True, blank=True, on_delete=models.CASCADE, related_name="check_readings"
    )
    sitting = models.ForeignKey(Sitting, null=True, blank=True, on_delete=models.CASCADE, related_name="check_readings")
    read_again = models.OneToOneField(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="back_reading"
    )
    drawn_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(purpose=Purpose.BACK_READING, read_again__isnull=False, anchor__isnull=True)
                | (~models.Q(purpose=Purpose.BACK_READING) & models.Q(read_again__isnull=True, anchor__isnull=False)),
                name="check_reading_is_of_an_anchor_or_again",
            ),
            models.UniqueConstraint(
                fields=["anchor", "reader"],
                condition=models.Q(purpose__in=[Purpose.SEEDED, Purpose.SETTING]),
                name="check_reading_meets_an_anchor_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reader", "purpose", "drawn_at"], name="check_reading_of_reader"),
            models.Index(fields=["certification", "purpose", "drawn_at"], name="check_reading_of_certificate"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.panel_id}"


class Observation(models.Model):
    """By how much one level of a reader differed from what it was held against: `error` in steps of the rubric,
    above 0 where the reader was more generous. Personal data: as the certification."""

    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="observations")
    source = models.CharField(max_length=14, choices=Source.choices)
    reading = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="observations")
    criterion = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    error = models.FloatField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "reading", "criterion"], name="observation_is_made_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["certification", "source", "seen_at", "id"], name="observation_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id}/{self.criterion}: {self.error:+}"


class DriftAlarm(models.Model):
    """That somebody's levels have drifted, and what a lead assessor made of it. Personal data: as the certification."""

    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="alarms")
    source = models.CharField(max_length=14, choices=Source.choices)
    told = models.JSONField(help_text="What rang: direction, place in the series, statistic and limit.")
    rung_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certification"], condition=models.Q(looked_at__isnull=True), name="alarm_open_is_one"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["certification", "rung_at"], name="alarm_of_certificate")]

    def __str__(self) -> str:
        return f"{self.certification_id} {self.source}"

    @property
    def says(self) -> str:
        """What was held against what, and that levels lay on both sides where they did."""
        both_sides = ", on both sides" if self.told.get("chart") == "scatter" else ""
        return f"{Source(self.source).label.lower()}{both_sides}"
