"""The verbs on a recognition or an approval that holds: suspend it, lift a suspension, withdraw it.

Each is a further decision of the same agency on the same version, or on the same organisation as an issuer or by its
plan: the signed statement ends with it, nobody begins any more, and the badges that were earned stay. What an issuer
offers follows it (`quality.following`). Locks: the journal, because no row is there yet to lock, then what
`quality.deciding` locks.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import take_turn
from longleaf.panels.errors import ReasonMissing
from longleaf.quality import deciding, following, fulfilling, queries, wording
from longleaf.quality.errors import IssuerClosed, MayNotDecide, NothingToEnd, NothingToLift
from longleaf.quality.models import QualityDecision
from longleaf.quality.oversight.access import may_oversee
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.queries import RECOGNISES
from longleaf.quality.status import Outcome

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person


def suspend(*, subject: Version | AsWhat, agency: Organisation, reason: str, acting_person: Person) -> QualityDecision:
    """Suspend a recognition from today on, until it is lifted or withdrawn.

    Raises `MayNotDecide`, `ReasonMissing`, and `NothingToEnd` where it is not recognised.
    """
    return _end(subject, agency, reason, acting_person, outcome=Outcome.SUSPENDED, of=RECOGNISES)


def withdraw(*, subject: Version | AsWhat, agency: Organisation, reason: str, acting_person: Person) -> QualityDecision:
    """Withdraw a recognition, also a suspended one, from today on. Raises what `suspend` raises."""
    return _end(subject, agency, reason, acting_person, outcome=Outcome.WITHDRAWN, of=RECOGNISES | {Outcome.SUSPENDED})


@transaction.atomic
def lift(*, subject: Version | AsWhat, agency: Organisation, reason: str, acting_person: Person) -> QualityDecision:
    """Let a recognition hold again that was suspended, as it was and for as long as it was; without conditions where
    they were all met meanwhile.

    Raises `MayNotDecide`, `ReasonMissing`, `NothingToLift`, and `IssuerClosed` of a version whose issuer may issue
    nothing now.
    """
    _require(agency, reason, acting_person)
    held = holding(subject, agency)
    if held is None or held.outcome != Outcome.SUSPENDED:
        raise NothingToLift(f"The recognition of {subject} is not suspended, so there is nothing to lift.")
    _require_issuer_open(subject)
    before = following.interrupted_by(held)
    if before is None:
        raise NothingToLift(f"The recognition of {subject} ended meanwhile. Have it reviewed anew.")
    outcome, conditions = fulfilling.as_it_is_now(before)
    return _record(
        held,
        outcome,
        reason,
        acting_person,
        valid_until=before.valid_until,
        conditions=conditions,
        scope=before.scope,
        families=before.families,
        pathways=before.pathways,
    )


@transaction.atomic
def _end(
    subject: Version | AsWhat,
    agency: Organisation,
    reason: str,
    acting_person: Person,
    *,
    outcome: Outcome,
    of: Collection[str],
) -> QualityDecision:
    _require(agency, reason, acting_person)
    held = holding(subject, agency)
    if held is None or held.outcome not in of:
        raise NothingToEnd(f"{agency} does not recognize {subject} now. Reload the page to see what holds.")
    return _record(held, outcome, reason, acting_person)


def _require(agency: Organisation, reason: str, acting_person: Person) -> None:
    if not may_oversee(acting_person, agency):
        raise MayNotDecide
    if not reason.strip():
        sentence = "Say why, in words that everybody may read."
        raise ReasonMissing(sentence, fields={"reason": sentence})
    # Two at the same moment wait for each other here, and the second finds what the first decided.
    take_turn()


def _require_issuer_open(subject: Version | AsWhat) -> None:
    """An organisation comes back by its own lifting, and brings with it what its suspension suspended."""
    if isinstance(subject, AsWhat):
        return
    closed = wording.issuer_closed(subject.micro_credential.issuer, timezone.localdate())
    if closed:
        raise IssuerClosed(f"{closed} What was suspended with the issuer comes back with it.")


def holding(subject: Version | AsWhat, agency: Organisation) -> QualityDecision | None:
    """The decision of an agency that holds today and has not run out."""
    today = timezone.localdate()
    if isinstance(subject, AsWhat):
        found = queries.holding_on_organisation(subject.organisation, today, judged_as=[subject.judged_as])
    else:
        found = queries.holding_on_version(subject, today)
    return next((each.decision for each in found if each.decision.decided_by_id == agency.pk and not each.ended), None)


def _record(
    held: QualityDecision, outcome: Outcome, reason: str, acting_person: Person, **facts: object
) -> QualityDecision:
    decision = deciding.record_decision(
        state=held.state,
        decided_by=held.decided_by,
        outcome=outcome,
        valid_from=timezone.localdate(),
        version=held.version,
        organisation=held.organisation,
        instrument=held.instrument,
        standing=held.standing,
        note=reason.strip(),
        anew=True,
        acting_person=acting_person,
        **facts,  # type: ignore[arg-type]
    )
    following.follow(decision=decision, acting_person=acting_person)
    return decision
