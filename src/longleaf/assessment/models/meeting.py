"""A meeting of an earner with a coach, which some micro-credentials ask for after several rounds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.models.attempt import Attempt
from longleaf.assessment.status import MEETING_ANSWERED, MeetingStatus
from longleaf.kit.references import new_reference


def new_meeting_reference() -> str:
    return new_reference("MET")


class CoachMeeting(models.Model):
    """What an earner says of a meeting, and whether the coach confirms it. The doors are in `meetings.recording`.

    Personal data: who met whom on which day, read by those two alone; never what was spoken of. Kept with the attempt.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_meeting_reference, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="coach_meetings")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    met_on = models.DateField()
    status = models.CharField(max_length=14, choices=MeetingStatus.choices, default=MeetingStatus.SAID)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was not confirmed; the earner reads it.")
    said_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt"],
                condition=models.Q(status=MeetingStatus.SAID),
                name="coach_meeting_waits_once_an_attempt",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=MEETING_ANSWERED, answered_at__isnull=False)
                | models.Q(~models.Q(status__in=MEETING_ANSWERED), answered_at__isnull=True),
                name="coach_meeting_answered_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=MeetingStatus.NOT_CONFIRMED) | ~models.Q(reason=""),
                name="coach_meeting_not_confirmed_says_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["coach", "status", "said_at"], name="coach_meeting_to_confirm")]

    def __str__(self) -> str:
        return self.ref
