"""Reads for the earner: what is kept of their work and until when; and for those who hold work back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from longleaf.assessment.models import Artifact, Attempt, Hold, LettingGo, Submission
from longleaf.assessment.retention.access import holds_for
from longleaf.assessment.retention.clocks import attempts_with_clocks, clock_of
from longleaf.assessment.retention.due import row_of
from longleaf.assessment.retention.holding_back import Reason, reasons_for, told_reasons
from longleaf.assessment.retention.kinds import IN_WORDS
from longleaf.assessment.retention.rules import Rules, WorkRule, present_rules
from longleaf.assessment.retention.work import FILES, TEXTS
from longleaf.assessment.status import AttemptStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person

SOON_DAYS = 60
# The kinds in which evidence goes.
EVIDENCE = (FILES.code, TEXTS.code)


@dataclass(frozen=True)
class KeptThing:
    """One kind of thing of an attempt: how much there is, and not before which day it goes.

    Without `goes_on` it goes when the badge ends, and this one does not end.
    """

    rule: WorkRule
    number: int
    goes_on: date | None
    was_told: bool
    is_soon: bool

    @property
    def counted_from(self) -> str:
        return IN_WORDS[self.rule.counted_from]


@dataclass(frozen=True)
class KeptWork:
    """An attempt with everything of it that has a clock; `paused` says why none runs."""

    attempt: Attempt
    things: Sequence[KeptThing]
    held: Sequence[Reason]
    paused: str
    gone: Sequence[tuple[str, date]]

    @property
    def has_anything(self) -> bool:
        return bool(self.things or self.paused)


def kept_work_of(person: Person, page: QuerySet[Attempt] | Sequence[Attempt]) -> list[KeptWork]:
    """What is kept of attempts, in the order given, in a constant number of queries."""
    rules, today = present_rules(), timezone.localdate()
    wanted = [each.pk for each in page]
    found = {each.pk: each for each in attempts_with_clocks().filter(earner=person, pk__in=wanted)}
    attempts = [found[key] for key in wanted if key in found]
    reasons = reasons_for(attempts, on=today)
    noted: dict[int, list[LettingGo]] = {}
    for row in LettingGo.objects.filter(attempt__in=wanted).order_by("told_at"):
        noted.setdefault(row.attempt_id, []).append(row)
    there = {rule.kind.code: rule.kind.there(wanted) for rule in rules.of_work}
    return [
        KeptWork(
            attempt=each,
            things=_things(
                each, rules, noted.get(each.pk, []), {code: it.get(each.pk, 0) for code, it in there.items()}
            ),
            held=told_reasons(reasons[each.pk]),
            paused=_paused(each),
            gone=_gone(rules, noted.get(each.pk, [])),
        )
        for each in attempts
    ]


def going_soon(person: Person) -> bool:
    """Whether something of somebody's work goes soon and they were told: their list of work points at it."""
    told = LettingGo.objects.filter(attempt__earner=person, gone_at=None)
    return told.exclude(attempt__status__in=[AttemptStatus.SUBMITTED, AttemptStatus.IN_REVIEW]).exists()


def holds_by_end(person: Person) -> QuerySet[Hold]:
    """The holds that somebody may see: those in force first, the earliest end first."""
    rows = holds_for(person).select_related("attempt__version", "micro_credential", "set_by", "ended_by")
    return rows.defer("attempt__version__document", "attempt__version__search_text").order_by(
        "ended_at", "until", "ref"
    )


def still_whole(refs: Collection[str]) -> set[str]:
    """Those submissions, by ID, of whose evidence nothing is gone: no file, no link and no text. One query.

    For `panels` (`settings.EVIDENCE_STILL_THERE`), where a lead reads again what a reader has read.
    """
    gone = Artifact.objects.filter(response__submission=OuterRef("pk"))
    gone = gone.filter(Q(taken_away_at__isnull=False) | Q(let_go_at__isnull=False))
    went = LettingGo.objects.filter(attempt=OuterRef("attempt"), kind__in=EVIDENCE, gone_at__isnull=False)
    found = Submission.objects.filter(~Exists(gone), ~Exists(went), ref__in=refs)
    return set(found.values_list("ref", flat=True))


def _things(attempt: Attempt, rules: Rules, noted: Sequence[LettingGo], there: dict[str, int]) -> list[KeptThing]:
    things = []
    for rule in rules.of_work:
        clock = clock_of(attempt, rule)
        if clock is None or not there[rule.kind.code]:
            continue
        row = row_of(noted, clock)
        goes_on = max(clock.goes_on, row.goes_on) if clock.goes_on and row else clock.goes_on
        was_told = row is not None
        is_soon = goes_on is not None and (goes_on - timezone.localdate()).days <= SOON_DAYS
        things.append(KeptThing(rule, there[rule.kind.code], goes_on, was_told, is_soon))
    return things


def _gone(rules: Rules, noted: Sequence[LettingGo]) -> list[tuple[str, date]]:
    titles = {rule.kind.code: rule.kind.title for rule in rules.of_work}
    return [(titles[row.kind], timezone.localdate(row.gone_at)) for row in noted if row.gone_at and row.kind in titles]


def _paused(attempt: Attempt) -> str:
    status = AttemptStatus(attempt.status)
    if status in {AttemptStatus.SUBMITTED, AttemptStatus.IN_REVIEW}:
        return "Everything is kept while assessors read it."
    if status is AttemptStatus.APPEALED:
        return "Everything is kept while your appeal is under way."
    if status is AttemptStatus.SAMPLE:
        return "Kept for as long as assessors train with it."
    return ""
