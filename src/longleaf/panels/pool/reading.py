"""What the pages of a pool show: to an assessor what they told, to a lead where everybody in the pool stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Prefetch, QuerySet, When
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.panels import queries
from longleaf.panels.access import members_led_by
from longleaf.panels.assigning.barring import Rule
from longleaf.panels.assigning.gathering import loads_of
from longleaf.panels.blindness import BLIND_LEAD, Fact
from longleaf.panels.certification import certificates_of
from longleaf.panels.eligibility import standing
from longleaf.panels.errors import NoSuchMember
from longleaf.panels.models import Absence, Assessor, DeclaredConflict, Panel, PoolMember
from longleaf.panels.pool import vocabulary
from longleaf.panels.status import MemberStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


A_CONFLICT = "A conflict of interest, declared or found by rule."


@dataclass(frozen=True)
class Load:
    """How much somebody reads now, over all pools, beside what they take."""

    under_way: int
    at_a_time: int
    asked: int
    a_month: int


@dataclass(frozen=True)
class Known:
    """What a member says they know about, and since when a lead of the pool has confirmed it."""

    code: str
    title: str
    confirmed_on: date | None

    def __str__(self) -> str:
        return f"{self.title} (confirmed)" if self.confirmed_on else self.title


@dataclass(frozen=True)
class MemberRow:
    """A member as the lead sees them."""

    member: PoolMember
    load: Load
    languages: tuple[str, ...]
    known: tuple[Known, ...]
    absences: tuple[Absence, ...]
    certificates: tuple[str, ...]

    @property
    def away_until(self) -> Absence | None:
        """The absence that holds today."""
        today = timezone.localdate()
        return next((each for each in self.absences if each.begins <= today), None)


@dataclass(frozen=True)
class Profile:
    """What an assessor told of themselves."""

    assessor: Assessor
    languages: tuple[str, ...]
    qualifications: frozenset[str]
    absences: tuple[Absence, ...]
    conflicts: tuple[DeclaredConflict, ...]
    load: Load


@dataclass(frozen=True)
class KeptOut:
    """How many of a pool are kept from a panel and why, and who, where that tells nobody whose work it is."""

    why: str
    count: int
    names: tuple[str, ...]


def memberships_of(person: Person) -> Sequence[PoolMember]:
    """Where somebody belongs, is invited, or once belonged."""
    rows = PoolMember.objects.filter(assessor=person.pk).select_related("pool")
    return list(rows.order_by("pool__name"))


def profile_of(person: Person, *, now: datetime) -> Profile:
    """What somebody told of themselves; the defaults where they told nothing yet."""
    assessor = Assessor.objects.filter(pk=person.pk).first() or Assessor(person=person)
    conflicts = DeclaredConflict.objects.filter(assessor=person.pk).select_related("organisation")
    return Profile(
        assessor=assessor,
        languages=tuple(sorted(each.code for each in assessor.languages.all())),
        qualifications=frozenset(each.code for each in assessor.qualifications.all()),
        absences=tuple(_absences_to_come().filter(assessor=person.pk)),
        conflicts=tuple(conflicts.order_by("declared_at", "pk")),
        load=_load(assessor, loads_of([person.pk], now=now)),
    )


def pools_led_by(person: Person) -> QuerySet[Organisation]:
    """The organisations whose pool somebody leads."""
    return directory.organisations_where(person, Role.LEAD_ASSESSOR).order_by("name")


def pool_led_by(person: Person, slug: str) -> Organisation:
    """A pool that somebody leads, by the slug of its organisation. Raises `NoSuchMember` in every other case alike."""
    pool = pools_led_by(person).filter(slug=slug).first()
    if pool is None:
        raise NoSuchMember
    return pool


def members_of(pool: Organisation) -> QuerySet[PoolMember]:
    """Everybody in a pool, by name; those who left come last."""
    rows = PoolMember.objects.filter(pool=pool).select_related("pool", "assessor__person")
    absences = Prefetch("assessor__absences", queryset=_absences_to_come())
    told = rows.prefetch_related("assessor__languages", "assessor__qualifications", "confirmed", absences)
    has_left = Case(When(status=MemberStatus.LEFT, then=1), default=0)
    return told.order_by(has_left, "assessor__person__name", "pk")


def rows_of(members: Iterable[PoolMember], pool: Organisation, *, now: datetime) -> list[MemberRow]:
    """Each member with their load and what they are certified for. As many queries for many as for one."""
    shown = list(members)
    people = [member.assessor_id for member in shown]
    loads, certificates = loads_of(people, now=now), certificates_of(people, pool_id=pool.pk)
    titles = vocabulary.titles()
    return [
        MemberRow(
            member=member,
            load=_load(member.assessor, loads),
            languages=tuple(vocabulary.name_of_language(each.code) for each in member.assessor.languages.all()),
            known=_known(member, titles),
            absences=tuple(member.assessor.absences.all()),
            certificates=certificates.get(member.assessor_id, ()),
        )
        for member in shown
    ]


def _known(member: PoolMember, titles: Mapping[str, str]) -> tuple[Known, ...]:
    confirmed = {each.code: each.confirmed_on for each in member.confirmed.all()}
    codes = [each.code for each in member.assessor.qualifications.all()]
    found = [Known(code, titles.get(code, code), confirmed.get(code)) for code in codes]
    return tuple(sorted(found, key=lambda each: (each.title, each.code)))


def confirmed_of(person: Person) -> list[tuple[str, list[str]]]:
    """What leads have confirmed of what somebody says they know about: each pool with the titles."""
    titles = vocabulary.titles()
    rows = PoolMember.objects.filter(assessor=person.pk).select_related("pool").order_by("pool__name")
    told = rows.prefetch_related("assessor__qualifications", "confirmed")
    found = [(each.pool.name, [known.title for known in _known(each, titles) if known.confirmed_on]) for each in told]
    return [(name, known) for name, known in found if known]


def member_for(person: Person, pool: Organisation, ref: str) -> PoolMember:
    """A member of a pool that somebody leads, by the person's reference. Raises `NoSuchMember` otherwise."""
    member = members_of(pool).filter(assessor__person__ref=ref, pk__in=members_led_by(person)).first()
    if member is None:
        raise NoSuchMember
    return member


def conflicts_of(member: PoolMember) -> list[DeclaredConflict]:
    """What a member declared, with the reasons, for whoever leads one of their pools."""
    return list(member.assessor.conflicts.select_related("organisation").order_by("declared_at", "pk"))


def short_panels_in(person: Person, pool: Organisation) -> QuerySet[Panel]:
    """The panels of a pool that wait for raters and of which its lead may be told, in the blind order."""
    told = queries.panels_to_be_told_of(person).values("pk")
    return BLIND_LEAD.ordered(queries.short_panels().filter(pool=pool, pk__in=told), due="due_at", ref="ref")


def panel_in(person: Person, pool: Organisation, ref: str) -> Panel:
    """An open panel of a pool, by its reference, for a lead who neither reads it nor made what it reads: who was asked
    stands beside why. Raises `NoSuchMember` for any other."""
    told = queries.panels_to_be_told_of(person).filter(pool=pool, ref=ref, status=PanelStatus.OPEN)
    panel = told.select_related("rubric").first()
    if panel is None:
        raise NoSuchMember
    return panel


def who_reads_and_who_cannot(panel: Panel, *, now: datetime) -> tuple[int, list[KeptOut]]:
    """How many may be asked for a panel, and by which rule the others are kept out, the first that holds for each.

    Rules that look at the author are told as one, in numbers, and whoever may be asked in a number as well: with names
    for some, the others would be known by what is left over, and with them where the author works.
    """
    found = standing(panel, now=now)
    told = {rater.person: _told(against[0]) for rater in found.raters if (against := found.against(rater))}
    people = directory.people_by_key(told)
    kept_out = [
        KeptOut(sentence, count, () if sentence == A_CONFLICT else _names(sentence, told, people))
        for sentence, count in sorted(Counter(told.values()).items())
    ]
    return len(found.raters) - len(told), kept_out


def _told(rule: Rule) -> str:
    """What a lead is told of a rule that keeps somebody out."""
    hides = rule.tells_whose_work and not BLIND_LEAD.shows(Fact.SUBJECT_ORGANISATION)
    return A_CONFLICT if hides else rule.sentence


def _names(sentence: str, told: dict[int, str], people: dict[int, Person]) -> tuple[str, ...]:
    return tuple(sorted(people[person].name for person, reason in told.items() if reason == sentence))


def _absences_to_come() -> QuerySet[Absence]:
    return Absence.objects.filter(ends__gte=timezone.localdate()).order_by("begins", "pk")


def _load(assessor: Assessor, loads: dict[int, dict[str, int]]) -> Load:
    load = loads.get(assessor.pk, {})
    return Load(load.get("under_way", 0), assessor.at_a_time, load.get("asked", 0), assessor.a_month)


def counts_in(pool: Organisation) -> dict[str, int]:
    """How many members a pool has in each status."""
    found = Counter(PoolMember.objects.filter(pool=pool).values_list("status", flat=True))
    return {status.value: found[status.value] for status in MemberStatus}
