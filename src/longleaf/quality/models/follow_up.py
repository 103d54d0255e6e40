"""What a decision on a design asks for: conditions with their days, and changes by component."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.quality.models.review import Review


class Condition(models.Model):
    """Something that must be so by a day for a recognition to go on. Kept when it is met. Personal data: none."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    until = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    met_note = models.TextField(blank=True, help_text="By what the officer saw that it is met.")

    class Meta:
        ordering: ClassVar = ["review", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="condition_is_numbered_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["met_on", "until"], name="condition_by_due_day")]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.number}"


class AskedChange(models.Model):
    """What would have to change for a component of the rubric to be met. Personal data: none."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="changes")
    criterion = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "criterion"], name="change_is_asked_once_a_component"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.criterion}"
