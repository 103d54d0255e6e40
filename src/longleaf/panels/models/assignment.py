"""Who reads for a panel, and what they found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.panels.models.panel import Panel
from longleaf.panels.status import SEATED, AssignmentStatus


def new_assignment_reference() -> str:
    return new_reference("RDG")


class Assignment(models.Model):
    """A rater's seat on a panel. Seats are numbered from 1; the third is the one who decides where two differ.

    Whoever `adjudicates` sits beyond the seats of the panel, sees what its readers found, and is no reader: whatever
    measures readers leaves them out.

    Personal data: who rated whom is the most guarded fact of the house; `panels.blindness` says who may see it.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_assignment_reference, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="assignments")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    seat = models.PositiveSmallIntegerField()
    adjudicates = models.BooleanField(default=False, help_text="Decides what the readers differ on, having seen both.")
    status = models.CharField(max_length=12, choices=AssignmentStatus.choices, default=AssignmentStatus.OFFERED)
    why_chosen = models.CharField(max_length=300, help_text="Why this rater, in a sentence.")
    offered_at = models.DateTimeField(auto_now_add=True)
    take_up_by = models.DateTimeField(help_text="When an assignment nobody opened goes to another rater.")
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When this reader had talked it over.")
    declined_because = models.TextField(blank=True, help_text="In the rater's words; it may name the person they know.")

    reopened_because = models.TextField(blank=True, help_text="Why a lead gave it back, for its reader alone.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "rater"], name="assignment_rater_sits_once"),
            models.UniqueConstraint(
                fields=["panel", "seat"],
                condition=models.Q(status__in=SEATED),
                name="assignment_seat_is_taken_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=AssignmentStatus.SUBMITTED) | models.Q(submitted_at__isnull=False),
                name="assignment_submitted_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["rater", "status", "due_at"], name="assignment_queue_of_rater"),
            models.Index(fields=["status", "take_up_by"], name="assignment_by_take_up"),
            models.Index(fields=["offered_at", "rater"], name="assignment_by_offer"),
            models.Index(fields=["submitted_at", "rater"], name="assignment_by_hand_in"),
        ]

    def __str__(self) -> str:
        return self.ref


class Rating(models.Model):
    """A level and a comment for one criterion, by one rater. Saved as it is typed; final when the reading is handed in.

    Level and comment are saved apart, so each counts its own saves: a second tab never overwrites the first without
    saying so, and choosing a level never makes the comment beside it look outdated.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.CharField(max_length=40)
    level = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)
    level_revision = models.PositiveIntegerField(default=0)
    comment_revision = models.PositiveIntegerField(default=0)
    rated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="rating_stands_once_a_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}/{self.criterion}"
