"""Who is too near to an attempt to judge it, and who had too much of a part in judging it to come near.

Both are asked in one place, because each new way of helping must keep people from judging, and each new way of judging
must keep them from helping.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet, Value

from longleaf.assessment.judged_by import places_that_judge
from longleaf.assessment.models import (
    Appeal,
    Attempt,
    CoachMeeting,
    CompletenessCheck,
    CopyFlag,
    Mentorship,
    Submission,
    TeamMember,
)
from longleaf.assessment.status import MENTORED
from longleaf.directory.queries import holds, people_by_key, places_where
from longleaf.directory.status import Role
from longleaf.kit import keeping
from longleaf.panels import queries as panels
from longleaf.panels.pool.queries import pool_reading_for

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Person

# Whose work, and at what, from a row that names an attempt.
WORK = ("attempt__earner", "attempt__micro_credential")


def people_near(attempt: Attempt) -> list[Person]:
    """Whoever ever helped with this attempt, as a mentor or a coach, or was in a team with it: none of them judges it,
    also when that is over. Nor does who helped others of the team: they have seen its artifact with a name."""
    return list(people_by_key(helpers_of([attempt.pk])[attempt.pk]).values())


def attempts_near(person: Person) -> QuerySet[Attempt]:
    """The filter beside `people_near`. Helping, meeting and joining a team all write journal lines, so whose work it is
    about is asked once between two decisions."""
    works = keeping.as_decided("near", person.pk, make=lambda: _works_near(person))
    return _attempts_at(works).exclude(earner=person)


def _works_near(person: Person) -> frozenset[tuple[int, int]]:
    """Whose work at which micro-credentials somebody helped with or shares, by keys.

    Asked for first: most people helped nobody, and must not make the database look through every attempt.
    """
    looked = Mentorship.objects.filter(mentor=person, status__in=MENTORED)
    met = CoachMeeting.objects.filter(coach=person)
    shared = _in_teams(TeamMember.objects.filter(person=person))
    rows = set(_named(looked, helped=True).union(_named(met, helped=True), _named(shared, helped=False)))
    helped = {(earner, at) for earner, at, was_helped in rows if was_helped}
    works = {(earner, at) for earner, at, _ in rows}
    if helped:
        works.update(_in_teams(TeamMember.objects.filter(attempt__in=_attempts_at(helped))).values_list(*WORK))
    return frozenset(works)


def _in_teams(members: QuerySet[TeamMember]) -> QuerySet[TeamMember]:
    """Everybody with an attempt in the teams of some members."""
    return TeamMember.objects.filter(team__in=members.values("team"), attempt__isnull=False).order_by()


def _named(rows: QuerySet[Any], *, helped: bool) -> QuerySet[Any, Any]:
    """Whose work rows that name attempts are about, and whether it was helped with rather than shared."""
    named: QuerySet[Any, Any] = rows.annotate(helped=Value(helped)).values_list(*WORK, "helped")
    return named


def subjects_near(person: Person) -> QuerySet[Submission, str]:
    """The same, as panels know what they read (`settings.SUBJECTS_NEAR`)."""
    return Submission.objects.filter(attempt__in=attempts_near(person).values("pk")).values_list("ref", flat=True)


def _attempts_at(works: Collection[tuple[int, int]]) -> QuerySet[Attempt]:
    """The attempts of earners at micro-credentials, by keys: whoever withdraws and begins anew brings the same work."""
    if not works:
        return Attempt.objects.none()
    wanted = [Q(earner=earner, micro_credential=micro_credential) for earner, micro_credential in sorted(works)]
    return Attempt.objects.filter(reduce(or_, wanted))


def had_a_part(person: Person, attempt: Attempt) -> bool:
    """Whether somebody judges this attempt or ever did: asked to read, checked, looked at an appeal or a likeness, or
    leads those who read for its issuer, or for the unit that runs the pathway. Nobody must see from what follows that
    it is so: it tells who reads."""
    return (
        bool(places_where(person, Role.LEAD_ASSESSOR) & places_that_judge(attempt))
        or person.pk in judges_of_the_work_of([attempt.pk])[attempt.pk]
    )


def judges_of_the_work_of(attempts: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Who judged each attempt, another of its earner at the same micro-credential, or one with which it was in a team;
    by keys. Who judged another's round with the same artifact of a team has read a part of this one."""
    same = begun_by_the_same(attempts)
    shared = with_teammates(frozenset[int]().union(*same.values()))
    work = {key: frozenset[int]().union(*(shared[own] for own in owns)) for key, owns in same.items()}
    judges = judges_of(frozenset[int]().union(*work.values()))
    return {key: frozenset[int]().union(*(judges[each] for each in theirs)) for key, theirs in work.items()}


def begun_by_the_same(attempts: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Each attempt, by key, with every attempt of its earner at the same micro-credential: whoever withdraws and begins
    anew brings the same work."""
    rows = Attempt.objects.filter(
        earner__attempts__in=attempts, micro_credential=F("earner__attempts__micro_credential")
    )
    pairs = list(rows.values_list("earner__attempts", "pk"))
    return {key: frozenset(it for attempt, it in pairs if attempt == key) for key in attempts}


def judges_of(attempts: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Who checked each attempt, found likenesses in it, looked at an appeal against it, or was ever asked to read any
    round of it, also as an anchor or for a check of a reader; by keys. As many questions for many as for one."""
    attempt_of = dict(Submission.objects.filter(attempt__in=attempts).values_list("ref", "attempt"))
    pairs = {(attempt_of[ref], rater) for ref, rater in panels.asked_about(list(attempt_of))}
    checks = CompletenessCheck.objects.filter(submission__attempt__in=attempts)
    pairs |= set(checks.values_list("submission__attempt", "checker"))
    looked = Appeal.objects.filter(submission__attempt__in=attempts, looked_at_by__isnull=False)
    pairs |= set(looked.values_list("submission__attempt", "looked_at_by"))
    for side in ("submission", "other"):
        found = CopyFlag.objects.filter(found_by__isnull=False, **{f"{side}__attempt__in": attempts})
        pairs |= set(found.values_list(f"{side}__attempt", "found_by"))
    return {key: frozenset(person for attempt, person in pairs if attempt == key) for key in attempts}


def mentors_of(attempts: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Who ever looked at a draft as a mentor, or was named as a coach, in any attempt of the same earner at the same
    micro-credential; by keys of attempts."""
    of_the_same = {
        "attempt__earner__attempts__in": attempts,
        "attempt__micro_credential": F("attempt__earner__attempts__micro_credential"),
    }
    looked = Mentorship.objects.filter(status__in=MENTORED, mentor__isnull=False, **of_the_same)
    met = CoachMeeting.objects.filter(**of_the_same)
    pairs = {
        *looked.values_list("attempt__earner__attempts", "mentor"),
        *met.values_list("attempt__earner__attempts", "coach"),
    }
    return {key: frozenset(person for attempt, person in pairs if attempt == key) for key in attempts}


def helpers_of(attempts: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Who is too near to each attempt to judge it, by keys, but its earner: mentors and coaches, and those of its teams
    with theirs, in whichever attempt of its earner. As many questions for many as for one."""
    same = begun_by_the_same(attempts)
    shared = _shared_with(frozenset[int]().union(*same.values()))
    mentors = mentors_of({*attempts, *(other for rows in shared.values() for other in rows)})
    return {
        key: mentors[key].union(
            *(shared[own].values() for own in owns), *(mentors[other] for own in owns for other in shared[own])
        )
        for key, owns in same.items()
    }


def with_teammates(attempts: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Each attempt, by key, with those that ever were, or are asked to be, in a team with it."""
    return {key: frozenset({key, *rows}) for key, rows in _shared_with(attempts).items()}


def _shared_with(attempts: Collection[int]) -> Mapping[int, Mapping[int, int]]:
    """For each attempt, by key, the others of its teams with their earners."""
    other = "team__members__attempt"
    memberships = TeamMember.objects.filter(attempt__in=attempts, **{f"{other}__isnull": False})
    rows = set(memberships.values_list("attempt", other, f"{other}__earner"))
    return {key: {it: earner for own, it, earner in rows if own == key != it} for key in attempts}


def leads_for_issuer_of(person: Person, made: MicroCredential) -> bool:
    """Whether somebody leads those who read for the issuer of a micro-credential."""
    places = {made.issuer_id, pool_reading_for(made.issuer).pk}
    return any(holds(person, Role.LEAD_ASSESSOR, organisation_id=place) for place in places)
