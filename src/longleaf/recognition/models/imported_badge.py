"""Badges that educators bring from elsewhere, and what was decided of each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.recognition.models.counting import CountsAs
from longleaf.recognition.portability.status import GivenTo, ImportStatus, Ruling


def new_import_reference() -> str:
    return new_reference("IMP")


class ImportedBadge(models.Model):
    """A badge as it was brought, the report on it, and where it stands. Doors: `portability.bringing`, `sending`,
    `deciding` and `verifying_again`.

    `material` are the very bytes that came, and `digest` their SHA-256; nobody brings the same badge twice. What the
    badge `says` are its issuer's claims. Personal data: that somebody earned something, and what stands in the badge;
    kept with the person.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_import_reference, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imported_badges")
    status = models.CharField(max_length=10, choices=ImportStatus.choices, default=ImportStatus.BROUGHT)
    brought_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    address = models.CharField(max_length=2000, blank=True, help_text="Where it was found, if it was not uploaded.")
    carrier = models.CharField(max_length=8)
    material = models.BinaryField()
    digest = models.CharField(max_length=64)
    credential = models.JSONField()

    title = models.CharField(max_length=300)
    issuer_name = models.CharField(max_length=300, blank=True)
    issuer_id = models.CharField(max_length=2000, blank=True)
    achievement_id = models.CharField(max_length=2000, blank=True)
    credential_id = models.CharField(max_length=500, blank=True)
    says = models.JSONField(default=dict, help_text="What else it says: version, criteria, evidence, alignments.")
    earned_on = models.DateField(null=True, blank=True, help_text="The day that the badge names.")
    expires_on = models.DateField(null=True, blank=True)

    report = models.JSONField(help_text="Step by step what was found when it was last verified.")
    verdict = models.CharField(max_length=8)
    proven_issuer = models.CharField(max_length=2000, blank=True, help_text="Who was proven to have issued it.")
    verified_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True, help_text="Since when a worker verifies it again.")
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was found that its issuer has withdrawn it."
    )
    given_to = models.CharField(max_length=8, choices=GivenTo.choices)
    explanation = models.TextField(blank=True, help_text="What its earner says of it.")
    asked_again_at = models.DateTimeField(null=True, blank=True)
    new_facts = models.TextField(blank=True)
    ruling = models.ForeignKey(
        "recognition.ImportDecision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "digest"], name="imported_badge_is_brought_once"),
            models.UniqueConstraint(
                fields=["person", "credential_id"],
                condition=~models.Q(credential_id=""),
                name="imported_badge_is_brought_once_by_id",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[ImportStatus.ACCEPTED, ImportStatus.REFUSED])
                | models.Q(ruling__isnull=False),
                name="imported_badge_decided_has_a_ruling",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[ImportStatus.WAITING, ImportStatus.ASKED])
                | models.Q(sent_at__isnull=False, due_on__isnull=False),
                name="imported_badge_waiting_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_again_at__isnull=True) | ~models.Q(new_facts=""),
                name="imported_badge_asked_again_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-brought_at"], name="imported_badge_of_person"),
            models.Index(fields=["status", "due_on"], name="imported_badge_to_decide"),
            models.Index(fields=["status", "verified_at"], name="imported_badge_to_look_at"),
            models.Index(fields=["status", "expires_on"], name="imported_badge_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.title


class ImportDecision(CountsAs):
    """One thing that was done with a badge that waits: a question, an acceptance or a refusal, with its reason.

    Rows are never changed, but for the `answer` to a question and that its letter went out. `precedent` is set where
    nobody decided but an earlier decision that applies to all; then `decided_by` is empty. Personal data: who decided.
    """

    imported = models.ForeignKey(ImportedBadge, on_delete=models.CASCADE, related_name="decisions")
    ruling = models.CharField(max_length=8, choices=Ruling.choices)
    reason = models.TextField(help_text="The reason, or the question; its earner reads it.")
    answer = models.TextField(blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", help_text="For whom it was decided."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    precedent = models.ForeignKey(
        "recognition.Precedent", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="Since when its letter is being sent.")
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When its letter was sent, or nobody had a mailbox."
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="import_decision_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=False) | models.Q(precedent__isnull=False),
                name="import_decision_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~models.Q(ruling=Ruling.ACCEPTED)
                | models.Q(micro_credential__isnull=False, amount__isnull=True)
                | models.Q(micro_credential__isnull=True, amount__gt=0),
                name="import_decision_accepted_counts_one_way",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["imported", "decided_at"], name="import_decision_of_badge"),
            models.Index(fields=["told_at", "decided_at"], name="import_decision_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.get_ruling_display()}: {self.imported_id}"
