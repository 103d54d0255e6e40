"""What archiving writes to the journal, on `state:<code>`."""

from django.db import models


class Event(models.TextChoices):
    ARCHIVE_WRITTEN = "state:archive:written"
