"""What designers answer where software cannot find out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.quality.status import LinkStatus


class SelfCheckAnswer(models.Model):
    """Where a draft shows one component of the rubric, in its designers' words. The door is `self_check.answering`.

    It belongs to the component by its code, whichever edition of the rubric is in force. Personal data: none.
    """

    draft = models.ForeignKey("catalog.Draft", on_delete=models.CASCADE, related_name="self_check_answers")
    component = models.CharField(max_length=80)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    saved_from = models.CharField(max_length=20, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "component"], name="self_check_answer_is_one_a_component"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.component}"


class TriedLink(models.Model):
    """Whether an address that a design names answers, when it was tried last. The door is `self_check.links`.

    Kept by address, whoever names it, until half a year after it was asked for last. `claimed_at` is when a worker took
    it on. Personal data: who asked, until it is tried.
    """

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the address.")
    address = models.TextField()
    status = models.CharField(max_length=12, choices=LinkStatus.choices, default=LinkStatus.WAITING)
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "asked_at"], name="tried_link_waiting")]

    def __str__(self) -> str:
        return self.address
