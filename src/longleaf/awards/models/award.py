"""An award: what somebody earned, and the signed credential that says so."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.awards.models.status_list import StatusList
from longleaf.awards.status import AwardStatus, Visibility


class Award(models.Model):
    """One micro-credential earned by one person on one occasion. The doors are `awards.issuing`, `awards.reissuing`,
    `awards.sharing.visibility`, `awards.revoking` and, for lists, `awards.bulk.working`.

    `occasion` is what led to it, such as `attempt:ATT-7K3M-9QPD`; the database keeps it unique, and that is what makes
    issuing happen exactly once however often it is asked for. `finding` is how it was judged, as `assessment` told it.

    Personal data: the earner's name and hashed address inside `credential`. Kept for as long as the badge is to verify.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    occasion = models.CharField(max_length=80, unique=True)
    earner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="awards")
    earner_name = models.CharField(max_length=200, help_text="The name on the badge, as it was on the day.")
    version = models.ForeignKey("catalog.Version", on_delete=models.PROTECT, related_name="awards")
    issuer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="awards_issued")
    status = models.CharField(max_length=10, choices=AwardStatus.choices, default=AwardStatus.QUEUED)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.LINK)
    earned_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    finding = models.JSONField(
        default=dict, blank=True, help_text="Result per criterion, number of readers, blind or not."
    )
    evidence = models.JSONField(
        default=list, blank=True, help_text="Only the pieces that the earner lets the badge tell of."
    )
    credential = models.JSONField(null=True, blank=True, help_text="The signed document, as it is served.")
    status_list = models.ForeignKey(StatusList, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    status_index = models.PositiveIntegerField(null=True, blank=True)
    reissued_at = models.DateTimeField(null=True, blank=True, help_text="When what it tells was last changed.")
    leased_until = models.DateTimeField(null=True, blank=True, help_text="A worker is signing it until then.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="award_status_index_is_unique"),
            models.CheckConstraint(
                condition=models.Q(status=AwardStatus.QUEUED)
                | models.Q(credential__isnull=False, issued_at__isnull=False, status_index__isnull=False),
                name="award_issued_is_signed",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=AwardStatus.REVOKED)
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revocation_reason="")),
                name="award_revoked_has_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["earner", "-earned_at"], name="award_of_earner"),
            models.Index(fields=["issuer", "-earned_at"], name="award_of_issuer"),
            models.Index(fields=["status", "leased_until"], name="award_to_sign"),
        ]

    def __str__(self) -> str:
        return f"{self.earner_name}: {self.version_id}"
