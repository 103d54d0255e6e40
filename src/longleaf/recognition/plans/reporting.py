"""The verb by which a school unit reports what the measures of its plan came to. Locks: the plan."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.recognition.events import Event
from longleaf.recognition.models import LocalPlan, PlanFigure
from longleaf.recognition.plans import access, force
from longleaf.recognition.plans.document import read
from longleaf.recognition.plans.errors import NotYourPlan, PlanNotApproved, UnusableFigure

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LARGEST = Decimal(1_000_000)
LONGEST_NOTE = 300


@transaction.atomic
def report(
    *, plan: LocalPlan, measure: str, year: int, value: Decimal, note: str = "", acting_person: Person
) -> PlanFigure:
    """Report a measure's figure of a year; reported again, it takes the place of the one before.

    A plan that ended may be reported on still. Raises `NotYourPlan`, `PlanNotApproved`, and `UnusableFigure` with a
    sentence at its field.
    """
    held = LocalPlan.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=plan.pk)
    if not access.may_report(acting_person, held):
        raise NotYourPlan
    today = timezone.localdate()
    forces = force.in_force([held.organisation_id]).get(held.organisation_id, [])
    begun = [each.first for each in forces if each.plan.pk == held.pk and each.first <= today]
    if not begun:
        raise PlanNotApproved
    wrong = {}
    if measure not in {each.code for each in read(held.document).measures}:
        wrong["measure"] = "Choose one of the plan's measures."
    if not min(begun).year <= year <= today.year:
        wrong["year"] = f"Choose a year from {min(begun).year} to {today.year}."
    if not -LARGEST < value < LARGEST or value != round(value, 2):
        wrong["value"] = "Give a number below a million, with at most two places after the point."
    if len(note.strip()) > LONGEST_NOTE:
        wrong["note"] = f"Say it in at most {LONGEST_NOTE} characters."
    if wrong:
        raise UnusableFigure("This figure cannot be kept.", fields=wrong)
    before = PlanFigure.objects.filter(plan=held, measure=measure, year=year).first()
    facts = {"value": value, "note": note.strip(), "reported_by": acting_person, "reported_at": timezone.now()}
    figure, _ = PlanFigure.objects.update_or_create(plan=held, measure=measure, year=year, defaults=facts)
    data = {
        "measure": measure,
        "year": year,
        "value": str(value),
        "before": str(before.value) if before else None,
        "note": figure.note,
    }
    record(Event.PLAN_MEASURED, actor=acting_person, subject=f"plan:{held.ref}", data=data)
    return figure
