"""The life of a panel, of an assignment and of a membership, as tables of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from longleaf.directory.status import Role

# Whoever holds one of these in an organisation reads for its pool: evidence, or designs.
READER_ROLES = (Role.ASSESSOR, Role.REVIEWER)


class PanelStatus(models.TextChoices):
    OPEN = "open", "Reading"
    # Its readers differ, and the rule lets a lead assessor decide (`panels.adjudicating`).
    ADJUDICATING = "adjudicating", "Waits for a lead assessor"
    # The first readers differ and talk it over, each blind no longer (`panels.reconciling`).
    RECONCILING = "reconciling", "Readers talk it over"
    DECIDED = "decided", "Decided"
    DISSOLVED = "dissolved", "Dissolved"
    # A panel that checks a reader and decides nothing about the work (`panels.calibration`).
    CHECKING = "checking", "Checking a reader"


PANEL_MOVES: Mapping[PanelStatus, frozenset[PanelStatus]] = {
    PanelStatus.OPEN: frozenset(
        {PanelStatus.ADJUDICATING, PanelStatus.RECONCILING, PanelStatus.DECIDED, PanelStatus.DISSOLVED}
    ),
    # Open again where a lead gives a reading back that was handed in.
    PanelStatus.ADJUDICATING: frozenset({PanelStatus.OPEN, PanelStatus.DECIDED, PanelStatus.DISSOLVED}),
    PanelStatus.RECONCILING: frozenset({PanelStatus.OPEN, PanelStatus.DISSOLVED}),
    PanelStatus.DECIDED: frozenset(),
    PanelStatus.DISSOLVED: frozenset(),
    PanelStatus.CHECKING: frozenset({PanelStatus.DISSOLVED}),
}
LIVE = frozenset({PanelStatus.OPEN, PanelStatus.ADJUDICATING})
READING = frozenset({PanelStatus.OPEN, PanelStatus.ADJUDICATING, PanelStatus.CHECKING})


class AssignmentStatus(models.TextChoices):
    OFFERED = "offered", "Waiting to be opened"
    STARTED = "started", "Being read"
    SUBMITTED = "submitted", "Handed in"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Not taken up in time"
    TAKEN_BACK = "taken_back", "Given to somebody else"


ASSIGNMENT_MOVES: Mapping[AssignmentStatus, frozenset[AssignmentStatus]] = {
    AssignmentStatus.OFFERED: frozenset(
        {
            AssignmentStatus.STARTED,
            AssignmentStatus.DECLINED,
            AssignmentStatus.EXPIRED,
            AssignmentStatus.TAKEN_BACK,
        }
    ),
    AssignmentStatus.STARTED: frozenset(
        {
            AssignmentStatus.SUBMITTED,
            AssignmentStatus.DECLINED,
            AssignmentStatus.EXPIRED,
            AssignmentStatus.TAKEN_BACK,
        }
    ),
    # A lead gives it back before the panel has decided (`panels.reopening`).
    AssignmentStatus.SUBMITTED: frozenset({AssignmentStatus.STARTED}),
    AssignmentStatus.DECLINED: frozenset(),
    AssignmentStatus.EXPIRED: frozenset(),
    AssignmentStatus.TAKEN_BACK: frozenset(),
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


class CertificationStatus(models.TextChoices):
    """Where somebody stands with one rubric."""

    # Read live work where no certificate is required, and is watched from then on.
    UNCERTIFIED = "uncertified", "Not certified"
    IN_TRAINING = "in_training", "In training"
    CERTIFIED = "certified", "Certified"
    SUSPENDED = "suspended", "Suspended"
    LAPSED = "lapsed", "Lapsed"
    WITHDRAWN = "withdrawn", "Withdrawn"


CERTIFICATION_MOVES: Mapping[CertificationStatus, frozenset[CertificationStatus]] = {
    CertificationStatus.UNCERTIFIED: frozenset(
        {CertificationStatus.IN_TRAINING, CertificationStatus.SUSPENDED, CertificationStatus.WITHDRAWN}
    ),
    CertificationStatus.IN_TRAINING: frozenset(
        {CertificationStatus.CERTIFIED, CertificationStatus.SUSPENDED, CertificationStatus.WITHDRAWN}
    ),
    CertificationStatus.CERTIFIED: frozenset(
        {
            # The test again before it runs out: certified anew, for longer.
            CertificationStatus.CERTIFIED,
            CertificationStatus.SUSPENDED,
            CertificationStatus.LAPSED,
            CertificationStatus.WITHDRAWN,
        }
    ),
    CertificationStatus.SUSPENDED: frozenset(
        {
            CertificationStatus.CERTIFIED,
            # Whoever never was certified reads on as before.
            CertificationStatus.UNCERTIFIED,
            CertificationStatus.IN_TRAINING,
            CertificationStatus.WITHDRAWN,
        }
    ),
    CertificationStatus.LAPSED: frozenset(
        {CertificationStatus.IN_TRAINING, CertificationStatus.SUSPENDED, CertificationStatus.WITHDRAWN}
    ),
    CertificationStatus.WITHDRAWN: frozenset({CertificationStatus.IN_TRAINING}),
}


class AnchorStatus(models.TextChoices):
    DRAFT = "draft", "Being read by those who set its levels"
    IN_USE = "in_use", "In use"
    RETIRED = "retired", "Retired"


ANCHOR_MOVES: Mapping[AnchorStatus, frozenset[AnchorStatus]] = {
    AnchorStatus.DRAFT: frozenset({AnchorStatus.IN_USE, AnchorStatus.RETIRED}),
    AnchorStatus.IN_USE: frozenset({AnchorStatus.RETIRED}),
    AnchorStatus.RETIRED: frozenset(),
}


class AnchorUse(models.TextChoices):
    """What an anchor is for. Whoever trained on one knows its levels, so no anchor is for both."""

    TRAINING = "training", "Training"
    UNSEEN = "unseen", "Tests, and among live work"


class Purpose(models.TextChoices):
    """Why a reader is checked."""

    SETTING = "setting", "Setting the levels of an anchor"
    TRAINING = "training", "Training"
    TEST = "test", "Certification test"
    SEEDED = "seeded", "An anchor among live work"
    BACK_READING = "back_reading", "Back-reading"


class Source(models.TextChoices):
    """What a reader's level was held against."""

    ANCHORS = "anchors", "Anchors among live work"
    BACK_READINGS = "back_readings", "Back-reading by a lead assessor"
    CO_READERS = "co_readers", "The other readers of the same work"
