"""Reading vacancies and raters from the database: as many questions for a thousand panels as for one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.panels.assigning.vacancies import Absences, Rater, Vacancy
from longleaf.panels.calibration.asking import AskedNow, asked_of
from longleaf.panels.certification import certified_for
from longleaf.panels.instruments import OVERT
from longleaf.panels.models import (
    Absence,
    Assignment,
    Author,
    ConfirmedQualification,
    DeclaredConflict,
    Panel,
    PoolMember,
    Qualification,
    RubricEdition,
    SpokenLanguage,
)
from longleaf.panels.pool.rules import PoolRules
from longleaf.panels.queries import HAS_SEEN
from longleaf.panels.status import AT_WORK, SEATED

# What "a month" is in a capacity: no burst at the turn of a calendar's month.
MONTH = timedelta(days=30)
WITHOUT_ROLE = "without-role"

Sets = dict[int, set[Any]]


def raters_of(
    pool_id: int,
    *,
    role: Role = Role.ASSESSOR,
    rules: PoolRules,
    now: datetime,
    people: Collection[int] | None = None,
) -> list[Rater]:
    """Everybody with a membership in a pool, whatever its status, or those of them with the keys; ordered by key.

    Whoever does not hold the role by which a panel is read counts as a member without it.
    """
    inside = PoolMember.objects.filter(pool=pool_id).select_related("assessor").order_by("assessor")
    found = inside if people is None else inside.filter(assessor__in=people)
    members = {member.assessor_id: member for member in found}
    may_read = set(directory.people_with(role, organisation_id=pool_id).values_list("pk", flat=True))
    told = _Told(members, pool_id=pool_id, rules=rules, now=now)
    seen = ConfirmedQualification.objects.filter(member__pool=pool_id, member__assessor__in=list(members))
    confirmed = _sets(seen.values_list("member__assessor", "code"))
    return [
        _rater(member, told, confirmed=confirmed.get(person, set()), rules=rules, may_read=person in may_read)
        for person, member in members.items()
    ]


def as_outsiders(people: Iterable[int], *, pool_id: int, rules: PoolRules, now: datetime) -> dict[int, Rater]:
    """People who read for a pool, by key, members or not, as to where they work and what conflicts they have."""
    keys = list(people)
    told = _Told(keys, pool_id=pool_id, rules=rules, now=now)
    return {
        person: Rater(
            person=person,
            at_a_time=1,
            a_month=1,
            places=told.places.get(person, frozenset()),
            ties=told.ties.get(person, frozenset()),
            conflicts_with_people=frozenset(told.conflicts_with_people.get(person, ())),
            conflicts_with_places=frozenset(told.conflicts_with_places.get(person, ())),
        )
        for person in keys
    }


def vacancies_of(panels: Sequence[Panel], *, rules: PoolRules, now: datetime) -> list[Vacancy]:
    """The vacancy of each panel of one pool, in the order given; a panel without a free seat has one without seats."""
    near = _Near(panels, rules=rules, now=now)
    return [_vacancy(panel, near, rules, now) for panel in panels]


def _rater(member: PoolMember, told: _Told, *, confirmed: set[str], rules: PoolRules, may_read: bool) -> Rater:
    person = member.assessor_id
    load = told.loads.get(person, {})
    says = told.qualifications.get(person, set())
    # What somebody says no more of themselves is confirmed in vain.
    seen = frozenset(says & confirmed)
    return Rater(
        person=person,
        at_a_time=member.assessor.at_a_time,
        a_month=member.assessor.a_month,
        under_way=load.get("under_way", 0),
        asked=load.get("asked", 0),
        last_asked=load.get("last_asked"),
        status=member.status if may_read else WITHOUT_ROLE,
        is_away=person in told.away,
        absences=told.absences.get(person, ()),
        languages=frozenset(told.languages.get(person, ())),
        qualifications=seen if rules.confirmed_qualifications_only else frozenset(says),
        confirmed=seen,
        places=told.places.get(person, frozenset()),
        ties=told.ties.get(person, frozenset()),
        conflicts_with_people=frozenset(told.conflicts_with_people.get(person, ())),
        conflicts_with_places=frozenset(told.conflicts_with_places.get(person, ())),
    )


class _Told:
    """What is known of many assessors of a pool, by key."""

    def __init__(self, people: Collection[int], *, pool_id: int, rules: PoolRules, now: datetime) -> None:
        keys = list(people)
        today = timezone.localdate(now)
        lately = today - timedelta(days=rules.colleague_within_days)
        self.places, self.ties = directory.places_and_ties_of(keys, since=lately, pool=pool_id)
        self.loads = loads_of(keys, now=now)
        # Nobody is asked who could not open it in time.
        last_day = timezone.localdate(now + rules.take_up_within)
        ahead = Absence.objects.filter(assessor__in=keys, ends__gte=today).order_by("begins", "ends")
        self.absences: dict[int, Absences] = {}
        for person, begins, ends in ahead.values_list("assessor", "begins", "ends"):
            self.absences[person] = (*self.absences.get(person, ()), (begins, ends))
        self.away = frozenset(who for who, them in self.absences.items() if any(first <= last_day for first, _ in them))
        self.languages = _sets(SpokenLanguage.objects.filter(assessor__in=keys).values_list("assessor", "code"))
        self.qualifications = _sets(Qualification.objects.filter(assessor__in=keys).values_list("assessor", "code"))
        self.conflicts_with_people, self.conflicts_with_places = conflicts_of(keys)


def loads_of(people: Iterable[int], *, now: datetime) -> dict[int, dict[str, Any]]:
    """Of each person, by key: readings `under_way`, `asked` in 30 days and when `last_asked`, over all pools.

    Somebody who was asked and declined, or let it expire, was asked: it counts as the others do.
    """
    lately = Q(offered_at__gte=now - MONTH)
    rows = (
        Assignment.objects.filter(lately | Q(status__in=AT_WORK), rater__in=list(people))
        # Training and tests are no live work.
        .exclude(panel__kind__endswith=OVERT)
        .order_by()
        .values("rater")
        .annotate(
            under_way=Count("pk", filter=Q(status__in=AT_WORK)),
            asked=Count("pk", filter=lately),
            last_asked=Max("offered_at", filter=lately),
        )
    )
    return {row["rater"]: dict(row) for row in rows}


def conflicts_of(people: Collection[int]) -> tuple[Sets, Sets]:
    """Whose work each of the people, by key, declared not to judge: persons, and organisations, by key."""
    rows = DeclaredConflict.objects.filter(assessor__in=people).values_list("assessor", "address", "organisation")
    declared = list(rows)
    named = directory.people_named(address for _, address, _ in declared) if any(row[1] for row in declared) else {}
    with_people = _sets((who, named[address].pk) for who, address, _ in declared if address in named)
    return with_people, _sets((who, place) for who, _, place in declared if place)


class _Near:
    """Who and what is near to the work of many panels, by the key of the panel or of its author."""

    def __init__(self, panels: Sequence[Panel], *, rules: PoolRules, now: datetime) -> None:
        keys = [panel.pk for panel in panels]
        self.authors = _sets(Author.objects.filter(panel__in=keys).values_list("panel", "person"))
        asked = list(Assignment.objects.filter(panel__in=keys).values_list("panel", "rater", "seat", "status"))
        self.asked = _sets((panel, rater) for panel, rater, _, _ in asked)
        self.seats = _sets((panel, seat) for panel, _, seat, status in asked if status in SEATED)
        self.people = directory.keys_of({ref for panel in panels for ref in (*panel.barred_people, *panel.read_before)})
        self.places = self._places(panels, since=timezone.localdate(now) - timedelta(days=rules.colleague_within_days))
        everybody = frozenset[int]().union(*self.authors.values())
        self.read_the_author = _readers_of(everybody, since=now - timedelta(days=rules.same_author_days))
        self.read_by_author = _read_by(everybody, since=now - timedelta(days=rules.mutual_reading_days))
        self.certified = _certified(panels)

    def _places(self, panels: Sequence[Panel], *, since: Any) -> dict[int, frozenset[int]]:
        worked = directory.places_of({who for them in self.authors.values() for who in them}, since=since)
        barred = directory.with_those_who_run_them({key for panel in panels for key in panel.barred_organisations})
        employers = directory.employers_among({panel.pool_id for panel in panels})
        found = {}
        for panel in panels:
            at_work = {place for who in self.authors.get(panel.pk, ()) for place in worked.get(who, ())}
            # Colleagues in the pool itself do not know whose work it is, but a district never judges its own teachers.
            near = at_work if panel.pool_id in employers else at_work - {panel.pool_id}
            found[panel.pk] = frozenset(near).union(*(barred.get(key, ()) for key in panel.barred_organisations))
        return found


def _vacancy(panel: Panel, near: _Near, rules: PoolRules, now: datetime) -> Vacancy:
    authors = near.authors.get(panel.pk, set())
    taken = near.seats.get(panel.pk, set())
    earlier = panel.read_before if rules.fresh_readers_each_round else ()
    return Vacancy(
        panel=panel.pk,
        seats=tuple(seat for seat in range(1, panel.seats + 1) if seat not in taken),
        due=panel.due_at,
        language=panel.language,
        tags=frozenset(panel.tags),
        places=near.places[panel.pk],
        authors=frozenset(authors),
        barred=frozenset(near.people[ref] for ref in panel.barred_people if ref in near.people),
        asked=frozenset(near.asked.get(panel.pk, ())),
        read_before=frozenset(near.people[ref] for ref in earlier if ref in near.people),
        read_the_author=_others(near.read_the_author, authors, panel),
        read_by_author=frozenset().union(*(near.read_by_author.get(who, ()) for who in authors)),
        certified=near.certified[panel.edition_id],
        of_outsiders=panel.of_outsiders,
        days=(timezone.localdate(now), timezone.localdate(max(panel.due_at, now + rules.least_time_to_read))),
        least_days=rules.least_days_to_read,
    )


def _others(readers: Sets, authors: Iterable[int], panel: Panel) -> frozenset[int]:
    """Who read other panels of the same authors; this panel's own readers are `asked` already."""
    return frozenset(who for author in authors for which, who in readers.get(author, ()) if which != panel.pk)


def _readers_of(authors: Collection[int], *, since: datetime) -> Sets:
    """By author: (panel, rater) of everybody who has seen work of theirs."""
    seen = Assignment.objects.filter(HAS_SEEN, offered_at__gte=since, panel__authors__person__in=authors)
    rows = seen.values_list("panel__authors__person", "panel", "rater")
    return _sets((author, (panel, rater)) for author, panel, rater in rows if author in authors)


def _read_by(authors: Collection[int], *, since: datetime) -> Sets:
    """By author: everybody whose work that author has seen as a rater."""
    seen = Assignment.objects.filter(HAS_SEEN, offered_at__gte=since, rater__in=authors)
    return _sets(seen.values_list("rater", "panel__authors__person").exclude(panel__authors__person=None))


def _certified(panels: Sequence[Panel]) -> dict[int | None, frozenset[int] | None]:
    """Who may be given live work, by edition of a rubric; None where no gate is set. One query for each edition."""
    example = {panel.edition_id: panel for panel in panels}
    editions = list(RubricEdition.objects.filter(pk__in=[pk for pk in example if pk]).select_related("pool"))
    asked = asked_of(editions) if editions else {}
    found: dict[int | None, frozenset[int] | None] = {None: None}
    return found | {each.pk: _pass_the_gate(example[each.pk], each, asked[each.pk]) for each in editions}


def _pass_the_gate(panel: Panel, edition: RubricEdition, asked: AskedNow) -> frozenset[int]:
    readers = directory.people_with(Role(panel.reader_role), organisation_id=panel.pool_id)
    return frozenset(readers.filter(certified_for(edition, asked=asked)).values_list("pk", flat=True))


def _sets(pairs: Iterable[Any]) -> Sets:
    found: Sets = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found
