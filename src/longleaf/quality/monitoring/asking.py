"""The verbs by which the agency asks an issuer about an alarm, and the issuer answers. Locks: the alarm, then the
journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.words import plain_line_ends
from longleaf.quality.errors import IsAsked, NoSuchAlarm, UnusableQuestion
from longleaf.quality.events import Event
from longleaf.quality.models import Alarm
from longleaf.quality.monitoring.access import may_answer, may_handle
from longleaf.quality.monitoring.looking_into import LONGEST, lock
from longleaf.quality.monitoring.watching import subject_of
from longleaf.quality.status import AlarmStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def ask(*, alarm: Alarm, question: str, acting_person: Person) -> Alarm:
    """Ask the officers of the issuer about an alarm; from now on they see it.

    Raises `NoSuchAlarm` for whoever does not handle it, `UnusableQuestion`, and `IsAsked` where it is asked or closed.
    """
    held = lock(alarm)
    if not may_handle(acting_person, held):
        raise NoSuchAlarm
    if held.question or held.status == AlarmStatus.CLOSED:
        raise IsAsked(f"Nothing can be asked about {held.ref} any more. Reload the page to see what was.")
    held.question = _tidy(question, "question", "Say what you want to know.")
    held.asked_on = timezone.localdate()
    held.save(update_fields=["question", "asked_on"])
    record(Event.ALARM_ASKED, actor=acting_person, subject=subject_of(held))
    return held


@transaction.atomic
def answer(*, alarm: Alarm, text: str, acting_person: Person) -> Alarm:
    """Answer what the agency asks, for the issuer. Raises `NoSuchAlarm`, `UnusableQuestion`, and `IsAsked` the second
    time."""
    held = lock(alarm)
    if not may_answer(acting_person, held):
        raise NoSuchAlarm
    if held.answer:
        raise IsAsked(f"{held.ref} is answered already. Reload the page to see by what.")
    held.answer = _tidy(text, "answer", "Say what you found, and what you do about it.")
    held.answered_on = timezone.localdate()
    held.save(update_fields=["answer", "answered_on"])
    record(Event.ALARM_ANSWERED, actor=acting_person, subject=subject_of(held))
    return held


def _tidy(text: str, field: str, missing: str) -> str:
    tidy = plain_line_ends(text.strip())
    if not tidy:
        raise UnusableQuestion(missing, fields={field: missing})
    if len(tidy) > LONGEST:
        sentence = f"This is longer than {LONGEST:,} characters. Shorten it to what matters."
        raise UnusableQuestion(sentence, fields={field: sentence})
    return tidy
