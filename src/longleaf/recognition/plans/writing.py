"""The verb by which a school unit writes what ledgers heed of its plan, for as long as its application is a draft.

Locks: the application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.journal.recording import record
from longleaf.quality.agencies import applying
from longleaf.quality.status import Judges
from longleaf.recognition import policies
from longleaf.recognition.events import Event
from longleaf.recognition.models import LocalPlan
from longleaf.recognition.plans.document import PlanText, mistakes_in
from longleaf.recognition.plans.errors import NoSuchPlan, PlanChanged, PlansNotForeseen, UnusablePlan

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person
    from longleaf.quality.models import Application


@transaction.atomic
def write(*, application: Application, text: PlanText, revision: int, acting_person: Person) -> LocalPlan:
    """Keep the plan that goes with an application; `revision` is the save on which it was changed, 0 for the first.

    Raises `UnusablePlan` with a sentence for each field, `PlanChanged`, `PlansNotForeseen`, `NoSuchPlan` where the
    application is for something else, and what `quality.agencies.applying.hold` raises.
    """
    held = applying.hold(application, acting_person=acting_person)
    if held.judged_as != Judges.PLAN:
        raise NoSuchPlan
    policy = policies.renewal_policy()
    if policy is None or policy.plans is None:
        raise PlansNotForeseen
    places = dict(schools_of(held.organisation))
    offered = list(catalog.offered().values_list("micro_credential__slug", flat=True))
    wrong: dict[str, str] = {}
    for field, sentence in mistakes_in(text, policy, schools=list(places), offered=offered):
        wrong.setdefault(field, sentence)
    if text.first <= timezone.localdate():
        wrong.setdefault("first", "A plan is approved before it starts; choose a later day.")
    if wrong:
        raise UnusablePlan("The plan cannot be kept like this.", fields=wrong)
    plan = LocalPlan.objects.filter(application=held).first()
    if (plan.revision if plan else 0) != revision:
        raise PlanChanged
    plan = plan or LocalPlan(application=held, organisation=held.organisation, revision=0)
    plan.document, plan.revision = text.as_document(), revision + 1
    plan.written_by, plan.written_at = acting_person, timezone.now()
    plan.save()
    data = {"application": held.ref, "revision": plan.revision, "document": plan.document}
    record(Event.PLAN_WRITTEN, actor=acting_person, subject=f"plan:{plan.ref}", data=data)
    return plan


def schools_of(organisation: Organisation) -> list[tuple[str, str]]:
    """The codes and names of a unit's schools, by name; the unit itself for those who work in its office."""
    return list(directory.with_their_schools([organisation.pk]).order_by("name").values_list("code", "name"))
