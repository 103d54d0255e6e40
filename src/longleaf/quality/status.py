"""What a decision on quality can be, and the life of a review, as a table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class Outcome(models.TextChoices):
    RECOGNISED = "recognised", "Recognized"
    CONDITIONS = "conditions", "Recognized with conditions"
    RETURNED = "returned", "Returned"
    SUSPENDED = "suspended", "Recognition suspended"
    WITHDRAWN = "withdrawn", "Withdrawn"


# What a review can end with: what is suspended is so without one (`oversight.suspending`).
DECIDED_ON_A_REVIEW = frozenset(Outcome) - {Outcome.SUSPENDED}
# Where one of these holds, nobody begins: what is earned meanwhile would be worth nothing.
CLOSED_TO_NEW_ATTEMPTS = frozenset({Outcome.SUSPENDED, Outcome.WITHDRAWN})


class Judges(models.TextChoices):
    """What an instrument judges."""

    DESIGN = "design", "Designs of micro-credentials"
    AGENCY = "agency", "Issuing organizations"
    PATHWAY = "pathway", "School units that run a state pathway"
    PLAN = "plan", "Local renewal plans"


# What an organisation applies for, by what judges it.
APPLIED_FOR: Mapping[str, str] = {
    Judges.AGENCY: "Application to issue",
    Judges.PATHWAY: "Application to run a state pathway",
    Judges.PLAN: "Local renewal plan",
}
# What an organisation is that is approved by it.
APPROVED_AS: Mapping[str, str] = {
    Judges.AGENCY: "Issuer",
    Judges.PATHWAY: "Runs a state pathway",
    Judges.PLAN: "Renews by a plan of its own",
}
# As what an organisation can be judged.
ORGANISATIONS = frozenset({Judges.AGENCY, Judges.PATHWAY, Judges.PLAN})
# An organisation that is approved by one of these may issue. Whoever runs a pathway of the state issues nothing by it:
# the badges stay the state's (decision 0132).
LETS_ISSUE = frozenset({Judges.AGENCY})


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "In review"
    DECIDED = "decided", "Decided"
    GIVEN_UP = "given_up", "Given up"


# Taken back from review, it is a draft again.
APPLICATION_MOVES: Mapping[ApplicationStatus, frozenset[ApplicationStatus]] = {
    ApplicationStatus.DRAFT: frozenset({ApplicationStatus.SUBMITTED, ApplicationStatus.GIVEN_UP}),
    ApplicationStatus.SUBMITTED: frozenset({ApplicationStatus.DRAFT, ApplicationStatus.DECIDED}),
    ApplicationStatus.DECIDED: frozenset(),
    ApplicationStatus.GIVEN_UP: frozenset(),
}
OPEN_APPLICATIONS = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED})


class ReviewStatus(models.TextChoices):
    IN_REVIEW = "in_review", "In review"
    TO_DECIDE = "to_decide", "Waiting for a decision"
    DECIDED = "decided", "Decided"
    TAKEN_BACK = "taken_back", "Taken back"


REVIEW_MOVES: Mapping[ReviewStatus, frozenset[ReviewStatus]] = {
    ReviewStatus.IN_REVIEW: frozenset({ReviewStatus.TO_DECIDE, ReviewStatus.TAKEN_BACK}),
    ReviewStatus.TO_DECIDE: frozenset({ReviewStatus.DECIDED, ReviewStatus.TAKEN_BACK}),
    ReviewStatus.DECIDED: frozenset(),
    ReviewStatus.TAKEN_BACK: frozenset(),
}
UNDER_WAY = frozenset({ReviewStatus.IN_REVIEW, ReviewStatus.TO_DECIDE})


class ReportStatus(models.TextChoices):
    """What became of an issuer's word that a condition is met."""

    WAITING = "waiting", "Reported, not looked at yet"
    CONFIRMED = "confirmed", "Confirmed"
    RETURNED = "returned", "Not met yet"


REPORT_MOVES: Mapping[ReportStatus, frozenset[ReportStatus]] = {
    ReportStatus.WAITING: frozenset({ReportStatus.CONFIRMED, ReportStatus.RETURNED}),
    ReportStatus.CONFIRMED: frozenset(),
    ReportStatus.RETURNED: frozenset(),
}


class Cause(models.TextChoices):
    """Why a design is in review. Reviewers are not told."""

    HANDED_IN = "handed_in", "Handed in by its issuer"
    AUDIT = "audit", "Drawn for an audit"
    COMPLAINT = "complaint", "Called in after a complaint"
    ALARM = "alarm", "Called in after an alarm"
    CALLED_IN = "called_in", "Called in by the agency"


class LinkStatus(models.TextChoices):
    """What came of trying an address that a design names. One that was tried can be asked for again."""

    WAITING = "waiting", "Waits to be tried"
    ANSWERED = "answered", "Answered"
    NOT_ANSWERED = "not_answered", "Not answered"
    NOT_TRIED = "not_tried", "Not tried"


class ComplaintStatus(models.TextChoices):
    OPEN = "open", "Open"
    UPHELD = "upheld", "Upheld"
    NOT_UPHELD = "not_upheld", "Not upheld"


COMPLAINT_MOVES: Mapping[ComplaintStatus, frozenset[ComplaintStatus]] = {
    ComplaintStatus.OPEN: frozenset({ComplaintStatus.UPHELD, ComplaintStatus.NOT_UPHELD}),
    ComplaintStatus.UPHELD: frozenset(),
    ComplaintStatus.NOT_UPHELD: frozenset(),
}


class Measure(models.TextChoices):
    """What is watched of a version or an issuer."""

    FIRST_TIME = "first-time", "Demonstrated the first time"
    IN_THE_END = "in-the-end", "Demonstrated in the end"
    TURNAROUND = "turnaround", "Decided by the promised day"
    AGREEMENT = "agreement", "Agreement of assessors (AC1)"
    APPEALS = "appeals", "Appeals that changed the decision"
    COMPLAINTS = "complaints", "Complaints upheld, of attempts decided"


class AlarmStatus(models.TextChoices):
    OPEN = "open", "Nobody has looked yet"
    LOOKED_AT = "looked_at", "Looked at, and followed up"
    CLOSED = "closed", "Closed"


ALARM_MOVES: Mapping[AlarmStatus, frozenset[AlarmStatus]] = {
    AlarmStatus.OPEN: frozenset({AlarmStatus.LOOKED_AT, AlarmStatus.CLOSED}),
    # Looked at again: what was found is written anew, and the journal keeps what was.
    AlarmStatus.LOOKED_AT: frozenset({AlarmStatus.LOOKED_AT, AlarmStatus.CLOSED}),
    AlarmStatus.CLOSED: frozenset(),
}
