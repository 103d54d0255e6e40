"""How a state deals with renewal day by day, as its pack says."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RenewalPractice(models.Model):
    """Clocks of requests, and whom a roster calls at risk, where a state's pack sets them. Personal data: none.

    The door is `recognition.ruling.set_practice`, which knows the usual figures for what is not named.
    """

    state = models.OneToOneField("directory.State", on_delete=models.PROTECT, related_name="renewal_practice")
    figures = models.JSONField(default=dict)
    standing = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.state_id}"


class UnitCount(models.Model):
    """How the educators of a school unit stood on a day, in numbers, so that a state can be told without reckoning
    everybody anew. Personal data: none; written by `recognition.roster.counting` alone.
    """

    organisation = models.OneToOneField(
        "directory.Organisation", on_delete=models.CASCADE, related_name="renewal_count"
    )
    counted_on = models.DateField(null=True, blank=True)
    standings = models.JSONField(default=dict, help_text="How many educators, by standing.")
    years = models.JSONField(default=dict, help_text="By year: credits from time spent, and from competency shown.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["counted_on"], name="unit_count_by_day")]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.counted_on}"
