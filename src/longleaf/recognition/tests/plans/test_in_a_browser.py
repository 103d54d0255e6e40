"""Pages of a plan and of a unit's own rules in a real browser: nothing sticks out, and axe finds nothing."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from longleaf.recognition.local_rules import setting
from longleaf.recognition.local_rules.setting import Asked, AskedCap, AskedPart
from longleaf.recognition.plans import reporting
from longleaf.recognition.tests.factories import badge
from longleaf.recognition.tests.plans.test_pages import typed
from tests import front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]


def test_every_page_fits_both_widths_and_is_accessible(
    plan: Any, text: Any, approve: Any, licence: Any, educator: Any, psu_officer: Any, state_officer: Any,
    district: Any, version: Any, client_of: Any, browser: Any,
) -> None:  # fmt: skip
    officer, drawn = client_of(psu_officer), {}
    write = f"/renewal/plans/of/{plan.application.ref}/write/"
    application = f"/quality/applications/{plan.application.ref}/"
    for address in (write, application):
        drawn[address] = officer.get(address).content.decode()
    drawn[f"{write}?wrong"] = officer.post(write, typed(text, title="", **{"measures-0-title": ""})).content.decode()
    approve(plan)
    on = datetime.combine(text.first + timedelta(days=9), time(15), tzinfo=timezone.get_current_timezone())
    with time_machine.travel(on, tick=False):
        badge(educator, version, earned_at=timezone.now())
        facts = {
            "measure": "used",
            "year": text.first.year,
            "note": "112 pieces of work (synthetic)",
        }
        reporting.report(plan=plan, value=Decimal(64), acting_person=psu_officer, **facts)
        asked = Asked(
            parts=(AskedPart("Classroom climate", Decimal(1), "MD-any", ("teacher",)),),
            caps=(AskedCap("clock_hour", Decimal(2)),),
            beforehand=("prize",),
        )
        setting.set_rules(
            organisation=district, asked=asked, reason="Climate comes first here.", acting_person=psu_officer
        )
        shown = f"/renewal/plans/{plan.ref}/"
        for person, addresses in {
            psu_officer: (shown, "/renewal/plans/", "/renewal/local-rules/", "/renewal/values/"),
            educator: ("/renewal/",),
            state_officer: ("/renewal/plans/?state",),
        }.items():
            for address in addresses:
                drawn[address] = client_of(person).get(address).content.decode()
    assert mistakes_on(drawn, browser, pictures="plans") == []
