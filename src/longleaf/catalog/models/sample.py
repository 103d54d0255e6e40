"""A file of sample evidence that designers show with a design."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.catalog.models.draft import Draft
from longleaf.kit.references import new_reference


def new_sample_reference() -> str:
    return new_reference("SMP")


class SampleFile(models.Model):
    """Sample evidence that was brought as a file, cleaned and told by its content. The door is `studio.samples`.

    The design names it by its address, beside where it comes from and by whose consent it is shown. `described` says
    what it shows, or its words where it is a recording, for whoever cannot see or hear it; `found` is what could be
    found out of its accessibility: pairs of an answer and a sentence. It is open to all once a version that names it is
    published, and says then what that version says of it; `withdrawn_at` is when it was taken back, its bytes and words
    with it. Personal data: who brought it, and whatever the consent covers; kept with the draft, and what was never
    published for as long as the state says once the draft is set aside.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_sample_reference, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="sample_files")
    title = models.CharField(max_length=200)
    described = models.TextField(blank=True)
    is_invented = models.BooleanField()
    consent = models.TextField(blank=True)
    found = models.JSONField(default=list)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=200)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["brought_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_invented=True) | ~models.Q(consent="") | models.Q(withdrawn_at__isnull=False),
                name="sample_file_is_invented_or_consented",
            ),
        ]

    def __str__(self) -> str:
        return self.title
