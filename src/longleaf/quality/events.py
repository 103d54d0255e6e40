"""What quality writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    INSTRUMENT_PUBLISHED = "quality:instrument:published"
    DECISION_RECORDED = "quality:decision:recorded"
