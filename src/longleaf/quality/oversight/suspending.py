"""The verbs on a recognition that holds: suspend it, lift a suspension, withdraw it.

Each is a further decision of the same agency on the same version: the signed statement ends with it, nobody begins on
the version any more, and the badges that were earned stay. Locks: the journal, because no row is there yet to lock,
then what `quality.deciding` locks.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import take_turn
from longleaf.panels.errors import ReasonMissing
from longleaf.quality import deciding, queries
from longleaf.quality.errors import MayNotDecide, NothingToEnd, NothingToLift
from longleaf.quality.models import QualityDecision
from longleaf.quality.oversight.access import may_oversee
from longleaf.quality.queries import RECOGNISES
from longleaf.quality.status import Outcome

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person


def suspend(*, version: Version, agency: Organisation, reason: str, acting_person: Person) -> QualityDecision:
    """Suspend a recognition from today on, until it is lifted or withdrawn.

    Raises `MayNotDecide`, `ReasonMissing`, and `NothingToEnd` where it is not recognised.
    """
    return _end(version, agency, reason, acting_person, outcome=Outcome.SUSPENDED, of=RECOGNISES)


def withdraw(*, version: Version, agency: Organisation, reason: str, acting_person: Person) -> QualityDecision:
    """Withdraw a recognition, also a suspended one, from today on. Raises what `suspend` raises."""
    return _end(version, agency, reason, acting_person, outcome=Outcome.WITHDRAWN, of=RECOGNISES | {Outcome.SUSPENDED})


@transaction.atomic
def lift(*, version: Version, agency: Organisation, reason: str, acting_person: Person) -> QualityDecision:
    """Let a recognition hold again that was suspended, as it was and for as long as it was.

    Raises `MayNotDecide`, `ReasonMissing`, and `NothingToLift`.
    """
    _require(agency, reason, acting_person)
    held = _holding(version, agency)
    if held is None or held.outcome != Outcome.SUSPENDED:
        raise NothingToLift(f"The recognition of {version} is not suspended, so there is nothing to lift.")
    before = _suspended(held)
    if before is None or (before.valid_until and before.valid_until < timezone.localdate()):
        raise NothingToLift(f"The recognition of {version} ended meanwhile. Have it reviewed anew.")
    return _record(
        held,
        Outcome(before.outcome),
        reason,
        acting_person,
        valid_until=before.valid_until,
        conditions=before.conditions,
        scope=before.scope,
    )


@transaction.atomic
def _end(
    version: Version,
    agency: Organisation,
    reason: str,
    acting_person: Person,
    *,
    outcome: Outcome,
    of: Collection[str],
) -> QualityDecision:
    _require(agency, reason, acting_person)
    held = _holding(version, agency)
    if held is None or held.outcome not in of:
        raise NothingToEnd(f"{agency} does not recognize {version} now. Reload the page to see what holds.")
    return _record(held, outcome, reason, acting_person)


def _require(agency: Organisation, reason: str, acting_person: Person) -> None:
    if not may_oversee(acting_person, agency):
        raise MayNotDecide
    if not reason.strip():
        sentence = "Say why, in words that everybody may read."
        raise ReasonMissing(sentence, fields={"reason": sentence})
    # Two at the same moment wait for each other here, and the second finds what the first decided.
    take_turn()


def _holding(version: Version, agency: Organisation) -> QualityDecision | None:
    holding = queries.holding_on_version(version, timezone.localdate())
    return next(
        (each.decision for each in holding if each.decision.decided_by_id == agency.pk and not each.ended), None
    )


def _suspended(suspension: QualityDecision) -> QualityDecision | None:
    """The recognition that a suspension interrupted."""
    recognising = [each for each in queries.decided_before(suspension) if each.outcome in RECOGNISES]
    return recognising[-1] if recognising else None


def _record(
    held: QualityDecision, outcome: Outcome, reason: str, acting_person: Person, **facts: object
) -> QualityDecision:
    return deciding.record_decision(
        state=held.state,
        decided_by=held.decided_by,
        outcome=outcome,
        valid_from=timezone.localdate(),
        version=held.version,
        instrument=held.instrument,
        standing=held.standing,
        note=reason.strip(),
        anew=True,
        acting_person=acting_person,
        **facts,  # type: ignore[arg-type]
    )
