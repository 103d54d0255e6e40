"""What school units have granted for badges of ours and for people, read for many at once as ledgers need it.

A request for credit that was granted is a credit of its own. What is read here has no row but the request: that a
micro-credential was approved before it was begun, what was decided of a badge, and what was signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from longleaf.engines import policy as engine
from longleaf.recognition.models import CreditRequest
from longleaf.recognition.status import NEVER_SENT, RequestSort

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class OnBadge:
    """What was decided of one badge, and for which categories it was recorded."""

    decision: engine.Decision
    categories: frozenset[str] = frozenset()

    def after(self, earlier: OnBadge | None) -> OnBadge:
        """What stands where something was asked of the same badge before: the later decision, and every category."""
        if earlier is None:
            return self
        is_open = self.decision.outcome is engine.Outcome.PENDING
        decision = earlier.decision if is_open else self.decision
        return OnBadge(decision, self.categories | earlier.categories)


@dataclass
class Granted:
    """What was granted to one person: the day of the first approval beforehand by micro-credential, what was decided of
    badges, by their keys, and what was signed."""

    beforehand: dict[int, date] = field(default_factory=dict)
    on_badges: dict[int, OnBadge] = field(default_factory=dict)
    signed: tuple[engine.Approval, ...] = ()


NOTHING_GRANTED = Granted()
RULED_BY = "The state's agency"


def granted_to(people: Iterable[int]) -> dict[int, Granted]:
    """What was granted to each of the people, by their keys; whoever was granted nothing is left out. One query."""
    return _granted_in(CreditRequest.objects.filter(educator__in=set(people)))


def granted_between(first: int, last: int) -> dict[int, Granted]:
    """The same for everybody with a key from `first` through `last`. One query."""
    return _granted_in(CreditRequest.objects.filter(educator__gte=first, educator__lte=last))


def with_approvals(
    person: Person, prospects: Iterable[tuple[Version, engine.EarnedCredit]]
) -> list[engine.EarnedCredit]:
    """What versions would bring to somebody, with the day on which each was approved for them beforehand. One query."""
    held = granted_to([person.pk]).get(person.pk, NOTHING_GRANTED).beforehand
    return [replace(credit, approved_on=held.get(version.micro_credential_id)) for version, credit in prospects]


def asks_for_approval_beforehand(policy: engine.Policy) -> bool:
    """Whether any rule asks whether something was approved before the work began."""
    return "approved_on" in engine.looked_at([policy])


def as_known(found: OnBadge, on: date) -> OnBadge:
    """What was decided, without who and why, as it stood on a day."""
    decision = found.decision
    is_later = decision.decided_on is not None and decision.decided_on > on
    outcome = engine.Outcome.PENDING if is_later else decision.outcome
    credits = None if is_later else decision.credits
    bare = replace(decision, outcome=outcome, credits=credits, by="", reason="", decided_on=None)
    return OnBadge(bare, found.categories)


def _granted_in(requests: QuerySet[CreditRequest]) -> dict[int, Granted]:
    ahead = Q(sort=RequestSort.PRIOR_APPROVAL, micro_credential__isnull=False, granted_at__isnull=False)
    of_badge = Q(sort=RequestSort.BADGE, badge__isnull=False) & ~Q(status__in=NEVER_SENT)
    signed = Q(sort=RequestSort.SIGNATURE, granted_at__isnull=False)
    found: dict[int, Granted] = {}
    for request in requests.filter(ahead | of_badge | signed).select_related("office").order_by("sent_at", "pk"):
        _note(found.setdefault(request.educator_id, Granted()), request)
    return found


def _note(held: Granted, request: CreditRequest) -> None:
    if request.sort == RequestSort.PRIOR_APPROVAL:
        assert request.micro_credential_id is not None, "asked before"
        day = _granted_on(request)
        held.beforehand[request.micro_credential_id] = min(day, held.beforehand.get(request.micro_credential_id, day))
    elif request.sort == RequestSort.SIGNATURE:
        given = engine.Approval(request.signature, by=request.office.name, given_on=_granted_on(request))
        held.signed = (*held.signed, given)
    else:
        assert request.badge_id is not None, "asked before"
        categories = frozenset({request.granted_category} - {""})
        now = OnBadge(decision_on(request), categories)
        held.on_badges[request.badge_id] = now.after(held.on_badges.get(request.badge_id))


def _granted_on(request: CreditRequest) -> date:
    assert request.granted_at is not None, "asked before"
    return timezone.localdate(request.granted_at)


def decision_on(request: CreditRequest) -> engine.Decision:
    """What was decided on a request that was sent, by whom and when: of the office, or on appeal of the agency."""
    if request.decided_at is None:
        return engine.Decision(engine.Outcome.PENDING, by=request.office.name)
    ruled = request.ruled_at is not None
    return engine.Decision(
        engine.Outcome.APPROVED if request.granted_at else engine.Outcome.REFUSED,
        by=RULED_BY if ruled else request.office.name,
        decided_on=timezone.localdate(request.ruled_at or request.decided_at),
        reason=request.ruling if ruled else request.reason,
        credits=request.granted_amount if request.granted_at else None,
    )
