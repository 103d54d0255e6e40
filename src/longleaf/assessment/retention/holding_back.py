"""What holds a clock back: an appeal that may still be lodged, a likeness under look, an anchor in use, a hold by the
state. (While an attempt is being written, read or appealed no clock runs at all.)

Only leads know of a likeness: what an earner is told of comes from `told_reasons`, which leaves it out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from longleaf.assessment.appeals.queries import last_day_to_appeal
from longleaf.assessment.models import Appeal, Attempt, CopyFlag, Hold, Submission
from longleaf.assessment.status import AttemptStatus, FlagFinding
from longleaf.panels.calibration import queries as calibration


class Reason(StrEnum):
    """Why something is not let go though its time is over."""

    APPEAL = "an appeal is still possible"
    LIKENESS = "a likeness is being looked at"
    ANCHOR = "assessors train on it"
    STATE = "the state holds it"


def reasons_for(attempts: Collection[Attempt], *, on: date) -> Mapping[int, list[Reason]]:
    """What holds each attempt back on a day, by key, in a constant number of queries."""
    keys = [each.pk for each in attempts]
    by_state = set(held_attempts(on).filter(pk__in=keys).values_list("pk", flat=True))
    by_anchor = _with_anchors(keys)
    by_likeness = _with_likenesses(keys)
    by_appeal = _that_may_be_appealed(attempts, on)
    told = {
        Reason.APPEAL: by_appeal,
        Reason.LIKENESS: by_likeness,
        Reason.ANCHOR: by_anchor,
        Reason.STATE: by_state,
    }
    return {key: [reason for reason, held in told.items() if key in held] for key in keys}


def told_reasons(reasons: Collection[Reason]) -> list[Reason]:
    """Those of which the earner may learn."""
    return [each for each in reasons if each is not Reason.LIKENESS]


def holds_in_force(on: date) -> QuerySet[Hold]:
    """The holds by the state that keep something on a day."""
    return Hold.objects.filter(ended_at__isnull=True, until__gte=on)


def held_attempts(on: date) -> QuerySet[Attempt]:
    """The attempts that the state holds on a day."""
    in_force = holds_in_force(on)
    return Attempt.objects.filter(
        Q(pk__in=in_force.filter(attempt__isnull=False).values("attempt"))
        | Q(micro_credential__in=in_force.filter(micro_credential__isnull=False).values("micro_credential"))
    )


def _with_anchors(keys: Collection[int]) -> set[int]:
    by_ref = dict(Submission.objects.filter(attempt__in=keys).values_list("ref", "attempt_id"))
    return {by_ref[ref] for ref in calibration.work_in_use(by_ref)}


def _with_likenesses(keys: Collection[int]) -> set[int]:
    under_look = CopyFlag.objects.filter(finding__in=["", FlagFinding.LOOK_INTO])
    sides = under_look.filter(Q(submission__attempt__in=keys) | Q(other__attempt__in=keys))
    pairs = sides.values_list("submission__attempt_id", "other__attempt_id")
    return {key for pair in pairs for key in pair}


def _that_may_be_appealed(attempts: Collection[Attempt], on: date) -> set[int]:
    not_yet = [each for each in attempts if each.status == AttemptStatus.NOT_YET]
    if not not_yet:
        return set()
    judged: dict[int, Submission] = {}
    for each in Submission.objects.filter(attempt__in=not_yet, reread_of=None, decided_at__isnull=False):
        if each.attempt_id not in judged or judged[each.attempt_id].round < each.round:
            judged[each.attempt_id] = each
    appealed = set(Appeal.objects.filter(submission__in=judged.values()).values_list("submission_id", flat=True))
    return {
        each.pk
        for each in not_yet
        if (latest := judged.get(each.pk)) and latest.pk not in appealed and _ends(each, latest) >= on
    }


def _ends(attempt: Attempt, judged: Submission) -> date:
    end: datetime = last_day_to_appeal(attempt, judged)
    return timezone.localdate(end)
