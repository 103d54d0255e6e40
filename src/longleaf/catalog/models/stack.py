"""Stacks: micro-credentials that lead to something larger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from longleaf.catalog.models.micro_credential import MicroCredential


class Stack(models.Model):
    """A series of micro-credentials under one title. Personal data: none."""

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="stacks")
    issuer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="stacks")
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    standing = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["state", "slug"], name="stack_slug_is_unique")]

    def __str__(self) -> str:
        return self.title


class StackMember(models.Model):
    """The place of a micro-credential in a stack; `taken_in` where its designer proposed that and the issuer agreed.

    `since` is None where it was there when the stack began. Who had completed the stack before keeps it.
    """

    stack = models.ForeignKey(Stack, on_delete=models.CASCADE, related_name="members")
    micro_credential = models.ForeignKey(MicroCredential, on_delete=models.PROTECT, related_name="stacks")
    position = models.PositiveSmallIntegerField()
    taken_in = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True, help_text="From when on the stack is not complete without it.")

    class Meta:
        ordering: ClassVar = ["stack", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stack", "micro_credential"], name="stack_member_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stack_id}/{self.position}"
