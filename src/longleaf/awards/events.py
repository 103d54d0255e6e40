"""What awards write to the journal: `subject:object:action`, on `award:<uuid>`, `endorsement:<uuid>` or
`issuer:<slug>`.
"""

from django.db import models


class Event(models.TextChoices):
    AWARD_QUEUED = "badge:award:queued"
    AWARD_ISSUED = "badge:award:issued"
    AWARD_REVOKED = "badge:award:revoked"
    AWARD_SIGNED_ANEW = "badge:award:signed-anew"
    VISIBILITY_SET = "badge:visibility:set"
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
