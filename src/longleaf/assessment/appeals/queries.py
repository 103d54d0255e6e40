"""Reads of appeals: the earner's own, and what waits for a lead assessor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from longleaf.assessment.appeals.access import appeals_to_look_at, may_look_at
from longleaf.assessment.appeals.lookers import Circle, lookers_of
from longleaf.assessment.appeals.rules import business_days_after, rules_of
from longleaf.assessment.errors import NoSuchAppeal
from longleaf.assessment.models import Appeal, Attempt, Mentorship, Submission, Team
from longleaf.assessment.queries import CriterionFinding, decision_on, rounds_left
from longleaf.assessment.status import AppealGround, AppealStatus, AttemptStatus
from longleaf.panels.blindness import BLIND_APPEAL_LEAD

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class ToldAppeal:
    """An appeal as its earner is told of it."""

    appeal: Appeal
    grounds: list[str]
    findings: list[CriterionFinding]

    @property
    def status(self) -> AppealStatus:
        return AppealStatus(self.appeal.status)

    @property
    def is_answered(self) -> bool:
        return self.appeal.answered_at is not None


def appeal_against(judged: Submission) -> Appeal | None:
    """The appeal against the decision on a round; there is at most one."""
    return Appeal.objects.filter(submission=judged).select_related("submission", "reread").first()


def told_appeal(judged: Submission) -> ToldAppeal | None:
    """The same, with its grounds in words and, once it was read anew, what was found."""
    appeal = appeal_against(judged)
    if appeal is None:
        return None
    decided = decision_on(appeal.reread) if appeal.reread else None
    return ToldAppeal(appeal, grounds_in_words(appeal), list(decided.criteria) if decided else [])


def grounds_in_words(appeal: Appeal) -> list[str]:
    return [str(AppealGround(code).label) for code in appeal.grounds]


def last_day_to_appeal(attempt: Attempt, judged: Submission) -> datetime:
    """When the time to appeal against the decision on a round ends."""
    return business_days_after(attempt, judged.decided_at or timezone.now(), rules_of(attempt).lodge_within)


def may_still_appeal(person: Person, attempt: Attempt, judged: Submission) -> bool:
    """Whether the page offers it; the verb asks the same and says why not."""
    if attempt.status != AttemptStatus.NOT_YET or judged.decided_at is None or appeal_against(judged) is not None:
        return False
    if rules_of(attempt).last_round_only and rounds_left(person, attempt.version) != 0:
        return False
    return timezone.now() <= last_day_to_appeal(attempt, judged)


@dataclass(frozen=True)
class WaitingAppeal:
    """An appeal in somebody's list; `is_nobody_elses` where everybody nearer to it had a part."""

    appeal: Appeal
    circle: Circle | None

    @property
    def is_nobody_elses(self) -> bool:
        return self.circle is not Circle.ISSUER


def waiting_appeals(person: Person) -> QuerySet[Appeal]:
    """What waits for somebody to look at, most urgent first."""
    rows = appeals_to_look_at(person).select_related("submission__attempt__version")
    rows = rows.defer("submission__attempt__version__document", "submission__attempt__version__search_text")
    return BLIND_APPEAL_LEAD.ordered(rows, due="due_at", ref="ref")


def with_their_circles(appeals: Sequence[Appeal]) -> list[WaitingAppeal]:
    """The same appeals, each with the circle whose turn it is."""
    lookers = lookers_of([appeal.pk for appeal in appeals])
    return [WaitingAppeal(appeal, lookers[appeal.pk].circle) for appeal in appeals]


def journal_subjects_kept_from(person: Person) -> list[str]:
    """What the journal must not tell somebody now: whose work they are to look at, who read it, who helped with it and
    who made it with them."""
    attempts = set(appeals_to_look_at(person).values_list("submission__attempt", flat=True))
    rounds = Submission.objects.filter(attempt__in=attempts)
    rows = rounds.values_list("attempt__ref", "ref", "panel__ref", "panel__assignments__ref")
    kinds = ("attempt", "submission", "panel", "reading")
    kept = {f"{kind}:{ref}" for row in rows for kind, ref in zip(kinds, row, strict=True) if ref}
    kept |= {f"mentoring:{each.ref}" for each in Mentorship.objects.filter(attempt__in=attempts)}
    kept |= {f"team:{each.ref}" for each in Team.objects.filter(members__attempt__in=attempts)}
    return sorted(kept)


def appeal_to_look_at(person: Person, ref: str) -> Appeal:
    """One that somebody may look at, also after its answer. Raises `NoSuchAppeal` in every other case alike."""
    rows = Appeal.objects.select_related("submission__attempt__version", "submission__panel")
    found = rows.filter(ref=ref).first()
    if found is None or not may_look_at(person, found):
        raise NoSuchAppeal
    return found
