"""Certificates of credits, as they were handed out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference


def new_certificate_reference() -> str:
    return new_reference("CRT", groups=3)


class CreditCertificate(models.Model):
    """What a ledger said on a day, as a statement that can be filed and verified by its reference.

    The door is `recognition.certificates.stating`. Personal data: name and credits of an educator. Kept as long as the
    record, because paper outlives it.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_certificate_reference, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="credit_certificates")
    as_of = models.DateField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    stated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "digest"], name="credit_certificate_is_stated_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-stated_at"], name="credit_certificate_of_person")]

    def __str__(self) -> str:
        return self.ref
