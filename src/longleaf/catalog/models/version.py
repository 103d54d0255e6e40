"""A version of a micro-credential: what was published, for ever."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from longleaf.catalog.models.micro_credential import MicroCredential
from longleaf.catalog.status import Facet, VersionStatus
from longleaf.kit.standing import labelled


class Version(models.Model):
    """One version. Once published its document never changes: whoever began on it is judged by it.

    `document` is the whole design as authored (`catalog.design` reads it); the columns beside it are copies for lists
    and search, written once by `catalog.publishing`. Personal data: none.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    micro_credential = models.ForeignKey(MicroCredential, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    document = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document in canonical JSON (RFC 8785).")
    title = models.CharField(max_length=200)
    standing = models.CharField(max_length=20, blank=True, help_text="How sure its wording is.")
    summary = models.TextField()
    competency = models.TextField()
    effort_hours = models.DecimalField(max_digits=5, decimal_places=1)
    turnaround_business_days = models.PositiveSmallIntegerField(help_text="Until a decision, at most.")
    review_by = models.DateField(null=True, blank=True, help_text="The day by which it says it is looked at again.")
    search_text = models.TextField(help_text="Every word that search should find, in one column.")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["micro_credential", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["micro_credential", "number"], name="version_number_is_unique"),
            models.UniqueConstraint(
                fields=["micro_credential"],
                condition=models.Q(status=VersionStatus.PUBLISHED),
                name="version_published_is_one",
            ),
            models.CheckConstraint(
                condition=models.Q(status=VersionStatus.DRAFT) | models.Q(published_at__isnull=False),
                name="version_published_has_a_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "title"], name="version_by_title"),
            models.Index(fields=["status", "review_by"], name="version_by_review_day"),
        ]

    @property
    def labelled_title(self) -> str:
        """Its title, and how sure its wording is unless that is official: for wherever it is one of several."""
        return labelled(self.title, self.standing)

    def __str__(self) -> str:
        return f"{self.labelled_title}, version {self.number}"


class Alignment(models.Model):
    """A version serves an item of a framework. `standing` says how sure that is."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="alignments")
    item = models.ForeignKey("frameworks.FrameworkItem", on_delete=models.PROTECT, related_name="alignments")
    standing = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "item"], name="alignment_stands_once")]

    def __str__(self) -> str:
        return f"{self.version_id} → {self.item_id}"


class VersionFacet(models.Model):
    """A value by which a version can be found, such as the grade band k-5."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=12, choices=Facet.choices)
    value = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "facet", "value"], name="facet_value_stands_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["facet", "value", "version"], name="version_by_facet")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"
