"""Who may see a ledger, record a credit, set a value and decide on a request: a yes/no and a filter, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.recognition.models import CreditCertificate, CreditList, CreditRequest, LicenceFile
from longleaf.recognition.status import RequestStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.directory.models import Organisation, Person


def offices_of(viewer: Person) -> QuerySet[Organisation]:
    """The school units of which somebody is a licensure officer, by name. Some work for several."""
    return directory.organisations_where(viewer, Role.PSU_OFFICER).order_by("name")


def office_asked_by(educator: Person) -> Organisation | None:
    """Who decides what somebody asks: the school unit that employs them; the state's agency where none does.

    None for whoever is neither employed nor an educator here, nor holds a licence that is on record.
    """
    if employer := directory.employer_of(educator):
        return employer
    is_known = directory.holds(educator, Role.EDUCATOR) or educator.licences.filter(state=settings.STATE).exists()
    return directory.agency() if is_known else None


def decides_in(viewer: Person, office: Organisation) -> bool:
    """An officer of a school unit; of the agency, an officer of the state."""
    agency = directory.agency()
    if agency is not None and office.pk == agency.pk:
        return is_state_officer(viewer)
    return directory.holds(viewer, Role.PSU_OFFICER, organisation_id=office.pk)


def desks_of(viewer: Person) -> list[Organisation]:
    """The offices in which somebody decides on requests, as `decides_in` says it."""
    return licence_offices_of(viewer)


def may_see_ledger(viewer: Person, educator: Person) -> bool:
    """Educators see their own; licensure officers see those of the educators of their school unit."""
    return viewer.pk == educator.pk or educators_seen_by(viewer).filter(pk=educator.pk).exists()


def educators_seen_by(viewer: Person) -> QuerySet[Person]:
    """The educators whose ledgers a licensure officer may open: those of the unit and of the schools that it runs."""
    return educators_of(directory.places_where(viewer, Role.PSU_OFFICER))


def educators_of(units: Iterable[int]) -> QuerySet[Person]:
    """The educators of school units, by their keys, today: also in the schools that these run."""
    return directory.people_holding(Role.EDUCATOR, organisations=directory.with_their_schools(units))


def may_record_for(viewer: Person, educator: Person) -> bool:
    """Only the employer records, and the state's agency for whoever no unit employs; nobody records for themselves."""
    if viewer.pk == educator.pk:
        return False
    if educators_seen_by(viewer).filter(pk=educator.pk).exists():
        return True
    return is_state_officer(viewer) and directory.employer_of(educator) is None


def may_enter_licence_of(viewer: Person, educator: Person) -> bool:
    """The employer, and the state's agency; nobody enters their own."""
    return viewer.pk != educator.pk and (is_state_officer(viewer) or may_record_for(viewer, educator))


def people_licensed_by(office: Organisation, people: Iterable[Person]) -> frozenset[int]:
    """The keys of those of some people whose licences an office enters: the agency everybody's, a unit its educators'.

    Two queries, whatever their number.
    """
    keys, agency = {each.pk for each in people}, directory.agency()
    if agency is not None and office.pk == agency.pk:
        return frozenset(keys)
    return frozenset(educators_of([office.pk]).filter(pk__in=keys).values_list("pk", flat=True))


def licence_offices_of(viewer: Person) -> list[Organisation]:
    """The offices for which somebody hands in licences: the state's agency first, then the school units."""
    agency = directory.agency()
    state = [agency] if agency is not None and is_state_officer(viewer) else []
    return [*state, *offices_of(viewer)]


def may_hand_in_licences(viewer: Person, office: Organisation) -> bool:
    return office.pk in {each.pk for each in licence_offices_of(viewer)}


def licence_files_of(viewer: Person) -> QuerySet[LicenceFile]:
    """The files of the offices for which somebody hands in licences."""
    return LicenceFile.objects.filter(office__in=[each.pk for each in licence_offices_of(viewer)])


def may_set_values(viewer: Person, organisation: Organisation) -> bool:
    return directory.holds(viewer, Role.PSU_OFFICER, organisation_id=organisation.pk)


def organisations_valued_by(viewer: Person) -> QuerySet[Organisation]:
    """The school units for which somebody may say what a micro-credential is worth, and what is adopted."""
    return offices_of(viewer)


def may_decide(viewer: Person, request: CreditRequest) -> bool:
    """An officer of the office that was asked; nobody decides on their own."""
    return may_grant(viewer, request.educator, request.office)


def may_grant(viewer: Person, educator: Person, office: Organisation) -> bool:
    """An officer of the office that an educator asked something, also when it is not their office any more."""
    return viewer.pk != educator.pk and decides_in(viewer, office)


def requests_decided_by(viewer: Person) -> QuerySet[CreditRequest]:
    """What `may_decide` says yes to and was sent, decided since or not."""
    offices = [each.pk for each in desks_of(viewer)]
    found = CreditRequest.objects.filter(office__in=offices, sent_at__isnull=False)
    return found.exclude(educator=viewer)


def may_rule(viewer: Person, request: CreditRequest) -> bool:
    """A state officer of the agency, who neither asked nor decided."""
    return is_state_officer(viewer) and viewer.pk not in {request.educator_id, request.decided_by_id}


def requests_ruled_by(viewer: Person) -> QuerySet[CreditRequest]:
    """What `may_rule` says yes to and was appealed."""
    if not is_state_officer(viewer):
        return CreditRequest.objects.none()
    appealed = CreditRequest.objects.filter(
        status__in=[RequestStatus.APPEALED, RequestStatus.GRANTED, RequestStatus.UPHELD]
    )
    return appealed.exclude(educator=viewer).exclude(decided_by=viewer)


def requests_seen_by(viewer: Person) -> QuerySet[CreditRequest]:
    """One's own, and what one may decide or rule on."""
    own = CreditRequest.objects.filter(educator=viewer)
    return own | requests_decided_by(viewer) | requests_ruled_by(viewer)


def is_state_officer(viewer: Person) -> bool:
    agency = directory.agency()
    return agency is not None and directory.holds(viewer, Role.STATE_OFFICER, organisation_id=agency.pk)


def may_hand_in_list(viewer: Person, office: Organisation) -> bool:
    return directory.holds(viewer, Role.PSU_OFFICER, organisation_id=office.pk)


def lists_of(viewer: Person) -> QuerySet[CreditList]:
    """The lists of the school units of which somebody is an officer."""
    return CreditList.objects.filter(office__in=directory.places_where(viewer, Role.PSU_OFFICER))


def certificates_of(viewer: Person) -> QuerySet[CreditCertificate]:
    """One's own; whoever has the reference of another's may verify it, which is a page of its own."""
    return CreditCertificate.objects.filter(person=viewer)
