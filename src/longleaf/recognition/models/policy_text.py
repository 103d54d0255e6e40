"""Policies as a state loaded them."""

from __future__ import annotations

from typing import ClassVar

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
