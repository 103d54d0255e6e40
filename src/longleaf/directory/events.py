"""What the directory writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    PERSON_ENROLLED = "person:account:enrolled"
    ROLE_GIVEN = "person:role:given"
    ROLE_ENDED = "person:role:ended"
