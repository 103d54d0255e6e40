"""What becomes of a recognition when the last of its conditions is met: it holds without them, for the same term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.journal.recording import take_turn
from longleaf.quality import deciding, queries
from longleaf.quality.models import Review
from longleaf.quality.status import Outcome

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.models import QualityDecision


def fulfil(*, review: Review, acting_person: Person) -> QualityDecision | None:
    """Recognise without conditions, from today on and for the same term, what was recognised on those of a review.

    Belongs into the transaction that notes a condition as met. None while one is open, and where what holds now does
    not ask for them: a suspended recognition comes back without them when it is lifted. Raises `MayNotDecide`.
    """
    # Two officers who note the last two at the same moment wait for each other here.
    take_turn()
    held = _held(review)
    if held is None or _are_open(review):
        return None
    return deciding.record_decision(
        state=held.state,
        decided_by=held.decided_by,
        outcome=Outcome.RECOGNISED,
        valid_from=timezone.localdate(),
        valid_until=held.valid_until,
        version=held.version,
        organisation=held.organisation,
        scope=held.scope,
        families=held.families,
        pathways=held.pathways,
        instrument=held.instrument,
        standing=held.standing,
        note=f"Every condition of {review.ref} is met.",
        anew=True,
        acting_person=acting_person,
    )


def as_it_is_now(before: QualityDecision) -> tuple[Outcome, str]:
    """As what an interrupted recognition comes back, and on which conditions: without any that were met meanwhile."""
    review = _review_behind(before) if before.outcome == Outcome.CONDITIONS else None
    if review is None or _are_open(review):
        return Outcome(before.outcome), before.conditions
    return Outcome.RECOGNISED, ""


def _held(review: Review) -> QualityDecision | None:
    """The recognition that asks for the conditions of a review today."""
    decided = review.decision
    holding = queries.holding_among(queries.decided_alike(decided), timezone.localdate()) if decided else []
    asking = [each.decision for each in holding if each.recognises and each.decision.outcome == Outcome.CONDITIONS]
    return next((each for each in asking if _review_behind(each) == review), None)


def _review_behind(decision: QualityDecision) -> Review | None:
    """The latest review that a decision rests on: its own, or the one before, where it ended a suspension."""
    decided = [*queries.decided_before(decision), decision]
    reviews = {each.decision_id: each for each in Review.objects.filter(decision__in=decided)}
    return next((reviews[each.pk] for each in reversed(decided) if each.pk in reviews and queries.replaces(each)), None)


def _are_open(review: Review) -> bool:
    return review.conditions.filter(met_on__isnull=True).exists()
