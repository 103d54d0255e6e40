"""What-if reckons with the plan that an educator is under, as the ledger does."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import time_machine
from django.utils import timezone

from longleaf.recognition import ledgers, what_if
from longleaf.recognition.tests.factories import badge


def at(day: Any) -> datetime:
    return datetime.combine(day, time(15), tzinfo=timezone.get_current_timezone())


def test_what_would_be_earned_is_reckoned_under_the_plan(plan, text, approve, licence, educator, version):
    approve(plan)
    slug = version.micro_credential.slug
    with time_machine.travel(at(text.first), tick=False):
        foreseen = what_if.if_earned(educator, [slug], words="", on=text.first).comparison
        badge(educator, version, earned_at=timezone.now())
        after = ledgers.standing_of(educator, on=text.first).ledger
    assert (foreseen.before.total_required, foreseen.after.total_required) == (4, 4)
    assert [len(it.credit_ids) for it in foreseen.after.plans[0].outcomes] == [1]
    assert [len(it.credit_ids) for it in after.plans[0].outcomes] == [1]
