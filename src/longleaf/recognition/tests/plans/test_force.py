"""A ledger heeds a plan before, in and after the time in which the state lets it, and only for those it covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from longleaf.directory import enrolling
from longleaf.journal.models import JournalLine
from longleaf.quality.agencies import submitting
from longleaf.quality.errors import ApplicationNotDraft, IncompleteApplication, NoSuchApplication
from longleaf.quality.oversight import suspending
from longleaf.quality.oversight.suspending import AsWhat
from longleaf.quality.status import Judges
from longleaf.quality.tests.agencies import stage
from longleaf.recognition import ledgers
from longleaf.recognition.plans import writing
from longleaf.recognition.plans.errors import PlanChanged, UnusablePlan
from longleaf.recognition.tests.factories import badge


def ledger_of(person: Any, day: Any) -> Any:
    standing = ledgers.standing_of(person, on=day)
    assert standing.problem == ""
    return standing.ledger


def at(day: Any) -> datetime:
    return datetime.combine(day, time(15), tzinfo=timezone.get_current_timezone())


def test_hours_give_way_from_the_first_day_on_and_only_with_the_decision(plan, text, approve, licence, educator):
    assert ledger_of(educator, text.first).total_required == 10
    approve(plan)
    assert ledger_of(educator, text.first - timedelta(days=1)).total_required == 10
    found = ledger_of(educator, text.first)
    [line] = found.plans
    assert (found.total_required, line.met, line.plan.set_by) == (4, False, "Rivertown Schools")
    assert line.plan.reviewed_by == "Meadow Department of Learning"
    assert "The plan “Rivertown learns” still asks for 2 more: Feedback that is used." in found.missing


def test_what_was_earned_under_it_stays_counted_when_it_ends(plan, text, approve, licence, educator, version):
    approve(plan)
    with time_machine.travel(at(text.first + timedelta(days=9)), tick=False):
        badge(educator, version, earned_at=timezone.now())
    [line] = ledger_of(educator, text.until).plans
    assert [len(each.credit_ids) for each in line.outcomes] == [1]
    over = ledger_of(educator, text.until + timedelta(days=1))
    # Half of the two pieces were shown, so half of the six credits stay set aside.
    assert (over.plans[0].ended, over.total_required) == (True, 7)


def test_a_suspension_ends_it_and_its_lifting_brings_it_back(
    plan, text, approve, licence, educator, district, agency, state_officer
):
    approve(plan)
    facts = {"subject": AsWhat(district, Judges.PLAN), "agency": agency, "reason": "No figures."}
    with time_machine.travel(at(text.first + timedelta(days=10)), tick=False):
        suspending.suspend(acting_person=state_officer, **facts)
    with time_machine.travel(at(text.first + timedelta(days=20)), tick=False):
        suspending.lift(acting_person=state_officer, **facts)
    days = [text.first + timedelta(days=days) for days in (9, 10, 19, 20)]
    assert [ledger_of(educator, day).total_required for day in days] == [4, 10, 10, 4]


@pytest.mark.parametrize("covered", [{"roles": ("leader",)}, {"schools": ("D1",)}])
def test_it_is_heeded_for_those_it_covers_only(covered, application, text, approve, psu_officer, licence, educator):
    plan = writing.write(application=application, text=replace(text, **covered), revision=0, acting_person=psu_officer)
    approve(plan)
    assert bool(ledger_of(educator, text.first).plans) == ("schools" in covered)


def test_whoever_leaves_the_unit_is_under_it_no_more(plan, text, approve, licence, educator):
    approve(plan)
    last = text.first + timedelta(days=30)
    enrolling.end_role(held=educator.roles.get(), acting_person=None, until=last)
    assert [ledger_of(educator, day).total_required for day in (last, last + timedelta(days=1))] == [4, 10]


def test_the_plan_is_handed_in_with_its_application_and_stands_from_then_on(
    application, text, psu_officer, reviewers, foreseen
):
    stage.show(application, psu_officer)
    with pytest.raises(IncompleteApplication) as refused:
        submitting.submit(application=application, acting_person=psu_officer)
    assert set(refused.value.fields) == {"beside"}
    plan = writing.write(application=application, text=text, revision=0, acting_person=psu_officer)
    review = submitting.submit(application=application, acting_person=psu_officer)
    [told] = [each for each in review.design.document["showings"] if each["code"] == plan.ref]
    assert "It sets aside: Free choice." in told["text"]
    assert "at least 2 of Feedback that moves learning (synthetic)." in told["text"]
    with pytest.raises(ApplicationNotDraft):
        writing.write(application=application, text=text, revision=1, acting_person=psu_officer)


def test_only_officers_of_the_unit_write_it_and_each_save_on_what_was_there(
    application, text, psu_officer, educator, state_officer, plan
):
    for person in (educator, state_officer):
        with pytest.raises(NoSuchApplication):
            writing.write(application=application, text=text, revision=1, acting_person=person)
    with pytest.raises(PlanChanged):
        writing.write(application=application, text=text, revision=0, acting_person=psu_officer)
    assert JournalLine.objects.filter(event="recognition:plan:written").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sets_aside": ("growth",)}, "sets_aside"),
        ({"sets_aside": ()}, "sets_aside"),
        ({"schools": ("D2",)}, "schools"),
        ({"roles": ("pilot",)}, "roles"),
        ({"outcomes": ()}, "outcomes"),
        ({"measures": ()}, "measures"),
        ({"first": timezone.localdate()}, "first"),
    ],
)
def test_what_cannot_be_a_plan_is_named_at_its_field(changes, field, application, text, psu_officer):
    with pytest.raises(UnusablePlan) as refused:
        writing.write(application=application, text=replace(text, **changes), revision=0, acting_person=psu_officer)
    assert set(refused.value.fields) == {field}


def test_many_ledgers_ask_no_more_than_one(
    plan, text, approve, licence, educator, other_educator, state, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    approve(plan)
    with CaptureQueriesContext(connection) as one:
        ledgers.standings_of([educator.pk], on=text.first)
    with django_assert_num_queries(len(one)):
        ledgers.standings_of([educator.pk, other_educator.pk], on=text.first)
