"""Rewards of the demonstration: money, an offer, and what of it is paid by the time somebody looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.catalog import queries as catalog
from longleaf.recognition.rewards import funding, offering, paying, queries, settling

if TYPE_CHECKING:
    from longleaf.demo.script import Reward
    from longleaf.directory import models as directory_models


def offer(
    rewards: Iterable[Reward],
    people: Mapping[str, directory_models.Person],
    organisations: Mapping[str, directory_models.Organisation],
) -> None:
    """Enter the money and make the offers, before anybody starts."""
    today = timezone.localdate()
    for told in rewards:
        payer, officer = organisations[told.organisation], people[told.by]
        source = None
        if told.money is not None:
            source = funding.set_funding(organisation=payer, acting_person=officer, **told.money.model_dump())
        offering.offer(
            organisation=payer,
            wording=offering.Wording(
                kind=told.kind,
                title=told.title,
                amount=told.amount,
                what=told.what,
                needed=told.needed,
                conditions=told.conditions,
                cap=told.cap,
                valid_from=today,
                valid_until=today + timedelta(days=told.open_days),
                earn_by=today + timedelta(days=told.days_to_earn),
            ),
            among=offering.Among([catalog.bare_version(each).micro_credential for each in told.micro_credentials]),
            funding=source,
            acting_person=officer,
        )


def pay(
    rewards: Iterable[Reward],
    people: Mapping[str, directory_models.Person],
    organisations: Mapping[str, directory_models.Organisation],
) -> None:
    """Mark as paid what those have earned who are named."""
    settling.see_what_is_earned()
    for told in rewards:
        named = {people[key].pk for key in told.paid}
        due = [each for each in queries.due_of(organisations[told.organisation]) if each.educator_id in named]
        paying.pay_several(
            promises=[each for each in due if each.terms["title"] == told.title],
            paid_on=timezone.localdate(),
            reference="Demonstration payroll",
            acting_person=people[told.by],
        )
