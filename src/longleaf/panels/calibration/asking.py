"""What each edition of a rubric asks of its readers now: its gate, and whether its anchors carry the test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from longleaf.panels.calibration.gates import Asked, Gate
from longleaf.panels.calibration.gating import gates_for
from longleaf.panels.models import Anchor, Certification, RubricEdition
from longleaf.panels.status import AnchorStatus, AnchorUse, CertificationStatus


def in_force() -> Q:
    """The certificates that hold today."""
    return Q(status=CertificationStatus.CERTIFIED, certified_until__gte=timezone.localdate())


@dataclass(frozen=True)
class AskedNow:
    """The gate of an edition, its anchors in use (`unseen`, `training`), and how many are `certified` by it today."""

    gate: Gate
    unseen: int
    training: int
    certified: int

    @property
    def has_anchors_enough(self) -> bool:
        """Whether somebody could be certified: the test has its anchors, and training at least one."""
        return self.unseen >= self.gate.test.anchors and (self.training > 0 or not self.gate.training_anchors)

    @property
    def is_required(self) -> bool:
        """Whether only certified readers get live work.

        Once somebody is certified, an anchor that goes, such as one whose author takes it back, opens nothing.
        """
        if self.gate.asked is Asked.ONCE_ANCHORED:
            return self.has_anchors_enough or self.certified > 0
        return self.gate.asked is Asked.REQUIRED

    @property
    def nobody_may_read(self) -> bool:
        """Whether work waits because a certificate is required and nobody holds one."""
        return self.is_required and not self.certified

    @property
    def nobody_yet(self) -> str:
        """Said to readers and leads where nobody is certified because nobody can be; "" in every other case."""
        if self.gate.asked is not Asked.ONCE_ANCHORED or self.is_required:
            return ""
        if self.unseen >= self.gate.test.anchors:
            return "Nobody is certified for this yet: there is no anchor to train on."
        return f"Nobody is certified for this yet: {self.unseen} of {self.gate.test.anchors} anchors are there."

    @property
    def is_watched(self) -> bool:
        return self.gate.asked is not Asked.NONE

    @property
    def says(self) -> str:
        """The same in a sentence, for lead assessors."""
        if self.gate.asked is Asked.NONE:
            return "No certificate is asked for, and nobody is watched for drift."
        if self.gate.asked is Asked.RECOMMENDED:
            return "A certificate is only recommended: readers without one get live work too."
        if not self.is_required:
            return f"{self.nobody_yet} Until then everybody of the pool reads, without a certificate."
        if self.has_anchors_enough:
            return "Only certified readers get live work."
        have = f"{min(self.unseen, self.gate.test.anchors)} of {self.gate.test.anchors}"
        return f"Only certified readers get live work, but nobody else can take the test: {have} anchors are in use."


def asked_now(edition: RubricEdition) -> AskedNow:
    """What an edition asks now."""
    return asked_of([edition])[edition.pk]


def asked_of(editions: Collection[RubricEdition]) -> dict[int, AskedNow]:
    """What each edition asks now, by key. Three queries; whoever gives the editions has their pools at hand."""
    gates, standards = gates_for(editions), {each.standard_id for each in editions}
    anchors = Anchor.objects.filter(edition__in=standards, status=AnchorStatus.IN_USE)
    in_use = Counter(anchors.values_list("edition", "use"))
    held = Certification.objects.filter(in_force(), edition__in=standards).order_by().values_list("edition")
    certified = dict(held.annotate(Count("pk")))
    return {
        each.pk: AskedNow(
            gate=gates[each.pk],
            unseen=in_use[each.standard_id, AnchorUse.UNSEEN],
            training=in_use[each.standard_id, AnchorUse.TRAINING],
            certified=certified.get(each.standard_id, 0),
        )
        for each in editions
    }
