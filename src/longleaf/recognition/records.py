"""Educators' records as the policy engine reads them: badges, other credits and licences, of many people at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from longleaf.assessment.works import DaysOfWork, days_of_work
from longleaf.awards import queries as awards
from longleaf.catalog import queries as catalog
from longleaf.catalog.status import Facet
from longleaf.directory import queries as directory
from longleaf.engines import policy as engine
from longleaf.quality import queries as quality
from longleaf.recognition import policies
from longleaf.recognition.granted import NOTHING_GRANTED, Granted, decision_on, granted_to
from longleaf.recognition.licences.facts import scores_of
from longleaf.recognition.models import CreditRequest, Licence, LocalValue, OtherCredit
from longleaf.recognition.plans import force
from longleaf.recognition.portability import accepted
from longleaf.recognition.stacks import with_stacks

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person
    from longleaf.directory.queries import Employment

MICRO_CREDENTIAL = "micro_credential"
BADGE = "badge"
# A ledger also says of what was earned outside its cycle why it does not count, so nothing is left out by date.
EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class LocalValues:
    """Every value that a school unit has set, ready to be asked for any micro-credential and day."""

    set_by: str
    values: tuple[LocalValue, ...]

    def on(self, day: date, *, micro_credential_id: int, set_by: str = "") -> engine.LocalValue | None:
        """The value for one micro-credential on a day: its own before the general rule, the newest first.

        `set_by` says whose value it is where its name alone would not.
        """
        in_force = [
            value
            for value in self.values
            if value.valid_from <= day and (value.valid_until is None or day <= value.valid_until)
        ]
        own = [value for value in in_force if value.micro_credential_id == micro_credential_id]
        general = [value for value in in_force if value.micro_credential_id is None]
        found = (own or general)[:1]
        return self._as_engine_value(found[0], set_by or self.set_by) if found else None

    def _as_engine_value(self, value: LocalValue, set_by: str) -> engine.LocalValue:
        by_hour = value.credits is None
        worth = value.credits_per_effort_hour if by_hour else value.credits
        return engine.LocalValue(worth or Decimal(0), set_by=set_by, rule=value.reason, per_hour=by_hour)


NO_VALUES = LocalValues("", ())


@dataclass(frozen=True)
class Valuers:
    """Whose value counts for one person: that of the employer on the day on which something was earned.

    Where no employer of that day is known, the present one's counts, as for somebody who was enrolled later.
    """

    employments: Sequence[Employment]
    present: Organisation | None
    values: Mapping[int, LocalValues]

    def on(self, day: date, *, micro_credential_id: int) -> engine.LocalValue | None:
        then = next((each.employer for each in self.employments if each.covers(day)), self.present)
        if then is None:
            return None
        elsewhere = self.present is None or then.pk != self.present.pk
        set_by = f"{then.name}, the employer on that day," if elsewhere else then.name
        return self.values.get(then.pk, NO_VALUES).on(day, micro_credential_id=micro_credential_id, set_by=set_by)


def values_of(employer: Organisation | None) -> LocalValues:
    """What a school unit has said that micro-credentials are worth to its educators; nothing without an employer."""
    return values_of_each([employer])[employer.pk] if employer else NO_VALUES


def values_of_each(employers: Iterable[Organisation]) -> dict[int, LocalValues]:
    names = {each.pk: each.name for each in employers}
    found: dict[int, list[LocalValue]] = {pk: [] for pk in names}
    for value in LocalValue.objects.filter(organisation__in=names).order_by("-valid_from", "-pk"):
        found[value.organisation_id].append(value)
    return {pk: LocalValues(names[pk], tuple(values)) for pk, values in found.items()}


def licence_of(person: Person, on: date) -> Licence | None:
    """The licence that `licences_of` gives."""
    return licences_of([person.pk], on).get(person.pk)


def licences_of(people: Iterable[int], on: date) -> dict[int, Licence]:
    """The licence of each of the people, by key, whose cycle runs on a day; people without any are left out.

    Of several it is the one that expires next among those that credits renew, so that one which asks for none hides
    nobody's cycle; else the one that expires next, or the last that expired. None that was ended before the day.
    """
    settled = kinds_without_credits(on)
    held: dict[int, list[Licence]] = {}
    for licence in Licence.objects.filter(not_ended(on), person__in=set(people), state=settings.STATE).order_by(
        "expires", "pk"
    ):
        held.setdefault(licence.person_id, []).append(licence)
    return {person: _whose_cycle_runs(licences, on, settled) for person, licences in held.items()}


def licence_roles(on: date) -> Counter[str]:
    """How many people hold which role on a day, each by the licence that `licences_of` would give and that holds."""
    rows = Licence.objects.filter(not_ended(on), state=settings.STATE, issued__lte=on, expires__gte=on)
    settled, chosen = kinds_without_credits(on), dict[int, tuple[bool, str]]()
    for person, kind, role in rows.order_by("person", "expires", "pk").values_list("person", "kind", "role").iterator():
        if person not in chosen or (chosen[person][0] and kind not in settled):
            chosen[person] = (kind in settled, role)
    return Counter(role for _, role in chosen.values())


def kinds_without_credits(on: date) -> frozenset[str]:
    """The kinds of licence of which the policy of a day asks for no credits."""
    policy = policies.renewal_policy(on)
    return frozenset(each.code for each in policy.licence_types if each.settled) if policy else frozenset()


def _whose_cycle_runs(licences: Sequence[Licence], on: date, settled: frozenset[str]) -> Licence:
    """Of licences by their last days."""
    running = [each for each in licences if each.expires >= on]
    return next((each for each in running if each.kind not in settled), (running or [licences[-1]])[0])


def not_ended(on: date) -> Q:
    """Licences that were not ended, before they expired, on an earlier day."""
    return Q(ended_on__isnull=True) | Q(ended_on__gte=on)


def record_of(person: Person, licence: Licence) -> engine.Record:
    """Everything that may count for one licence. What was revoked does not appear: it is no longer earned."""
    return records_of({person.pk: licence})[person.pk]


def records_of(licences: Mapping[int, Licence]) -> dict[int, engine.Record]:
    """The records of many people, by their keys. As many queries as for one."""
    employments = directory.employments_of(licences)
    valuers = _valuers_among(employments, licences)
    forces = force.in_force({each.employer.pk for held in employments.values() for each in held})
    policy = policies.renewal_policy() if forces else None
    earned = awards.awards_for_ledgers(licences, since=EARLIEST, until=LATEST)
    others = _other_credits_of(licences)
    brought = accepted.credits_of_people(valuers, {person: as_engine_licence(it) for person, it in licences.items()})
    works = days_of_work(earned) if earned else {}
    granted = granted_to(licences)
    outlines = catalog.stack_outlines()
    recognised = quality.recognised_ever({row.version_id for rows in earned.values() for row in rows}) if earned else {}
    return {
        person: engine.Record(
            licence=as_engine_licence(licence),
            credits=with_stacks(
                [
                    *_from_awards(earned.get(person, ()), valuers[person], recognised, works, theirs),
                    *(_from_other_credit(row, licence) for row in others.get(person, ())),
                    *brought.get(person, ()),
                ],
                outlines,
            ),
            approvals=theirs.signed,
            plans=force.plans_for(roles_of(licence, policy), employments.get(person, ()), forces),
        )
        for person, licence in licences.items()
        for theirs in [granted.get(person, NOTHING_GRANTED)]
    }


def badge_of(credit_id: str) -> UUID | None:
    """The badge that a line of a ledger is about; None where it is about other learning."""
    kind, _, rest = credit_id.partition(":")
    return UUID(rest.partition(":")[2]) if kind == BADGE else None


def as_engine_licence(licence: Licence) -> engine.Licence:
    return engine.Licence(
        kind=licence.kind,
        role=licence.role,
        issued=licence.issued,
        expires=licence.expires,
        areas=frozenset(licence.areas),
        scores=scores_of(licence.scores),
    )


def roles_of(licence: Licence, policy: engine.Policy | None) -> tuple[str, ...]:
    """The role of a licence and the broader ones that a policy names, the narrowest first."""
    return policy.roles_of(as_engine_licence(licence)) if policy else (licence.role,)


def prospective_credit(version: Version, values: LocalValues, *, on: date) -> engine.EarnedCredit:
    """What a version would bring if it were demonstrated on a day."""
    return engine.EarnedCredit(
        id=f"prospect:{version.pk}",
        kind=MICRO_CREDENTIAL,
        title=version.labelled_title,
        amount=version.effort_hours,
        earned_on=on,
        alignments=frozenset(alignment.item.code for alignment in version.alignments.all()),
        topics=frozenset(each.value for each in version.facets.all() if each.facet == Facet.TOPIC),
        item=version.micro_credential.slug,
        value=values.on(on, micro_credential_id=version.micro_credential_id),
    )


def with_origin(credit: engine.EarnedCredit, version: Version) -> engine.EarnedCredit:
    """A credit for a version with what tells where it comes from; the version was read with what it serves."""
    told = awards.what_it_tells(version)
    return replace(
        credit,
        item=told["micro_credential"],
        issuer=told["issuer"],
        issuer_kind=told["issuer_kind"],
        language=told["language"],
        stack=_one_of(told["stacks"]),
    )


def _one_of(stacks: Sequence[str]) -> str:
    """The engine knows of one stack; of several the first by name, which is the same every time."""
    return next(iter(stacks), "")


def valuers_of(people: Iterable[int]) -> dict[int, Valuers]:
    """For each of the people, whose value counts on which day: two queries."""
    people = list(people)
    return _valuers_among(directory.employments_of(people), people)


def _valuers_among(employments: Mapping[int, Sequence[Employment]], people: Iterable[int]) -> dict[int, Valuers]:
    today = timezone.localdate()
    employers = {each.employer.pk: each.employer for held in employments.values() for each in held}
    values = values_of_each(employers.values())
    return {
        person: Valuers(
            held := employments.get(person, ()),
            next((each.employer for each in held if each.covers(today)), None),
            values,
        )
        for person in people
    }


def recognised_on(days: Iterable[quality.Recognised], day: date) -> frozenset[str]:
    """Who recognised what was earned, on the day on which it was."""
    return frozenset(each.by for each in days if each.first <= day <= each.last)


def _from_awards(
    rows: Iterable[awards.LedgerAward],
    valuers: Valuers,
    recognised: Mapping[int, tuple[quality.Recognised, ...]],
    works: Mapping[str, DaysOfWork],
    granted: Granted,
) -> Iterable[engine.EarnedCredit]:
    for place, row in enumerate(rows):
        if row.revoked:
            continue
        work, decided = works.get(row.occasion), granted.on_badges.get(row.award_id)
        yield engine.EarnedCredit(
            # The engine takes credits of one day in the order of their ids: the order in which they were earned.
            id=f"{BADGE}:{place:06d}:{row.uuid}",
            kind=MICRO_CREDENTIAL,
            title=row.title,
            amount=row.effort_hours,
            earned_on=row.earned_on,
            alignments=frozenset(row.alignments),
            topics=frozenset(row.topics),
            item=row.micro_credential,
            issuer=row.issuer,
            issuer_kind=row.issuer_kind,
            level=row.level,
            language=row.language,
            stack=_one_of(row.stacks),
            recognised_by=recognised_on(recognised.get(row.version_id, ()), row.earned_on),
            value=valuers.on(row.earned_on, micro_credential_id=row.micro_credential_id),
            begun_on=work.begun_on if work else None,
            evidence_on=work.handed_in_on if work else None,
            approved_on=granted.beforehand.get(row.micro_credential_id),
            decision=decided.decision if decided else None,
            categories_claimed=decided.categories if decided else frozenset(),
        )


def _other_credits_of(people: Iterable[int]) -> dict[int, list[OtherCredit]]:
    found: dict[int, list[OtherCredit]] = {}
    rows = OtherCredit.objects.filter(person__in=set(people)).select_related(
        "came_of__approved_before", "came_of__office"
    )
    for row in rows.order_by("earned_on", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def counted_before(counted: Decimal | None, earned_on: date, begins: date) -> Decimal:
    """How much of a credit counted before a licence's period: nothing of what was earned within it."""
    return counted if counted is not None and earned_on < begins else Decimal(0)


def _from_other_credit(row: OtherCredit, licence: Licence) -> engine.EarnedCredit:
    request: CreditRequest | None = getattr(row, "came_of", None)
    approval = request.approved_before if request else None
    approved_at = approval.granted_at if approval else None
    return engine.EarnedCredit(
        id=f"credit:{row.pk:012d}",
        kind=row.kind,
        title=row.title,
        amount=row.amount,
        earned_on=row.earned_on,
        alignments=frozenset(row.alignments),
        topics=frozenset(row.topics),
        categories_claimed=frozenset(row.categories_claimed),
        begun_on=request.begins_on if request else None,
        approved_on=timezone.localdate(approved_at) if approved_at else None,
        decision=_decision_on(row, request),
        counted_before=counted_before(row.counted_before, row.earned_on, licence.issued),
    )


def _decision_on(row: OtherCredit, request: CreditRequest | None) -> engine.Decision:
    """What is recorded was approved: on a request, on appeal, or by the recording, which only the employer may do."""
    if request is not None and request.decided_at is not None:
        return replace(decision_on(request), outcome=engine.Outcome.APPROVED, credits=None)
    day = timezone.localdate(row.recorded_at)
    return engine.Decision(engine.Outcome.APPROVED, by="The employing unit", decided_on=day)


def values_listed(organisation: Organisation, on: date) -> list[LocalValue]:
    """The values in force on a day, the general rule first, for the page on which an officer sets them."""
    in_force = Q(valid_until=None) | Q(valid_until__gte=on)
    found = LocalValue.objects.filter(in_force, organisation=organisation).select_related(
        "micro_credential__current", "decided_by"
    )
    return sorted(found, key=lambda value: (value.micro_credential_id is not None, value.pk))
