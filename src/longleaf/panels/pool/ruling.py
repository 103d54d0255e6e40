"""The verb by which a pack sets the rules of a pool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.journal.recording import record
from longleaf.panels.errors import UnusablePoolRules
from longleaf.panels.events import Event
from longleaf.panels.models import Pool
from longleaf.panels.pool.rules import mistakes_in

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@transaction.atomic
def set_rules(
    *,
    organisation: Organisation,
    rules: Mapping[str, Any],
    read_by: Organisation | None = None,
    acting_person: Person | None,
) -> Pool:
    """Set what differs from the defaults in an organisation's pool, and whose pool reads for it where not its own.

    Panels that are reading keep what they were offered; what is drawn from now on follows the new rules. Setting what
    is set changes nothing. Raises `UnusablePoolRules` with a sentence for each mistake.
    """
    mistakes = list(mistakes_in(rules))
    if mistakes:
        raise UnusablePoolRules("These rules cannot be used.", fields={"rules": " ".join(mistakes)})
    other = read_by if read_by and read_by.pk != organisation.pk else None
    pool, _ = Pool.objects.select_for_update().get_or_create(organisation=organisation)
    if (pool.rules, pool.read_by_id) != (dict(rules), other.pk if other else None):
        pool.rules, pool.read_by = dict(rules), other
        pool.save(update_fields=["rules", "read_by"])
        data = {"rules": dict(rules), "read_by": other.code if other else ""}
        record(Event.POOL_RULES_SET, actor=acting_person, subject=f"pool:{organisation.code}", data=data)
    return pool
