"""What an organisation hands in to be approved: an application, and what it shows for each criterion."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.quality.models.decision import Instrument
from longleaf.quality.status import APPLIED_FOR, OPEN_APPLICATIONS, ApplicationStatus, Judges


def new_application_reference() -> str:
    return new_reference("APP")


def new_document_reference() -> str:
    return new_reference("DOC")


class Application(models.Model):
    """An organisation's application by one text of a state's criteria. The doors are in `quality.agencies`.

    It is written as a draft and frozen when it is handed in, as the text of its review. Personal data: who began it
    and who handed it in, and whoever the organisation names in it. What was shown in one that was given up goes, and so
    do documents of a decided one on which no approval rests (`quality.agencies.letting_go`).
    """

    ref = models.CharField(max_length=24, unique=True, default=new_application_reference, editable=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="quality_applications"
    )
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="applications")
    judged_as = models.CharField(max_length=10, choices=[(code, APPLIED_FOR[code]) for code in APPLIED_FOR])
    renews = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewed_by",
        help_text="The application that this one was begun from.",
    )
    status = models.CharField(max_length=10, choices=ApplicationStatus.choices, default=ApplicationStatus.DRAFT)
    scope = models.TextField(blank=True, help_text="What it asks to be approved for.")
    scope_revision = models.PositiveIntegerField(default=0)
    pathways = models.JSONField(default=list, blank=True, help_text="Which pathways of the state it asks to run.")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    update_by = models.DateField(
        null=True, blank=True, help_text="By when the agency asked to have it brought up to date, once it was decided."
    )
    update_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "judged_as"],
                condition=models.Q(status__in=OPEN_APPLICATIONS),
                name="application_is_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(judged_as=Judges.DESIGN), name="application_is_of_an_organisation"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[ApplicationStatus.DRAFT, ApplicationStatus.GIVEN_UP])
                | models.Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="application_submitted_tells_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(update_by__isnull=True) | models.Q(status=ApplicationStatus.DECIDED),
                name="application_to_be_updated_is_decided",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-begun_at", "-id"], name="application_newest_first")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_judged_as_display()}"


class Showing(models.Model):
    """What an application shows for one criterion: words, addresses (one a line), and documents.

    `carried` says that it stands as it did in the application that this one was begun from. Each field counts its
    saves. Personal data: whatever the organisation writes.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="showings")
    criterion = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    text_revision = models.PositiveIntegerField(default=0)
    links = models.TextField(blank=True)
    links_revision = models.PositiveIntegerField(default=0)
    carried = models.BooleanField(default=False)
    saved_from = models.CharField(max_length=20, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "criterion"], name="showing_is_one_a_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.criterion}"


class Document(models.Model):
    """A file that shows something, cleaned and told by its content. The door is `quality.agencies.documents`.

    Its bytes may be shared by a later application that carries it on. Personal data: whatever stands in it.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_document_reference, editable=False)
    showing = models.ForeignKey(Showing, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=200)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text="Taken out after a review had read it, so its bytes stay."
    )

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["stored_as"], name="document_by_its_bytes")]

    def __str__(self) -> str:
        return self.name
