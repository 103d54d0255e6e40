"""A draft of a micro-credential, while it is written."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.catalog.models.micro_credential import MicroCredential
from longleaf.catalog.models.need import Need
from longleaf.catalog.models.version import Version
from longleaf.catalog.status import DraftStatus
from longleaf.kit.references import new_reference


def new_draft_reference() -> str:
    return new_reference("DRAFT")


class Draft(models.Model):
    """What designers of an issuing organisation have typed so far. The doors are in `catalog.studio`.

    `typed` holds it as it was typed (`studio.documents` makes the document); `revisions` counts the saves of each field
    by its path, with the page that saved last. `micro_credential` is set where it becomes a further version; `base` is
    the version that it was begun from, which may be another issuer's. `upstream` and `upstream_left` are what the
    micro-credential gets of them when it is published. Personal data: who wrote; kept with the draft.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_draft_reference, editable=False)
    issuer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="drafts")
    micro_credential = models.ForeignKey(
        MicroCredential, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    base = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts")
    upstream = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    upstream_left = models.JSONField(default=list, blank=True)
    version = models.OneToOneField(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="draft", help_text="What it became."
    )
    status = models.CharField(max_length=12, choices=DraftStatus.choices, default=DraftStatus.OPEN)
    title = models.CharField(max_length=200, blank=True, help_text="A copy for lists.")
    typed = models.JSONField(default=dict)
    revisions = models.JSONField(default=dict, blank=True)
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts")
    skill = models.TextField(blank=True, help_text="Which skill of the need it was begun for.")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status=DraftStatus.PUBLISHED, version__isnull=False)
                | (~models.Q(status=DraftStatus.PUBLISHED) & models.Q(version__isnull=True)),
                name="draft_published_has_its_version",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["issuer", "status", "-changed_at"], name="draft_of_issuer")]

    def __str__(self) -> str:
        return self.title or "A draft without a title"


class CoAuthor(models.Model):
    """Somebody from anywhere who writes on a draft with the issuer's designers, or reads it and comments where `writes`
    is off. Personal data: that."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="co_authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    writes = models.BooleanField(default=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "person"], name="co_author_once_a_draft")]

    def __str__(self) -> str:
        return f"{self.person} on {self.draft}"


class DraftComment(models.Model):
    """What somebody who reads a draft says of one of its parts, or of a `place` in it (a path as `studio.shapes` writes
    it). Personal data: who said it and who settled it; kept with the draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=20, help_text="Code of the part, see studio.sections.")
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["said_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["draft", "section", "said_at"], name="comment_on_part_of_draft")]

    def __str__(self) -> str:
        return f"{self.author} on {self.section} of {self.draft}"
