"""What awards write to the journal: `subject:object:action`, on `award:<uuid>` or `issuer:<slug>`."""

from django.db import models


class Event(models.TextChoices):
    AWARD_QUEUED = "badge:award:queued"
    AWARD_ISSUED = "badge:award:issued"
    AWARD_REVOKED = "badge:award:revoked"
    AWARD_SIGNED_ANEW = "badge:award:signed-anew"
    VISIBILITY_SET = "badge:visibility:set"
    KEY_CREATED = "issuer:key:created"
    KEY_RETIRED = "issuer:key:retired"
    KEY_COMPROMISED = "issuer:key:compromised"
    KEY_RESEALED = "issuer:key:resealed"
