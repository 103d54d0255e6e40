"""A review of a design or of an organisation's application, and what its readers declare and quote.

Who reads and what they find is stored by `panels`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.quality.models.application import Application
from longleaf.quality.models.decision import Instrument, QualityDecision
from longleaf.quality.status import UNDER_WAY, Cause, ReviewStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation


def new_review_reference() -> str:
    return new_reference("QRV")


class DesignText(models.Model):
    """A design or an application as it was handed in for review. Immutable: its key is its digest.

    Personal data: none in a design; an application may name people who answer for something.
    """

    digest = models.CharField(primary_key=True, max_length=64, help_text="SHA-256 of the canonical JSON (RFC 8785).")
    document = models.JSONField()

    def __str__(self) -> str:
        return self.digest[:12]


class Review(models.Model):
    """One review by one instrument, of one version or of one application. The doors are in `quality.reviewing`.

    Reviewers know it by `ref` alone, which is the subject of its panel. `design` is the text that they read, whatever
    becomes of the version or the application. Personal data: who handed it in and who decided.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_review_reference, editable=False)
    version = models.ForeignKey(
        "catalog.Version", null=True, blank=True, on_delete=models.PROTECT, related_name="quality_reviews"
    )
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    design = models.ForeignKey(DesignText, on_delete=models.PROTECT, related_name="reviews")
    agency = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="reviews")
    panel = models.OneToOneField("panels.Panel", null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=ReviewStatus.choices, default=ReviewStatus.IN_REVIEW)
    cause = models.CharField(max_length=10, choices=Cause.choices, default=Cause.HANDED_IN)
    note = models.TextField(blank=True, help_text="What whoever put it up says to the officer who decides.")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    decision = models.OneToOneField(
        QualityDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="review"
    )
    letter = models.TextField(blank=True, help_text="What the officer writes to the issuer.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False, application__isnull=True)
                | models.Q(version__isnull=True, application__isnull=False),
                name="review_has_one_subject",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ReviewStatus.DECIDED)
                | models.Q(decision__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="review_decided_has_its_decision",
            ),
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(status__in=UNDER_WAY), name="review_of_version_is_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(status__in=UNDER_WAY),
                name="review_of_application_is_one_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "status", "due_at", "ref"], name="review_of_agency_by_due"),
            models.Index(fields=["version", "-handed_in_at"], name="review_of_version"),
            models.Index(fields=["application", "-handed_in_at"], name="review_of_application"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def subject(self) -> Version | Application:
        """What is reviewed."""
        subject = self.version or self.application
        assert subject is not None, "the database keeps that there is exactly one subject"
        return subject

    @property
    def owner(self) -> Organisation:
        """Whose design or application it is."""
        return self.version.micro_credential.issuer if self.version else self.subject.organisation  # type: ignore[union-attr]


class ConflictDeclaration(models.Model):
    """What a reviewer declared before the design was opened to them. Personal data: through the reading, who declared.

    Kept with the decision, in the words that were declared: another wording is another declaration.
    """

    reading = models.OneToOneField("panels.Assignment", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    declared_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"declaration for {self.reading_id}"


class Quotation(models.Model):
    """The words of the design on which a reviewer rests a rating, and the place where they stand.

    `pointer` is a JSON Pointer (RFC 6901) into the design; empty while the words stand nowhere in it. Saved as it is
    typed, so `revision` counts the saves. Personal data: through the reading, who quoted.
    """

    reading = models.ForeignKey("panels.Assignment", on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    pointer = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "criterion"], name="quotation_stands_once_a_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id}/{self.criterion}"
