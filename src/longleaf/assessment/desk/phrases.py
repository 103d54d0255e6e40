"""Reads of the comment bank: whose phrases there are, what they may be about, and which a desk offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.models import Phrase
from longleaf.directory.queries import organisations_where, places_where
from longleaf.directory.status import Role
from longleaf.panels import queries as panels

if TYPE_CHECKING:
    from longleaf.assessment.desk.queries import Desk
    from longleaf.directory.models import Organisation, Person


@dataclass(frozen=True)
class About:
    """What a phrase is for: a criterion of a micro-credential, any of its criteria, or anything; all by codes."""

    instrument: str = ""
    criterion: str = ""

    def __str__(self) -> str:
        """As a form sends it."""
        return f"{self.instrument}:{self.criterion}" if self.criterion else self.instrument

    @classmethod
    def read(cls, written: str) -> About:
        instrument, _, criterion = written.partition(":")
        return cls(instrument, criterion if instrument else "")


ANYTHING = About()


@dataclass(frozen=True)
class PhraseRow:
    """A phrase with what it is about, in words."""

    phrase: Phrase
    about: str


@dataclass(frozen=True)
class Bank:
    """The phrases of one owner, the most used first; `pool` is None for those of a person."""

    pool: Organisation | None
    rows: list[PhraseRow]


def about(phrase: Phrase) -> About:
    return About(phrase.instrument, phrase.criterion)


def pools_led_by(person: Person) -> list[Organisation]:
    """The pools for whose assessors somebody may keep phrases."""
    return list(organisations_where(person, Role.LEAD_ASSESSOR).order_by("name"))


def kept_by(person: Person) -> QuerySet[Phrase]:
    """What somebody may change: their own, and those of pools that they lead."""
    if not person.is_authenticated:
        return Phrase.objects.none()
    return Phrase.objects.filter(Q(owner=person) | Q(pool__in=places_where(person, Role.LEAD_ASSESSOR)))


def offered_to(person: Person) -> QuerySet[Phrase]:
    """What somebody may use: their own, and those of pools for which they read or which they lead."""
    if not person.is_authenticated:
        return Phrase.objects.none()
    pools = places_where(person, Role.ASSESSOR) | places_where(person, Role.LEAD_ASSESSOR)
    return Phrase.objects.filter(Q(owner=person) | Q(pool__in=pools))


def offered_on(desk: Desk, person: Person) -> list[Phrase]:
    """What a desk offers: one's own phrases and its pool's, for its micro-credential or any, the most used first."""
    whose = Q(owner=person) | Q(pool=desk.assignment.panel.pool_id)
    found = Phrase.objects.filter(whose, instrument__in=("", desk.design.slug))
    return list(found.order_by("-used", "text", "pk"))


def banks_of(person: Person) -> list[Bank]:
    """One's own phrases, then those of each pool that one leads. As many queries for many phrases as for one."""
    titles = choices_for(person)
    rows: dict[int | None, list[PhraseRow]] = {}
    for phrase in kept_by(person).order_by("-used", "text", "pk"):
        where = titles.get(about(phrase)) or str(about(phrase))
        rows.setdefault(phrase.pool_id, []).append(PhraseRow(phrase, where))
    return [Bank(None, rows.get(None, [])), *(Bank(pool, rows.get(pool.pk, [])) for pool in pools_led_by(person))]


def choices_for(person: Person) -> Mapping[About, str]:
    """What a phrase of somebody may be about, in words: anything, and what the pools they belong to read by."""
    found = {ANYTHING: "Anything"}
    for edition in panels.editions_read_by(person, kind=PANEL_KIND):
        found[About(edition.instrument)] = f"{edition.title}: any criterion"
        for criterion in panels.criteria_by(edition):
            found[About(edition.instrument, criterion.code)] = f"{edition.title}: {criterion.title}"
    return found
