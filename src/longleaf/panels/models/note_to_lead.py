"""What a reader tells the lead assessor and not the earner."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.panels.models.assignment import Assignment


class NoteToLead(models.Model):
    """A note on a reading as a whole, or on one of its criteria. The doors are in `panels.telling_leads`.

    It is no finding: nothing that becomes feedback, a decision, a badge or an export reads this table. Personal data:
    what a reader thought, in their words; they are told to name nobody. It goes with the reading.
    """

    reading = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="notes_to_lead")
    criterion = models.CharField(max_length=40, blank=True, help_text="Empty for the reading as a whole.")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When a lead put it away as seen.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "criterion"], name="note_to_lead_stands_once_a_criterion"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["reading"], condition=models.Q(seen_at__isnull=True), name="note_to_lead_not_seen_yet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id}/{self.criterion or 'whole'}"
