"""Drafts of a policy held against everybody's records."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.recognition.models.policy_draft import PolicyDraft
from longleaf.recognition.models.policy_text import PolicyText


def new_lab_reference() -> str:
    return new_reference("LAB")


class PolicyLab(models.Model):
    """A draft as it was, beside the text in force, reckoned for every educator as of a day. Door: `lab.running`.

    It is done a stretch of people at a time: `after` is the last key that was reckoned, `found` the sums so far.
    Whoever claims it has it until `claimed_until`. Personal data: who asked. Sums alone are kept, of nobody a line.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_lab_reference, editable=False)
    draft = models.ForeignKey(PolicyDraft, on_delete=models.PROTECT, related_name="labs")
    before = models.ForeignKey(PolicyText, on_delete=models.PROTECT, related_name="+")
    proposed = models.JSONField()
    digest = models.CharField(max_length=64)
    on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    found = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "digest", "before", "on"], name="policy_lab_is_asked_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["draft", "-asked_at"], name="policy_lab_of_draft"),
            models.Index(
                fields=["claimed_until"], condition=models.Q(finished_at__isnull=True), name="policy_lab_waits"
            ),
        ]

    def __str__(self) -> str:
        return self.ref
