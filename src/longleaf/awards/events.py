"""What awards write to the journal, as `subject:object:action`: on a badge, on a list of them, on an endorsement or
on an issuer.
"""

from django.db import models


class Event(models.TextChoices):
    AWARD_QUEUED = "badge:award:queued"
    AWARD_ISSUED = "badge:award:issued"
    AWARD_REISSUED = "badge:award:reissued"
    AWARD_REVOKED = "badge:award:revoked"
    AWARD_SIGNED_ANEW = "badge:award:signed-anew"
    VISIBILITY_SET = "badge:visibility:set"
    BULK_HANDED_IN = "badge:bulk-award:handed-in"
    BULK_CONFIRMED = "badge:bulk-award:confirmed"
    BULK_DISCARDED = "badge:bulk-award:discarded"
    BULK_FINISHED = "badge:bulk-award:finished"
    ENDORSEMENT_STATED = "endorsement:statement:stated"
    ENDORSEMENT_SIGNED = "endorsement:statement:signed"
    ENDORSEMENT_MENDED = "endorsement:statement:mended"
    ENDORSEMENT_TO_END = "endorsement:statement:to-end"
    ENDORSEMENT_ENDED = "endorsement:statement:ended"
    ENDORSEMENT_SIGNED_ANEW = "endorsement:statement:signed-anew"
    KEY_CREATED = "issuer:key:created"
    KEY_RETIRED = "issuer:key:retired"
    KEY_COMPROMISED = "issuer:key:compromised"
    KEY_RESEALED = "issuer:key:resealed"
