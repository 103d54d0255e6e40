"""Whether what a panel judges can still be read whole. The app that convened it knows; panels has a reference only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.utils.module_loading import import_string

from longleaf.panels.instruments import evidence_of
from longleaf.panels.models import Panel


def still_there(panels: Collection[Panel]) -> set[int]:
    """Those panels, by key, of whose evidence nothing was let go or taken away. One question to each kind's own app.

    `settings.EVIDENCE_STILL_THERE` names for each kind a function that takes references and gives those that are whole;
    what a kind without one judges never goes.
    """
    by_kind: dict[str, dict[str, int]] = defaultdict(dict)
    for panel in panels:
        by_kind[panel.kind][evidence_of(panel)] = panel.pk
    found = set[int]()
    for kind, keys in by_kind.items():
        asks = settings.EVIDENCE_STILL_THERE.get(kind)
        whole = import_string(asks)(list(keys)) if asks else keys
        found.update(keys[ref] for ref in whole)
    return found
