"""Employers enter licences and other learning; nobody does so for themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from longleaf.directory import enrolling
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.recognition import recording
from longleaf.recognition.errors import NotYoursToRecord, UnusableLicence, UnusableValue
from longleaf.recognition.events import Event
from longleaf.recognition.models import Licence, OtherCredit
from longleaf.recognition.tests.factories import load
from tests import cast


def enter(person: Any, state: Any, acting_person: Any, **changes: Any) -> Licence:
    facts = {"issued": date(2024, 7, 1), "expires": date(2029, 6, 30), "role": "teacher", **changes}
    return recording.enter_licence(
        person=person, state=state, kind="FULL", areas=["literacy"], acting_person=acting_person, **facts
    )


def record(person: Any, acting_person: Any, **changes: Any) -> OtherCredit:
    facts = {"kind": "clock_hour", "amount": Decimal(10), **changes}
    return recording.record_credit(
        person=person, title="A workshop", earned_on=date(2026, 2, 1), acting_person=acting_person, **facts
    )


def test_the_office_enters_a_licence_and_records_learning(educator, state, psu_officer):
    assert enter(educator, state, psu_officer).areas == ["literacy"]
    assert record(educator, psu_officer).recorded_by == psu_officer


def test_the_journal_tells_of_both(educator, state, psu_officer):
    enter(educator, state, psu_officer)
    record(educator, psu_officer, amount=None, kind="prize")
    entered, recorded = JournalLine.objects.filter(subject=f"person:{educator.ref}").order_by("-number")[:2][::-1]
    assert (entered.event, entered.actor_name) == (Event.LICENCE_ENTERED, "Petra Officer")
    assert entered.data == {"kind": "FULL", "role": "teacher", "expires": "2029-06-30"}
    assert recorded.event == Event.CREDIT_RECORDED
    assert recorded.data == {"kind": "prize", "title": "A workshop", "amount": None, "earned_on": "2026-02-01"}


@pytest.mark.parametrize("who", ["themselves", "other_educator", "state_officer", "stranger", "neighbour"])
def test_nobody_else_may(who, request, educator, other_district, state):
    people = {
        "themselves": lambda: educator,
        "neighbour": lambda: cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER)),
    }
    person = people.get(who, lambda: request.getfixturevalue(who))()
    with pytest.raises(NotYoursToRecord):
        record(educator, person)
    assert not OtherCredit.objects.exists()
    if who == "state_officer":
        assert enter(educator, state, person).person == educator
        return
    with pytest.raises(NotYoursToRecord):
        enter(educator, state, person)
    assert not Licence.objects.exists()
    assert not OtherCredit.objects.exists()


def test_an_officer_who_also_teaches_does_not_record_for_themselves(psu_officer, district, state):
    enrolling.give_role(
        person=psu_officer, organisation=district, role=Role.EDUCATOR, acting_person=None, since=cast.SINCE
    )
    with pytest.raises(NotYoursToRecord):
        enter(psu_officer, state, psu_officer)
    with pytest.raises(NotYoursToRecord):
        record(psu_officer, psu_officer)


def test_a_licence_entered_again_is_brought_up_to_date(educator, state, psu_officer):
    enter(educator, state, psu_officer)
    again = enter(educator, state, psu_officer, role="leader", issued=date(2024, 8, 1))
    assert (again.role, again.issued) == ("leader", date(2024, 8, 1))
    assert Licence.objects.count() == 1


def test_a_licence_that_ends_before_it_begins_is_refused_at_its_field(educator, state, psu_officer):
    with pytest.raises(UnusableLicence) as refused:
        enter(educator, state, psu_officer, expires=date(2024, 7, 1))
    assert refused.value.fields == {"expires": "Choose a day after July 1, 2024."}


@pytest.mark.parametrize(("facts", "field"), [({"kind": "unheard-of"}, "kind"), ({"amount": Decimal(0)}, "amount")])
def test_learning_that_the_policy_cannot_count_is_refused_at_its_field(facts, field, educator, state, psu_officer):
    load(state)
    with pytest.raises(UnusableValue) as refused:
        record(educator, psu_officer, **facts)
    assert set(refused.value.fields) == {field}
    assert not OtherCredit.objects.exists()
