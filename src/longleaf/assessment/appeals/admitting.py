"""The verb of a lead assessor who had no part in a decision: admit an appeal against it, or say why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.appeals.access import everybody_with_a_part, may_look_at
from longleaf.assessment.appeals.lookers import lookers_of
from longleaf.assessment.appeals.rules import business_days_after, rules_of
from longleaf.assessment.carrying import copy_evidence, levels_so_far, met_so_far
from longleaf.assessment.completeness import hold
from longleaf.assessment.errors import AppealIncomplete, NoSuchAppeal
from longleaf.assessment.events import Event
from longleaf.assessment.models import Appeal, Attempt, Submission
from longleaf.assessment.sending import send_to_panel
from longleaf.assessment.status import APPEAL_MOVES, AppealStatus, AttemptStatus
from longleaf.catalog.design import Design
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def admit(*, appeal: Appeal, acting_person: Person) -> Appeal:
    """Have the round read anew, on the same rubric, by people who saw nothing of it.

    They get a copy under a new reference in the ordinary queue: nothing tells them that it is an appeal, what was
    written in it, or what was found before. What was met stays met and is not read again, so nothing becomes worse.
    Raises `NoSuchAppeal` for anybody but a lead assessor without a part in it, and `WrongState` once it was looked at.
    """
    held, attempt = _held(appeal, acting_person, AppealStatus.READING)
    now = timezone.now()
    held.due_at, held.promised_anew = business_days_after(attempt, now, rules_of(attempt).answer_within), None
    held.reread = _copy(held.submission, attempt, held)
    kept_off = [*everybody_with_a_part(attempt), acting_person]
    # Its page showed all of them what was found and what is objected to.
    lookers = lookers_of([held.pk])[held.pk].people
    send_to_panel(held.reread, attempt, kept_off=kept_off, may_have_seen=lookers, acting_person=acting_person)
    held.status, held.looked_at_by = AppealStatus.READING, acting_person
    held.save(update_fields=["status", "looked_at_by", "reread", "due_at", "promised_anew"])
    _record(held, attempt, Event.APPEAL_ADMITTED, acting_person)
    return held


@transaction.atomic
def refuse(*, appeal: Appeal, reason: str, acting_person: Person) -> Appeal:
    """Not admit an appeal; the decision stands, and the earner reads the reason without the name.

    Raises `AppealIncomplete` without a reason, and what `admit` raises.
    """
    held, attempt = _held(appeal, acting_person, AppealStatus.NOT_ADMITTED)
    if not reason.strip():
        sentence = "Say why the appeal is not admitted; the earner reads it."
        raise AppealIncomplete(sentence, fields={"reason": sentence})
    held.status, held.looked_at_by, held.reason = AppealStatus.NOT_ADMITTED, acting_person, reason.strip()
    held.answered_at = timezone.now()
    held.save(update_fields=["status", "looked_at_by", "reason", "answered_at"])
    attempt.status = AttemptStatus.NOT_YET
    attempt.save(update_fields=["status", "changed_at"])
    _record(held, attempt, Event.APPEAL_NOT_ADMITTED, acting_person)
    return held


def _held(appeal: Appeal, person: Person, new: AppealStatus) -> tuple[Appeal, Attempt]:
    """The appeal and its attempt, locked in that order of all verbs: the attempt first."""
    attempt = hold(appeal.submission)
    held = Appeal.objects.select_for_update(of=("self",)).select_related("submission").get(pk=appeal.pk)
    if not may_look_at(person, held):
        raise NoSuchAppeal
    require_move(APPEAL_MOVES, AppealStatus(held.status), new, what=f"Appeal {held.ref}")
    return held, attempt


def _copy(judged: Submission, attempt: Attempt, appeal: Appeal) -> Submission:
    met, design = met_so_far(judged), Design(attempt.version.document)
    reread = Submission.objects.create(
        attempt=attempt,
        round=judged.round,
        reread_of=judged,
        other_work=judged.other_work,
        met_before=met,
        levels_before=levels_so_far(judged, design.rubric),
        statements=judged.statements,
        badge_evidence=judged.badge_evidence,
        language=judged.language,
        submitted_at=judged.submitted_at,
        due_at=appeal.due_at,
    )
    copy_evidence(judged, reread, design, frozenset(met))
    return reread


def _record(appeal: Appeal, attempt: Attempt, told: Event, lead: Person) -> None:
    """Two lines: one for those who judge, with who looked; one for the earner, without."""
    data = {"appeal": appeal.ref, "admitted": appeal.status == AppealStatus.READING}
    record(Event.APPEAL_LOOKED_AT, actor=lead, subject=f"submission:{appeal.submission.ref}", data=data)
    seen = {"appeal": appeal.ref, "round": appeal.submission.round, "reason": appeal.reason}
    record(told, actor=None, subject=f"attempt:{attempt.ref}", data=seen)
