"""Who may read for a panel, keeps its pool, and tells of themselves: a yes/no and a filter, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.directory.queries import holds, places_where, roles_of
from longleaf.directory.status import Role
from longleaf.panels.instruments import OVERT, rule_of
from longleaf.panels.models import Assignment, Panel, PoolMember
from longleaf.panels.status import AT_WORK, READER_ROLES, SEATED, AssignmentStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_read(person: Person, assignment: Assignment) -> bool:
    """A rater opens their own readings: those under way while an assessor of the pool, finished ones for ever."""
    if not person.is_authenticated or assignment.rater_id != person.pk:
        return False
    if assignment.status == AssignmentStatus.SUBMITTED:
        return True
    return assignment.status in AT_WORK and any(
        holds(person, role, organisation_id=assignment.panel.pool_id) for role in _roles_that_read(assignment)
    )


def assignments_visible_to(person: Person) -> QuerySet[Assignment]:
    """The same rule as `may_read`, as a filter."""
    if not person.is_authenticated:
        return Assignment.objects.none()
    roles = roles_of(person)
    under_way = Q(pk__in=[])
    for role in READER_ROLES:
        if places := [held.organisation_id for held in roles if held.role == role]:
            under_way |= Q(panel__pool__in=places, panel__reader_role=role.value)
    leads = [held.organisation_id for held in roles if held.role == Role.LEAD_ASSESSOR]
    if leads:
        under_way |= Q(panel__pool__in=leads) & (Q(panel__kind__endswith=OVERT) | Q(adjudicates=True))
    return Assignment.objects.filter(
        Q(under_way, status__in=AT_WORK) | Q(status=AssignmentStatus.SUBMITTED), rater=person, status__in=SEATED
    )


def may_be_asked_to_set(person: Person, pool_id: int) -> bool:
    """Assessors and lead assessors of a pool may say what they find in its anchors."""
    return any(holds(person, role, organisation_id=pool_id) for role in (Role.ASSESSOR, Role.LEAD_ASSESSOR))


def _roles_that_read(assignment: Assignment) -> tuple[Role, ...]:
    """Live work is for its readers. A lead assessor reads what checks a reader, and decides what readers differ on."""
    reads = Role(assignment.panel.reader_role)
    both = assignment.adjudicates or assignment.panel.kind.endswith(OVERT)
    return (reads, Role.LEAD_ASSESSOR) if both else (reads,)


def may_talk(person: Person, assignment: Assignment) -> bool:
    """A first reader talks it over with the others while their panel asks for it, and looks back at it afterwards."""
    panel = assignment.panel
    return (
        may_read(person, assignment)
        and panel.talk_until is not None
        and assignment.status == AssignmentStatus.SUBMITTED
        and assignment.seat <= rule_of(panel).readers
    )


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
    return any(holds(person, role) for role in READER_ROLES) or PoolMember.objects.filter(assessor=person.pk).exists()
