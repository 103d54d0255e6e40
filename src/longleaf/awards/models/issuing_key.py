"""The keys with which issuers sign."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.awards.status import KeyStatus


class IssuingKey(models.Model):
    """An Ed25519 key of an issuer. The private half is encrypted with a secret from the environment (`awards.keys`).

    Personal data: none. A key is never deleted: what it signed must stay verifiable.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="issuing_keys")
    public_multibase = models.CharField(max_length=80, unique=True)
    private_encrypted = models.BinaryField()
    status = models.CharField(max_length=10, choices=KeyStatus.choices, default=KeyStatus.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(status=KeyStatus.ACTIVE),
                name="issuing_key_active_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.public_multibase
