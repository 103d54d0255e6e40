"""A list of people who are awarded the same micro-credential together, and each of its rows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.awards.models.award import Award
from longleaf.awards.status import BulkStatus, RowStatus
from longleaf.kit.references import new_reference


def new_bulk_reference() -> str:
    return new_reference("BLK")


class BulkAward(models.Model):
    """One list of one issuer for one version. The doors are `awards.bulk.awarding` and `awards.bulk.working`.

    `judged` is how the issuer judged the work, in its own words; every badge of the list repeats it. Personal data: who
    handed the list in and who confirmed it.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_bulk_reference, editable=False)
    version = models.ForeignKey("catalog.Version", on_delete=models.PROTECT, related_name="bulk_awards")
    issuer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="bulk_awards")
    judged = models.TextField()
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file as it came.")
    status = models.CharField(max_length=10, choices=BulkStatus.choices, default=BulkStatus.CHECKED)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_in_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(status__in=[BulkStatus.CONFIRMED, BulkStatus.DONE])
                | models.Q(confirmed_at__isnull=False),
                name="bulk_award_at_work_is_confirmed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["issuer", "-handed_in_at"], name="bulk_award_of_issuer"),
            models.Index(fields=["status", "confirmed_at"], name="bulk_award_to_work_on"),
        ]

    def __str__(self) -> str:
        return self.ref


class BulkRow(models.Model):
    """One line of the list. `number` is its line in the file, so that whoever mends the file finds it.

    A row is claimed with a lease, and its award is written in the transaction that sets it to awarded. Personal data:
    who is named, as it was typed; it goes with the list.
    """

    bulk_award = models.ForeignKey(BulkAward, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    named = models.CharField(max_length=254, blank=True, help_text="Address or reference, as typed.")
    earned_on = models.DateField(null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=RowStatus.choices, default=RowStatus.READY)
    problems = models.JSONField(default=list, blank=True, help_text="A list of column, code and sentence.")
    award = models.OneToOneField(Award, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claim = models.UUIDField(null=True, blank=True, help_text="Whose turn it is, until the lease runs out.")
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["bulk_award", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulk_award", "number"], name="bulk_row_number_is_unique"),
            models.CheckConstraint(
                condition=~models.Q(status=RowStatus.AWARDED) | models.Q(award__isnull=False),
                name="bulk_row_awarded_has_an_award",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RowStatus.READY) | models.Q(person__isnull=False, earned_on__isnull=False),
                name="bulk_row_ready_is_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[RowStatus.PROBLEM, RowStatus.SKIPPED]) | ~models.Q(problems=[]),
                name="bulk_row_left_out_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bulk_award", "status", "number"], name="bulk_row_by_status"),
            models.Index(fields=["claim"], name="bulk_row_by_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.bulk_award_id}/{self.number}"
