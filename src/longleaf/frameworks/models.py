"""Frameworks of competency standards, as a state's pack brings them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.kit.standing import labelled


class Framework(models.Model):
    """A set of standards with an owner and an edition. Personal data: none. The door is `frameworks.publishing`."""

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="frameworks")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    edition = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    source_ids = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "code"], name="framework_code_is_unique_in_its_state"),
        ]

    def __str__(self) -> str:
        return self.title


class FrameworkItem(models.Model):
    """One standard or element. Personal data: none.

    `paraphrase` is our own wording; an official text shows only where a pack has it.
    """

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    code = models.CharField(max_length=60, help_text="Prefixed, so that it is unique across frameworks.")
    title = models.CharField(max_length=300)
    paraphrase = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    standing = models.CharField(max_length=20)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["framework", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "code"], name="framework_item_code_is_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["code"], name="framework_item_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {labelled(self.title, self.standing)}"
