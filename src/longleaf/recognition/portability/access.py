"""Who may bring a badge, see one, decide on one and remember what was decided: a yes/no and a filter, side by side.

A recognizer is an officer for professional learning and licensure of the educator's own school unit, or an officer of
the state's agency. Nobody decides on a badge of their own, and whoever refused one does not decide on it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.recognition import access
from longleaf.recognition.models import ImportDecision, ImportedBadge, Precedent
from longleaf.recognition.portability.status import SHOWN_TO_RECOGNIZERS, TO_DECIDE, Ruling

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

RECOGNIZERS = (Role.PSU_OFFICER, Role.STATE_OFFICER)


def may_bring(person: Person) -> bool:
    """Educators bring badges."""
    return directory.holds(person, Role.EDUCATOR)


def imports_of(person: Person) -> QuerySet[ImportedBadge]:
    """What somebody brought themselves, whatever became of it."""
    return ImportedBadge.objects.filter(person_id=person.pk)


def may_recognize(person: Person) -> bool:
    """Whether somebody is a recognizer at all."""
    return any(directory.holds(person, role) for role in RECOGNIZERS)


def imports_seen_by(viewer: Person) -> QuerySet[ImportedBadge]:
    """What a recognizer is shown: badges that were sent, of the educators of the school unit or of everybody."""
    if not may_recognize(viewer):
        return ImportedBadge.objects.none()
    sent = ImportedBadge.objects.filter(status__in=SHOWN_TO_RECOGNIZERS, sent_at__isnull=False)
    others = sent.exclude(person_id=viewer.pk)
    if directory.holds(viewer, Role.STATE_OFFICER):
        return others
    return others.filter(person__in=access.educators_seen_by(viewer))


def imports_to_decide_by(viewer: Person) -> QuerySet[ImportedBadge]:
    """The filter beside `may_decide`."""
    refused = ImportDecision.objects.filter(ruling=Ruling.REFUSED, decided_by_id=viewer.pk)
    return imports_seen_by(viewer).filter(status__in=TO_DECIDE).exclude(pk__in=refused.values("imported"))


def may_decide(viewer: Person, imported: ImportedBadge) -> bool:
    return imports_to_decide_by(viewer).filter(pk=imported.pk).exists()


def decides_for(viewer: Person, imported: ImportedBadge) -> Organisation | None:
    """The organisation in whose name a recognizer decides: the educator's school unit, else the agency."""
    employer = directory.employer_of(imported.person)
    if employer and directory.holds(viewer, Role.PSU_OFFICER, organisation_id=employer.pk):
        return employer
    if directory.holds(viewer, Role.STATE_OFFICER):
        return directory.agency()
    # Educators of a school are seen by the officers of that school, too.
    return directory.organisations_where(viewer, Role.PSU_OFFICER).order_by("name").first()


def may_set_precedent(viewer: Person, organisation: Organisation) -> bool:
    return any(directory.holds(viewer, role, organisation_id=organisation.pk) for role in RECOGNIZERS)


def precedents_seen_by(viewer: Person) -> QuerySet[Precedent]:
    """The precedents of one's own organisations, and those of the agency, which hold for every school unit."""
    agency = directory.agency()
    own = directory.places_where(viewer, *RECOGNIZERS)
    return (
        Precedent.objects.filter(Q(organisation__in=own) | Q(organisation=agency)) if own else Precedent.objects.none()
    )


def recognizers_of(person: Person) -> QuerySet[Person]:
    """Who is asked first about somebody's badge: the officers of their school unit; without any, those of the state."""
    employer = directory.employer_of(person)
    if employer:
        officers = directory.people_with(Role.PSU_OFFICER, organisation_id=employer.pk).exclude(pk=person.pk)
        if officers.exists():
            return officers
    agency = directory.agency()
    found = directory.people_with(Role.STATE_OFFICER, organisation_id=agency.pk if agency else 0)
    return found.exclude(pk=person.pk)
