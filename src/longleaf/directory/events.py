"""What the directory writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    PERSON_ENROLLED = "person:account:enrolled"
    PERSON_RENAMED = "person:name:changed"
    ADDRESS_VERIFIED = "person:address:verified"
    ADDRESS_REMOVED = "person:address:removed"
    BADGE_ADDRESS_CHOSEN = "person:badge-address:chosen"
    ROLE_GIVEN = "person:role:given"
    ROLE_ENDED = "person:role:ended"
