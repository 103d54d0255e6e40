"""The verbs of whoever brought a badge: ask for its recognition, answer a question, ask once more with new facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.engines.openbadges.report import Outcome
from longleaf.kit.errors import WrongState
from longleaf.recognition.models import ImportDecision, ImportedBadge
from longleaf.recognition.portability import precedents
from longleaf.recognition.portability.errors import AskedAgainBefore, DoesNotStand
from longleaf.recognition.portability.events import Event
from longleaf.recognition.portability.holding import day_to_decide_by, hold_own, move, sound_text, told
from longleaf.recognition.portability.ruling import rule
from longleaf.recognition.portability.status import GivenTo, ImportStatus, Ruling

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# An expired badge was good once, and credits count by the day on which they were earned.
MUST_NOT_FAIL = ("format", "proof", "issuer", "status", "members")


@transaction.atomic
def send(*, imported: ImportedBadge, explanation: str, acting_person: Person) -> ImportedBadge:
    """Ask for the recognition of a badge; a precedent that applies to all decides at once, else a recognizer does.

    Raises `NoSuchImport`, `UnusableBadge` where it was given to another address and nothing explains that,
    `DoesNotStand` where its verification speaks against it, and `WrongState` where it was sent before. What its issuer
    withdrew in error before anybody decided is sent as for the first time.
    """
    held = hold_own(imported, acting_person=acting_person)
    if not may_be_sent(held):
        raise WrongState("This badge was sent before. Its page says how it stands.")
    move(held, ImportStatus.WAITING)
    _require_standing(held)
    held.explanation = explanation.strip()
    if held.given_to != GivenTo.MATCHED:
        missing = "Say in a sentence or two why it is yours, for example under which name or address you earned it."
        held.explanation = sound_text(explanation, field="explanation", missing=missing)
    held.sent_at, held.due_on = timezone.now(), day_to_decide_by()
    held.save(update_fields=["status", "explanation", "sent_at", "due_on"])
    told(Event.SENT, held, acting_person, due_on=held.due_on.isoformat())
    precedent = precedents.deciding(held)
    if precedent:
        rule(
            held,
            Ruling.ACCEPTED if precedent.accepts else Ruling.REFUSED,
            reason=precedent.reason,
            organisation=precedent.organisation,
            counts=precedents.counts_of(precedent),
            precedent=precedent,
        )
    return held


@transaction.atomic
def answer(*, imported: ImportedBadge, text: str, acting_person: Person) -> ImportedBadge:
    """Answer a recognizer's question. Raises `NoSuchImport`, `UnusableBadge` without an answer, and `WrongState`."""
    held = hold_own(imported, acting_person=acting_person)
    if held.status != ImportStatus.ASKED:
        raise WrongState("Nobody waits for an answer now. Its page says how it stands.")
    move(held, ImportStatus.WAITING)
    said = sound_text(text, field="answer", missing="Write your answer; the recognizer waits for it.")
    asked = ImportDecision.objects.filter(imported=held, ruling=Ruling.ASKED).order_by("-decided_at", "-pk").first()
    assert asked is not None, "a badge is asked back about something"
    ImportDecision.objects.filter(pk=asked.pk).update(answer=said)
    held.due_on = day_to_decide_by()
    held.save(update_fields=["status", "due_on"])
    told(Event.ANSWERED, held, acting_person, due_on=held.due_on.isoformat())
    return held


@transaction.atomic
def ask_again(*, imported: ImportedBadge, new_facts: str, acting_person: Person) -> ImportedBadge:
    """Ask once more after a refusal, with facts that were not known. Somebody else decides this time.

    Raises `NoSuchImport`, `AskedAgainBefore`, `UnusableBadge` without new facts, `DoesNotStand`, and `WrongState`.
    """
    held = hold_own(imported, acting_person=acting_person)
    if not may_be_asked_again(held):
        raise WrongState("Only what was decided on can be asked for again. Its page says how it stands.")
    move(held, ImportStatus.WAITING)
    if held.asked_again_at:
        raise AskedAgainBefore("You asked again before, and it was decided. There is no third time here.")
    _require_standing(held)
    missing = "Say what was not known when it was decided."
    held.new_facts = sound_text(new_facts, field="new_facts", missing=missing)
    held.asked_again_at, held.due_on = timezone.now(), day_to_decide_by()
    held.save(update_fields=["status", "new_facts", "asked_again_at", "due_on"])
    told(Event.ASKED_AGAIN, held, acting_person, due_on=held.due_on.isoformat())
    return held


# Each verb leads to waiting from its own place; the table of moves alone would let one do another's work.
def may_be_sent(imported: ImportedBadge) -> bool:
    """Whether nobody was asked for a decision, or it was withdrawn by its issuer before there was one."""
    undecided = imported.status == ImportStatus.REVOKED and imported.ruling_id is None
    return imported.status == ImportStatus.BROUGHT or undecided


def may_be_asked_again(imported: ImportedBadge) -> bool:
    """Whether it was decided on and does not count."""
    is_over = imported.status in (ImportStatus.REFUSED, ImportStatus.REVOKED)
    return is_over and imported.ruling_id is not None


def what_speaks_against(imported: ImportedBadge) -> str:
    """The reason of the first step that keeps a badge from being sent; "" where none does."""
    failed = (
        step for step in imported.report["steps"] if step["outcome"] == Outcome.FAILED and step["step"] in MUST_NOT_FAIL
    )
    return next((str(step["reason"]) for step in failed), "")


def _require_standing(imported: ImportedBadge) -> None:
    if reason := what_speaks_against(imported):
        raise DoesNotStand(f"This badge does not stand, so nobody can recognize it. {reason}")
