"""A panel: the rubric and rule by which a subject is judged, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.directory.status import Role
from longleaf.kit.references import new_reference
from longleaf.panels.status import PanelStatus


def new_panel_reference() -> str:
    return new_reference("PAN")


class RubricText(models.Model):
    """A rubric as it was when a panel was convened on it. Immutable: its key is its digest. Personal data: none."""

    digest = models.CharField(primary_key=True, max_length=64)
    document = models.JSONField()

    def __str__(self) -> str:
        return self.digest[:12]


class Panel(models.Model):
    """One judgement of one subject. The doors are `panels.convening` and `panels.rating`.

    `subject` is a blind reference: nothing in it tells whose work is judged. Whose it is stands apart (`Author`) and is
    asked only to keep people out. Personal data: through its assignments, who rated; through `barred_people`, who must
    not; through `read_before`, who read an earlier round. Kept with the decision.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_panel_reference, editable=False)
    kind = models.CharField(max_length=40, help_text="What is judged, named by the app that convened it.")
    subject = models.CharField(max_length=60, help_text="The blind reference under which raters see it.")
    pool = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="panels")
    reader_role = models.CharField(
        max_length=20, default=Role.ASSESSOR.value, help_text="The role in the pool's organization that reads for it."
    )
    rubric = models.ForeignKey(RubricText, on_delete=models.PROTECT, related_name="panels")
    rule = models.JSONField()
    edition = models.ForeignKey(
        "panels.RubricEdition", null=True, blank=True, on_delete=models.PROTECT, related_name="panels"
    )
    evidence = models.CharField(
        max_length=60,
        blank=True,
        help_text="Under which reference the convening app keeps what is read, where that is not the subject.",
    )
    met_before = models.JSONField(
        default=list, blank=True, help_text="Criteria met in an earlier round; they are not rated again."
    )
    levels_before = models.JSONField(
        default=dict, blank=True, help_text="The best level that criteria had in earlier rounds, by their code."
    )
    barred_organisations = models.JSONField(
        default=list, blank=True, help_text="Keys of organisations whose people stay outside."
    )
    of_outsiders = models.BooleanField(
        default=False,
        help_text="Its pool may judge work of its own organization, by people who only judge for it.",
    )
    barred_people = models.JSONField(default=list, blank=True, help_text="References of people who stay outside.")
    read_before = models.JSONField(
        default=list, blank=True, help_text="References of people who read an earlier round of it."
    )
    language = models.CharField(max_length=20, blank=True, help_text="In which the work is written; empty for any.")
    tags = models.JSONField(
        default=list, blank=True, help_text="What it is about, as qualifications are told: `topics:literacy`."
    )
    seats = models.PositiveSmallIntegerField(help_text="Readings it asks for now; one more when the first ones differ.")
    status = models.CharField(max_length=12, choices=PanelStatus.choices, default=PanelStatus.OPEN)
    convened_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    talk_until = models.DateTimeField(null=True, blank=True, help_text="Until when readers who differ talk it over.")
    talked_at = models.DateTimeField(null=True, blank=True, help_text="When they had done so.")
    outcome = models.JSONField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="panel_is_convened_once_on_a_subject"),
            models.CheckConstraint(
                condition=~models.Q(status=PanelStatus.DECIDED) | models.Q(outcome__isnull=False),
                name="panel_decided_has_an_outcome",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "due_at"], name="panel_by_due_date"),
            models.Index(fields=["kind", "status", "talk_until"], name="panel_by_end_of_talk"),
            models.Index(fields=["pool", "status", "due_at", "ref"], name="panel_of_pool_by_due_date"),
            models.Index(fields=["pool", "status", "kind", "rubric", "decided_at"], name="panel_decided_by_rubric"),
            models.Index(fields=["evidence"], condition=~models.Q(evidence=""), name="panel_by_its_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} on {self.subject}"


class Author(models.Model):
    """Somebody whose work a panel judges. No rater and no lead is ever shown it; `panels.eligibility` alone asks.

    Personal data: whose work it is.
    """

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "person"], name="author_of_panel_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"author of {self.panel_id}"
