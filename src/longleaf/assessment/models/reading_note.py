"""What a reader notes down while reading: for their own eyes, at a place of an exhibit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.kit.references import new_reference


def new_note_reference() -> str:
    return new_reference("NOT")


class ReadingNote(models.Model):
    """A note at a second of a recording, at a page of a document, or on an exhibit as a whole.

    Personal data: what a reader thought before they decided. Only they see it, on their own desk; it is in no export,
    no decision and no journal line, and it goes by the clock of `reading_notes`.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_note_reference, editable=False)
    reading = models.ForeignKey("panels.Assignment", on_delete=models.CASCADE, related_name="+")
    exhibit = models.CharField(max_length=60, help_text="The exhibit's neutral code, such as R2-1.")
    second = models.PositiveIntegerField(null=True, blank=True, help_text="Seconds from the start of a recording.")
    page = models.PositiveIntegerField(null=True, blank=True, help_text="Page of a document, from 1.")
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(second__isnull=True) | models.Q(page__isnull=True),
                name="reading_note_is_at_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(page__isnull=True) | models.Q(page__gte=1),
                name="reading_note_pages_count_from_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reading", "exhibit", "second", "page"], name="reading_note_in_order"),
        ]

    def __str__(self) -> str:
        return self.ref
