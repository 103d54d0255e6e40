"""Who is certified to read for a panel. Until a gate is set for the panel's rubric, everybody in the pool is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from longleaf.panels.models import Panel


def certified_for(panel: Panel) -> Q:
    """The people who are certified for the rubric of a panel and have not drifted since, as a filter on people.

    The same for all panels of one pool, kind and rubric: whoever draws for many asks once for each of those.
    """
    return Q()


def certificates_of(people: Collection[int], *, pool_id: int) -> Mapping[int, tuple[str, ...]]:
    """What each of the people, by key, is certified for in a pool, in words. People without any are left out."""
    return {}
