"""What a reading is paid, and the ledger of what was."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.panels.models.assignment import Assignment


def new_payment_reference() -> str:
    return new_reference("PAY")


class ReadingFee(models.Model):
    """What a pool pays for a reading that is handed in, from a day on. Personal data: none.

    The one door is `panels.leading.fees.set_fees`. What held on a day that is past is never changed.
    """

    pool = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="reading_fees")
    since = models.DateField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    currency = models.CharField(max_length=3, help_text="ISO 4217.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pool", "since"], name="reading_fee_begins_once_a_day"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="reading_fee_is_no_debt"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} since {self.since}"


class Payment(models.Model):
    """A line of the ledger: the readings of a period that were paid. Taken back, it stays, with the reason.

    The doors are in `panels.leading.paying`. Personal data: what somebody was paid. Kept as long as the state keeps
    books; whoever pays it knows the bank account, and we do not.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_payment_reference, editable=False)
    pool = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reading_payments")
    begins = models.DateField()
    ends = models.DateField()
    readings = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    recorded_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("begins")), name="payment_ends_after_it_began"
            ),
            models.CheckConstraint(condition=models.Q(readings__gt=0), name="payment_is_for_a_reading"),
            models.CheckConstraint(
                condition=models.Q(taken_back_at__isnull=True) | ~models.Q(taken_back_because=""),
                name="payment_is_taken_back_for_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "pool", "-recorded_at"], name="payment_of_person")]

    def __str__(self) -> str:
        return self.ref


class PaidReading(models.Model):
    """A reading that a payment is for. `stands` ends when the payment is taken back; then it can be paid again."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="lines")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="paid")
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    stands = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment"], condition=models.Q(stands=True), name="reading_is_paid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} for {self.assignment_id}"
