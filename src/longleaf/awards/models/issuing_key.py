"""The keys with which issuers sign."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.awards.status import KeyStatus


class IssuingKey(models.Model):
    """An Ed25519 key of an issuer. Where its private half is, `custody` says, and `handle` how it is found there.

    Personal data: none. A key is never deleted: what it signed must stay verifiable, or stay known as untrustworthy.
    The doors are `awards.keys` and `awards.keys.compromises`.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="issuing_keys")
    public_multibase = models.CharField(max_length=80, unique=True)
    custody = models.CharField(max_length=200, help_text="The dotted path of what made it and signs with it.")
    handle = models.BinaryField(help_text="For keys in our own custody: the private half, sealed.")
    status = models.CharField(max_length=12, choices=KeyStatus.choices, default=KeyStatus.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_since = models.DateTimeField(
        null=True, blank=True, help_text="From when on nothing signed with it is believed, whenever it says it was."
    )
    compromise_reason = models.TextField(blank=True)
    # What it signed is signed anew from the oldest award on; how far that is, so that a worker can go on.
    signed_anew_through = models.BigIntegerField(default=0)
    signed_anew_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(status=KeyStatus.ACTIVE),
                name="issuing_key_active_is_one",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(status=KeyStatus.COMPROMISED, compromised_since__isnull=False)
                    & ~models.Q(compromise_reason="")
                )
                | (~models.Q(status=KeyStatus.COMPROMISED) & models.Q(compromised_since__isnull=True)),
                name="issuing_key_compromised_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.public_multibase
