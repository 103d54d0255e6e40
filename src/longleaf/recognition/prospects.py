"""Micro-credentials as the credits that they would be if they were demonstrated: with all that a rule may ask of one.

Whatever tells beforehand what something would bring (its worth, what-if, what it counts toward, what other states
would give) reckons with these, so that a ledger says the same once it is earned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from longleaf.engines import policy as engine
from longleaf.quality import queries as quality
from longleaf.recognition import granted, records
from longleaf.recognition.portability.accepted import IMPORT

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

# What a rule says may hang on who issued a badge, in which language, and on the stacks that it is part of.
ASKED_OF = ("micro_credential__issuer", "micro_credential__stacks__stack", "alignments__item", "facets")
# Of one day the engine takes credits by their ids: these come after the badges that are earned, before other learning.
TO_BE = "badge_to_be"


def prospects_of(versions: Sequence[Version], *, on: date) -> list[engine.EarnedCredit]:
    """What each version would be to anybody who earns it on a day, in their order; no school unit's value is among it.

    As many queries as for one; what was read of the versions before is not read again.
    """
    prefetch_related_objects(list(versions), *ASKED_OF)
    recognised = quality.recognised_ever({version.pk for version in versions})
    return [
        replace(
            records.with_origin(records.prospective_credit(version, records.NO_VALUES, on=on), version),
            id=f"{TO_BE}:{place:06d}:{version.pk}",
            recognised_by=records.recognised_on(recognised.get(version.pk, ()), on),
        )
        for place, version in enumerate(versions)
    ]


def prospects_for(person: Person, versions: Sequence[Version], *, on: date) -> list[engine.EarnedCredit]:
    """The same for somebody, at the value that their employer of that day has set, with what was approved for them."""
    valuers = records.valuers_of([person.pk])[person.pk]
    valued = [
        (version, replace(credit, value=valuers.on(on, micro_credential_id=version.micro_credential_id)))
        for credit, version in zip(prospects_of(versions, on=on), versions, strict=True)
    ]
    return granted.with_approvals(person, valued)


def once_earned(record: engine.Record, further: Sequence[engine.EarnedCredit]) -> engine.Record:
    """A record as it will be when further credits are earned."""
    replaced = replaced_by(record, further)
    kept = (credit for credit in record.credits if credit.id not in replaced)
    return replace(record, credits=(*kept, *further))


def replaced_by(record: engine.Record, further: Iterable[engine.EarnedCredit]) -> frozenset[str]:
    """The ids of what counts no more: a badge from elsewhere, beside the micro-credential that it stood for."""
    items = {credit.item for credit in further} - {""}
    return frozenset(it.id for it in record.credits if it.item in items and it.id.partition(":")[0] == IMPORT)
