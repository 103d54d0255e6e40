"""Reads: the rules of a pool, who belongs to it, and where somebody belongs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longleaf.panels.models import Pool
from longleaf.panels.pool.rules import DEFAULTS, PoolRules, rules_from_document

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation


def rules_of(pool_id: int) -> PoolRules:
    """The rules of an organisation's pool; the defaults where it has set none."""
    return rules_of_each([pool_id])[pool_id]


def rules_of_each(pools: Iterable[int]) -> dict[int, PoolRules]:
    """The rules of each pool, by the key of its organisation. One query."""
    keys = set(pools)
    told = dict(Pool.objects.filter(pk__in=keys).values_list("pk", "rules"))
    return {key: rules_from_document(told[key]) if told.get(key) else DEFAULTS for key in keys}


def rules_that_differ() -> dict[int, PoolRules]:
    """The rules of every pool that has set any, by the key of its organisation."""
    return {key: rules_from_document(told) for key, told in Pool.objects.exclude(rules={}).values_list("pk", "rules")}


def pool_reading_for(organisation: Organisation) -> Organisation:
    """The organisation whose pool reads for another: itself, unless its pool says `read_by`."""
    pool = Pool.objects.filter(pk=organisation.pk, read_by__isnull=False).select_related("read_by").first()
    return pool.read_by if pool and pool.read_by else organisation
