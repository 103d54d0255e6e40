"""Which anchors somebody gets: never one whose work they know, unseen ones first, in an order that nobody foresees.

The order follows from digests, so that it can be tested and cannot be guessed: whoever calls gives the key.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.panels.models import Anchor, CheckReading, RubricEdition
from longleaf.panels.status import AnchorStatus, AnchorUse

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def anchors_for(
    person: Person, edition: RubricEdition, use: AnchorUse, *, key: str, unseen_only: bool = False
) -> list[Anchor]:
    """Every anchor in use that somebody may get, those whose work they met least often first.

    Work is met for whatever reason, also under an earlier version of its anchor. To judge for the pool is no tie to its
    organisation: a unit that runs a pathway has its own educators' work read by outsiders, and that may be an anchor.
    """
    today = timezone.localdate()
    _, ties = directory.places_and_ties_of([person.pk], since=today, pool=edition.pool_id)
    places = ties.get(person.pk, frozenset())
    in_use = Anchor.objects.filter(edition=edition.standard_id, status=AnchorStatus.IN_USE, use=use)
    checks = CheckReading.objects.filter(reader=person, anchor__isnull=False)
    met = Counter(checks.values_list("anchor__evidence", flat=True))
    fit = [each for each in in_use if not (_is_barred(each, person, places) or (unseen_only and met[each.evidence]))]
    return sorted(fit, key=lambda each: (met[each.evidence], digest(key, person.ref, each.ref)))


def digest(*parts: str) -> str:
    """SHA-256, in hex, over the parts in their order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_barred(anchor: Anchor, person: Person, places: frozenset[int]) -> bool:
    return person.ref in anchor.barred_people or bool(places & set(anchor.barred_organisations))
