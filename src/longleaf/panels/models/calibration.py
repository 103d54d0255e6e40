"""What readers are held against: the editions of a rubric, the gate before live work, and anchors."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from longleaf.kit.references import new_reference
from longleaf.panels.models.panel import RubricText
from longleaf.panels.status import AnchorStatus, AnchorUse


def new_edition_reference() -> str:
    return new_reference("RUB")


def new_anchor_reference() -> str:
    return new_reference("ANC")


class RubricEdition(models.Model):
    """A text of the rubric of one instrument, such as a micro-credential, in one pool. Personal data: who marked it.

    A certificate and an anchor hold for one edition. An edition that a lead marked as an editorial change is the *same
    as* an earlier one, and what holds for that holds for it. The door is `panels.calibration.editions`.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_edition_reference, editable=False)
    pool = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="rubric_editions")
    kind = models.CharField(max_length=40, help_text="The kind of panel that reads by it.")
    instrument = models.CharField(max_length=120, help_text="What the rubric belongs to, by its code.")
    title = models.CharField(max_length=300)
    rubric = models.ForeignKey(RubricText, on_delete=models.PROTECT, related_name="editions")
    rule = models.JSONField()
    number = models.PositiveSmallIntegerField()
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="editorial")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    marked_because = models.TextField(blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pool", "kind", "instrument", "rubric"], name="edition_is_registered_once_a_text"
            ),
            models.UniqueConstraint(fields=["pool", "kind", "instrument", "number"], name="edition_number_is_one"),
            models.CheckConstraint(
                condition=models.Q(same_as__isnull=True) | models.Q(marked_by__isnull=False),
                name="edition_editorial_was_marked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"

    @property
    def standard_id(self) -> int:
        """The key of the edition for which certificates and anchors hold: its own, or that of which it is the same."""
        return self.same_as_id or self.pk


class GateSetting(models.Model):
    """What a state, a pool or a pool for one instrument asks otherwise than the defaults. Personal data: none.

    One row a scope: `pool` empty means the whole state, `instrument` empty the whole pool. What it was before is in the
    journal. The door is `panels.calibration.gating`.
    """

    state = models.ForeignKey("directory.State", on_delete=models.PROTECT, related_name="+")
    pool = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="gates"
    )
    instrument = models.CharField(max_length=120, blank=True)
    document = models.JSONField()
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state", "pool", "instrument"],
                condition=models.Q(pool__isnull=False),
                name="gate_is_set_once_a_pool",
            ),
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(pool__isnull=True), name="gate_is_set_once_a_state"
            ),
            models.CheckConstraint(
                condition=models.Q(pool__isnull=False) | models.Q(instrument=""),
                name="gate_of_an_instrument_names_its_pool",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id}/{self.pool_id}/{self.instrument}"


class Anchor(models.Model):
    """A piece of work with its true levels. It never tells whose work it was.

    `truth` maps each criterion to `{"level", "rationale"}`; what is in use never changes, a better one replaces it.
    Personal data: who set its levels; who must not get it because they know it. The door is
    `panels.calibration.anchors`.
    """

    ref = models.CharField(max_length=24, unique=True, default=new_anchor_reference, editable=False)
    edition = models.ForeignKey(RubricEdition, on_delete=models.PROTECT, related_name="anchors")
    evidence = models.CharField(max_length=60, help_text="Under which reference the convening app keeps the work.")
    title = models.CharField(max_length=200, help_text="What lead assessors call it; readers never see it.")
    use = models.CharField(max_length=10, choices=AnchorUse.choices)
    status = models.CharField(max_length=10, choices=AnchorStatus.choices, default=AnchorStatus.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    truth = models.JSONField(default=dict, blank=True)
    set_by = models.JSONField(default=list, blank=True, help_text="References of those whose levels stand.")
    set_because = models.TextField(blank=True, help_text="Why a lead assessor decided where they differed.")
    barred_people = models.JSONField(default=list, blank=True, help_text="References of people who know the work.")
    barred_organisations = models.JSONField(default=list, blank=True)
    drafted_at = models.DateTimeField(auto_now_add=True)
    in_use_since = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(status=AnchorStatus.IN_USE) | models.Q(in_use_since__isnull=False),
                name="anchor_in_use_has_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["edition", "status", "use", "ref"], name="anchor_of_edition")]

    def __str__(self) -> str:
        return self.ref
