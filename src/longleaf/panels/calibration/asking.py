"""What each edition of a rubric asks of its readers now: its gate, whether its anchors carry the test, and whether
certificates were required before, under this text or an earlier one (decision records 0092, 0129 and 0135)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from longleaf.kit.numbers import number
from longleaf.panels.calibration.gates import Asked, Gate
from longleaf.panels.calibration.gating import gates_for
from longleaf.panels.instruments import digest_of
from longleaf.panels.models import Anchor, Certification, RubricEdition
from longleaf.panels.status import AnchorStatus, AnchorUse, CertificationStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation


def in_force() -> Q:
    """The certificates that hold today."""
    return Q(status=CertificationStatus.CERTIFIED, certified_until__gte=timezone.localdate())


@dataclass(frozen=True)
class AskedNow:
    """The gate of an edition, its anchors in use (`unseen`, `training`), and how many are `certified` by it today.

    `was_required` tells whether its anchors, or those of an earlier text, carried the test at some time, or somebody
    was certified by one of these texts.
    """

    gate: Gate
    unseen: int
    training: int
    certified: int
    was_required: bool = False

    @property
    def has_anchors_enough(self) -> bool:
        """Whether somebody could be certified: test and training have as many anchors as the gate asks."""
        return _carry_the_test(self.gate, self.unseen, self.training)

    @property
    def is_required(self) -> bool:
        """Whether only certified readers get live work.

        Once it was, nothing but the gate opens the queue again: no anchor whose author takes it back, no certificate
        that runs out, and no new text of the rubric.
        """
        if self.gate.asked is Asked.ONCE_ANCHORED:
            return self.has_anchors_enough or self.certified > 0 or self.was_required
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
            return f"Nobody is certified for this yet: still missing: {self._to_train_on}."
        return f"Nobody is certified for this yet: {self.unseen} of {self.gate.test.anchors} anchors are there."

    @property
    def missing(self) -> str:
        """Which anchors are missing before somebody can take the test, in words; "" where none are."""
        unseen = max(self.gate.test.anchors - self.unseen, 0)
        test = f"{number(unseen, 'anchor')} for the test" if unseen else ""
        return " and ".join(filter(None, [test, self._to_train_on]))

    @property
    def _to_train_on(self) -> str:
        training = max(self.gate.training_anchors - self.training, 0)
        return f"{number(training, 'anchor')} to train on" if training else ""

    @property
    def told_of_few(self) -> str:
        """Said to leads where whoever misses the test would meet anchors of it again; "" where there are enough."""
        test = self.gate.test
        if not self.has_anchors_enough or self.unseen >= 2 * test.anchors or test.attempts == 1:
            return ""
        return (
            f"Whoever misses the test takes it again with anchors they have met: {self.unseen} are in use, and two "
            f"tests take {2 * test.anchors}."
        )

    @property
    def waits_for(self) -> str:
        """Said to readers and leads where a certificate is required that nobody can get now; "" in every other case."""
        if not self.is_required or self.has_anchors_enough:
            return ""
        still = (
            ""
            if self.gate.asked is Asked.REQUIRED
            else " A certificate could be had by this rubric before, so one stays required."
        )
        who = "Nobody else" if self.certified else "Nobody"
        return f"{who} can be certified by this text yet. Missing: {self.missing}.{still}"

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
        return f"Only certified readers get live work. {self.waits_for}"


class _Stood(NamedTuple):
    """An anchor that is or was in use: for which text, by key and number, and from when to when."""

    edition: int
    number: int
    use: str
    status: str
    since: datetime
    until: datetime | None


class _Held(NamedTuple):
    """A text by which somebody was certified: its number, and how many are `today`."""

    number: int
    today: int


# What all texts of a rubric have in common, as anchors and certificates reach it.
_SCOPE = ("edition__pool", "edition__kind", "edition__instrument")


def asked_now(edition: RubricEdition) -> AskedNow:
    """What an edition asks now."""
    return asked_of([edition])[edition.pk]


def asked_by_text(*, pool: Organisation, kind: str, instrument: str, rubric: Mapping[str, Any]) -> AskedNow:
    """What a text of a rubric asks now, `rubric` being its document. By one that nobody has read by yet is asked what
    would be of any new text."""
    texts = RubricEdition.objects.filter(pool=pool, kind=kind, instrument=instrument).select_related("pool")
    known = texts.filter(rubric=digest_of(rubric)).first()
    new = RubricEdition(pool=pool, kind=kind, instrument=instrument, number=texts.count() + 1)
    return asked_now(known or new)


def asked_of(editions: Collection[RubricEdition]) -> dict[int, AskedNow]:
    """What each edition asks now, by key. Three queries; whoever gives the editions has their pools at hand."""
    gates, anchors, certified = gates_for(editions), _anchors_ever(editions), _certified_ever(editions)
    return {
        each.pk: _asked(each, gates[each.pk], anchors.get(_scope(each), []), certified.get(_scope(each), {}))
        for each in editions
    }


def _asked(edition: RubricEdition, gate: Gate, anchors: Collection[_Stood], certified: Mapping[int, _Held]) -> AskedNow:
    """From the gate, and from the anchors and certificates of every text of the rubric."""
    own = (each for each in anchors if each.edition == edition.standard_id and each.status == AnchorStatus.IN_USE)
    in_use = Counter(each.use for each in own)
    so_far = [each for each in anchors if each.number <= edition.number]
    return AskedNow(
        gate=gate,
        unseen=in_use[AnchorUse.UNSEEN],
        training=in_use[AnchorUse.TRAINING],
        certified=certified[edition.standard_id].today if edition.standard_id in certified else 0,
        was_required=any(each.number <= edition.number for each in certified.values())
        or _carried_the_test(gate, so_far),
    )


def _scope(edition: RubricEdition) -> tuple[int, str, str]:
    return edition.pool_id, edition.kind, edition.instrument


def _of_their_rubrics(editions: Collection[RubricEdition]) -> Q:
    """Anchors and certificates of any text of the rubrics, and few others: who asks looks at the scope."""
    return Q(edition__pool__in={each.pool_id for each in editions}) & Q(
        edition__instrument__in={each.instrument for each in editions}
    )


def _anchors_ever(editions: Collection[RubricEdition]) -> dict[tuple[int, str, str], list[_Stood]]:
    """By rubric. One that was replaced ends as its successor begins, so that the two are never counted together."""
    rows = Anchor.objects.filter(_of_their_rubrics(editions), in_use_since__isnull=False).values_list(
        *_SCOPE,
        "edition",
        "edition__number",
        "use",
        "status",
        "in_use_since",
        "retired_at",
        "replaced_by__in_use_since",
    )
    found: dict[tuple[int, str, str], list[_Stood]] = {}
    for *scope, edition, text, use, status, since, retired, replaced in rows:
        until = min(filter(None, [retired, replaced]), default=None)
        found.setdefault(tuple(scope), []).append(_Stood(edition, text, use, status, since, until))
    return found


def _certified_ever(editions: Collection[RubricEdition]) -> dict[tuple[int, str, str], dict[int, _Held]]:
    """By rubric, what is held by each text by which somebody was ever certified."""
    held = Certification.objects.filter(_of_their_rubrics(editions), certified_from__isnull=False).order_by()
    rows = held.values_list(*_SCOPE, "edition", "edition__number").annotate(today=Count("pk", filter=in_force()))
    found: dict[tuple[int, str, str], dict[int, _Held]] = {}
    for *scope, edition, text, today in rows:
        found.setdefault(tuple(scope), {})[edition] = _Held(text, today)
    return found


def _carry_the_test(gate: Gate, unseen: int, training: int) -> bool:
    return unseen >= gate.test.anchors and training >= gate.training_anchors


def _carried_the_test(gate: Gate, anchors: Collection[_Stood]) -> bool:
    """Whether the anchors of one text were enough at any one time: when the last of them came into use."""
    texts: dict[int, list[_Stood]] = {}
    for each in anchors:
        texts.setdefault(each.edition, []).append(each)
    return any(
        _carry_the_test(gate, uses[AnchorUse.UNSEEN], uses[AnchorUse.TRAINING])
        for of_text in texts.values()
        if len(of_text) >= gate.test.anchors
        for moment in of_text
        for uses in [Counter(each.use for each in of_text if _was_in_use(each, moment.since))]
    )


def _was_in_use(anchor: _Stood, then: datetime) -> bool:
    return anchor.since <= then and (anchor.until is None or anchor.until > then)
