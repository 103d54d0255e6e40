"""Evidence: what an earner wrote and brought for each requirement."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.assessment.models.attempt import Submission
from longleaf.assessment.status import WITH_TEXT, FileKind, UploadStatus
from longleaf.kit.references import new_reference


def new_upload_reference() -> str:
    return new_reference("UPL", groups=4)


class Response(models.Model):
    """The answer to one requirement in one round. `revision` counts saves, so that no tab overwrites another unseen.

    Personal data: whatever an earner writes; assessors see it without the name. It goes by the clock of `texts`
    (`assessment.retention`); which criteria it was judged on stays.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="responses")
    requirement = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)
    saved_from = models.CharField(max_length=20, blank=True, help_text="The open page that saved it last.")
    locked = models.BooleanField(default=False, help_text="Carried over from a round in which it was met.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "requirement"], name="response_is_one_a_requirement"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.requirement}"


class Upload(models.Model):
    """A file as it arrives, chunk by chunk, and after it has arrived. The door is `assessment.evidence.uploading`.

    Personal data: `original_name` may name a child, so nobody but the owner ever sees it; others see a neutral name. It
    goes with its last artifact, by the clock of `files`.
    """

    ref = models.CharField(max_length=40, unique=True, default=new_upload_reference, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    response = models.ForeignKey(Response, null=True, on_delete=models.SET_NULL, related_name="uploads")
    original_name = models.CharField(max_length=255)
    status = models.CharField(max_length=10, choices=UploadStatus.choices, default=UploadStatus.RECEIVING)
    size = models.PositiveBigIntegerField(help_text="Bytes, as announced.")
    received = models.PositiveBigIntegerField(default=0, help_text="Bytes on disk so far.")
    stored_as = models.CharField(max_length=100, blank=True, help_text="Its name in storage, once it is ready.")
    media_type = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=FileKind.choices, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    taken_out = models.JSONField(default=list, blank=True, help_text="Codes of what it carried and was not kept.")
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    text_read_at = models.DateTimeField(null=True, blank=True, help_text="Since when its text is being, or was, read.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")),
                name="upload_receives_no_more_than_announced",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "begun_at"], name="upload_by_status"),
            models.Index(
                fields=["finished_at"],
                condition=models.Q(status=UploadStatus.READY, kind__in=WITH_TEXT, text_read_at__isnull=True),
                name="upload_text_to_read",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Artifact(models.Model):
    """One file or link brought as evidence. A later round may bring the same file again without copying its bytes."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="artifacts")
    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="artifacts")
    link = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    transcript = models.ForeignKey(
        Upload,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tells",
        help_text="Captions (WebVTT) or the words of a recording.",
    )
    team = models.ForeignKey(
        "assessment.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="artifacts",
        help_text="Whose work it is where a team made it; each member's round has a row of its own.",
    )
    added_at = models.DateTimeField(auto_now_add=True)
    taken_away_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when nobody sees it, at the wish of a person shown."
    )
    let_go_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is gone for good: its time was over. Its place stays."
    )

    class Meta:
        ordering: ClassVar = ["response", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(upload__isnull=False, link="")
                | (models.Q(upload__isnull=True) & ~models.Q(link=""))
                | models.Q(upload__isnull=True, link="", let_go_at__isnull=False),
                name="artifact_is_a_file_or_a_link_or_gone",
            ),
            models.CheckConstraint(
                condition=models.Q(transcript=None) | models.Q(upload__isnull=False),
                name="artifact_with_a_transcript_is_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.position}"

    def name_for(self, person_id: int) -> str:
        """What it is called to its earner: by its owner's own name for it, which a team's other members never see."""
        if self.upload is None:
            return self.title or self.link
        return self.upload.original_name if self.upload.owner_id == person_id else "Your team’s file"
