"""The verbs of employers on an educator's record: enter a licence, record other professional learning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.journal import recording as journal
from longleaf.recognition import access, policies
from longleaf.recognition.errors import NotYoursToRecord, UnusableLicence, UnusableValue
from longleaf.recognition.events import Event
from longleaf.recognition.models import Licence, OtherCredit

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State

NOT_YOURS = "Only the licensure office of the educator's own school unit records this."


@transaction.atomic
def enter_licence(
    *,
    person: Person,
    state: State,
    kind: str,
    role: str,
    areas: Sequence[str],
    issued: date,
    expires: date,
    acting_person: Person | None,
) -> Licence:
    """Enter a licence, or bring the one of the same kind and expiry up to date. No number is asked for.

    `acting_person` None means that the system itself enters it, for instance from a roster.
    """
    _require_office(acting_person, person)
    if expires <= issued:
        raise UnusableLicence(
            "The license runs out before it begins.", fields={"expires": f"Choose a day after {issued:%B %-d, %Y}."}
        )
    licence, _ = Licence.objects.update_or_create(
        person=person,
        state=state,
        kind=kind,
        expires=expires,
        defaults={"role": role, "areas": list(areas), "issued": issued},
    )
    data = {"kind": kind, "role": role, "expires": expires.isoformat()}
    journal.record(Event.LICENCE_ENTERED, actor=acting_person, subject=f"person:{person.ref}", data=data)
    return licence


@transaction.atomic
def record_credit(
    *,
    person: Person,
    kind: str,
    title: str,
    amount: Decimal | None,
    earned_on: date,
    acting_person: Person | None,
    alignments: Sequence[str] = (),
    topics: Sequence[str] = (),
    categories_claimed: Sequence[str] = (),
) -> OtherCredit:
    """Record professional learning that is not a badge of ours. `kind` is one that the policy knows."""
    _require_office(acting_person, person)
    policy = policies.renewal_policy()
    if policy and policy.kind(kind) is None:
        raise UnusableValue(f"The policy knows no kind of credit called {kind}.", fields={"kind": "Choose one listed."})
    if amount is not None and amount <= 0:
        raise UnusableValue("An amount is more than 0.", fields={"amount": "Give the number of hours or credits."})
    credit = OtherCredit.objects.create(
        person=person,
        kind=kind,
        title=title,
        amount=amount,
        earned_on=earned_on,
        alignments=list(alignments),
        topics=list(topics),
        categories_claimed=list(categories_claimed),
        recorded_by=acting_person,
    )
    data = {
        "kind": kind,
        "title": title,
        "amount": str(amount) if amount is not None else None,
        "earned_on": earned_on.isoformat(),
    }
    journal.record(Event.CREDIT_RECORDED, actor=acting_person, subject=f"person:{person.ref}", data=data)
    return credit


def _require_office(acting_person: Person | None, educator: Person) -> None:
    if acting_person is not None and not access.may_record_for(acting_person, educator):
        raise NotYoursToRecord(NOT_YOURS)
