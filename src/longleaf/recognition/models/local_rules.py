"""What a school unit asks on top of the state's policy."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class LocalRules(models.Model):
    """A unit's own rules as a document over the state's policy, from a day on. Door: `recognition.local_rules.setting`.

    Never changed: the next document takes its place from its own day on, and one that asks for nothing ends them.
    Personal data: who set them.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="local_rules")
    document = models.JSONField(help_text="An overlay of the policy; empty where nothing is asked on top.")
    valid_from = models.DateField()
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-valid_from", "-id"], name="local_rules_of_unit")]

    def __str__(self) -> str:
        return f"{self.organisation_id} from {self.valid_from}"
