"""The verbs of the comment bank: keep a phrase, change it, remove it, and count that it was used.

An assessor's own phrases are nobody else's, so no journal line tells of them; those of a pool are its data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from longleaf.assessment.desk import phrases
from longleaf.assessment.desk.access import roles_at_desk
from longleaf.assessment.errors import NoSuchDesk, NoSuchPhrase, UnusablePhrase
from longleaf.assessment.events import Event
from longleaf.assessment.models import Phrase
from longleaf.journal.recording import record
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.assessment.desk.phrases import About
    from longleaf.directory.models import Organisation, Person

LONGEST_PHRASE = 1_000  # characters
MOST_PHRASES = 200  # of one person, or of one pool: no more than a page can show


@transaction.atomic
def keep(*, text: str, about: About, pool: Organisation | None = None, acting_person: Person) -> Phrase:
    """Keep a phrase of one's own, or, given a `pool` that one leads, for all its assessors.

    Raises `UnusablePhrase`, `NoSuchDesk` for whoever neither assesses nor leads, and `NoSuchPhrase` for a pool that
    they do not lead.
    """
    if not roles_at_desk(acting_person):
        raise NoSuchDesk
    if pool is not None and pool not in phrases.pools_led_by(acting_person):
        raise NoSuchPhrase
    owner = None if pool else acting_person
    _require_usable(text, about, acting_person)
    if Phrase.objects.filter(owner=owner, pool=pool).count() >= MOST_PHRASES:
        sentence = f"At most {MOST_PHRASES} phrases are kept. Remove some that you do not use."
        raise UnusablePhrase(sentence, fields={"text": sentence})
    kept = Phrase.objects.create(
        owner=owner, pool=pool, instrument=about.instrument, criterion=about.criterion, text=_tidy(text)
    )
    _record(Event.PHRASE_KEPT, kept, acting_person)
    return kept


@transaction.atomic
def change(*, phrase: str, text: str, about: About, acting_person: Person) -> Phrase:
    """Change a phrase, by its reference, that is one's own or of a pool that one leads. Raises as `keep` does."""
    kept = _held(phrase, acting_person)
    if about != phrases.about(kept):
        _require_usable(text, about, acting_person)
    else:
        _require_usable(text, phrases.ANYTHING, acting_person)
    kept.text, kept.instrument, kept.criterion = _tidy(text), about.instrument, about.criterion
    kept.save(update_fields=["text", "instrument", "criterion"])
    _record(Event.PHRASE_CHANGED, kept, acting_person)
    return kept


@transaction.atomic
def remove(*, phrase: str, acting_person: Person) -> None:
    """Remove a phrase, by its reference. Comments in which it stands keep their words. Raises `NoSuchPhrase`."""
    kept = _held(phrase, acting_person)
    _record(Event.PHRASE_REMOVED, kept, acting_person)
    kept.delete()


@transaction.atomic
def note_use(*, phrase: str, acting_person: Person) -> None:
    """Count that a phrase was put into a comment: what is used often comes first. Raises `NoSuchPhrase`."""
    if not phrases.offered_to(acting_person).filter(ref=phrase).update(used=F("used") + 1):
        raise NoSuchPhrase


def _held(ref: str, acting_person: Person) -> Phrase:
    own = phrases.kept_by(acting_person)
    found = Phrase.objects.select_for_update(of=("self",)).filter(pk__in=own.values("pk"), ref=ref).first()
    if found is None:
        raise NoSuchPhrase
    return found


def _require_usable(text: str, about: About, acting_person: Person) -> None:
    wrong = {}
    if not text.strip():
        wrong["text"] = "Write the phrase."
    elif len(text) > LONGEST_PHRASE:
        wrong["text"] = f"The phrase is longer than {LONGEST_PHRASE:,} characters. Shorten it."
    if about != phrases.ANYTHING and about not in phrases.choices_for(acting_person):
        wrong["about"] = "Choose a criterion of a micro-credential that your pool reads, or anything."
    if wrong:
        raise UnusablePhrase("The phrase is not kept yet: " + " ".join(wrong.values()), fields=wrong)


def _tidy(text: str) -> str:
    return plain_line_ends(text).strip()


def _record(event: Event, phrase: Phrase, acting_person: Person) -> None:
    if phrase.pool is None:
        return
    data = {"phrase": phrase.ref, "instrument": phrase.instrument, "criterion": phrase.criterion}
    record(event, actor=acting_person, subject=f"pool:{phrase.pool.code}", data=data)
