"""Who may offer, pay and see rewards: a yes/no and a filter, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.recognition import policies, records
from longleaf.recognition.access import is_state_officer
from longleaf.recognition.models import RewardOffer, RewardPromise
from longleaf.recognition.rewards.status import OVER

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from longleaf.directory.models import Organisation, Person


def payers_of(viewer: Person) -> list[Organisation]:
    """For whom somebody offers rewards and pays them: the school units of an officer, and the agency of the state's."""
    found = list(directory.organisations_where(viewer, Role.PSU_OFFICER).order_by("name"))
    agency = directory.agency()
    return [*found, agency] if agency is not None and is_state_officer(viewer) else found


def may_offer(viewer: Person, payer: Organisation) -> bool:
    if directory.holds(viewer, Role.PSU_OFFICER, organisation_id=payer.pk):
        return True
    agency = directory.agency()
    return agency is not None and payer.pk == agency.pk and is_state_officer(viewer)


def may_pay(viewer: Person, promise: RewardPromise) -> bool:
    """An officer of the payer; nobody pays themselves."""
    return viewer.pk != promise.educator_id and may_offer(viewer, promise.offer.organisation)


def promises_of(viewer: Person) -> QuerySet[RewardPromise]:
    """One's own."""
    return RewardPromise.objects.filter(educator=viewer)


def paid_before(educator: Person) -> QuerySet[RewardPromise]:
    """Somebody's promises that are over and of which a part was paid; their offers are not promised again."""
    return promises_of(educator).filter(status__in=OVER, paid__gt=0)


def offers_for(educator: Person, *, on: date) -> QuerySet[RewardOffer]:
    """The open offers that an educator may have: those of the employer and of the agency, where school and role fit.

    What was paid to them in part and is over is left out.
    """
    employer, agency = directory.employer_of(educator), directory.agency()
    if employer is None:
        return RewardOffer.objects.none()
    payers = [employer.pk, *([agency.pk] if agency else [])]
    return offers_open(on=on).filter(
        Q(schools=None) | Q(schools__in=directory.places_where(educator, Role.EDUCATOR)),
        organisation__in=payers,
        licence_role__in=["", *licence_roles_of(educator, on=on)],
    ).exclude(pk__in=paid_before(educator).values("offer")).distinct()  # fmt: skip


def offers_open(*, on: date) -> QuerySet[RewardOffer]:
    """The offers that may be asked for on a day."""
    return RewardOffer.objects.filter(valid_from__lte=on, valid_until__gte=on, ended_on=None)


def licence_roles_of(educator: Person, *, on: date) -> tuple[str, ...]:
    """The role on the license whose cycle runs on a day and the broader ones of the policy, the narrowest first; none
    where no license holds on that day."""
    licence = records.licence_of(educator, on)
    if licence is None or not licence.issued <= on <= licence.expires:
        return ()
    return records.roles_of(licence, policies.renewal_policy(on))
