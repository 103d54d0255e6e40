"""What recognition needs beyond the awards themselves."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class PolicyText(models.Model):
    """A renewal policy as a state's pack gave it: one document with all its dated versions. Personal data: none.

    A changed document is a new row; the one loaded last is in force. Earlier ones show what was believed before.
    """

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="policies")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "code", "digest"], name="policy_text_is_loaded_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Licence(models.Model):
    """An educator's licence, as far as renewal needs it: kind, role and cycle. No number is kept.

    Personal data: that somebody holds a licence and until when. Entered by the employer or the state agency.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="licences")
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="licences")
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=60, help_text="The policy's code for the duties the licence is used for.")
    areas = models.JSONField(default=list, blank=True)
    issued = models.DateField()
    expires = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(expires__gt=models.F("issued")), name="licence_expires_after_issue"
            ),
            models.UniqueConstraint(fields=["person", "state", "kind", "expires"], name="licence_is_entered_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-expires"], name="licence_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} until {self.expires}"


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
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "earned_on"], name="other_credit_of_person")]

    def __str__(self) -> str:
        return self.title


class LocalValue(models.Model):
    """What an employer gives for a micro-credential, where the state leaves that to them. Door: `recognition.valuing`.

    Without a micro-credential it is the employer's general rule: a fixed number, or so many credits for each hour of
    effort. Personal data: who decided.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="local_values")
    micro_credential = models.ForeignKey(
        "catalog.MicroCredential",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="local_values",
    )
    credits = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    credits_per_effort_hour = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(credits__isnull=False, credits_per_effort_hour__isnull=True)
                | models.Q(credits__isnull=True, credits_per_effort_hour__isnull=False),
                name="local_value_is_fixed_or_by_effort",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "micro_credential", "-valid_from"], name="local_value_of_employer"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.credits or self.credits_per_effort_hour}"
