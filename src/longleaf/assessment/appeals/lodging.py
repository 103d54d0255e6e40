"""The verbs of the earner: appeal against a decision, and take the appeal back while nobody has looked at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.appeals.queries import appeal_against, last_day_to_appeal
from longleaf.assessment.appeals.rules import business_days_after, rules_of
from longleaf.assessment.errors import AppealedAlready, AppealIncomplete, MayNotAppeal, NoSuchAppeal
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold
from longleaf.assessment.models import Appeal, Attempt, Submission
from longleaf.assessment.queries import current_submission, rounds_left
from longleaf.assessment.status import (
    APPEAL_MOVES,
    APPEAL_UNDER_WAY,
    ATTEMPT_MOVES,
    AppealGround,
    AppealStatus,
    AttemptStatus,
)
from longleaf.journal.recording import record
from longleaf.kit.dates import day
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_WORDS = 5_000  # characters a criterion: two pages say what was overlooked


@transaction.atomic
def lodge(*, attempt: Attempt, grounds: Collection[str], words: Mapping[str, str], acting_person: Person) -> Appeal:
    """Appeal against the decision of *not yet* on the present round. Appealing twice appeals once.

    `grounds` are codes of `AppealGround`, one at least; `words` says for each criterion that is objected to what was
    wrong. No round opens while the appeal is under way. Raises `NoSuchAttempt`, `AppealIncomplete`, `AppealedAlready`,
    `MayNotAppeal`, and `WrongState` unless the attempt stands at *not yet*.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    judged = current_submission(attempt)
    before = appeal_against(judged)
    if before is not None and before.status in APPEAL_UNDER_WAY:
        return before
    require_move(ATTEMPT_MOVES, AttemptStatus(attempt.status), AttemptStatus.APPEALED, what="This attempt")
    _require_first(before)
    _require_in_time(attempt, judged, acting_person)
    said = _checked(judged, grounds, words)
    appeal = Appeal.objects.create(
        submission=judged,
        grounds=[each for each in AppealGround.values if each in set(grounds)],
        words=said,
        due_at=business_days_after(attempt, timezone.now(), rules_of(attempt).look_within),
    )
    attempt.status = AttemptStatus.APPEALED
    attempt.save(update_fields=["status", "changed_at"])
    # What was written stays with the appeal: the journal is read by more people than those who answer it.
    data = {"appeal": appeal.ref, "round": judged.round, "grounds": appeal.grounds, "criteria": sorted(said)}
    record(Event.APPEAL_LODGED, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)
    return appeal


@transaction.atomic
def withdraw(*, attempt: Attempt, acting_person: Person) -> Appeal:
    """Take an appeal back while nobody has looked at it; the decision then stands for good.

    Raises `NoSuchAppeal` where there is none, and `WrongState` once it was looked at.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    appeal = appeal_against(current_submission(attempt))
    if appeal is None:
        raise NoSuchAppeal
    if appeal.status == AppealStatus.WITHDRAWN:
        return appeal
    require_move(APPEAL_MOVES, AppealStatus(appeal.status), AppealStatus.WITHDRAWN, what="This appeal")
    appeal.status = AppealStatus.WITHDRAWN
    appeal.save(update_fields=["status"])
    attempt.status = AttemptStatus.NOT_YET
    attempt.save(update_fields=["status", "changed_at"])
    data = {"appeal": appeal.ref, "round": attempt.round}
    record(Event.APPEAL_WITHDRAWN, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)
    return appeal


def _require_first(before: Appeal | None) -> None:
    if before is not None:
        raise AppealedAlready(
            f"This decision was appealed as {before.ref}, and a decision is appealed once. "
            "You may open the next round, or ask the issuer."
        )


def _require_in_time(attempt: Attempt, judged: Submission, earner: Person) -> None:
    until = last_day_to_appeal(attempt, judged)
    if timezone.now() > until:
        raise MayNotAppeal(f"The time to appeal against this decision ended on {day(until)}. Ask the issuer.")
    if rules_of(attempt).last_round_only and rounds_left(earner, attempt.version) != 0:
        raise MayNotAppeal("Here the decision on the last round is appealed. Open the next round instead.")


def _checked(judged: Submission, grounds: Collection[str], words: Mapping[str, str]) -> dict[str, str]:
    """What was said, tidied. Raises `AppealIncomplete` with a sentence for each field."""
    not_met = [each["code"] for each in (judged.outcome or {})["criteria"] if not each["met"]]
    said = {code: words[code].strip() for code in not_met if words.get(code, "").strip()}
    wrong = {
        f"words-{code}": f"At most {LONGEST_WORDS:,} characters; this has {len(text):,}."
        for code, text in said.items()
        if len(text) > LONGEST_WORDS
    }
    if not set(grounds) & set(AppealGround.values):
        wrong["grounds"] = "Choose at least one ground."
    if not said:
        wrong |= {f"words-{code}": "Say for at least one criterion what was wrong." for code in not_met[:1]}
    if wrong:
        raise AppealIncomplete("Something is missing in your appeal. Nothing was sent.", fields=wrong)
    return said
