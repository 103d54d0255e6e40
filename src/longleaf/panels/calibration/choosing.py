"""Which anchors somebody gets: never one whose work they know, unseen ones first, in an order that nobody foresees.

The order follows from digests, so that it can be tested and cannot be guessed: whoever calls gives the key.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.panels.models import Anchor, RubricEdition
from longleaf.panels.status import AnchorStatus, AnchorUse

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def anchors_for(person: Person, edition: RubricEdition, use: AnchorUse, *, key: str) -> list[Anchor]:
    """Every anchor in use that somebody may get, those they met least often first; `met` says how often."""
    places = directory.places_of([person.pk], since=timezone.localdate()).get(person.pk, frozenset())
    in_use = Anchor.objects.filter(edition=edition.standard_id, status=AnchorStatus.IN_USE, use=use)
    met = Count("check_readings", filter=Q(check_readings__reader=person.pk))
    fit = [each for each in in_use.annotate(met=met) if not _is_barred(each, person, places)]
    return sorted(fit, key=lambda each: (times_met(each), digest(key, person.ref, each.ref)))


def times_met(anchor: Anchor) -> int:
    """How often whoever it was chosen for has met it, for whatever reason."""
    return int(getattr(anchor, "met", 0))


def digest(*parts: str) -> str:
    """SHA-256, in hex, over the parts in their order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_barred(anchor: Anchor, person: Person, places: frozenset[int]) -> bool:
    return person.ref in anchor.barred_people or bool(places & set(anchor.barred_organisations))
