"""What goes by itself after its time: who was told of it, what holds it back, and what is still to be cleared."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.models.attempt import Attempt
from longleaf.kit.references import new_reference


def new_hold_reference() -> str:
    return new_reference("HLD")


class LettingGo(models.Model):
    """One kind of thing of one attempt on its way out: when its earner was told, from when on it goes, since when it
    is gone. The door is `assessment.retention.letting_go`.

    It counts only as long as its clock has not begun anew: what was told before a later decision is of an earlier
    round. Personal data: none beyond the attempt. Kept with the decision.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="letting_go")
    kind = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    goes_on = models.DateField(help_text="Not before this day.")
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "kind", "told_at"], name="letting_go_is_told_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["goes_on", "attempt"], condition=models.Q(gone_at__isnull=True), name="letting_go_to_come"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.kind}"


class Hold(models.Model):
    """Work that is kept longer than its clock says, because the state looks into something, until a day.

    The door is `assessment.retention.holds`. Personal data: who set it and why, read by those who may set holds.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_hold_reference, editable=False)
    attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="holds")
    micro_credential = models.ForeignKey(
        "catalog.MicroCredential", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=1000)
    until = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(attempt__isnull=False, micro_credential__isnull=True)
                | models.Q(attempt__isnull=True, micro_credential__isnull=False),
                name="hold_is_on_an_attempt_or_a_micro_credential",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="hold_ended_has_an_ender",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ended_at", "until", "ref"], name="hold_by_end"),
        ]

    def __str__(self) -> str:
        return self.ref


class Leftover(models.Model):
    """Bytes that nothing shows any more and that are still to be deleted from their store.

    Written in the transaction in which their row goes, so that a process that dies in between leaves none behind.
    Personal data: the bytes. They go in the same minute, or with the next night.
    """

    name = models.CharField(max_length=100)
    left_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Night(models.Model):
    """One day's run of letting go: claimed by one worker at a time, and done once. Personal data: none."""

    day = models.DateField(primary_key=True)
    claimed_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0, help_text="Key of the attempt up to which it is done.")
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.day.isoformat()
