"""The verb of an officer: decide on what was read. It ends in a decision, which the agency signs.

Locks: the review, then what `quality.deciding` locks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.engines.rubrics import Verdict
from longleaf.journal.recording import record
from longleaf.kit.dates import day as in_words
from longleaf.kit.errors import NotAllowed
from longleaf.kit.status import require_move
from longleaf.panels import queries as panels
from longleaf.quality import deciding, following, queries
from longleaf.quality.errors import MayNotDecide, ReadItThemselves, UnusableDecision, WroteItThemselves
from longleaf.quality.events import Event
from longleaf.quality.models import AskedChange, Condition, Review
from longleaf.quality.pathways.naming import nameable
from longleaf.quality.reviewing.access import may_oversee
from longleaf.quality.reviewing.handing_in import lock, subject_of
from longleaf.quality.reviewing.subjects import Subject, people_behind, subject_under
from longleaf.quality.status import DECIDED_ON_A_REVIEW, REVIEW_MOVES, Judges, Outcome, ReviewStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.models import QualityDecision

# What can be withdrawn.
HOLDS = queries.RECOGNISES | {Outcome.SUSPENDED}


# Calendars end in the year 9999, and a statement that never ends would be read as one that does.
A_CENTURY = timedelta(days=36_525)


@dataclass(frozen=True)
class Asked:
    """A condition: what must be so, and by which day."""

    what: str
    until: date | None


@transaction.atomic
def decide(
    *,
    review: Review,
    outcome: Outcome,
    letter: str,
    valid_until: date | None = None,
    conditions: Sequence[Asked] = (),
    changes: Mapping[str, str] | None = None,
    scope: str = "",
    families: Sequence[str] = (),
    pathways: Sequence[str] = (),
    acting_person: Person,
) -> Review:
    """Decide when all readings are in, from today on. What is decided is signed and takes the place of what held.

    It may be recognised as it is only where the readings came to that; on conditions, each with its day, also where
    they did not; and neither where its issuer is approved for other families only (`quality.reach`) or may issue
    nothing now. It is returned with a change for every component that is not met, and withdrawn only where it is
    recognised now. `scope` and `families` (codes; none means all) are for what an organisation is approved, `pathways`
    (codes of `pathways.naming`) which of the state's own it may run; an application that is returned leaves an approval
    that holds. Raises what `require_may_decide` raises, `UnusableDecision` with a sentence for each part, and
    `WrongState` unless it waits for a decision.
    """
    held = lock(review)
    require_may_decide(acting_person, held)
    # Only asked here: a decided review without its decision is refused by the database.
    require_move(REVIEW_MOVES, ReviewStatus(held.status), ReviewStatus.DECIDED, what=f"The review {held.ref}")
    given = _Given(
        review=held,
        subject=subject_under(held),
        outcome=outcome,
        letter=letter.strip(),
        valid_until=valid_until,
        conditions=_told(conditions),
        changes=dict(changes or {}),
        scope=scope.strip(),
        families=tuple(families),
        pathways=tuple(pathways),
    )
    if wrong := dict(given.mistakes()):
        raise UnusableDecision(wrong)
    held.decision = _record(given, acting_person)
    held.letter, held.decided_by, held.decided_at = given.letter, acting_person, timezone.now()
    held.status = ReviewStatus.DECIDED
    held.save(update_fields=["status", "decision", "letter", "decided_by", "decided_at"])
    given.subject.follow(ReviewStatus.DECIDED)
    _follow_up(given)
    following.follow(decision=held.decision, acting_person=acting_person)
    data = {"outcome": outcome.value, "decision": held.decision.pk, "conditions": len(given.conditions)}
    record(Event.REVIEW_DECIDED, actor=acting_person, subject=subject_of(held), data=data)
    return held


def require_may_decide(person: Person, review: Review) -> None:
    """Raise `MayNotDecide` unless somebody is an officer of the agency that reviews, `ReadItThemselves` where they were
    asked to read it, and `WroteItThemselves` where they wrote it or handed it in."""
    if not may_oversee(person, review):
        raise MayNotDecide
    if review.panel and person in panels.readers_of([review.panel.pk]):
        raise ReadItThemselves
    if person in people_behind(subject_under(review)):
        raise WroteItThemselves


def may_decide_on(person: Person, review: Review) -> bool:
    """The same as yes or no."""
    try:
        require_may_decide(person, review)
    except NotAllowed:
        return False
    return True


def not_met(review: Review) -> list[str]:
    """The components that were found not met, in the order of the rubric."""
    outcome = review.panel.outcome if review.panel else None
    return [each["code"] for each in (outcome or {}).get("criteria", []) if not each["met"]]


@dataclass(frozen=True)
class _Given:
    """A decision as an officer gives it."""

    review: Review
    subject: Subject
    outcome: Outcome
    letter: str
    valid_until: date | None
    conditions: Sequence[Asked]
    changes: Mapping[str, str]
    scope: str
    families: Sequence[str]
    pathways: Sequence[str]

    def mistakes(self) -> Iterator[tuple[str, str]]:
        if not self.letter:
            yield "letter", f"Write to the {self.subject.owner_word} why it is decided so."
        if self.outcome not in DECIDED_ON_A_REVIEW:
            yield "outcome", "Choose what is decided."
        if self.outcome in queries.RECOGNISES:
            yield from self._mistakes_of_dates()
            yield from self._mistakes_of_reach()
            yield from self._mistakes_of_pathways()
        if self.outcome == Outcome.RECOGNISED and not self._is_enough:
            yield "outcome", "Some of what the rubric asks for is not met. Recognize it on conditions, or return it."
        if self.outcome == Outcome.CONDITIONS:
            yield from self._mistakes_of_conditions()
        if self.outcome == Outcome.RETURNED:
            yield from self._mistakes_of_changes()
        if self.outcome == Outcome.WITHDRAWN and not self._is_recognised_now:
            yield "outcome", "It is not recognized now, so there is nothing to withdraw. Return it."

    def _mistakes_of_dates(self) -> Iterator[tuple[str, str]]:
        if self.valid_until is None or self.valid_until <= timezone.localdate():
            yield "valid_until", "Give a day in the future until which it is recognized."
        elif self.valid_until > timezone.localdate() + A_CENTURY:
            yield "valid_until", "Give a day within the next hundred years."

    def _mistakes_of_reach(self) -> Iterator[tuple[str, str]]:
        closed = self.subject.issuer_closed(timezone.localdate())
        if closed:
            yield "outcome", f"{closed} Return the design, or let it wait."
        beyond = self.subject.out_of_reach(timezone.localdate())
        if beyond:
            yield "outcome", f"{beyond} Approve the issuer for that family first, or return the design."

    def _mistakes_of_pathways(self) -> Iterator[tuple[str, str]]:
        application = self.review.application
        if application is None or application.judged_as != Judges.PATHWAY:
            if self.pathways:
                yield "pathways", "Only a school unit that runs a pathway of the state is approved for one."
            return
        offered = {each.value for each in nameable()} | set(application.pathways)
        if not self.pathways or not set(self.pathways) <= offered:
            yield "pathways", "Choose what it may run, among what the state offers of its own."

    def _mistakes_of_conditions(self) -> Iterator[tuple[str, str]]:
        if not self.conditions:
            yield "what-1", "Write at least one condition, or choose another decision."
        for number, each in enumerate(self.conditions, start=1):
            if not each.what:
                yield f"what-{number}", "Say what must be so."
            if each.until is None or each.until <= timezone.localdate():
                yield f"until-{number}", "Give a day in the future, by which it must be so."
            elif self.valid_until and each.until > self.valid_until:
                yield f"until-{number}", "Give a day before its recognition ends."

    def _mistakes_of_changes(self) -> Iterator[tuple[str, str]]:
        for code in not_met(self.review):
            if not self.changes.get(code, "").strip():
                yield f"change-{code}", f"Say what would have to change for {code} to be met."
        if not any(text.strip() for text in self.changes.values()):
            yield "letter", "Nothing is named that would have to change. Name it with its component."

    @property
    def _is_enough(self) -> bool:
        outcome = self.review.panel.outcome if self.review.panel else None
        return outcome is not None and outcome["verdict"] == Verdict.DEMONSTRATED

    @property
    def _is_recognised_now(self) -> bool:
        holding = self.subject.holding(timezone.localdate())
        return any(
            not each.ended and each.decision.outcome in HOLDS and each.decision.decided_by_id == self.review.agency_id
            for each in holding
        )


def _told(conditions: Sequence[Asked]) -> list[Asked]:
    """Conditions of which anything was told."""
    tidy = [Asked(each.what.strip(), each.until) for each in conditions]
    return [each for each in tidy if each.what or each.until]


def _record(given: _Given, acting_person: Person) -> QualityDecision:
    recognises = given.outcome in queries.RECOGNISES
    conditions = given.conditions if given.outcome == Outcome.CONDITIONS else ()
    return deciding.record_decision(
        state=given.subject.state,
        decided_by=given.review.agency,
        outcome=given.outcome,
        valid_from=timezone.localdate(),
        valid_until=given.valid_until if recognises else None,
        **given.subject.decided_on,
        scope=given.scope if recognises else "",
        families=given.families if recognises else (),
        pathways=given.pathways if recognises else (),
        instrument=given.review.instrument,
        conditions="\n".join(f"{_in_one_line(each.what)} By {in_words(each.until)}." for each in conditions),
        standing="synthetic" if acting_person.is_synthetic else "official",
        anew=True,
        acting_person=acting_person,
    )


def _follow_up(given: _Given) -> None:
    if given.outcome == Outcome.CONDITIONS:
        Condition.objects.bulk_create(
            Condition(review=given.review, number=number, what=each.what, until=each.until)
            for number, each in enumerate(given.conditions, start=1)
            if each.until
        )
    if given.outcome == Outcome.RETURNED:
        AskedChange.objects.bulk_create(
            AskedChange(review=given.review, criterion=code, text=text.strip())
            for code, text in given.changes.items()
            if text.strip()
        )


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
