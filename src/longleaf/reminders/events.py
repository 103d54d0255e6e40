"""What reminders write to the journal: `subject:object:action`. Reminding decides nothing and writes none."""

from django.db import models


class Event(models.TextChoices):
    DAYS_SET = "state:reminders:set"
