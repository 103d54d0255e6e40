"""Words that are kept to be used again in comments."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference


def new_phrase_reference() -> str:
    return new_reference("PHR")


class Phrase(models.Model):
    """A phrase of one assessor, or of a pool for all its assessors; for a criterion, an instrument, or anything.

    The doors are in `assessment.desk.phrasing`. Personal data: an assessor's own phrases, which nobody else is shown
    and which go with the account. Nothing tells from a comment that a phrase stands in it.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_phrase_reference, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    pool = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    instrument = models.CharField(max_length=120, blank=True, help_text="Code of a micro-credential; empty for any.")
    criterion = models.CharField(max_length=40, blank=True, help_text="Code of its criterion; empty for any.")
    text = models.TextField()
    used = models.PositiveIntegerField(default=0, help_text="How often it was put into a comment.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True, pool__isnull=False)
                | models.Q(owner__isnull=False, pool__isnull=True),
                name="phrase_is_somebodys_or_a_pools",
            ),
            models.CheckConstraint(
                condition=models.Q(criterion="") | ~models.Q(instrument=""),
                name="phrase_criterion_has_its_instrument",
            ),
        ]
        indexes: ClassVar = [
            # A desk asks for those of its micro-credential and of any; a page of the bank for all of an owner.
            models.Index(fields=["owner", "instrument", "-used"], name="phrase_of_person_by_instrument"),
            models.Index(fields=["pool", "instrument", "-used"], name="phrase_of_pool_by_instrument"),
        ]

    def __str__(self) -> str:
        return self.ref
