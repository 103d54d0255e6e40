"""Policies as a state loaded them or its officers wrote them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PolicyText(models.Model):
    """A policy as one document with all its dated versions. Personal data: none.

    A changed document is a new row. `loaded_at` is when a pack gave it last, and empty for what officers wrote; of
    these `PolicyPublication` says from which day they are in force. `written` is the text with its comments, where
    there is one. Doors: `recognition.policies` and `recognition.editor.publishing`.
    """

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="policies")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    written = models.TextField(blank=True)
    loaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "code", "digest"], name="policy_text_is_loaded_once"),
        ]

    def __str__(self) -> str:
        return self.title
