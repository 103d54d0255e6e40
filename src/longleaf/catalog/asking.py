"""The verbs of educators who miss something in the catalog: ask for it, and take that back.

Designers read what was asked for and never by whom. Asking decides nothing and leaves no line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.catalog.errors import NoSuchWish, UnusableWish
from longleaf.catalog.models import Wish
from longleaf.catalog.studio.shapes import readable
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State

LONGEST_WISH = 1_000
MOST_WISHES = 20


@transaction.atomic
def ask(*, state: State, text: str, role: str, acting_person: Person) -> Wish:
    """Ask for a micro-credential, for a role of the vocabulary or for any (""). The same again changes nothing.

    Raises `UnusableWish`.
    """
    text = readable(plain_line_ends(text)).strip()
    if not text:
        raise _unusable("text", "Say what you would learn or show, or leave it.")
    if len(text) > LONGEST_WISH:
        raise _unusable("text", f"Shorten it to at most {LONGEST_WISH:,} characters; it has {len(text):,}.")
    if role and role not in dict(state.vocabulary.get("roles") or ()):
        raise _unusable("role", "This role is not known in this state. Choose another, or none.")
    own = Wish.objects.filter(asked_by=acting_person)
    if same := own.filter(text=text, role=role).first():
        return same
    if own.count() >= MOST_WISHES:
        raise _unusable("text", f"You asked for {MOST_WISHES} already. Take one back before you ask for another.")
    return Wish.objects.create(state=state, text=text, role=role, asked_by=acting_person)


@transaction.atomic
def take_back(*, ref: str, acting_person: Person) -> None:
    """Take back what one asked for; a need that a designer began from it stays. Raises `NoSuchWish`."""
    gone, _ = Wish.objects.filter(ref=ref, asked_by=acting_person).delete()
    if not gone:
        raise NoSuchWish


def _unusable(field: str, sentence: str) -> UnusableWish:
    return UnusableWish(sentence, fields={field: sentence})
