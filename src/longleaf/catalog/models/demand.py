"""Signals of demand: what was looked for in the catalog in vain, and what educators asked for in words."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference


class Sought(models.Model):
    """A phrase that found little in a month, and on which days of it. Personal data: none; nobody is told apart.

    `days` has a bit for each day of the month, so that one person who looks ten times on a day counts once, and
    `day_count` counts them. The door is `catalog.demand`, which also says from how many days on it is shown, and when
    it is forgotten.
    """

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    phrase = models.CharField(max_length=80)
    month = models.DateField(help_text="Its first day.")
    days = models.BigIntegerField(default=0)
    day_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "month", "phrase"], name="sought_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.phrase}, {self.month:%Y-%m}"


def new_wish_reference() -> str:
    return new_reference("WISH")


class Wish(models.Model):
    """What somebody asked to be offered, in their words. Personal data: who asked, whom no designer is told; it goes
    when they take it back."""

    ref = models.CharField(max_length=24, unique=True, default=new_wish_reference, editable=False)
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    role = models.CharField(max_length=80, blank=True, help_text="For whom, as a code of the vocabulary.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-asked_at"], name="wish_in_state"),
            models.Index(fields=["asked_by", "-asked_at"], name="wish_of_person"),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:80].rstrip()} …"
