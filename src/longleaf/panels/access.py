"""Who may read for a panel, keeps its pool, and tells of themselves: a yes/no and a filter, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.directory.queries import holds, places_where
from longleaf.directory.status import Role
from longleaf.panels.models import Assignment, Panel, PoolMember
from longleaf.panels.status import AT_WORK, SEATED, AssignmentStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_read(person: Person, assignment: Assignment) -> bool:
    """A rater opens their own readings: those under way while an assessor of the pool, finished ones for ever."""
    if not person.is_authenticated or assignment.rater_id != person.pk:
        return False
    if assignment.status == AssignmentStatus.SUBMITTED:
        return True
    return assignment.status in AT_WORK and holds(person, Role.ASSESSOR, organisation_id=assignment.panel.pool_id)


def assignments_visible_to(person: Person) -> QuerySet[Assignment]:
    """The same rule as `may_read`, as a filter."""
    if not person.is_authenticated:
        return Assignment.objects.none()
    pools = places_where(person, Role.ASSESSOR)
    under_way = Q(status__in=AT_WORK, panel__pool__in=pools)
    return Assignment.objects.filter(under_way | Q(status=AssignmentStatus.SUBMITTED), rater=person, status__in=SEATED)


def may_lead(person: Person, panel: Panel) -> bool:
    """A lead assessor keeps the panels of their own organisation moving."""
    return holds(person, Role.LEAD_ASSESSOR, organisation_id=panel.pool_id)


def panels_led_by(person: Person) -> QuerySet[Panel]:
    """The same rule as `may_lead`, as a filter."""
    if not person.is_authenticated:
        return Panel.objects.none()
    return Panel.objects.filter(pool__in=places_where(person, Role.LEAD_ASSESSOR))


def may_lead_pool(person: Person, pool_id: int) -> bool:
    """A lead assessor looks after the pool of their own organisation."""
    return holds(person, Role.LEAD_ASSESSOR, organisation_id=pool_id)


def members_led_by(person: Person) -> QuerySet[PoolMember]:
    """The same rule as `may_lead_pool`, as a filter on members."""
    if not person.is_authenticated:
        return PoolMember.objects.none()
    return PoolMember.objects.filter(pool__in=places_where(person, Role.LEAD_ASSESSOR))


def may_tell(person: Person) -> bool:
    """Whether somebody reads, read, or is asked to: whoever belongs to a pool in any way keeps what is told of them."""
    if not person.is_authenticated:
        return False
    return holds(person, Role.ASSESSOR) or PoolMember.objects.filter(assessor=person.pk).exists()
