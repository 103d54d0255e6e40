"""A micro-credential through all its versions, and the family that its badge belongs to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Family(models.Model):
    """A family of competencies. It gives badges their colour and icon. Personal data: none."""

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="families")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=100)
    colour = models.CharField(max_length=7)
    icon = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "title"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["state", "code"], name="family_code_is_unique")]

    def __str__(self) -> str:
        return self.title


class MicroCredential(models.Model):
    """What can be earned, through all its versions. Personal data: none.

    `current` is the published version that new attempts begin on; earlier ones stay as they were. Where it was adopted,
    `upstream` is the version of another issuer's with which it is level: what changed there up to it was taken or left.
    `upstream_left` names the later changes that were left (`studio.taking`). The doors are in `catalog.publishing` and
    `catalog.studio`.
    """

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="micro_credentials")
    issuer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="micro_credentials")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="micro_credentials")
    slug = models.SlugField(max_length=100)
    current = models.OneToOneField("Version", null=True, on_delete=models.PROTECT, related_name="+")
    upstream = models.ForeignKey("Version", null=True, blank=True, on_delete=models.PROTECT, related_name="adopted_as")
    upstream_left = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "slug"], name="micro_credential_slug_is_unique_in_its_state"),
        ]

    def __str__(self) -> str:
        return self.slug
