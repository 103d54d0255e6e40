"""What was decided once of a badge from elsewhere, remembered for the next one like it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.recognition.models.counting import CountsAs


class Precedent(CountsAs):
    """What an organisation decided of an achievement of an issuer. Door: `portability.precedents`.

    It is proposed for every later badge of that issuer and achievement (or, where badges name none, of that name). With
    `decides_alone` it decides by itself, of badges that verify, name their earner and carry the very same achievement.
    A changed mind is a new row; the row before it ends. Personal data: who decided.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="precedents")
    issuer_id = models.CharField(max_length=2000, blank=True)
    issuer_name = models.CharField(max_length=300, blank=True)
    achievement_id = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=300)
    accepts = models.BooleanField()
    reason = models.TextField()
    decides_alone = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="precedent_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(decides_alone=False) | (~models.Q(achievement_id="") & ~models.Q(issuer_id="")),
                name="precedent_alone_names_an_achievement",
            ),
            models.CheckConstraint(
                condition=models.Q(accepts=False)
                | models.Q(micro_credential__isnull=False, amount__isnull=True)
                | models.Q(micro_credential__isnull=True, amount__gt=0),
                name="precedent_accepting_counts_one_way",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "title", "-set_at"], name="precedent_by_title"),
            models.Index(fields=["organisation", "-set_at"], name="precedent_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.issuer_name or self.issuer_id}"
