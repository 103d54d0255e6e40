"""Teams that make one artifact together, and what each of them says of their own part in it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.models.attempt import Attempt, Submission
from longleaf.assessment.status import MemberOfTeam
from longleaf.kit.references import new_reference


def new_team_reference() -> str:
    return new_reference("TEA")


def new_team_member_reference() -> str:
    return new_reference("TMB")


class Team(models.Model):
    """Earners who make the artifact of one requirement together. The doors are in `assessment.teams`.

    It closes for members when the first of them hands in; from then on `size` is what readers are told. Personal data:
    through its members, who works with whom. It goes by the clock of `teams`, once all its members have withdrawn and
    nothing of it is left.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_team_reference, editable=False)
    version = models.ForeignKey("catalog.Version", on_delete=models.PROTECT, related_name="+")
    requirement = models.CharField(max_length=40)
    begun_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, size__isnull=True)
                | models.Q(closed_at__isnull=False, size__isnull=False),
                name="team_closed_has_a_size",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class TeamMember(models.Model):
    """Somebody who belongs to a team, is asked to, or once did.

    Only who works on the same version is reached by an invitation; `person` and `attempt` stay empty where nobody is,
    and whoever asked is told no difference. Personal data: an address, and who works with whom. It goes with the team.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_team_member_reference, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    address = models.EmailField(max_length=254, help_text="As it was given, in small letters.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="team_memberships"
    )
    attempt = models.ForeignKey(
        Attempt, null=True, blank=True, on_delete=models.CASCADE, related_name="team_memberships"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=MemberOfTeam.choices, default=MemberOfTeam.INVITED)
    asked_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="Since when their letter is being sent.")
    written_at = models.DateTimeField(null=True, blank=True, help_text="When the invited person was written to.")

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "address"],
                condition=models.Q(status__in=[MemberOfTeam.INVITED, MemberOfTeam.JOINED]),
                name="team_member_is_one_an_address",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=MemberOfTeam.JOINED) | models.Q(person__isnull=False, attempt__isnull=False),
                name="team_member_joined_is_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "status", "-asked_at"], name="team_member_of_person"),
            models.Index(
                fields=["asked_at"],
                condition=models.Q(status=MemberOfTeam.INVITED, written_at__isnull=True, person__isnull=False),
                name="team_member_to_write",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class OwnPart(models.Model):
    """What an earner says they did themselves for what a team made. Its being there says that it is team work.

    The door is `teams.saying`. Personal data: whatever an earner writes; assessors see it without the name. It goes by
    the clock of `texts`; that a team made it is kept with the decision.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="own_parts")
    requirement = models.CharField(max_length=40)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="own_parts")
    text = models.TextField(blank=True)
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "requirement"], name="own_part_is_one_a_requirement"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.requirement}"
