"""What loading a state's pack writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    PACK_LOADED = "state:pack:loaded"
