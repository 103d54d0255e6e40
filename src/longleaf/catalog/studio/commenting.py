"""The verbs of those who talk about a draft: say something of a part, and say that it is settled.

Whoever reads a draft may comment on it, also an officer who does not write. Talk decides nothing and leaves no line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.catalog.errors import NoSuchDraft, UnusableComment
from longleaf.catalog.models import Draft, DraftComment
from longleaf.catalog.studio import access
from longleaf.catalog.studio.sections import BY_CODE
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_COMMENT = 4_000
LONGEST_PLACE = 200
MOST_COMMENTS = 500


@transaction.atomic
def comment(*, draft: Draft, section: str, text: str, acting_person: Person, place: str = "") -> DraftComment:
    """Say something of a part of a draft, or of a place in it, as `shapes.written` writes it.

    Raises `UnusableComment`, and `NoSuchDraft` for who may not read it.
    """
    _require_reader(draft, acting_person)
    text = plain_line_ends(text).strip()
    if section not in BY_CODE:
        raise _unusable("section", "Choose the part that you comment on.")
    if len(place) > LONGEST_PLACE:
        raise _unusable("section", "There is no such place in a draft.")
    if not text:
        raise _unusable("comment", "Write something, or leave it.")
    if len(text) > LONGEST_COMMENT:
        raise _unusable("comment", f"Shorten it to at most {LONGEST_COMMENT:,} characters; it has {len(text):,}.")
    if draft.comments.count() >= MOST_COMMENTS:
        raise _unusable("comment", f"There are {MOST_COMMENTS} comments already. Talk it over in another way.")
    return DraftComment.objects.create(draft=draft, section=section, place=place, text=text, author=acting_person)


@transaction.atomic
def settle(*, draft: Draft, comment_id: int, acting_person: Person) -> None:
    """Say that a comment is settled. One that is settled already, or is of another draft, stays as it is."""
    _require_reader(draft, acting_person)
    draft.comments.filter(pk=comment_id, settled_at__isnull=True).update(
        settled_at=timezone.now(), settled_by=acting_person
    )


@transaction.atomic
def open_again(*, draft: Draft, comment_id: int, acting_person: Person) -> None:
    """Say that a comment is not settled after all. One that is open, or is of another draft, stays as it is."""
    _require_reader(draft, acting_person)
    draft.comments.filter(pk=comment_id).update(settled_at=None, settled_by=None)


def _require_reader(draft: Draft, person: Person) -> None:
    if not access.drafts_read_by(person).filter(pk=draft.pk).exists():
        raise NoSuchDraft


def _unusable(field: str, sentence: str) -> UnusableComment:
    return UnusableComment(sentence, fields={field: sentence})
