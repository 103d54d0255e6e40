"""The read by which assessment learns who has an attempt judged: a school unit that runs the pathway, or nobody but the
issuer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.quality.models import QualityDecision
from longleaf.quality.pathways.naming import codes_of
from longleaf.quality.queries import holding_among
from longleaf.quality.status import Judges

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Organisation


def unit_running(made: MicroCredential, units: Iterable[Organisation], day: date) -> Organisation | None:
    """Which of an educator's units has an attempt begun on a day judged; None where the issuer does. Of several the
    first by name.

    Only what the agency itself issues is a pathway of the state. A unit where nobody leads assessors could not look
    whether work is complete, so until there is one it runs nothing. As many queries for many units as for one.
    """
    agency = directory.agency()
    if agency is None or made.issuer_id != agency.pk:
        return None
    approved = {each.pk: each for each in _approved_for(made, agency, units, day)}
    led = directory.holders_of([Role.LEAD_ASSESSOR], approved) if approved else {}
    able = [unit for key, unit in approved.items() if led.get((Role.LEAD_ASSESSOR, key))]
    return min(able, key=lambda unit: unit.name, default=None)


def is_led(unit: Organisation) -> bool:
    """Whether somebody at a unit leads assessors, without whom it runs nothing; one query."""
    key = (Role.LEAD_ASSESSOR, unit.pk)
    return bool(directory.holders_of([Role.LEAD_ASSESSOR], [unit.pk]).get(key))


def _approved_for(
    made: MicroCredential, agency: Organisation, units: Iterable[Organisation], day: date
) -> list[Organisation]:
    """Units that the agency lets run it on a day: not where that is suspended or withdrawn, or its term is over."""
    keys = [each.pk for each in units]
    decided = QualityDecision.objects.filter(organisation__in=keys, judged_as=Judges.PATHWAY, decided_by=agency)
    found = [each.decision for each in holding_among(decided, day) if each.recognises] if keys else []
    codes = codes_of(made) if found else frozenset[str]()
    return [each.organisation for each in found if each.organisation and not codes.isdisjoint(each.pathways)]
