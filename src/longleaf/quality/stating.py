"""Having decisions signed: each that recognises becomes a statement of its own, and ends where a later one begins."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from longleaf.awards.contents import moments
from longleaf.awards.endorsements import endorsing, statements
from longleaf.awards.endorsements.statements import Statement
from longleaf.kit.dates import day as in_words
from longleaf.quality import queries, wording
from longleaf.quality.queries import Holding
from longleaf.quality.status import Judges

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.models import QualityDecision


def keep_up(*, decision: QualityDecision, acting_person: Person | None) -> None:
    """Bring what is stated up to what was decided by this organisation on this subject.

    Belongs into the transaction that records a decision. Doing it again changes nothing; a decision that is entered
    after a later one is ended by that one at once. A renewal plan is no matter of badges, so nothing is stated of it.
    """
    if decision.judged_as == Judges.PLAN:
        return
    decided = [each for each in queries.decided_alike(decision) if queries.replaces(each)]
    for each in decided:
        if each.outcome in queries.RECOGNISES:
            _state(each, acting_person)
    for earlier, later in pairwise(decided):
        endorsing.end(
            occasion=occasion_of(earlier),
            at=moments.first_instant(later.valid_from),
            reason=f"A later decision holds from {in_words(later.valid_from)} on.",
            acting_person=acting_person,
        )


def stated(holding: Holding) -> Statement | None:
    """The signed statement of what holds on a day, or None where none is signed yet."""
    return statements.statement_on(occasion_of(holding.decision), day=holding.day)


def occasion_of(decision: QualityDecision) -> str:
    return f"quality-decision:{decision.pk}"


def _state(decision: QualityDecision, acting_person: Person | None) -> None:
    endorsing.endorse(
        occasion=occasion_of(decision),
        endorser=decision.decided_by,
        version=decision.version,
        organisation=decision.organisation,
        name=f"Recognition of {wording.subject_of(decision)}",
        comment=wording.statement(decision),
        valid_from=moments.first_instant(decision.valid_from),
        valid_until=moments.last_second(decision.valid_until) if decision.valid_until else None,
        acting_person=acting_person,
    )
