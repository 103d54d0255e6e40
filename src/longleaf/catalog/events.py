"""What the catalog writes to the journal: `subject:object:action`."""

from django.db import models


class Event(models.TextChoices):
    VERSION_PUBLISHED = "micro-credential:version:published"
    VERSION_SUPERSEDED = "micro-credential:version:superseded"
    VERSION_RETIRED = "micro-credential:version:retired"
    UPSTREAM_LEFT = "micro-credential:upstream:left"
    STACK_JOINED = "stack:member:taken-in"
    DRAFT_BEGUN = "draft:work:begun"
    DRAFT_SHARED = "draft:author:added"
    DRAFT_UNSHARED = "draft:author:removed"
    DRAFT_SET_ASIDE = "draft:work:set-aside"
    DRAFT_TAKEN_UP = "draft:work:taken-up"
    SAMPLE_WITHDRAWN = "draft:sample:withdrawn"
    DRAFT_PUBLISHED = "draft:work:published"
