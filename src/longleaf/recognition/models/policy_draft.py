"""Policies that are being written, and from which day a text is in force."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from longleaf.kit.references import new_reference
from longleaf.recognition.editor.status import DraftStatus
from longleaf.recognition.models.policy_text import PolicyText


def new_draft_reference() -> str:
    return new_reference("POL")


class PolicyDraft(models.Model):
    """A policy as it is being written, with mistakes and all. Door: `recognition.editor.drafting`.

    `revision` counts what was saved, so that two who write at once are told. Personal data: who wrote and proposed.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_draft_reference, editable=False)
    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="policy_drafts")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    base = models.ForeignKey(PolicyText, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    text = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    saved_from = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=12, choices=DraftStatus.choices, default=DraftStatus.WRITING)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    in_force_from = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_back = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=DraftStatus.PROPOSED)
                | (Q(in_force_from__isnull=False, proposed_by__isnull=False) & ~Q(reason="")),
                name="policy_draft_is_proposed_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-written_at"], name="policy_draft_of_state")]

    def __str__(self) -> str:
        return self.name


class PolicyPublication(models.Model):
    """From which day a text is in force, why, and who decided it. Door: `recognition.editor.publishing`.

    A later day takes over from an earlier one by itself. What was withdrawn before its day never was in force.
    Personal data: who decided.
    """

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    text = models.ForeignKey(PolicyText, on_delete=models.PROTECT, related_name="publications")
    draft = models.ForeignKey(PolicyDraft, on_delete=models.PROTECT, related_name="publications")
    in_force_from = models.DateField()
    reason = models.TextField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="policy_publication_has_a_reason"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("published_by")),
                name="policy_publication_has_two_officers",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="policy_publication_is_withdrawn_whole",
            ),
            models.UniqueConstraint(
                fields=["state", "code", "in_force_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="policy_publication_one_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "code", "-in_force_from"], name="policy_publication_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.text} from {self.in_force_from.isoformat()}"
