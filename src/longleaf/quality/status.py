"""What a decision on quality can be."""

from __future__ import annotations

from django.db import models


class Outcome(models.TextChoices):
    RECOGNISED = "recognised", "Recognized"
    CONDITIONS = "conditions", "Recognized with conditions"
    RETURNED = "returned", "Returned"
    WITHDRAWN = "withdrawn", "Withdrawn"
