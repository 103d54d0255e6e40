"""What awards write to the journal, as `subject:object:action`: on a badge, on a list of them, on an issuer."""

from django.db import models


class Event(models.TextChoices):
    AWARD_QUEUED = "badge:award:queued"
    AWARD_ISSUED = "badge:award:issued"
    AWARD_REISSUED = "badge:award:reissued"
    AWARD_REVOKED = "badge:award:revoked"
    VISIBILITY_SET = "badge:visibility:set"
    BULK_HANDED_IN = "badge:bulk-award:handed-in"
    BULK_CONFIRMED = "badge:bulk-award:confirmed"
    BULK_DISCARDED = "badge:bulk-award:discarded"
    BULK_FINISHED = "badge:bulk-award:finished"
    KEY_CREATED = "issuer:key:created"
    KEY_RETIRED = "issuer:key:retired"
