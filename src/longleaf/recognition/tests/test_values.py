"""What a school unit gives for micro-credentials: dated, with a reason, and never changed backwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.recognition import ledgers, records, valuing
from longleaf.recognition.errors import NotYoursToRecord, UnusableValue
from longleaf.recognition.events import Event
from longleaf.recognition.models import LocalValue
from longleaf.recognition.tests.factories import badge, license_for, load, worth_each
from tests import cast

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def value_on(district: Any, day: date, version: Any) -> Decimal | None:
    found = records.values_of(district).on(day, micro_credential_id=version.micro_credential_id)
    return found.credits if found else None


def test_it_holds_from_its_day_on(district, psu_officer, version):
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=JULY)
    assert value_on(district, JULY - timedelta(days=1), version) is None
    assert value_on(district, JULY, version) == 2
    assert value_on(district, date(2090, 1, 1), version) == 2


def test_it_holds_from_today_unless_told(district, psu_officer, today):
    value = valuing.set_value(
        organisation=district, acting_person=psu_officer, reason="As ever", credits=Decimal(1), valid_from=None
    )
    assert (value.valid_from, value.valid_until) == (today, None)


def test_a_new_value_ends_the_one_before_on_the_day_before(district, psu_officer, version, today):
    first = worth_each(district, psu_officer, credits=Decimal(2), valid_from=JANUARY)
    worth_each(district, psu_officer, credits=Decimal(3), valid_from=today)
    first.refresh_from_db()
    assert first.valid_until == today - timedelta(days=1)
    assert value_on(district, today - timedelta(days=1), version) == 2
    assert value_on(district, today, version) == 3


def test_what_was_earned_under_an_earlier_value_keeps_it(district, psu_officer, educator, version, state, today):
    load(state)
    license_for(educator, state)
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=JANUARY)
    badge(educator, version, earned_at=datetime(2026, 3, 4, 15, tzinfo=UTC))
    worth_each(district, psu_officer, credits=Decimal(1), valid_from=today)
    badge(educator, version, earned_at=timezone.now())
    counted = [line.counted for line in ledgers.standing_of(educator, on=today).ledger.lines]
    assert counted == [2, 1]


def test_a_value_cannot_be_changed_for_what_was_already_earned(district, psu_officer, version, today):
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=JANUARY)
    with pytest.raises(UnusableValue) as refused:
        worth_each(district, psu_officer, credits=Decimal(1), valid_from=JULY)
    assert "keeps it" in refused.value.fields["valid_from"]
    with pytest.raises(UnusableValue):
        worth_each(district, psu_officer, credits=Decimal(1), valid_from=date(2025, 1, 1))
    assert value_on(district, JULY, version) == 2
    assert LocalValue.objects.count() == 1


def test_nor_by_a_value_of_its_own_where_the_general_rule_gave_one(district, psu_officer, version):
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=JANUARY)
    with pytest.raises(UnusableValue):
        worth_each(
            district, psu_officer, micro_credential=version.micro_credential, credits=Decimal(1), valid_from=JULY
        )


def test_the_first_value_may_reach_back(district, other_district, psu_officer, version):
    neighbour = cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
    worth_each(other_district, neighbour, credits=Decimal(9), valid_from=JANUARY)
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=date(2022, 7, 1))
    assert value_on(district, JANUARY, version) == 2


def test_a_value_set_today_may_be_mended_today(district, psu_officer, version, today):
    worth_each(district, psu_officer, credits=Decimal(20), valid_from=today)
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=today)
    assert value_on(district, today, version) == 2
    assert LocalValue.objects.count() == 1
    assert JournalLine.objects.filter(event=Event.VALUE_SET).count() == 2


def test_a_value_set_for_a_later_day_stays_when_one_begins_sooner(district, psu_officer, version, today):
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=JANUARY)
    worth_each(district, psu_officer, credits=Decimal(5), valid_from=today + timedelta(days=60))
    worth_each(district, psu_officer, credits=Decimal(3), valid_from=today)
    spans = LocalValue.objects.order_by("valid_from").values_list("credits", "valid_from", "valid_until")
    assert list(spans) == [
        (2, JANUARY, today - timedelta(days=1)),
        (3, today, today + timedelta(days=59)),
        (5, today + timedelta(days=60), None),
    ]
    assert value_on(district, today + timedelta(days=90), version) == 5


def test_a_value_set_for_a_later_day_may_be_mended(district, psu_officer, version, today):
    later = today + timedelta(days=60)
    for credits in (5, 4):
        worth_each(district, psu_officer, credits=Decimal(credits), valid_from=later)
    assert value_on(district, later, version) == 4
    assert LocalValue.objects.count() == 1


def test_a_value_of_its_own_comes_before_the_general_rule(district, psu_officer, version, state, issuer, today):
    other = cast.publish(state, issuer, cast.make_document("another"), [])
    worth_each(district, psu_officer, micro_credential=version.micro_credential, credits=Decimal(4), valid_from=JANUARY)
    worth_each(district, psu_officer, credits=Decimal(1), valid_from=today)
    assert value_on(district, today, version) == 4
    assert value_on(district, today, other) == 1
    assert value_on(district, JULY, other) is None


def test_a_general_rule_does_not_end_a_value_of_its_own(district, psu_officer, version, today):
    own = worth_each(
        district, psu_officer, micro_credential=version.micro_credential, credits=Decimal(4), valid_from=JANUARY
    )
    worth_each(district, psu_officer, credits=Decimal(1), valid_from=today)
    own.refresh_from_db()
    assert own.valid_until is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "credits"),
        ({"credits": Decimal(1), "credits_per_effort_hour": Decimal("0.1")}, "credits"),
        ({"credits": Decimal(-1)}, "credits"),
        ({"credits": Decimal("20.01")}, "credits"),
        ({"credits_per_effort_hour": Decimal(21)}, "credits"),
        ({"credits": Decimal("1.234")}, "credits"),
        ({"credits_per_effort_hour": Decimal("0.12345")}, "credits"),
        ({"credits": Decimal(1), "reason": "  "}, "reason"),
    ],
)
def test_an_unusable_value_is_refused_at_its_field(facts, field, district, psu_officer):
    with pytest.raises(UnusableValue) as refused:
        worth_each(district, psu_officer, **facts)
    assert set(refused.value.fields) == {field}
    assert not LocalValue.objects.exists()
    assert not JournalLine.objects.filter(event=Event.VALUE_SET).exists()


def test_what_is_stored_is_what_was_given(district, psu_officer):
    fixed = worth_each(district, psu_officer, credits=Decimal("1.25"))
    fixed.refresh_from_db()
    assert (fixed.credits, fixed.credits_per_effort_hour) == (Decimal("1.25"), None)


def test_the_database_keeps_that_a_value_is_of_one_sort(district):
    with pytest.raises(IntegrityError, match="local_value_is_fixed_or_by_effort"), transaction.atomic():
        LocalValue.objects.create(organisation=district, valid_from=JANUARY)


@pytest.mark.parametrize("who", ["educator", "state_officer", "stranger", "issuing_officer", "neighbour"])
def test_only_an_officer_of_the_unit_sets_its_values(who, request, district, other_district):
    person = (
        cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
        if who == "neighbour"
        else request.getfixturevalue(who)
    )
    with pytest.raises(NotYoursToRecord):
        worth_each(district, person, credits=Decimal(1))
    assert not LocalValue.objects.exists()


def test_the_journal_tells_who_set_what_and_why(district, psu_officer, version):
    worth_each(district, psu_officer, credits_per_effort_hour=Decimal("0.1"), valid_from=JANUARY)
    line = JournalLine.objects.get(event=Event.VALUE_SET)
    assert (line.subject, line.actor_name) == ("organisation:D1", "Petra Officer")
    assert line.data == {
        "micro_credential": "all",
        "credits": None,
        "credits_per_effort_hour": "0.1",
        "valid_from": "2026-01-01",
        "reason": "As for other learning",
    }


def test_the_page_lists_what_holds_and_what_is_to_come_but_not_what_ended(district, psu_officer, version, today):
    worth_each(district, psu_officer, credits=Decimal(1), valid_from=JANUARY)
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=today)
    worth_each(district, psu_officer, micro_credential=version.micro_credential, credits=Decimal(3), valid_from=today)
    listed = records.values_listed(district, today)
    assert [value.credits for value in listed] == [2, 3]


def test_it_may_hold_from_the_first_day_there_is(district, psu_officer, version):
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=date.min)
    assert value_on(district, date.min, version) == 2
