"""An endorsement: what an organisation states, with its signature, of an issuer or of a version."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from longleaf.awards.models.status_list import StatusList
from longleaf.awards.status import EndorsementStatus


class Endorsement(models.Model):
    """A statement about a version of a micro-credential, or about an organisation; never both.

    `occasion` is what led to it, such as `quality-decision:12`; the database keeps it unique, so one decision is stated
    once. `ends_at` is from when on it is withdrawn, which may lie ahead. The door is `awards.endorsements.endorsing`.

    Personal data: none. Kept for as long as somebody may ask what held on a day.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    occasion = models.CharField(max_length=80, unique=True)
    endorser = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="endorsements_made")
    version = models.ForeignKey(
        "catalog.Version", null=True, blank=True, on_delete=models.PROTECT, related_name="endorsements"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="endorsements"
    )
    name = models.CharField(max_length=300)
    comment = models.TextField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=EndorsementStatus.choices, default=EndorsementStatus.QUEUED)
    issued_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)
    credential = models.JSONField(null=True, blank=True, help_text="The signed document, as it is served.")
    status_list = models.ForeignKey(
        StatusList, null=True, blank=True, on_delete=models.PROTECT, related_name="endorsements"
    )
    status_index = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, organisation__isnull=True)
                | models.Q(version__isnull=True, organisation__isnull=False),
                name="endorsement_has_one_subject",
            ),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="endorsement_status_index_is_unique"),
            models.CheckConstraint(
                condition=models.Q(status=EndorsementStatus.QUEUED)
                | models.Q(credential__isnull=False, issued_at__isnull=False, status_index__isnull=False),
                name="endorsement_issued_is_signed",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=EndorsementStatus.ENDED) | models.Q(ends_at__isnull=False),
                name="endorsement_ended_says_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "status"], name="endorsement_of_version"),
            models.Index(fields=["organisation", "status"], name="endorsement_of_organisation"),
            models.Index(fields=["status", "ends_at"], name="endorsement_to_do"),
        ]

    def __str__(self) -> str:
        return self.name
