"""The life of an award, an endorsement, a signing key and a list of awards, as tables of allowed moves."""

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


class EndorsementStatus(models.TextChoices):
    QUEUED = "queued", "Being signed"
    ISSUED = "issued", "Signed"
    ENDED = "ended", "Withdrawn"


ENDORSEMENT_MOVES: Mapping[EndorsementStatus, frozenset[EndorsementStatus]] = {
    EndorsementStatus.QUEUED: frozenset({EndorsementStatus.ISSUED}),
    # Back where its words were mended: then it is signed again.
    EndorsementStatus.ISSUED: frozenset({EndorsementStatus.QUEUED, EndorsementStatus.ENDED}),
    EndorsementStatus.ENDED: frozenset(),
}


class KeyStatus(models.TextChoices):
    ACTIVE = "active", "Signs new badges"
    RETIRED = "retired", "Signs nothing new; what it signed stays valid"
    COMPROMISED = "compromised", "Believed no more; what it signed is signed anew"


KEY_MOVES: Mapping[KeyStatus, frozenset[KeyStatus]] = {
    KeyStatus.ACTIVE: frozenset({KeyStatus.RETIRED, KeyStatus.COMPROMISED}),
    KeyStatus.RETIRED: frozenset({KeyStatus.COMPROMISED}),
    # Never reinstated: somebody else may have the key for as long as there are copies.
    KeyStatus.COMPROMISED: frozenset(),
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
