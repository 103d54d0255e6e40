"""What is written to the journal of a policy that officers write: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    DRAFT_BEGUN = "state:policy-draft:begun"
    DRAFT_DROPPED = "state:policy-draft:dropped"
    LAB_ASKED = "state:policy-lab:asked"
    PROPOSED = "state:policy:proposed"
    ASKED_BACK = "state:policy:asked-back"
    PUBLISHED = "state:policy:published"
    WITHDRAWN = "state:policy:withdrawn"
