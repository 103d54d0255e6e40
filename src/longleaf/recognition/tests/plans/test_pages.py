"""A plan on its pages: an officer writes it, the state approves it, a ledger tells of it, figures follow."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.recognition.models import LocalPlan
from longleaf.recognition.plans import reporting
from longleaf.recognition.plans.errors import NotYourPlan, PlanNotApproved
from tests import cast


def typed(text, **changes):
    return {
        "revision": "0", "title": text.title, "first": text.first.isoformat(), "until": text.until.isoformat(),
        "roles": ["teacher"], "sets_aside": ["free"],
        "outcomes-TOTAL_FORMS": "2", "outcomes-INITIAL_FORMS": "0",
        "outcomes-0-title": "Feedback that is used", "outcomes-0-at_least": "2",
        "outcomes-0-accepts": "feedback THAT moves learning",
        "measures-TOTAL_FORMS": "1", "measures-INITIAL_FORMS": "0",
        "measures-0-title": "Feedback used", "measures-0-target": "80", "measures-0-unit": "%",
        **changes,
    }  # fmt: skip


def in_force(plan_text):
    day = datetime.combine(plan_text.first + timedelta(days=5), time(15), tzinfo=timezone.get_current_timezone())
    return time_machine.travel(day, tick=False)


def test_from_the_form_to_the_ledger_and_the_figures(
    application, text, approve, licence, psu_officer, educator, state_officer, client_of, version
):
    officer = client_of(psu_officer)
    assert "Write it down" in officer.get(reverse("applications:application", args=[application.ref])).content.decode()
    address = f"/renewal/plans/of/{application.ref}/write/"
    assert "Requirements that it sets aside" in officer.get(address).content.decode()
    assert officer.post(address, typed(text)).status_code == 302
    plan = LocalPlan.objects.get()
    assert plan.document["outcomes"][0]["accepts"] == [version.micro_credential.slug]
    page = officer.get(address).content.decode()
    assert "at least 2 of Feedback that moves learning (synthetic)." in page
    assert "Measured by: Feedback used; target: 80 %." in page
    assert client_of(educator).get(f"/renewal/plans/{plan.ref}/").status_code == 404
    approve(plan)
    with in_force(text):
        told = client_of(educator).get("/renewal/").content.decode()
        assert "Renewal plan of Rivertown Schools" in told
        assert "Approved by Meadow Department of Learning on" in told
        assert "6 credits of Free choice" in told
        shown = f"/renewal/plans/{plan.ref}/"
        assert "In force" in client_of(educator).get(shown).content.decode()
        figure = {
            "measure": plan.document["measures"][0]["code"],
            "year": text.first.year,
            "value": "64",
            "note": "112",
        }
        assert officer.post(shown, figure).status_code == 302
        listed = client_of(state_officer).get("/renewal/plans/").content.decode()
        assert "Rivertown learns" in listed
        assert str(text.first.year) in listed
        assert "64 %" in client_of(state_officer).get(shown).content.decode()
        with pytest.raises(NotYourPlan):
            reporting.report(
                plan=plan, measure=figure["measure"], year=figure["year"], value=1, acting_person=state_officer
            )


def test_nothing_typed_is_lost_on_a_mistake(application, text, psu_officer, client_of):
    address = f"/renewal/plans/of/{application.ref}/write/"
    answer = client_of(psu_officer).post(address, typed(text, **{"outcomes-0-accepts": "Something invented"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No micro-credential that is offered is called Something invented." in page
    assert 'value="Rivertown learns"' in page
    assert ">\nSomething invented</textarea>" in page
    client_of(psu_officer).post(address, typed(text))
    late = client_of(psu_officer).post(address, typed(text, title="Mine"))
    assert late.status_code == 409
    assert 'value="Mine"' in late.content.decode()


def test_what_never_came_into_force_is_not_measured(plan, psu_officer, text):
    with pytest.raises(PlanNotApproved):
        reporting.report(plan=plan, measure="used", year=text.first.year, value=1, acting_person=psu_officer)


def test_a_list_of_many_asks_no_more_than_one_of_two(plan, text, psu_officer, application, client_of, stage):
    from longleaf.quality.models import Application

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client_of(psu_officer).get("/renewal/plans/").status_code == 200
        return len(found)

    def more(number):
        for _ in range(number):
            other = Application.objects.create(
                organisation=application.organisation, instrument=application.instrument, judged_as="plan",
                status="given_up", begun_by=psu_officer,
            )  # fmt: skip
            LocalPlan.objects.create(
                application=other, organisation=application.organisation, document=plan.document,
                written_by=psu_officer, written_at=timezone.now(),
            )  # fmt: skip

    more(1)
    two = asked()
    more(18)
    assert asked() == two


@pytest.mark.parametrize("who", ["educator", "stranger"])
def test_a_draft_is_nobody_elses(who, plan, request, client_of):
    person = request.getfixturevalue(who) if who == "stranger" else cast.make_person("Nora Neighbour")
    assert client_of(person).get(f"/renewal/plans/{plan.ref}/").status_code == 404
    assert client_of(person).get(f"/renewal/plans/of/{plan.application.ref}/write/").status_code == 404
