"""The life of an award, of a signing key and of a bulk award, as tables of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class AwardStatus(models.TextChoices):
    QUEUED = "queued", "Being issued"
    ISSUED = "issued", "Issued"
    REVOKED = "revoked", "Revoked"


AWARD_MOVES: Mapping[AwardStatus, frozenset[AwardStatus]] = {
    AwardStatus.QUEUED: frozenset({AwardStatus.ISSUED}),
    AwardStatus.ISSUED: frozenset({AwardStatus.REVOKED}),
    AwardStatus.REVOKED: frozenset(),
}


class Visibility(models.TextChoices):
    """Who may open the badge's page. The earner decides."""

    PUBLIC = "public", "Anybody, and it may be listed"
    LINK = "link", "Whoever has the link"
    PRIVATE = "private", "Only me"


class KeyStatus(models.TextChoices):
    ACTIVE = "active", "Signs new badges"
    RETIRED = "retired", "Signs nothing new; what it signed stays valid"


KEY_MOVES: Mapping[KeyStatus, frozenset[KeyStatus]] = {
    KeyStatus.ACTIVE: frozenset({KeyStatus.RETIRED}),
    KeyStatus.RETIRED: frozenset(),
}


class BulkStatus(models.TextChoices):
    """The life of a list of people who are awarded together."""

    CHECKED = "checked", "Checked, not confirmed yet"
    CONFIRMED = "confirmed", "Being awarded"
    DONE = "done", "Finished"
    DISCARDED = "discarded", "Discarded"


BULK_MOVES: Mapping[BulkStatus, frozenset[BulkStatus]] = {
    BulkStatus.CHECKED: frozenset({BulkStatus.CONFIRMED, BulkStatus.DISCARDED}),
    BulkStatus.CONFIRMED: frozenset({BulkStatus.DONE}),
    BulkStatus.DONE: frozenset(),
    BulkStatus.DISCARDED: frozenset(),
}


class RowStatus(models.TextChoices):
    """What became of one row of such a list."""

    READY = "ready", "Ready"
    PROBLEM = "problem", "To mend"
    AWARDED = "awarded", "Awarded"
    SKIPPED = "skipped", "Not awarded"


ROW_MOVES: Mapping[RowStatus, frozenset[RowStatus]] = {
    RowStatus.READY: frozenset({RowStatus.AWARDED, RowStatus.SKIPPED}),
    RowStatus.PROBLEM: frozenset(),
    RowStatus.AWARDED: frozenset(),
    RowStatus.SKIPPED: frozenset(),
}
