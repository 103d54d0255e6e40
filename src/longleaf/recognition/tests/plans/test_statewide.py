"""A whole state at once heeds local plans as each ledger does: before them, while they hold, and when they ended."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.utils import timezone

from longleaf.engines.policy.tests.tallies import tally_in
from longleaf.recognition import ledgers, policies, statewide
from longleaf.recognition.tests.factories import badge
from longleaf.recognition.tests.plans.test_force import at


def test_plans_stand_in_for_hours_as_they_do_in_ledgers(plan, text, approve, licence, educator, version):
    approve(plan)
    with time_machine.travel(at(text.first + timedelta(days=9)), tick=False):
        badge(educator, version, earned_at=timezone.now())
    days = [text.first - timedelta(days=1), text.first, text.until, text.until + timedelta(days=1)]
    required = []
    for day in days:
        [found] = statewide.evaluate_everyone([policies.renewal_policy()], day)
        assert found.tallies[0] == tally_in(ledgers.standing_of(educator, on=day).ledger)
        required.append((found.tallies[0].required, found.tallies[0].plans_met))
    assert required == [(10, True), (4, False), (4, False), (7, True)]
