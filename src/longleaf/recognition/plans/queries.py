"""Reads of plans: one, those of a unit, and those that hold in the state, each with what was reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from longleaf.quality.agencies.queries import application_for
from longleaf.quality.status import Judges
from longleaf.recognition.models import LocalPlan, PlanFigure
from longleaf.recognition.plans import access, force
from longleaf.recognition.plans.document import Measure, PlanText, read
from longleaf.recognition.plans.errors import NoSuchPlan

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.models import Application


@dataclass(frozen=True)
class Reported:
    """A measure with its figures, the latest year first."""

    measure: Measure
    figures: Sequence[PlanFigure]

    @property
    def latest(self) -> PlanFigure | None:
        return self.figures[0] if self.figures else None


@dataclass(frozen=True)
class Seen:
    """A plan with when it holds and what was reported of it, as of a day."""

    plan: LocalPlan
    forces: Sequence[force.Force]
    on: date

    @cached_property
    def text(self) -> PlanText:
        return read(self.plan.document)

    @property
    def holding(self) -> force.Force | None:
        return next((each for each in self.forces if each.covers(self.on)), None)

    @property
    def has_begun(self) -> bool:
        return any(each.first <= self.on for each in self.forces)

    @property
    def standing(self) -> str:
        """In a word or two, where it is."""
        if self.holding:
            return "In force"
        if self.forces:
            return "Approved, to begin" if self.forces[-1].first > self.on else "Ended or suspended"
        return {"draft": "Draft", "submitted": "In review", "given_up": "Given up"}.get(
            self.plan.application.status, "Returned"
        )

    @cached_property
    def reported(self) -> list[Reported]:
        figures = list(self.plan.figures.all())
        return [Reported(each, [it for it in figures if it.measure == each.code]) for each in self.text.measures]

    @property
    def years_reported(self) -> str:
        years = sorted({each.year for each in self.plan.figures.all()})
        return ", ".join(map(str, years))


def plans_listed(viewer: Person, *, on: date) -> list[Seen]:
    """Every plan that somebody may see, those in force first, then by unit; four queries however many there are."""
    found = _with_figures().filter(pk__in=access.plans_seen_by(viewer).values("pk"))
    plans = list(found.order_by("organisation__name", "-pk"))
    seen = _seen(plans, on)
    return sorted(seen, key=lambda each: each.holding is None)


def plan_for(viewer: Person, ref: str, *, on: date) -> Seen:
    """One plan. Raises `NoSuchPlan` for who may not see it."""
    found = _with_figures().filter(pk__in=access.plans_seen_by(viewer).values("pk"), ref=ref).first()
    if found is None:
        raise NoSuchPlan
    return _seen([found], on)[0]


def application_of(viewer: Person, ref: str) -> Application:
    """An application for a plan that somebody may write. Raises `quality.errors.NoSuchApplication`, `NoSuchPlan`."""
    application = application_for(viewer, ref)
    if application.judged_as != Judges.PLAN:
        raise NoSuchPlan
    return application


def begun_from(application: Application) -> tuple[LocalPlan | None, PlanText | None]:
    """The plan of an application with what it says; before it is first saved, what the unit's latest one said."""
    own = LocalPlan.objects.filter(application=application).first()
    if own:
        return own, read(own.document)
    former = LocalPlan.objects.filter(organisation=application.organisation_id).order_by("-pk").first()
    return None, read(former.document) if former else None


def _with_figures() -> QuerySet[LocalPlan]:
    figures = PlanFigure.objects.select_related("reported_by").order_by("-year", "measure")
    return LocalPlan.objects.select_related("organisation", "application", "written_by").prefetch_related(
        Prefetch("figures", queryset=figures)
    )


def _seen(plans: Sequence[LocalPlan], on: date) -> list[Seen]:
    forces: Mapping[int, list[force.Force]] = force.in_force({plan.organisation_id for plan in plans})
    return [
        Seen(plan, [each for each in forces.get(plan.organisation_id, ()) if each.plan.pk == plan.pk], on)
        for plan in plans
    ]
