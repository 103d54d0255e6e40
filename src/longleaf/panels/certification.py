"""Who may be given live work by the rubric of a panel. `panels.eligibility` asks, through `panels.assigning`, and so
do whoever takes a reading up and the chore that takes offers back.

Where a certificate is required (`panels.calibration.asking`), only those with one in force. Else everybody but those
who are stopped: whose certificate for any text of it was suspended or withdrawn, or whom a lead sent back to train,
until they are certified. Where a panel's rubric belongs to no instrument, nothing is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.panels.calibration.asking import AskedNow, asked_now, in_force
from longleaf.panels.models import Anchor, Certification, RubricEdition
from longleaf.panels.status import AnchorStatus, CertificationStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import Panel

KEPT_OUT = frozenset({CertificationStatus.SUSPENDED, CertificationStatus.WITHDRAWN})


def certified_for(edition: RubricEdition | None, *, asked: AskedNow | None = None, who: str = "pk") -> Q:
    """The people who may be given live work by an edition now, as a filter on people, or on rows that name them.

    `asked` is what it asks, for callers who have that at hand.
    """
    if edition is None:
        return Q()
    certified = Certification.objects.filter(in_force(), edition=edition.standard_id)
    holds = Q(**{f"{who}__in": certified.values("person")})
    if (asked or asked_now(edition)).is_required:
        return holds
    return holds | ~stopped_by(edition, who=who)


def stopped_by(edition: RubricEdition, *, who: str = "pk") -> Q:
    """The people who are stopped by any text of an edition's rubric: a text that only changed a word would open the
    queue again to whoever drifted by the one before."""
    every_text = Certification.objects.filter(
        edition__pool=edition.pool_id, edition__kind=edition.kind, edition__instrument=edition.instrument
    )
    return Q(**{f"{who}__in": every_text.filter(_stopped()).values("person")})


def decides_by(edition: RubricEdition | None) -> Q:
    """The lead assessors who may decide what readers by an edition differ on: certified like them, or one of those by
    whose levels all others are tested. Nobody is tested on an anchor that they set themselves."""
    if edition is None:
        return Q()
    in_use = Anchor.objects.filter(edition=edition.standard_id, status=AnchorStatus.IN_USE)
    setters = {ref for refs in in_use.values_list("set_by", flat=True) for ref in refs}
    return certified_for(edition) | (Q(ref__in=setters) & ~stopped_by(edition))


def may_be_given(person: Person, panel: Panel) -> bool:
    """Whether somebody may be given live work by the rubric of a panel now."""
    if panel.edition is None:
        return True
    readers = directory.people_with(Role(panel.reader_role), organisation_id=panel.pool_id).filter(pk=person.pk)
    return readers.filter(certified_for(panel.edition)).exists()


def certificates_of(people: Collection[int], *, pool_id: int) -> Mapping[int, tuple[str, ...]]:
    """What each of the people, by key, is certified for in a pool, in words. People without any are left out."""
    held = Certification.objects.filter(in_force(), person__in=people, edition__pool=pool_id)
    titles: dict[int, list[str]] = defaultdict(list)
    for person, title in held.order_by("edition__title").values_list("person", "edition__title"):
        titles[person].append(title)
    return {person: tuple(dict.fromkeys(found)) for person, found in titles.items()}


def _stopped() -> Q:
    return Q(status__in=KEPT_OUT) | Q(status=CertificationStatus.IN_TRAINING, sent_back_at__isnull=False)
