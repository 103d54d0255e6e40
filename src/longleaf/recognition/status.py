"""The life of a request for credit and of a list, as tables of allowed moves, and where somebody stands in a cycle."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class RequestSort(models.TextChoices):
    """What a request asks for."""

    CREDIT = "credit", "Credit for what I have done"
    PRIOR_APPROVAL = "prior_approval", "Approval before I begin"
    CATEGORY = "category", "Another category for a credit that is recorded"
    BADGE = "badge", "Approval or a category for a badge that I earned"
    SIGNATURE = "signature", "A signature that the policy asks for"
    CARRIED_OVER = "carried_over", "What is left over of a credit from an earlier cycle"
    OTHER = "other", "Something else that needs a decision"


class RequestStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    SENT = "sent", "Waiting for a decision"
    ASKED_BACK = "asked_back", "Asked back"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Not approved"
    WITHDRAWN = "withdrawn", "Withdrawn"
    APPEALED = "appealed", "Appealed"
    GRANTED = "granted", "Approved on appeal"
    UPHELD = "upheld", "Decision upheld"


S = RequestStatus
REQUEST_MOVES: Mapping[RequestStatus, frozenset[RequestStatus]] = {
    S.DRAFT: frozenset({S.SENT, S.WITHDRAWN}),
    S.SENT: frozenset({S.ASKED_BACK, S.APPROVED, S.REFUSED, S.WITHDRAWN}),
    S.ASKED_BACK: frozenset({S.SENT, S.REFUSED, S.WITHDRAWN}),
    # What was approved otherwise than asked may be appealed too; `appealing` looks whether it was.
    S.APPROVED: frozenset({S.APPEALED}),
    S.REFUSED: frozenset({S.APPEALED}),
    S.WITHDRAWN: frozenset(),
    S.APPEALED: frozenset({S.GRANTED, S.UPHELD}),
    S.GRANTED: frozenset(),
    S.UPHELD: frozenset(),
}
# What waits for the school unit, and what is over unless it is appealed.
WITH_THE_OFFICE = frozenset({S.SENT, S.ASKED_BACK})
# What no office ever had, or has no more.
NEVER_SENT = frozenset({S.DRAFT, S.WITHDRAWN})
DECIDED = frozenset({S.APPROVED, S.REFUSED, S.GRANTED, S.UPHELD})


class ListStatus(models.TextChoices):
    """A list of people who took part in the same learning."""

    CHECKED = "checked", "Checked, not yet recorded"
    RECORDED = "recorded", "Recorded"
    DISCARDED = "discarded", "Discarded"


LIST_MOVES: Mapping[ListStatus, frozenset[ListStatus]] = {
    ListStatus.CHECKED: frozenset({ListStatus.RECORDED, ListStatus.DISCARDED}),
    ListStatus.RECORDED: frozenset(),
    ListStatus.DISCARDED: frozenset(),
}


class CycleStanding(models.TextChoices):
    """How somebody's cycle stands on a day, from what must be seen to first to what asks for nothing."""

    EXPIRED = "expired", "Expired with credits missing"
    AT_RISK = "at_risk", "At risk"
    WATCH = "watch", "Watch"
    ON_TRACK = "on_track", "On the way"
    COMPLETE = "complete", "Complete"
    SETTLED = "settled", "No credits asked for"
    NO_LICENCE = "no_licence", "No license on record"
    NO_RULE = "no_rule", "No rule found"
