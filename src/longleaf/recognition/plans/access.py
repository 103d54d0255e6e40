"""Who may see a plan, and report how it goes: a yes/no and a filter. Who may write it is for `quality` to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.quality.queries import RECOGNISES
from longleaf.recognition.access import is_state_officer
from longleaf.recognition.models import LocalPlan

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_report(viewer: Person, plan: LocalPlan) -> bool:
    """Officers of the school unit whose plan it is."""
    return directory.holds(viewer, Role.PSU_OFFICER, organisation_id=plan.organisation_id)


def plans_seen_by(viewer: Person) -> QuerySet[LocalPlan]:
    """Those of one's own unit; to a state officer all that were handed in; to others what was approved ever."""
    own = Q(organisation__in=directory.places_where(viewer, Role.PSU_OFFICER))
    approved = Q(application__reviews__decision__outcome__in=RECOGNISES)
    handed_in = Q(application__submitted_at__isnull=False) if is_state_officer(viewer) else Q(pk__in=())
    seen = LocalPlan.objects.filter(own | approved | handed_in)
    return LocalPlan.objects.filter(pk__in=seen.values("pk"))
