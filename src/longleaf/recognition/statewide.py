"""What policies would ask of and give to everybody in the state, person by person, in seconds.

These are totals (`engines.policy.tallying`), equal to those of the ledgers that people see: with the documents that
school units have laid over a policy, the values they set, local plans, and decisions as they stood on the day. Whoever
shows them to others decides who may see them: nothing here asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import chain
from multiprocessing import get_context
from typing import TYPE_CHECKING

from django.conf import settings

from longleaf.directory.statewide import workplaces
from longleaf.engines import policy as engine
from longleaf.kit import processes
from longleaf.recognition import overlays
from longleaf.recognition.everyone import Everyone, Held, Stretch, stretches
from longleaf.recognition.models import Licence
from longleaf.recognition.plans import force

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One educator, by key, under several policies: a tally for each, None where that policy is silent about them.

    `employer` is where they work today, with its region and facts such as its tier; many share one object.
    """

    person: int
    licence: engine.Licence
    employer: Organisation | None
    tallies: tuple[engine.Tally | None, ...]


def evaluate_everyone(policies: Sequence[engine.Policy], on: date, *, workers: int = 1) -> Iterator[Evaluated]:
    """Everybody who holds a licence of this installation's state, by their keys, under each of some policies.

    The licence is the one whose cycle runs on the day. Over each policy the document is laid of the unit where somebody
    works on that day; one that does not fit the policy is left out, as `overlays.laid_over` tells. Several `workers`
    are processes of their own, each for a stretch of people at a time; they read the database by themselves, and so
    see only what is committed.
    """
    found = stretches()
    if workers <= 1 or len(found) <= 1:
        evaluation = _Evaluation(policies, on)
        return chain.from_iterable(map(evaluation.of, found))
    return _by_workers(policies, on, found, workers)


def evaluate_in_stretches(
    policies: Sequence[engine.Policy], on: date, *, after: int = 0
) -> Iterator[tuple[int, list[Evaluated]]]:
    """The same, some thousands at a time with the last key of each stretch, for work that may be taken up again.

    `after` leaves out everybody with a key up to it.
    """
    evaluation = _Evaluation(policies, on)
    for first, last in stretches():
        if last > after:
            yield last, evaluation.of((max(first, after + 1), last))


def how_many() -> int:
    """How many people hold a licence of this installation's state."""
    return Licence.objects.filter(state=settings.STATE).values("person").distinct().count()


class _Evaluation:
    """Evaluates stretches of people one after another, and keeps what they have in common."""

    def __init__(self, policies: Sequence[engine.Policy], on: date) -> None:
        laid = [overlays.laid_over(policy, on).policies for policy in policies]
        rules = [*policies, *(own for each in laid for own in each.values())]
        shapes = engine.Shapes(engine.programs_in(rules))
        self.everyone = Everyone(on, shapes, rules)
        self.sides = [_Side(policy, own, on, shapes) for policy, own in zip(policies, laid, strict=True)]
        employers = {each.employer.pk for each in workplaces().values()}
        self.forces = force.in_force(employers)

    def of(self, stretch: Stretch) -> list[Evaluated]:
        return [
            Evaluated(
                held.person, held.licence, held.employer, tuple([it.tally(held, self.forces) for it in self.sides])
            )
            for held in self.everyone.between(*stretch)
        ]


class _Side:
    """One policy as it binds everybody: as it is, and with the documents of units laid over it."""

    def __init__(
        self, policy: engine.Policy, of_units: Mapping[int, engine.Policy], on: date, shapes: engine.Shapes
    ) -> None:
        self.policy, self.on = policy, on
        self.tallier = engine.Tallier(policy, on=on, shapes=shapes)
        self.of_units = {unit: engine.Tallier(own, on=on, shapes=shapes) for unit, own in of_units.items()}

    def tally(self, held: Held, forces: Mapping[int, Sequence[force.Force]]) -> engine.Tally | None:
        try:
            return self._tallier_for(held).of(
                held.licence, held.earned, plans=self._plans(held, forces), approvals=held.approvals
            )
        except engine.NoRuleError:
            return None

    def _tallier_for(self, held: Held) -> engine.Tallier:
        unit = held.employer_on(self.on) if self.of_units else None
        return self.of_units.get(unit.pk, self.tallier) if unit else self.tallier

    def _plans(self, held: Held, forces: Mapping[int, Sequence[force.Force]]) -> tuple[engine.Plan, ...]:
        if not forces or self.policy.plans is None:
            return ()
        return force.plans_for(self.policy.roles_of(held.licence), held.employments, forces)


def _by_workers(
    policies: Sequence[engine.Policy], on: date, found: Sequence[Stretch], workers: int
) -> Iterator[Evaluated]:
    # Processes that begin anew: a copy of this one would share its connections to the database.
    arguments = (f"{__name__}.begin", tuple(policies), on)
    with ProcessPoolExecutor(workers, get_context("spawn"), processes.begin, arguments) as pool:
        yield from chain.from_iterable(pool.map(_evaluated, found))


_begun: list[_Evaluation] = []


def begin(policies: Sequence[engine.Policy], on: date) -> None:
    """Make a process ready for `_evaluated`; it is the first thing that a worker does."""
    _begun.append(_Evaluation(policies, on))


def _evaluated(stretch: Stretch) -> list[Evaluated]:
    return _begun[-1].of(stretch)
