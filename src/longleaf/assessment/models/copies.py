"""Likenesses between submissions: what they are found by, and what people made of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.models.attempt import Submission
from longleaf.assessment.status import FlagFinding, LikenessKind
from longleaf.kit.references import new_reference


def new_flag_reference() -> str:
    return new_reference("FLG")


class Print(models.Model):
    """The fingerprint of one text or image of a submission. The door is `assessment.privacy.comparing`.

    Personal data: none. Nothing can be read back from a fingerprint.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="prints")
    issuer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LikenessKind.choices)
    place = models.CharField(max_length=60, help_text="R1 for a text, R2-1 for a file.")
    mark = models.CharField(max_length=1024, help_text="In hex: a digest, a MinHash signature or a dHash.")
    team = models.ForeignKey(
        "assessment.Team",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Which team made it; among its members it is no likeness.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "kind", "place"], name="print_is_one_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.place} {self.kind}"


class Band(models.Model):
    """A part of a fingerprint, by which like ones are found without looking at all others."""

    print = models.ForeignKey(Print, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField(help_text="Of the issuer, the kind, the number of the band and what stands in it.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["value", "print"], name="band_by_value")]

    def __str__(self) -> str:
        return f"{self.print_id}: {self.value}"


class CopyFlag(models.Model):
    """A likeness between two submissions, for a lead assessor to look at. It changes no score and no status.

    Personal data: who looked. No earner stands in it.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_flag_reference, editable=False)
    issuer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="copy_flags")
    place = models.CharField(max_length=60)
    other = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    other_place = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=LikenessKind.choices)
    percent = models.PositiveSmallIntegerField(help_text="How alike, 1 to 100; an estimate but for the same file.")
    flagged_at = models.DateTimeField(auto_now_add=True)
    finding = models.CharField(max_length=20, choices=FlagFinding.choices, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "place", "other", "other_place", "kind"], name="copy_flag_is_one_a_pair"
            ),
            models.CheckConstraint(
                condition=~models.Q(submission=models.F("other")), name="copy_flag_is_between_two_submissions"
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gte=1, percent__lte=100), name="copy_flag_percent_from_1_to_100"
            ),
            models.CheckConstraint(
                condition=models.Q(finding="", found_by__isnull=True, found_at__isnull=True)
                | (~models.Q(finding="") & models.Q(found_by__isnull=False, found_at__isnull=False)),
                name="copy_flag_finding_has_a_finder",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["issuer", "finding", "ref"], name="copy_flag_of_issuer")]

    def __str__(self) -> str:
        return self.ref
