"""The verbs of a draft: begin one, keep what is typed, change single values of it, drop it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.journal.recording import record
from longleaf.recognition import policies
from longleaf.recognition.editor import access, spots
from longleaf.recognition.editor.errors import DraftIsClosed, StaleDraft, UnusablePolicyDraft
from longleaf.recognition.editor.events import Event
from longleaf.recognition.editor.reading import LONGEST
from longleaf.recognition.editor.status import DRAFT_MOVES, DraftStatus
from longleaf.recognition.editor.writing import as_text
from longleaf.recognition.models import PolicyDraft, PolicyText

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State

LONGEST_NAME = 200


@transaction.atomic
def begin(*, state: State, name: str, base: PolicyText | None, acting_person: Person) -> PolicyDraft:
    """Begin a draft from a text, with its comments where they are known; from nothing where there is none.

    Raises `NotYoursToWrite` and, without a name, `UnusablePolicyDraft`.
    """
    access.require_writer(acting_person)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        sentence = f"Say in at most {LONGEST_NAME} characters what is to change."
        raise UnusablePolicyDraft("The draft is not begun yet.", fields={"name": sentence})
    draft = PolicyDraft.objects.create(
        state=state,
        code=base.code if base else policies.RENEWAL,
        name=name,
        base=base,
        text=(base.written or as_text(base.document)) if base else "",
        begun_by=acting_person,
        written_by=acting_person,
    )
    data = {"draft": draft.ref, "name": name, "base": base.digest if base else ""}
    record(Event.DRAFT_BEGUN, actor=acting_person, subject=f"state:{state.pk}", data=data)
    return draft


@transaction.atomic
def write(*, draft: PolicyDraft, text: str, revision: int, acting_person: Person, page: str = "") -> PolicyDraft:
    """Keep a whole text, mistakes and all. The same again changes nothing.

    `revision` is the one that the writing began from; `page` names the open page, whose own saves follow each other
    however late an answer comes. Raises `StaleDraft` where somebody else saved since, `DraftIsClosed` where it is no
    longer written, `UnusablePolicyDraft` for one that is too long, and `NotYoursToWrite`.
    """
    held = _held(draft, acting_person)
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        sentence = f"The text has {len(text):,} characters, more than {LONGEST:,}; shorten its notes."
        raise UnusablePolicyDraft("This is not saved.", fields={"text": sentence})
    if text == held.text:
        return held
    follows_itself = page and page == held.saved_from and held.written_by_id == acting_person.pk
    if revision != held.revision and not follows_itself:
        raise StaleDraft(revision=held.revision, theirs=held.text, by=held.written_by.name)
    held.text, held.revision, held.saved_from, held.written_by = text, held.revision + 1, page[:40], acting_person
    held.save(update_fields=["text", "revision", "saved_from", "written_by", "written_at"])
    return held


@transaction.atomic
def change_values(
    *, draft: PolicyDraft, values: Mapping[str, str], revision: int, acting_person: Person
) -> PolicyDraft:
    """Change single values by their paths, and nothing else of the text. Raises as `write` does."""
    held = _held(draft, acting_person)
    text = spots.changed(held.text, {path: value.strip() for path, value in values.items()})
    return write(draft=held, text=text, revision=revision, acting_person=acting_person)


@transaction.atomic
def drop(*, draft: PolicyDraft, acting_person: Person) -> PolicyDraft:
    """Put a draft away for good; its text stays readable. Raises `DraftIsClosed` and `NotYoursToWrite`."""
    held = _held(draft, acting_person)
    held.status = DraftStatus.DROPPED
    held.save(update_fields=["status", "written_at"])
    subject = f"state:{held.state_id}"
    record(Event.DRAFT_DROPPED, actor=acting_person, subject=subject, data={"draft": held.ref})
    return held


def held(draft: PolicyDraft) -> PolicyDraft:
    """The row, locked."""
    found = PolicyDraft.objects.select_for_update(of=("self",)).select_related("written_by", "state")
    return found.get(pk=draft.pk)


def require_move(draft: PolicyDraft, to: DraftStatus) -> None:
    """Raises `DraftIsClosed`."""
    if to not in DRAFT_MOVES[DraftStatus(draft.status)]:
        word = draft.get_status_display().lower()
        raise DraftIsClosed(
            f"This draft is {word}, so that cannot be done now. Reload the page to see where it stands."
        )


def _held(draft: PolicyDraft, acting_person: Person) -> PolicyDraft:
    """The row, locked, of a draft that is being written."""
    access.require_writer(acting_person)
    found = held(draft)
    if found.status != DraftStatus.WRITING:
        raise DraftIsClosed(
            f"This draft is {found.get_status_display().lower()} and is not written any more. Begin a new one from it."
        )
    return found
