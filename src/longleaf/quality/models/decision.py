"""Instruments of quality, and decisions taken by them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from longleaf.kit.standing import labelled
from longleaf.quality.status import APPROVED_AS, Judges, Outcome


class Instrument(models.Model):
    """A rubric or a list of criteria that a state owns, in one version, as its pack gives it. Personal data: none.

    `loaded_at` is when the pack last turned to this text: when it came, or when it took the place of another again.
    """

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="instruments")
    code = models.CharField(max_length=40)
    judges = models.CharField(max_length=10, choices=Judges.choices, default=Judges.DESIGN)
    edition = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    standing = models.CharField(max_length=20)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "code", "digest"], name="instrument_text_is_loaded_once"),
        ]

    def __str__(self) -> str:
        return f"{labelled(self.title, self.standing)}, {self.edition}"


class QualityDecision(models.Model):
    """What an agency decided of a version of a micro-credential, or of an organisation as something; never both.

    An organisation is judged as an issuer, as a school unit that runs a state pathway, or by its renewal plan, and each
    holds for itself. `families` are the codes of those for which it may issue; empty means all. `pathways` are those of
    the state that it may run, as codes of `quality.pathways.naming`; what is not named it may not run.

    Personal data: none. A decision is never changed; a later one on the same subject takes its place from its date on.
    Of two that hold from the same day, the one that was recorded later, and so has the higher key, is the later one.
    """

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="quality_decisions")
    version = models.ForeignKey(
        "catalog.Version", null=True, blank=True, on_delete=models.PROTECT, related_name="quality_decisions"
    )
    organisation = models.ForeignKey(
        "directory.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quality_decisions",
    )
    judged_as = models.CharField(max_length=10, choices=Judges.choices, default=Judges.DESIGN)
    decided_by = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    scope = models.TextField(blank=True)
    families = models.JSONField(default=list, blank=True)
    pathways = models.JSONField(default=list, blank=True)
    follows = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
        help_text="The decision on its issuer because of which this one was taken.",
    )
    conditions = models.TextField(blank=True)
    standing = models.CharField(max_length=20)
    source_ids = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, organisation__isnull=True)
                | models.Q(version__isnull=True, organisation__isnull=False),
                name="quality_decision_has_one_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, judged_as=Judges.DESIGN)
                | (models.Q(version__isnull=True) & ~models.Q(judged_as=Judges.DESIGN)),
                name="quality_decision_judges_its_subject",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "-valid_from", "-id"], name="quality_of_version"),
            models.Index(fields=["organisation", "-valid_from", "-id"], name="quality_of_issuer"),
            models.Index(fields=["state", "-valid_from", "-id"], name="quality_in_register"),
            models.Index(fields=["state", "-recorded_at", "-id"], name="quality_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} from {self.valid_from}"

    @property
    def approved_as(self) -> str:
        """As what an organisation is approved, in a word or two; "" for a version."""
        return APPROVED_AS.get(self.judged_as, "")
