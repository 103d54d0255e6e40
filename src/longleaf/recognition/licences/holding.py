"""What holders see of their licences, and the verb with which they say that something of it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from longleaf.engines.policy.rules import spoken
from longleaf.recognition.credit_requests import asking
from longleaf.recognition.errors import NoSuchLicence
from longleaf.recognition.models import CreditRequest, Licence
from longleaf.recognition.status import RequestSort

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def licences_held(person: Person) -> Sequence[Licence]:
    """Every licence of somebody in this installation's state, also those that are over, the last to expire first."""
    return list(Licence.objects.filter(person=person, state=settings.STATE).order_by("-expires", "pk"))


def licence_chosen(person: Person, number: int | None, *, on: date) -> Licence | None:
    """The licence of somebody that an address names, for their ledger of a day; None for none that holds then."""
    if number is None:
        return None
    held = (each for each in licences_held(person) if not each.has_ended(on))
    return next((each for each in held if each.pk == number), None)


@transaction.atomic
def say_wrong(*, licence: Licence | None, text: str, acting_person: Person) -> CreditRequest:
    """Send to the office that decides what somebody asks what is wrong with a licence, or that one is missing (None).

    It is a request like any other: it has its clock, an answer with a reason, and an appeal to the state's agency.
    Raises `NoSuchLicence`, `MayNotAsk`, and `UnusableRequest`.
    """
    if licence is not None and licence.person_id != acting_person.pk:
        raise NoSuchLicence
    title = f"My license until {spoken(licence.expires)} is wrong" if licence else "A license of mine is missing"
    request = asking.begin(acting_person=acting_person, sort=RequestSort.OTHER, title=title, statement=text.strip())
    return asking.send(request=request, acting_person=acting_person)
