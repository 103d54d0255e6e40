"""Who may be given live work by the rubric of a panel. `panels.eligibility` asks, through `panels.assigning`.

Where certification is required, only those with a certificate in force. Where it is recommended, everybody but those
whose certificate for any text of it was suspended or withdrawn, or whom a lead sent back to train, until they are
certified. Where a panel's rubric belongs to no instrument, nothing is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Q
from django.utils import timezone

from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.models import Certification, Panel
from longleaf.panels.status import CertificationStatus

KEPT_OUT = frozenset({CertificationStatus.SUSPENDED, CertificationStatus.WITHDRAWN})


def certified_for(panel: Panel) -> Q:
    """The people who are certified for the rubric of a panel and have not drifted since, as a filter on people.

    The same for all panels of one edition: whoever draws for many asks once for each of those.
    """
    if panel.edition is None:
        return Q()
    certified = Certification.objects.filter(_in_force(), edition=panel.edition.standard_id)
    if gate_for(panel.edition).is_required:
        return Q(pk__in=certified.values("person"))
    # A text that only changed a word would open the queue again to whoever drifted by the one before.
    every_text = Certification.objects.filter(
        edition__pool=panel.edition.pool_id,
        edition__kind=panel.edition.kind,
        edition__instrument=panel.edition.instrument,
    )
    return Q(pk__in=certified.values("person")) | ~Q(pk__in=every_text.filter(_stopped()).values("person"))


def certificates_of(people: Collection[int], *, pool_id: int) -> Mapping[int, tuple[str, ...]]:
    """What each of the people, by key, is certified for in a pool, in words. People without any are left out."""
    held = Certification.objects.filter(_in_force(), person__in=people, edition__pool=pool_id)
    titles: dict[int, list[str]] = defaultdict(list)
    for person, title in held.order_by("edition__title").values_list("person", "edition__title"):
        titles[person].append(title)
    return {person: tuple(dict.fromkeys(found)) for person, found in titles.items()}


def _stopped() -> Q:
    """Whoever trains has been watched before only where a lead sent them back: not at first, and not after a lapse."""
    return Q(status__in=KEPT_OUT) | Q(status=CertificationStatus.IN_TRAINING, watched_since__isnull=False)


def _in_force() -> Q:
    return Q(status=CertificationStatus.CERTIFIED, certified_until__gte=timezone.localdate())
