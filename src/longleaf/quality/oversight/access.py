"""Who looks after what was recognised: a yes/no and a filter, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.directory.queries import holds, places_where
from longleaf.directory.status import Role
from longleaf.quality.models import Complaint, QualityDecision

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


def may_oversee(person: Person, agency: Organisation) -> bool:
    """Officers of the agency that recognises."""
    return holds(person, Role.STATE_OFFICER, organisation_id=agency.pk)


def decisions_overseen_by(person: Person) -> QuerySet[QualityDecision]:
    """The same rule as `may_oversee`, as a filter on decisions about versions."""
    if not person.is_authenticated:
        return QualityDecision.objects.none()
    agencies = places_where(person, Role.STATE_OFFICER)
    return QualityDecision.objects.filter(decided_by__in=agencies, version__isnull=False)


def may_see_complaint(person: Person, complaint: Complaint) -> bool:
    """Whoever complained, and the officers of the agency. The issuer is told by the agency, and never by whom."""
    return person.is_authenticated and (person.pk == complaint.made_by_id or may_oversee(person, complaint.agency))


def complaints_visible_to(person: Person) -> QuerySet[Complaint]:
    """The same rule as `may_see_complaint`, as a filter."""
    if not person.is_authenticated:
        return Complaint.objects.none()
    return Complaint.objects.filter(Q(made_by=person) | Q(agency__in=places_where(person, Role.STATE_OFFICER)))
