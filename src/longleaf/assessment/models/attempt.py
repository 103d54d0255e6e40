"""An attempt, and each round of evidence handed in for it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.status import UNDER_WAY, AttemptStatus
from longleaf.kit.references import new_reference


def new_attempt_reference() -> str:
    return new_reference("ATT")


def new_submission_reference() -> str:
    return new_reference("SUB")


class Attempt(models.Model):
    """Somebody's work toward one version of a micro-credential, through all its rounds.

    The doors are `assessment.starting`, `writing`, `submitting`, `completeness` and `scoring`. A person has at most one
    attempt under way at a micro-credential. Personal data: whose work it is.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_attempt_reference, editable=False)
    earner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey("catalog.Version", on_delete=models.PROTECT, related_name="attempts")
    micro_credential = models.ForeignKey("catalog.MicroCredential", on_delete=models.PROTECT, related_name="attempts")
    status = models.CharField(max_length=14, choices=AttemptStatus.choices, default=AttemptStatus.DRAFT)
    round = models.PositiveSmallIntegerField(default=1)
    run_by = models.ForeignKey(
        "directory.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The school unit that has it judged, since it ran the pathway when it was begun.",
    )
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["earner", "micro_credential"],
                condition=models.Q(status__in=UNDER_WAY),
                name="attempt_under_way_is_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["earner", "-changed_at"], name="attempt_of_earner"),
            models.Index(fields=["status", "changed_at"], name="attempt_by_status"),
            models.Index(fields=["status", "decided_at"], name="attempt_by_decision"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def rounds(self) -> models.QuerySet[Submission]:
        """Its rounds, without what an appeal has read anew."""
        return self.submissions.filter(reread_of__isnull=True)


class Submission(models.Model):
    """One round of an attempt. What was judged is never changed; a new round begins with a copy.

    An appeal has a round read anew by others: that is a copy of its own, `reread_of` the judged one, with a reference
    that nobody who read the first has seen. It is no round, and `rounds` leaves it out.

    `ref` is the submission ID: all that a reader ever sees of whose work it is. Personal data: the statements the
    earner made, with their time.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_submission_reference, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    reread_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="rereadings")
    panel = models.OneToOneField("panels.Panel", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    met_before = models.JSONField(default=list, blank=True, help_text="Criteria met in an earlier round.")
    levels_before = models.JSONField(
        default=dict, blank=True, help_text="The best level that criteria had in earlier rounds, by their code."
    )
    language = models.CharField(
        max_length=20,
        blank=True,
        help_text="In which it is handed in, where its micro-credential takes several.",
    )
    other_work = models.BooleanField(default=False, help_text="It brings other work in place of the round before.")
    statements = models.JSONField(
        default=dict, blank=True, help_text="Privacy and integrity: the text agreed to, and when."
    )
    badge_evidence = models.JSONField(default=list, blank=True, help_text="Requirements that the badge may tell of.")
    lent_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when assessors may be trained on it, without a name, by its earner's leave.",
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="When the earner was told to expect the decision.")
    promised_anew = models.DateTimeField(
        null=True, blank=True, help_text="What the earner was told when `due_at` could not be kept."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(null=True, blank=True)
    compared_at = models.DateTimeField(null=True, blank=True, help_text="Since when likenesses were looked for.")

    class Meta:
        ordering: ClassVar = ["attempt", "round"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt", "round"],
                condition=models.Q(reread_of__isnull=True),
                name="submission_is_one_a_round",
            ),
            models.UniqueConstraint(
                fields=["reread_of"],
                condition=models.Q(reread_of__isnull=False),
                name="submission_is_reread_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["submitted_at"], name="submission_by_time"),
            models.Index(
                fields=["due_at", "ref"],
                condition=models.Q(submitted_at__isnull=False, decided_at__isnull=True, panel__isnull=True),
                name="submission_waiting_for_check",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=models.Q(submitted_at__isnull=False, compared_at__isnull=True),
                name="submission_to_compare",
            ),
            models.Index(
                fields=["due_at"],
                condition=models.Q(submitted_at__isnull=False, decided_at__isnull=True, reread_of__isnull=True),
                name="submission_promised",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def expected_at(self) -> datetime | None:
        """When its earner was last told to expect the decision."""
        return self.promised_anew or self.due_at
