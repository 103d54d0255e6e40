"""The verbs on needs: write one down, break it into skills, and begin a draft for one of them.

A need may be a sentence of one's own or an item of a framework. Nothing is decided by it, so no line is written until a
draft is begun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.catalog import demand
from longleaf.catalog.errors import MayNotDesign, NoSuchNeed, StaleNeed, UnusableNeed
from longleaf.catalog.models import Draft, Need, Wish
from longleaf.catalog.studio import access, drafting
from longleaf.frameworks import queries as frameworks
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person, State

LONGEST_NEED = 4_000
LONGEST_SKILL = 400
MOST_SKILLS = 40


@transaction.atomic
def write_down(
    *, issuer: Organisation, text: str, item: str, acting_person: Person, sought: str = "", wish: str = ""
) -> Need:
    """Write a need down, with the item of a framework that it comes from (its code, or "").

    `sought` is a phrase that was looked for in vain, `wish` the reference of what somebody asked for, where the need
    begins from one of them. Raises `MayNotDesign` and `UnusableNeed`.
    """
    if not access.may_design(acting_person, issuer):
        raise MayNotDesign(f"Only designers of {issuer} write down needs for it.")
    need = Need(issuer=issuer, begun_by=acting_person, sought=_shown(issuer.state, sought))
    need.wish = Wish.objects.filter(state=issuer.state, ref=wish).first() if wish else None
    _tell(need, text, item)
    need.save()
    return need


@transaction.atomic
def break_down(*, need: Need, text: str, item: str, skills: str, revision: int, acting_person: Person) -> Need:
    """Say a need anew, and its skills, one on each line. The same again changes nothing.

    Raises `StaleNeed` where somebody saved since `revision`, `UnusableNeed`, and `NoSuchNeed` for who may not see it.
    """
    need = Need.objects.select_for_update(of=("self",)).select_related("issuer__state", "item").get(pk=need.pk)
    if not access.needs_read_by(acting_person).filter(pk=need.pk).exists():
        raise NoSuchNeed
    before = (need.text, need.item, need.skills)
    _tell(need, text, item)
    need.skills = _skills(skills)
    if (need.text, need.item, need.skills) == before:
        return need
    if revision != need.revision:
        raise StaleNeed
    need.revision += 1
    need.save()
    return need


def begin_for(*, need: Need, skill: str, acting_person: Person) -> Draft:
    """Begin a draft whose competency is one skill of a need; aligned to the item that the need comes from.

    Raises `UnusableNeed` for a skill that the need has not, and what `drafting.begin` raises.
    """
    if skill not in need.skills:
        raise UnusableNeed("This need has no such skill any more. Reload the page and pick another.")
    ties = [{"item": need.item.code, "standing": "proposed", "note": ""}] if need.item else []
    document = {**drafting.BLANK, "competency": skill, "alignments": ties}
    return drafting.begin(issuer=need.issuer, acting_person=acting_person, document=document, need=need, skill=skill)


def _shown(state: State, phrase: str) -> str:
    """A phrase that designers are shown; any other is nothing that a need can begin from."""
    shown = {each.phrase for each in demand.sought_in_vain(state, today=timezone.localdate())} if phrase else set()
    return phrase if phrase in shown else ""


def _tell(need: Need, text: str, item: str) -> None:
    found = frameworks.items_by_code(need.issuer.state).get(item) if item else None
    text = plain_line_ends(text).strip()
    if item and found is None:
        raise _unusable("item", "This item is not known in this state. Choose another, or none.")
    if not text and found is None:
        raise _unusable("text", "Say what is needed, or choose the item of a framework that it comes from.")
    if len(text) > LONGEST_NEED:
        raise _unusable("text", f"Shorten it to at most {LONGEST_NEED:,} characters; it has {len(text):,}.")
    need.item = found
    need.text = text or (f"{found.code} {found.title}" if found else "")


def _skills(text: str) -> list[str]:
    skills = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(skills) > MOST_SKILLS:
        raise _unusable("skills", f"{len(skills)} skills are more than one need has; keep {MOST_SKILLS} at most.")
    if any(len(skill) > LONGEST_SKILL for skill in skills):
        raise _unusable("skills", f"A skill is one sentence of at most {LONGEST_SKILL} characters.")
    return skills


def _unusable(field: str, sentence: str) -> UnusableNeed:
    return UnusableNeed(sentence, fields={field: sentence})
