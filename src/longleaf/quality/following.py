"""The verb by which recognitions follow the approval of their issuer: suspended, lifted and withdrawn with it.

Each is a further decision of the same agency on the version, so its signed statement ends and begins as with any other
(decision 0088), and it names the decision that it follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.quality import deciding, fulfilling, queries, wording
from longleaf.quality.models import QualityDecision
from longleaf.quality.status import CLOSED_TO_NEW_ATTEMPTS, LETS_ISSUE, Outcome

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def follow(*, decision: QualityDecision, acting_person: Person | None) -> int:
    """Let the agency's recognitions of what an issuer offers follow a decision on it; returns how many did.

    A suspension or withdrawal goes on to what is recognised, unless the issuer may issue in another way. An approval
    brings back what an earlier suspension of the issuer suspended, for as long as it was recognised; what was withdrawn
    has to be reviewed anew. Anything but a decision on an issuer is followed by nothing, and so is one in whose place a
    later one came.
    """
    issuer = decision.organisation
    if issuer is None or decision.judged_as not in LETS_ISSUE or not _holds(decision):
        return 0
    held = [each for each in _held_of_versions(decision) if each.outcome in queries.RECOGNISES | {Outcome.SUSPENDED}]
    if decision.outcome in CLOSED_TO_NEW_ATTEMPTS and queries.issuer_closed_by(issuer, timezone.localdate()):
        return _close(held, decision, acting_person)
    if decision.outcome in queries.RECOGNISES:
        return _bring_back(held, decision, acting_person)
    return 0


def interrupted_by(suspension: QualityDecision) -> QualityDecision | None:
    """The recognition that a suspension interrupted, where it would still hold; None where it ended meanwhile."""
    recognising = [each for each in queries.decided_before(suspension) if each.outcome in queries.RECOGNISES]
    if not recognising or (recognising[-1].valid_until and recognising[-1].valid_until < timezone.localdate()):
        return None
    return recognising[-1]


def _holds(decision: QualityDecision) -> bool:
    """Whether it is the decision that holds today, so that a pack that is loaded again moves nothing."""
    holding = queries.holding_among(queries.decided_alike(decision), timezone.localdate())
    return any(each.decision.pk == decision.pk for each in holding)


def _held_of_versions(decision: QualityDecision) -> list[QualityDecision]:
    """The decision of the agency that holds on each version of the issuer and has not run out."""
    decided = QualityDecision.objects.filter(
        decided_by=decision.decided_by, version__micro_credential__issuer=decision.organisation
    )
    found = queries.holding_among(decided, timezone.localdate())
    return [each.decision for each in found if not each.ended]


def _close(held: Iterable[QualityDecision], decision: QualityDecision, acting_person: Person | None) -> int:
    outcome, number = Outcome(decision.outcome), 0
    for each in held:
        if each.outcome == outcome:
            continue
        _record(each, outcome, decision, acting_person)
        number += 1
    return number


def _bring_back(held: Iterable[QualityDecision], decision: QualityDecision, acting_person: Person | None) -> int:
    number = 0
    for each in held:
        before = interrupted_by(each) if each.outcome == Outcome.SUSPENDED and each.follows_id else None
        if before is None:
            continue
        outcome, conditions = fulfilling.as_it_is_now(before)
        facts = {"valid_until": before.valid_until, "conditions": conditions, "scope": before.scope}
        _record(each, outcome, decision, acting_person, **facts)
        number += 1
    return number


def _record(
    held: QualityDecision,
    outcome: Outcome,
    follows: QualityDecision,
    acting_person: Person | None,
    **facts: object,
) -> None:
    deciding.record_decision(
        state=held.state,
        decided_by=held.decided_by,
        outcome=outcome,
        valid_from=timezone.localdate(),
        version=held.version,
        instrument=held.instrument,
        standing=held.standing,
        note=f"It follows a decision on its issuer. {wording.recorded(follows)}",
        follows=follows,
        anew=True,
        acting_person=acting_person,
        **facts,  # type: ignore[arg-type]
    )
