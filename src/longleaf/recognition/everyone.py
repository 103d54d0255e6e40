"""What everybody has earned, read for a whole state at once: as shapes of credits, some thousands of people at a time.

It is what `records` reads, without names, titles and an object for each: the same rows, in a handful of queries for
each stretch of people, however many they are.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from longleaf.catalog import queries as catalog
from longleaf.directory.statewide import employments_between, workplaces
from longleaf.engines import policy as engine
from longleaf.kit.raw_rows import LocalDays, raw_rows
from longleaf.quality import queries as quality
from longleaf.recognition import approvals, records
from longleaf.recognition.badges_of_everyone import Awards, Told
from longleaf.recognition.granted import NOTHING_GRANTED, granted_between
from longleaf.recognition.licences.facts import scores_of
from longleaf.recognition.models import Licence, OtherCredit
from longleaf.recognition.portability import accepted
from longleaf.recognition.portability.queries import people_with_accepted
from longleaf.recognition.stacks import STACK, as_credit, completed

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation
    from longleaf.directory.queries import Employment

# People read at once: what they earned is held in memory together.
AT_ONCE = 5_000

Stretch = tuple[int, int]


@dataclass(slots=True)
class Held:
    """Somebody's licence whose cycle runs on a day, where they work today and ever did, what was signed for them, and
    what they have earned.

    Of one day badges come first, then other learning, then what was brought along, as in a ledger.
    """

    person: int
    licence: engine.Licence
    employer: Organisation | None
    earned: list[engine.Earned]
    employments: tuple[Employment, ...] = ()
    approvals: tuple[engine.Approval, ...] = ()

    def employer_on(self, day: date) -> Organisation | None:
        return next((each.employer for each in self.employments if each.covers(day)), None)


def stretches() -> list[Stretch]:
    """The first and the last key of every so many people who hold a licence of this installation's state."""
    holders = Licence.objects.filter(state=settings.STATE).order_by("person")
    keys = list(holders.values_list("person", flat=True).distinct())
    return [(some[0], some[-1]) for some in (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))]


class Everyone:
    """Reads stretches of people as of a day, as far as some policies look. What many have in common is read once."""

    def __init__(self, on: date, shapes: engine.Shapes, policies: Sequence[engine.Policy]) -> None:
        self.on, self.shapes = on, shapes
        self._local_days = LocalDays()
        self._settled = records.kinds_without_credits(on)
        self._licences: dict[tuple[Any, ...], engine.Licence] = {}
        self._others: dict[tuple[Any, ...], int] = {}
        self._workplaces = workplaces()
        self._badges = _Badges(shapes, records.values_of_each({each.employer for each in self._workplaces.values()}))
        # Where no policy knows a stack, nobody's is sought.
        self._stacks = catalog.stack_outlines() if any(it.kind(STACK) for it in policies) else []
        self._awards = Awards(policies, on, self._local_days)

    def between(self, first: int, last: int) -> Iterator[Held]:
        """Everybody with a key from `first` through `last` who holds a licence, by their keys.

        Eight queries; five more where a version was not met before, and three where badges were brought along.
        """
        held = {
            person: Held(person, licence, None, []) for person, licence in self._licences_between(first, last).items()
        }
        employed = dict(employments_between(first, last, places=self._workplaces))
        self._add_badges(held, employed, first, last)
        self._add_others(held, first, last)
        self._add_brought(held, first, last)
        if self._stacks:
            for each in held.values():
                self._add_stacks(each)
        return iter(held.values())

    def _licences_between(self, first: int, last: int) -> dict[int, engine.Licence]:
        """The licence of each whose cycle runs, as `records.licences_of` chooses it."""
        rows = Licence.objects.filter(
            records.not_ended(self.on), state=settings.STATE, person__gte=first, person__lte=last
        )
        columns = ("person", "kind", "role", "areas", "issued", "expires", "scores")
        chosen: dict[int, engine.Licence] = {}
        for person, *facts in raw_rows(rows.order_by("person", "expires", "pk").values_list(*columns)):
            earlier, one = chosen.get(person), self._licence(tuple(facts))
            if earlier is None or self._stands_behind(earlier, one):
                chosen[person] = one
        return chosen

    def _stands_behind(self, earlier: engine.Licence, later: engine.Licence) -> bool:
        """Whether a licence yields to a later one: it has expired, or the later one alone asks for credits."""
        has_expired = earlier.expires is not None and earlier.expires < self.on
        return has_expired or (earlier.kind in self._settled and later.kind not in self._settled)

    def _licence(self, facts: tuple[Any, ...]) -> engine.Licence:
        found = self._licences.get(facts)
        if found is None:
            kind, role, areas, issued, expires, scores = facts
            found = self._licences[facts] = engine.Licence(
                kind=kind,
                role=role,
                issued=issued,
                expires=expires,
                areas=frozenset(json.loads(areas)),
                scores=scores_of(json.loads(scores)),
            )
        return found

    def _add_badges(
        self, held: Mapping[int, Held], employed: Mapping[int, tuple[Employment, ...]], first: int, last: int
    ) -> None:
        granted = granted_between(first, last)
        rows = self._awards.between(first, last, granted)
        self._badges.meet({row[1] for row in rows})
        today, shape_of = timezone.localdate(), self._badges.shape
        always: dict[int, int | None] = {}
        for person, each in held.items():
            employments = employed.get(person, ())
            each.employments, each.approvals = employments, granted.get(person, NOTHING_GRANTED).signed
            each.employer = each.employer_on(today)
            if not employments:
                always[person] = None
            elif len(employments) == 1 and employments[0].until is None and employments[0].since <= today:
                # Whoever is with a first employer still had no other before.
                always[person] = employments[0].employer.pk
        for person, version, day, told in rows:
            if (one := held.get(person)) is not None:
                settled = person in always
                employer = always[person] if settled else _employer_on(day, employed[person], one.employer)
                one.earned.append((shape_of(version, employer, day, told), day))
        for each in held.values():
            # They came with the latest first.
            each.earned.reverse()

    def _add_others(self, held: Mapping[int, Held], first: int, last: int) -> None:
        rows = OtherCredit.objects.filter(person__gte=first, person__lte=last).order_by("person", "earned_on", "pk")
        about = ("kind", "amount", "alignments", "topics", "categories_claimed", "counted_before")
        columns = ("person", "earned_on", "pk", *about)
        asked, undecided = approvals.asked_between(first, last), approvals.undecided_between(first, last, on=self.on)
        known = self._others
        for row in raw_rows(rows.values_list(*columns)):
            if (one := held.get(row[0])) is not None:
                pk, day = row[2], row[1]
                days = asked.get(pk)
                begins = one.licence.issued
                used = row[-1] if begins is not None and day < begins else 0
                facts = (row[3:-1], used, pk in undecided, days is not None and days.is_approved_before(day))
                shape = known.get(facts)
                if shape is None:
                    shape = known[facts] = self.shapes.of(_other(*facts))
                one.earned.append((shape, day))

    def _add_stacks(self, held: Held) -> None:
        """What is completed, after all else; the pieces are known by their places, as `Shapes.credits` tells them."""
        shapes = self.shapes
        earned = [(shapes.item(number), day, f"{place:06d}") for place, (number, day) in enumerate(held.earned)]
        credits = {credit.id: credit for credit in shapes.credits(held.earned)} if any(it[0] for it in earned) else {}
        for stack in self._stacks:
            if (done := completed(stack, earned)) is not None:
                day, pieces = done
                credit = as_credit(stack, day, {place: credits[place] for place in pieces})
                held.earned.append((shapes.of(credit), day))

    def _add_brought(self, held: Mapping[int, Held], first: int, last: int) -> None:
        people = [person for person in people_with_accepted(first, last) if person in held]
        if people:
            licences = {person: held[person].licence for person in people}
            for person, credits in accepted.credits_of_people(records.valuers_of(people), licences).items():
                counting = [credit for credit in credits if not credit.repeats]
                held[person].earned.extend((self.shapes.of(credit), credit.earned_on) for credit in counting)


class _Badges:
    """Shapes of badges: by version, by the employer whose value counts, and by the day as far as that value, or who
    recognises the version, changes."""

    def __init__(self, shapes: engine.Shapes, values: Mapping[int, records.LocalValues]) -> None:
        self._shapes, self._values = shapes, values
        self._versions: dict[int, Version] = {}
        self._changes = {employer: _changes(found) for employer, found in values.items()}
        self._recognised: dict[int, tuple[quality.Recognised, ...]] = {}
        self._turns: dict[int, tuple[date, ...]] = {}
        self._found: dict[tuple[int, int | None, int, int, Told], int] = {}

    def meet(self, versions: Iterable[int]) -> None:
        """Read what versions tell that were not met before."""
        if new := set(versions) - self._versions.keys():
            self._versions |= catalog.versions_with_what_they_serve(new)
            recognised = quality.recognised_ever(new)
            self._recognised |= recognised
            self._turns |= {version: _turns(days) for version, days in recognised.items()}

    def shape(self, version: int, employer: int | None, day: date, told: Told) -> int:
        changes = self._changes.get(employer, ()) if employer is not None else ()
        turns = self._turns.get(version, ())
        key = (
            version,
            employer,
            bisect_right(changes, day) if changes else 0,
            bisect_right(turns, day) if turns else 0,
            told,
        )
        found = self._found.get(key)
        if found is None:
            values = records.NO_VALUES if employer is None else self._values.get(employer, records.NO_VALUES)
            credit = records.prospective_credit(self._versions[version], values, on=day)
            credit = records.with_origin(credit, self._versions[version])
            recognised_by = records.recognised_on(self._recognised.get(version, ()), day)
            found = self._found[key] = self._shapes.of(replace(credit, recognised_by=recognised_by, **told._asdict()))
        return found


def _changes(values: records.LocalValues) -> tuple[date, ...]:
    """The days on which something that an employer gives begins, or has ended."""
    begun = {each.valid_from for each in values.values}
    ended = {each.valid_until + timedelta(days=1) for each in values.values if each.valid_until}
    return tuple(sorted(begun | ended))


def _turns(days: Iterable[quality.Recognised]) -> tuple[date, ...]:
    """The days on which somebody begins to recognise a version, or has ended."""
    begun = {each.first for each in days}
    ended = {each.last + timedelta(days=1) for each in days if each.last != date.max}
    return tuple(sorted(begun | ended))


def _employer_on(day: date, employments: Iterable[Employment], present: Organisation | None) -> int | None:
    """Whose value counts for a day, as `records.Valuers` says it."""
    then = next((each.employer for each in employments if each.covers(day)), present)
    return then.pk if then else None


def _other(
    facts: tuple[Any, ...], counted_before: Any, is_undecided: bool, is_approved_before: bool
) -> engine.EarnedCredit:
    """Other learning as `records` gives it, as far as a rule can tell on the day as of which everybody is read."""
    kind, amount, alignments, topics, claimed = facts
    outcome = engine.Outcome.PENDING if is_undecided else engine.Outcome.APPROVED
    return engine.EarnedCredit(
        id="",
        kind=kind,
        title="",
        amount=None if amount is None else Decimal(str(amount)),
        earned_on=date.max,
        alignments=frozenset(json.loads(alignments)),
        topics=frozenset(json.loads(topics)),
        categories_claimed=frozenset(json.loads(claimed)),
        approved_on=date.min if is_approved_before else None,
        decision=engine.Decision(outcome, by=""),
        counted_before=Decimal(str(counted_before)),
    )
