"""What the catalog writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    VERSION_PUBLISHED = "micro-credential:version:published"
    VERSION_SUPERSEDED = "micro-credential:version:superseded"
