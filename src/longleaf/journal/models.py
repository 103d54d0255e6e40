"""What is stored of a decision. The database itself refuses to change or delete a line (migration 0002)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JournalLine(models.Model):
    """One decision. The one door is `journal.recording.record`; `journal.verifying.verify` proves the chain.

    A line stands alone: actor and subject are text, so it outlives what it tells of.
    Personal data: the actor's name as it was, and what an app puts into `data`. Kept as long as the record must be.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.UUIDField(help_text="Shared by all lines of one act.")
    event = models.CharField(max_length=80)
    actor = models.CharField(
        max_length=40, blank=True, help_text="The person's reference; empty for the system itself."
    )
    actor_name = models.CharField(max_length=200)
    subject = models.CharField(max_length=120, help_text="What was decided on, such as attempt:ATT-7K3M-9QPD.")
    data = models.JSONField(default=dict, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "number"], name="journal_line_of_subject"),
            models.Index(fields=["event", "number"], name="journal_line_of_event"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event} {self.subject}"


class JournalHead(models.Model):
    """Where the chain ends. One row; whoever writes a line locks it, so that the chain never forks."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="journal_has_one_head")]
