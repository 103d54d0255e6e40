"""The life of a panel, of an assignment and of a membership, as tables of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class PanelStatus(models.TextChoices):
    OPEN = "open", "Reading"
    DECIDED = "decided", "Decided"
    DISSOLVED = "dissolved", "Dissolved"


PANEL_MOVES: Mapping[PanelStatus, frozenset[PanelStatus]] = {
    PanelStatus.OPEN: frozenset({PanelStatus.DECIDED, PanelStatus.DISSOLVED}),
    PanelStatus.DECIDED: frozenset(),
    PanelStatus.DISSOLVED: frozenset(),
}


class AssignmentStatus(models.TextChoices):
    OFFERED = "offered", "Waiting to be opened"
    STARTED = "started", "Being read"
    SUBMITTED = "submitted", "Handed in"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Not taken up in time"


ASSIGNMENT_MOVES: Mapping[AssignmentStatus, frozenset[AssignmentStatus]] = {
    AssignmentStatus.OFFERED: frozenset(
        {AssignmentStatus.STARTED, AssignmentStatus.DECLINED, AssignmentStatus.EXPIRED}
    ),
    AssignmentStatus.STARTED: frozenset(
        {AssignmentStatus.SUBMITTED, AssignmentStatus.DECLINED, AssignmentStatus.EXPIRED}
    ),
    AssignmentStatus.SUBMITTED: frozenset(),
    AssignmentStatus.DECLINED: frozenset(),
    AssignmentStatus.EXPIRED: frozenset(),
}
SEATED = frozenset({AssignmentStatus.OFFERED, AssignmentStatus.STARTED, AssignmentStatus.SUBMITTED})
AT_WORK = frozenset({AssignmentStatus.OFFERED, AssignmentStatus.STARTED})


class MemberStatus(models.TextChoices):
    INVITED = "invited", "Invited"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    LEFT = "left", "Left"


MEMBER_MOVES: Mapping[MemberStatus, frozenset[MemberStatus]] = {
    MemberStatus.INVITED: frozenset({MemberStatus.ACTIVE, MemberStatus.LEFT}),
    MemberStatus.ACTIVE: frozenset({MemberStatus.PAUSED, MemberStatus.LEFT}),
    MemberStatus.PAUSED: frozenset({MemberStatus.ACTIVE, MemberStatus.LEFT}),
    MemberStatus.LEFT: frozenset({MemberStatus.INVITED, MemberStatus.ACTIVE}),
}
