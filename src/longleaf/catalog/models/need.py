"""A need that micro-credentials may answer, broken into skills."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference


def new_need_reference() -> str:
    return new_reference("NEED")


class Need(models.Model):
    """What educators or learners need, and the single skills that would answer it. The doors are in `studio.needs`.

    `skills` are sentences, one a skill; each may become a draft. Personal data: who wrote it down.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_need_reference, editable=False)
    issuer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="needs")
    item = models.ForeignKey(
        "frameworks.FrameworkItem", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    skills = models.JSONField(default=list, blank=True)
    sought = models.CharField(max_length=80, blank=True, help_text="What was looked for in vain and led to it.")
    wish = models.ForeignKey("catalog.Wish", null=True, blank=True, on_delete=models.SET_NULL, related_name="needs")
    revision = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["issuer", "-changed_at"], name="need_of_issuer")]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:80].rstrip()} …"
