"""An appeal against the decision on one round."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.models.attempt import Submission
from longleaf.assessment.status import APPEAL_ANSWERED, AppealStatus
from longleaf.kit.references import new_reference

# Ten is what education statistics commonly withhold below, so that a small school's one appeal is nobody's to guess.
SMALLEST_TOLD = 10


def new_appeal_reference() -> str:
    return new_reference("APL")


class Appeal(models.Model):
    """An earner's objection to one decision, and what came of it. A decision is appealed once.

    The doors are `appeals.lodging`, `appeals.admitting` and `appeals.concluding`. Personal data: what the earner wrote,
    read by the earner and by the lead assessor who looks at it, and who that was, which the earner is not told. The
    words go by the clock of `appeals`; the rest is kept with the decision.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_appeal_reference, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="appeals")
    reread = models.OneToOneField(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="appeal_of_reread"
    )
    status = models.CharField(max_length=14, choices=AppealStatus.choices, default=AppealStatus.LODGED)
    grounds = models.JSONField(help_text="Codes of `AppealGround`.")
    words = models.JSONField(help_text="What the earner wrote, by criterion.")
    lodged_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(help_text="When the step that is under way is promised to be done.")
    promised_anew = models.DateTimeField(
        null=True, blank=True, help_text="What the earner was told when `due_at` could not be kept."
    )
    looked_at_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, help_text="Why it was not admitted; the earner reads it.")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission"], name="appeal_is_one_a_decision"),
            models.CheckConstraint(
                condition=~models.Q(status__in=[AppealStatus.READING, AppealStatus.STANDS, AppealStatus.CHANGED])
                | models.Q(reread__isnull=False, looked_at_by__isnull=False),
                name="appeal_admitted_is_read_anew",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=AppealStatus.NOT_ADMITTED) | ~models.Q(reason=""),
                name="appeal_not_admitted_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=APPEAL_ANSWERED, answered_at__isnull=False)
                | models.Q(~models.Q(status__in=APPEAL_ANSWERED), answered_at__isnull=True),
                name="appeal_answered_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "due_at", "ref"], name="appeal_by_due_day"),
            models.Index(fields=["answered_at"], name="appeal_by_answer"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def expected_at(self) -> datetime:
        """When its earner was last told to expect the step that is under way."""
        return self.promised_anew or self.due_at


class AppealPractice(models.Model):
    """What a state's pack says of appeals; a state without a row has the defaults. Personal data: none.

    The one door is `appeals.ruling.set_practice`.
    """

    state = models.OneToOneField(
        "directory.State", primary_key=True, on_delete=models.CASCADE, related_name="appeal_practice"
    )
    looked_at_by = models.ForeignKey(
        "directory.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose leads look at an appeal in which every lead of its issuer had a part.",
    )
    smallest_told = models.PositiveSmallIntegerField(
        default=SMALLEST_TOLD, help_text="A published number that tells of fewer appeals is withheld."
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(smallest_told__gte=1), name="appeal_practice_withholds_from_1"),
        ]

    def __str__(self) -> str:
        return f"appeals in {self.state_id}"
