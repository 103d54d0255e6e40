"""Acting out applications of organisations: written, handed in, read, and decided, as far as the script says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.demo import reviewing
from longleaf.directory.status import Role
from longleaf.quality.agencies import applying, submitting
from longleaf.quality.agencies.criteria import criteria_of
from longleaf.quality.pathways import choosing
from longleaf.quality.reviewing import deciding, reading
from longleaf.quality.reviewing.deciding import Asked
from longleaf.quality.status import Judges, Outcome
from longleaf.recognition.plans import writing
from longleaf.recognition.plans.document import Measure, PlanText
from longleaf.recognition.plans.document import Outcome as Shown

if TYPE_CHECKING:
    from longleaf.demo.script import Application as Told
    from longleaf.demo.script import RenewalPlan
    from longleaf.demo.stage import Stage
    from longleaf.directory.models import Organisation
    from longleaf.panels.models import Assignment
    from longleaf.quality.models import Application, Review

WORDS = "{} It lies in our office of learning, is looked at every August, and is synthetic like all that is told here."
SEEN = "The application shows it, and names where it lies."
DAYS_OF_A_TERM, DAYS_OF_A_CONDITION = 1_000, 90


def apply(told: Told, stage: Stage, organisations: Mapping[str, Organisation]) -> Application:
    """Write an application, and let it come as far as it is told: in review one reading is in and another begun."""
    officer = stage.people[told.by]
    application = applying.begin(
        organisation=organisations[told.organisation], judged_as=Judges(told.judged_as), acting_person=officer
    )
    asked = criteria_of(application.instrument.document)
    for code, criterion in list(asked.items())[: told.shown or len(asked)]:
        applying.save_showing(
            application=application,
            criterion=code,
            field="text",
            text=told.words.get(code) or WORDS.format(criterion.evidence),
            revision=0,
            acting_person=officer,
        )
    applying.save_scope(application=application, text=told.scope, revision=0, acting_person=officer)
    if told.pathways:
        choosing.choose(application=application, codes=told.pathways, acting_person=officer)
    if told.plan:
        writing.write(application=application, text=_plan(told.plan), revision=0, acting_person=officer)
    if told.until == "draft":
        return application
    review = submitting.submit(application=application, acting_person=officer)
    seats = list(review.panel.assignments.order_by("seat")) if review.panel else []
    if told.until == "in_review":
        _read(seats[0])
        return application
    for seat in seats:
        _read(seat)
    _approve(told, review, stage)
    return application


def _plan(told: RenewalPlan) -> PlanText:
    first = timezone.localdate() + timedelta(days=told.begins_in_days)
    return PlanText(
        title=told.title,
        first=first,
        until=first + timedelta(days=365 * told.years),
        roles=(),
        schools=(),
        sets_aside=told.sets_aside,
        outcomes=(Shown(told.outcome, told.at_least, told.accepts),),
        measures=(Measure("main", told.measure, Decimal(told.target), told.unit),),
    )


def _read(seat: Assignment) -> None:
    reading.take_up(assignment=seat, declared=True, acting_person=seat.rater)
    reviewing.rate(seat, words="It lies in our office of learning", comment=SEEN)
    reading.hand_in_reading(assignment=seat, acting_person=seat.rater)


def _approve(told: Told, review: Review, stage: Stage) -> None:
    today = timezone.localdate()
    review.refresh_from_db()
    deciding.decide(
        review=review,
        outcome=Outcome.CONDITIONS if told.condition else Outcome.RECOGNISED,
        letter=told.letter,
        valid_until=today + timedelta(days=DAYS_OF_A_TERM),
        conditions=[Asked(told.condition, today + timedelta(days=DAYS_OF_A_CONDITION))] if told.condition else [],
        scope=told.scope,
        pathways=told.pathways,
        acting_person=stage.with_role(Role.STATE_OFFICER, review.agency_id),
    )
