"""What recognition writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    POLICY_LOADED = "state:policy:loaded"
    LICENCE_ENTERED = "person:licence:entered"
    CREDIT_RECORDED = "person:credit:recorded"
    VALUE_SET = "organisation:value:set"
