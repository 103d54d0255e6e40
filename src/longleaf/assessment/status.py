"""The life of an attempt, as a table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class AttemptStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned incomplete"
    IN_REVIEW = "in_review", "In review"
    NOT_YET = "not_yet", "Not yet"
    APPEALED = "appealed", "Appeal under way"
    DEMONSTRATED = "demonstrated", "Demonstrated"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = AttemptStatus
ATTEMPT_MOVES: Mapping[AttemptStatus, frozenset[AttemptStatus]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    S.SUBMITTED: frozenset({S.RETURNED, S.IN_REVIEW, S.WITHDRAWN}),
    # A return for completeness costs no attempt: the same submission is mended and handed in again.
    S.RETURNED: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    S.IN_REVIEW: frozenset({S.NOT_YET, S.DEMONSTRATED}),
    # Opening a new round copies the evidence and leaves the judged round as it was.
    S.NOT_YET: frozenset({S.DRAFT, S.APPEALED, S.WITHDRAWN}),
    # While an appeal is under way no round opens and nothing is withdrawn: its end decides what stands.
    S.APPEALED: frozenset({S.NOT_YET, S.DEMONSTRATED}),
    S.DEMONSTRATED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
OPEN_FOR_WRITING = frozenset({S.DRAFT, S.RETURNED})
UNDER_WAY = frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED, S.IN_REVIEW, S.NOT_YET, S.APPEALED})


class AppealStatus(models.TextChoices):
    LODGED = "lodged", "Waiting to be looked at"
    READING = "reading", "Being read anew"
    NOT_ADMITTED = "not_admitted", "Not admitted"
    STANDS = "stands", "The decision stands"
    CHANGED = "changed", "The decision is changed"
    WITHDRAWN = "withdrawn", "Withdrawn"


APPEAL_MOVES: Mapping[AppealStatus, frozenset[AppealStatus]] = {
    AppealStatus.LODGED: frozenset({AppealStatus.READING, AppealStatus.NOT_ADMITTED, AppealStatus.WITHDRAWN}),
    # Whoever reads anew must not learn that it is an appeal, so their work is not called off either.
    AppealStatus.READING: frozenset({AppealStatus.STANDS, AppealStatus.CHANGED}),
    AppealStatus.NOT_ADMITTED: frozenset(),
    AppealStatus.STANDS: frozenset(),
    AppealStatus.CHANGED: frozenset(),
    AppealStatus.WITHDRAWN: frozenset(),
}
APPEAL_UNDER_WAY = frozenset({AppealStatus.LODGED, AppealStatus.READING})
# What came of it is told in numbers; what was taken back is nobody's outcome.
APPEAL_ANSWERED = frozenset({AppealStatus.NOT_ADMITTED, AppealStatus.STANDS, AppealStatus.CHANGED})


class AppealGround(models.TextChoices):
    PROCEDURE = "procedure", "The procedure was not followed"
    OVERLOOKED = "overlooked", "Evidence was overlooked"
    CONFLICT = "conflict", "Somebody who read had a conflict of interest"
    ACCOMMODATION = "accommodation", "An accommodation was not given"
    OTHER = "other", "Another ground"


class UploadStatus(models.TextChoices):
    RECEIVING = "receiving", "Arriving"
    READY = "ready", "Ready"
    REFUSED = "refused", "Refused"


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    OFFICE = "office", "Office document"
    IMAGE = "image", "Image"
    AUDIO = "audio", "Audio"
    VIDEO = "video", "Video"
