"""Mentors of an attempt, and what they write on its draft. Nothing of it is ever shown to those who judge."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.models.attempt import Attempt, Submission
from longleaf.assessment.status import MENTORED, MentorStatus
from longleaf.kit.references import new_reference


def new_mentorship_reference() -> str:
    return new_reference("MEN")


def new_comment_reference() -> str:
    return new_reference("CMT")


class Mentorship(models.Model):
    """An earner's wish that somebody look at the draft of an attempt, and what came of it.

    The doors are `mentoring.inviting` and `mentoring.accepting`. `mentor` stays empty where nobody who may look has the
    address, and the earner is told no difference: it could say who reads. Personal data: an address, and who helped
    whom. It goes with the attempt.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_mentorship_reference, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="mentorships")
    address = models.EmailField(max_length=254, help_text="As the earner gave it, in small letters.")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="mentorships"
    )
    status = models.CharField(max_length=10, choices=MentorStatus.choices, default=MentorStatus.INVITED)
    round = models.PositiveSmallIntegerField(help_text="The latest round that the earner shows.")
    requirements = models.JSONField(help_text="Codes of what the earner shows.")
    letter_round = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The round whose decision the earner shows, if any."
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="Since when their letter is being sent.")
    written_at = models.DateTimeField(null=True, blank=True, help_text="When the invited person was written to.")
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt", "address"],
                condition=models.Q(status__in=[MentorStatus.INVITED, MentorStatus.ACCEPTED]),
                name="mentorship_is_one_an_address",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=MENTORED) | models.Q(mentor__isnull=False, accepted_at__isnull=False),
                name="mentorship_accepted_has_a_mentor",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mentor", "status", "-invited_at"], name="mentorship_of_mentor"),
            models.Index(
                fields=["invited_at"],
                condition=models.Q(status=MentorStatus.INVITED, written_at__isnull=True, mentor__isnull=False),
                name="mentorship_to_write",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class DraftComment(models.Model):
    """What a mentor wrote on one requirement of a round, and what the earner made of it.

    The door is `mentoring.commenting`. It may change while the round may. Personal data: words of both, read by both
    and by nobody else. It goes by the clock of `mentoring` (`assessment.retention`).
    """

    ref = models.CharField(max_length=24, unique=True, default=new_comment_reference, editable=False)
    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="comments")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="draft_comments")
    requirement = models.CharField(max_length=40)
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="Since when the letter on it is being sent.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the earner was written to about it.")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, help_text="Since when the earner is done with it.")

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="draft_comment_says_something"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="draft_comment_answered_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mentorship", "submission", "written_at"], name="draft_comment_of_mentor"),
            models.Index(fields=["written_at"], condition=models.Q(told_at__isnull=True), name="draft_comment_to_tell"),
        ]

    def __str__(self) -> str:
        return self.ref
