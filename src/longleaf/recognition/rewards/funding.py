"""The verb on money: say how much of it there is. More money goes to the waiting list at once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.journal.recording import record
from longleaf.recognition.models import FundingSource
from longleaf.recognition.rewards import access, money
from longleaf.recognition.rewards.errors import NotYourBudget, UnusableFunding
from longleaf.recognition.rewards.events import Event
from longleaf.recognition.rewards.lining_up import advance
from longleaf.recognition.rewards.status import FundingKind

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@transaction.atomic
def set_funding(
    *, organisation: Organisation, name: str, kind: str, fiscal_year: str, budget: Decimal, acting_person: Person
) -> FundingSource:
    """Enter a funding source, or set the budget of the one with this name and fiscal year.

    Raises `NotYourBudget`, and `UnusableFunding` also for a budget below what is committed already.
    """
    if not access.may_offer(acting_person, organisation):
        raise NotYourBudget("Budgets are set by officers of the school unit, and for the state by its agency’s.")
    named = (" ".join(name.split()), fiscal_year.strip())
    found = FundingSource.objects.select_for_update().filter(
        organisation=organisation, name=named[0], fiscal_year=named[1]
    ).first()  # fmt: skip
    _require_sound(named, kind, budget, committed=found.committed if found else Decimal(0))
    if found is None:
        found = FundingSource(organisation=organisation, name=named[0], fiscal_year=named[1])
    found.kind, found.budget = kind, budget
    found.save()
    data = {"name": found.name, "fiscal_year": found.fiscal_year, "kind": kind, "budget": str(budget)}
    record(Event.FUNDING_SET, actor=acting_person, subject=f"organisation:{organisation.code}", data=data)
    advance(funding=found, acting_person=acting_person)
    return found


def _require_sound(named: tuple[str, str], kind: str, budget: Decimal, *, committed: Decimal) -> None:
    fields = {}
    if not named[0]:
        fields["name"] = "Name the money as your budget does, such as Title II, Part A."
    if not named[1]:
        fields["fiscal_year"] = "Say for which fiscal year, such as 2026-27."
    if kind not in FundingKind.values:
        fields["kind"] = "Choose one that is listed."
    if not money.is_sound(budget, most=money.MOST_BUDGET):
        fields["budget"] = "Give an amount in dollars, such as 5000."
    elif budget < committed:
        fields["budget"] = f"{money.dollars(committed)} is promised or paid already; the budget cannot be less."
    if fields:
        raise UnusableFunding("This budget cannot be used.", fields=fields)
