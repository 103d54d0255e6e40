"""Which plans hold for whom and through which days: what the state decided, crossed with what the plan says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from longleaf.engines import policy as engine
from longleaf.quality import queries as quality
from longleaf.recognition.models import LocalPlan
from longleaf.recognition.plans.document import PlanText, read

if TYPE_CHECKING:
    from longleaf.directory.queries import Employment
    from longleaf.quality.models import QualityDecision


@dataclass(frozen=True)
class Force:
    """A plan that was approved, and the days from the first through the last on which it holds."""

    plan: LocalPlan
    text: PlanText
    decision: QualityDecision
    first: date
    until: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.until


def in_force(organisations: Collection[int]) -> dict[int, list[Force]]:
    """When the plans of school units, by their keys, hold, held or will hold, in the order of days. Two queries.

    A suspension parts it in two. A decision that came of no application, as when a suspension is lifted, is about the
    plan that was approved last.
    """
    terms = quality.plan_terms(organisations)
    written = LocalPlan.objects.filter(organisation__in=terms).select_related("organisation")
    plans = {plan.application_id: plan for plan in written} if terms else {}
    return {organisation: list(_forces(held, plans)) for organisation, held in terms.items()}


def _forces(terms: Sequence[quality.Term], plans: Mapping[int, LocalPlan]) -> Iterator[Force]:
    plan: LocalPlan | None = None
    for term in terms:
        if term.application_id is not None:
            # An application without a plan was approved: ledgers have nothing to heed until the next one.
            plan = plans.get(term.application_id)
        if plan is None:
            continue
        text = read(plan.document)
        first, until = max(term.first, text.first), min(text.until, term.until or date.max)
        if first <= until:
            yield Force(plan, text, term.decision, first, until)


def plans_for(
    roles: Collection[str], employments: Sequence[Employment], forces: Mapping[int, Sequence[Force]]
) -> tuple[engine.Plan, ...]:
    """The plans that somebody with a licence in these roles was or is under, each through the days on which they worked
    where it held."""
    return tuple(
        _as_engine_plan(force, first, until)
        for held in employments
        for force in forces.get(held.employer.pk, ())
        if force.text.covers(roles, school=held.place.code)
        and (first := max(force.first, held.since)) <= (until := min(force.until, held.until or date.max))
    )


def _as_engine_plan(force: Force, first: date, until: date) -> engine.Plan:
    return engine.Plan(
        id=force.plan.ref,
        title=force.text.title,
        set_by=force.plan.organisation.name,
        first=first,
        until=until,
        reviewed_on=force.decision.valid_from,
        waives=frozenset(force.text.sets_aside),
        outcomes=tuple(
            engine.PlanOutcome(each.title, each.at_least, frozenset(each.accepts)) for each in force.text.outcomes
        ),
        reviewed_by=force.decision.decided_by.name,
    )
