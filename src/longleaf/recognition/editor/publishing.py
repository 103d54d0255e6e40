"""The verbs that put a policy in force: publish, or propose and have a second approve; withdraw before its day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from longleaf.engines.policy import spoken
from longleaf.journal.recording import record
from longleaf.recognition import policies
from longleaf.recognition.editor import access
from longleaf.recognition.editor.drafting import held, require_move
from longleaf.recognition.editor.errors import (
    DayIsTaken,
    DraftIsClosed,
    PolicyIsInForce,
    SecondOfficerNeeded,
    UnusablePublication,
)
from longleaf.recognition.editor.events import Event
from longleaf.recognition.editor.reading import read
from longleaf.recognition.editor.status import DraftStatus
from longleaf.recognition.models import PolicyDraft, PolicyPublication
from longleaf.recognition.ruling import practice_in_force

if TYPE_CHECKING:
    from longleaf.directory.models import Person

NOTHING_YET = "Nothing is published yet."


@transaction.atomic
def publish(
    *, draft: PolicyDraft, in_force_from: date | None, reason: str, acting_person: Person
) -> PolicyPublication | None:
    """Put a draft in force from a day on, or, where the state's practice takes two officers, propose it to a second.

    Returns the publication, or None where it was proposed. Raises `UnusablePublication` for a draft that is not sound,
    a day in the past or no reason, `DayIsTaken`, `DraftIsClosed` and `NotYoursToWrite`.
    """
    access.require_writer(acting_person)
    found = held(draft)
    takes_two = practice_in_force().publishing_takes_two
    require_move(found, DraftStatus.PROPOSED if takes_two else DraftStatus.PUBLISHED)
    found.in_force_from, found.reason, found.proposed_by = in_force_from, reason.strip(), acting_person
    day = _require_ready(found)
    if not takes_two:
        return _publish(found, day, approved_by=None, acting_person=acting_person)
    found.status, found.asked_back = DraftStatus.PROPOSED, ""
    found.save(update_fields=["status", "in_force_from", "reason", "proposed_by", "asked_back", "written_at"])
    data = {"draft": found.ref, "in_force_from": day.isoformat(), "reason": found.reason, "text": _digest(found)}
    record(Event.PROPOSED, actor=acting_person, subject=f"state:{found.state_id}", data=data)
    return None


@transaction.atomic
def approve(*, draft: PolicyDraft, acting_person: Person) -> PolicyPublication:
    """Publish what another officer proposed. Raises `SecondOfficerNeeded`, and as `publish` does."""
    found = _proposed(draft, acting_person)
    day = _require_ready(found)
    return _publish(found, day, approved_by=acting_person, acting_person=acting_person)


@transaction.atomic
def ask_back(*, draft: PolicyDraft, why: str, acting_person: Person) -> PolicyDraft:
    """Give a proposal back to be written on; also its own proposer may take it back. Raises `UnusablePublication`."""
    access.require_writer(acting_person)
    found = held(draft)
    _require_proposed(found)
    if not why.strip():
        raise UnusablePublication("It is still proposed.", fields={"why": "Say what is to be changed."})
    found.status, found.asked_back = DraftStatus.WRITING, why.strip()
    found.save(update_fields=["status", "asked_back", "written_at"])
    data = {"draft": found.ref, "why": found.asked_back}
    record(Event.ASKED_BACK, actor=acting_person, subject=f"state:{found.state_id}", data=data)
    return found


@transaction.atomic
def withdraw(*, publication: PolicyPublication, why: str, acting_person: Person) -> PolicyPublication:
    """Take back what is not yet in force; its draft may be written on.

    Raises `PolicyIsInForce` from its day on, `UnusablePublication` without a reason, and `NotYoursToWrite`.
    """
    access.require_writer(acting_person)
    rows = PolicyPublication.objects.select_for_update(of=("self",)).select_related("text")
    found = rows.get(pk=publication.pk)
    if found.withdrawn_at is not None:
        return found
    if found.in_force_from <= timezone.localdate():
        raise PolicyIsInForce(
            f"This policy is in force since {spoken(found.in_force_from)}. Publish another text to follow it."
        )
    if not why.strip():
        raise UnusablePublication("It is still to come into force.", fields={"why": "Say why it is withdrawn."})
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_because = timezone.now(), acting_person, why.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    draft = held(found.draft)
    draft.status = DraftStatus.WRITING
    draft.save(update_fields=["status", "written_at"])
    data = {"in_force_from": found.in_force_from.isoformat(), "digest": found.text.digest, "why": why.strip()}
    record(Event.WITHDRAWN, actor=acting_person, subject=f"state:{found.state_id}", data=data)
    return found


def _publish(draft: PolicyDraft, day: date, *, approved_by: Person | None, acting_person: Person) -> PolicyPublication:
    found = read(draft.text)
    assert found.document is not None, "it was sound a moment ago"
    assert found.policy is not None, "it was sound a moment ago"
    assert draft.proposed_by is not None, "somebody proposed it"
    text = policies.keep_text(
        state=draft.state,
        code=draft.code,
        title=found.policy.rule.title,
        document=found.document,
        written=draft.text,
    )
    try:
        with transaction.atomic():
            published = PolicyPublication.objects.create(
                state=draft.state,
                code=draft.code,
                text=text,
                draft=draft,
                in_force_from=day,
                reason=draft.reason,
                published_by=draft.proposed_by,
                approved_by=approved_by,
            )
    except IntegrityError as taken:
        # Two drafts may be published at the same moment; the database lets one of them have the day.
        raise _taken(day) from taken
    draft.status, draft.asked_back = DraftStatus.PUBLISHED, ""
    draft.save(update_fields=["status", "in_force_from", "reason", "proposed_by", "asked_back", "written_at"])
    data = {
        "draft": draft.ref,
        "code": draft.code,
        "digest": text.digest,
        "in_force_from": day.isoformat(),
        "reason": draft.reason,
        "proposed_by": draft.proposed_by.ref,
    }
    record(Event.PUBLISHED, actor=acting_person, subject=f"state:{draft.state_id}", data=data)
    return published


def _require_ready(draft: PolicyDraft) -> date:
    """The day from which a draft may be in force. Raises `UnusablePublication` and `DayIsTaken`."""
    today, fields = timezone.localdate(), dict[str, str]()
    found = read(draft.text)
    if not found.is_sound:
        number = len(found.problems)
        fields["text"] = f"The text has {number} {'place' if number == 1 else 'places'} to mend first."
    if not draft.reason:
        fields["reason"] = "Say why the policy changes, and who decided it."
    if draft.in_force_from is None or draft.in_force_from < today:
        fields["in_force_from"] = f"Choose {spoken(today)} or a later day; what was decided before stays as it was."
    if fields or draft.in_force_from is None:
        raise UnusablePublication(NOTHING_YET, fields=fields)
    _require_something_new(draft, draft.in_force_from)
    return draft.in_force_from


def _require_something_new(draft: PolicyDraft, day: date) -> None:
    standing = PolicyPublication.objects.filter(state=draft.state_id, code=draft.code, withdrawn_at__isnull=True)
    if standing.filter(in_force_from=day).exists():
        raise _taken(day)
    in_force = policies.text_in_force(draft.state_id, draft.code, day)
    if in_force and in_force[1] == _digest(draft):
        raise UnusablePublication(
            NOTHING_YET, fields={"text": f"This is what is in force on {spoken(day)} anyway; nothing would change."}
        )


def _taken(day: date) -> DayIsTaken:
    return DayIsTaken(
        f"Another text comes into force on {spoken(day)}. Withdraw that one first, or choose another day."
    )


def _digest(draft: PolicyDraft) -> str:
    document = read(draft.text).document
    return policies.digest_of(document) if document is not None else ""


def _proposed(draft: PolicyDraft, acting_person: Person) -> PolicyDraft:
    access.require_writer(acting_person)
    found = held(draft)
    _require_proposed(found)
    if not access.may_approve(acting_person, found):
        raise SecondOfficerNeeded("You proposed this policy; another officer of the agency approves it.")
    return found


def _require_proposed(draft: PolicyDraft) -> None:
    if draft.status != DraftStatus.PROPOSED:
        word = draft.get_status_display().lower()
        raise DraftIsClosed(f"This draft is {word} and not proposed. Reload the page to see where it stands.")
