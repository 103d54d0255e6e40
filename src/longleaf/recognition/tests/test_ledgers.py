"""An educator's ledger is reckoned from badges, other learning and the licence, and explains itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from longleaf.awards import revoking
from longleaf.directory import enrolling, registering
from longleaf.directory.status import Role
from longleaf.recognition import ledgers, policies
from longleaf.recognition.tests.factories import (
    EARNED,
    TODAY,
    UNSET,
    badge,
    license_for,
    load,
    make_policy_document,
    workshop,
    worth_each,
)
from tests import cast


@pytest.fixture
def policy(state: Any) -> None:
    load(state)


@pytest.fixture
def licence(policy: None, educator: Any, state: Any) -> Any:
    return license_for(educator, state)


def ledger_of(person: Any, on: date = TODAY) -> Any:
    standing = ledgers.standing_of(person, on=on)
    assert standing.problem == ""
    return standing.ledger


def test_without_a_policy_it_says_so(educator, state):
    license_for(educator, state)
    standing = ledgers.standing_of(educator, on=TODAY)
    assert standing.ledger is None
    assert "has not published a renewal policy" in standing.problem


def test_without_a_licence_it_says_who_enters_one(educator, policy):
    standing = ledgers.standing_of(educator, on=TODAY)
    assert standing.ledger is None
    assert "licensure office" in standing.problem


def test_where_the_policy_is_silent_it_says_why(educator, state, policy):
    license_for(educator, state, role="leader")
    standing = ledgers.standing_of(educator, on=TODAY)
    assert standing.ledger is None
    assert "Leader" in standing.problem


def test_a_licence_that_needs_no_credits_is_settled(educator, state, policy):
    license_for(educator, state, kind="LIFE")
    assert ledger_of(educator).settled == "A license for life stays."


def test_a_badge_counts_what_the_employer_gives_for_it(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(2))
    badge(educator, version)
    found = ledger_of(educator)
    [line] = found.lines
    assert (line.title, line.category, line.counted) == (
        "Feedback that moves learning (synthetic)",
        "growth",
        Decimal(2),
    )
    assert "Rivertown Schools gives 2 credits: As for other learning." in line.reason
    assert line.value_rule.title == "The school unit sets the value"
    assert found.total_counted == 2
    assert found.total_missing == 8


def test_a_value_by_the_hour_takes_the_hours_of_effort(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits_per_effort_hour=Decimal("0.1"))
    badge(educator, version)
    [line] = ledger_of(educator).lines
    assert line.counted == 1
    assert "for 10 hours of effort" in line.reason


def test_without_a_value_the_line_says_why_it_does_not_count(educator, version, licence):
    badge(educator, version)
    [line] = ledger_of(educator).lines
    assert (line.category, line.counted) == (None, 0)
    assert UNSET in f"{line.reason} {line.why_not}"


def test_a_value_of_nothing_counts_nothing(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(0))
    badge(educator, version)
    found = ledger_of(educator)
    assert found.total_counted == 0
    assert len(found.lines) == 1


def test_badges_and_workshops_stand_on_one_ledger(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(2))
    badge(educator, version)
    workshop(educator, hours="25")
    found = ledger_of(educator)
    assert {line.title: (line.category, line.counted) for line in found.lines} == {
        "A workshop": ("free", Decimal("2.5")),
        "Feedback that moves learning (synthetic)": ("growth", Decimal(2)),
    }
    assert {part.code: part.counted for part in found.categories} == {"growth": 2, "free": Decimal("2.5")}


def test_what_is_too_much_for_one_part_flows_into_the_next(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(5))
    badge(educator, version)
    found = ledger_of(educator)
    assert [(line.category, line.counted) for line in found.lines] == [("growth", 4), ("free", 1)]
    assert found.total_counted == 5


def test_a_revoked_badge_no_longer_counts(educator, version, licence, district, psu_officer, issuing_officer):
    worth_each(district, psu_officer, credits=Decimal(2))
    revoked = badge(educator, version)
    badge(educator, version)
    assert ledger_of(educator).total_counted == 4
    revoking.revoke(award=revoked, reason="The evidence was not the earner's.", acting_person=issuing_officer)
    found = ledger_of(educator)
    assert found.total_counted == 2
    assert len(found.lines) == 1


def test_two_badges_of_one_day_count_in_the_order_in_which_they_were_earned(
    educator, version, licence, district, psu_officer, state, issuer
):
    worth_each(district, psu_officer, credits=Decimal(4))
    other = cast.publish(state, issuer, cast.make_document("earned-first", title="Earned first"), [])
    last = badge(educator, version, earned_at=EARNED + timedelta(minutes=1))
    badge(educator, other, earned_at=EARNED)
    assert [line.title for line in ledger_of(educator).lines][:1] == ["Earned first (synthetic)"]
    assert last.earner_id == educator.pk


def test_what_was_earned_outside_the_cycle_says_so(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(2))
    badge(educator, version, earned_at=datetime(2024, 6, 1, tzinfo=UTC))
    [line] = ledger_of(educator).lines
    assert line.counted == 0
    assert "before this cycle began on July 1, 2024" in line.why_not


def test_the_cycle_is_that_of_the_licence_of_the_day(educator, state, version, licence, district, psu_officer):
    license_for(educator, state, issued=date(2019, 7, 1), expires=date(2024, 6, 30))
    worth_each(district, psu_officer, credits=Decimal(2))
    badge(educator, version)
    assert ledger_of(educator, date(2024, 6, 30)).cycle.end == date(2024, 6, 30)
    assert ledger_of(educator, date(2024, 7, 1)).cycle.end == date(2029, 6, 30)
    assert ledger_of(educator, date(2035, 1, 1)).cycle.end == date(2029, 6, 30)


def test_a_licence_in_another_state_is_not_looked_at(educator, policy):
    license_for(educator, registering.register_state(code="elsewhere", name="Elsewhere", time_zone="UTC"))
    assert ledgers.standing_of(educator, on=TODAY).licence is None


def test_the_value_is_that_of_the_educators_own_employer(
    educator, version, licence, district, other_district, psu_officer
):
    neighbour = cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
    worth_each(other_district, neighbour, credits=Decimal(9))
    badge(educator, version)
    assert ledger_of(educator).total_counted == 0
    worth_each(district, psu_officer, credits=Decimal(2))
    assert ledger_of(educator).total_counted == 2


def test_what_was_earned_keeps_the_value_of_the_employer_of_that_day(
    educator, version, licence, district, other_district, psu_officer
):
    neighbour = cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
    worth_each(district, psu_officer, credits=Decimal(2))
    worth_each(other_district, neighbour, credits=Decimal(1))
    badge(educator, version)
    moved = date(2026, 8, 1)
    enrolling.end_role(held=educator.roles.get(), acting_person=None, until=moved - timedelta(days=1))
    enrolling.give_role(
        person=educator, organisation=other_district, role=Role.EDUCATOR, acting_person=None, since=moved
    )
    badge(educator, version, earned_at=datetime(2026, 9, 1, tzinfo=UTC))
    earlier, later = ledger_of(educator).lines
    assert (earlier.amount, later.amount) == (2, 1)
    assert "Rivertown Schools, the employer on that day, gives 2 credits" in earlier.reason
    assert "Hillside Schools gives 1 credit" in later.reason


def test_where_no_employer_of_that_day_is_known_the_present_one_gives_the_value(
    educator, version, licence, district, psu_officer
):
    worth_each(district, psu_officer, credits=Decimal(2))
    badge(educator, version, earned_at=datetime(2026, 5, 1, tzinfo=UTC))
    held = educator.roles.get()
    held.since = date(2026, 6, 1)
    held.save()
    assert ledger_of(educator).total_counted == 2


def test_without_an_employer_nothing_gives_a_value(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(2))
    badge(educator, version)
    enrolling.end_role(held=educator.roles.get(), acting_person=None, until=date(2026, 1, 1))
    [line] = ledger_of(educator).lines
    assert line.counted == 0


def test_every_rule_that_a_line_rests_on_is_named_once(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(2))
    badge(educator, version)
    badge(educator, version)
    named = [rule.id for rule in ledgers.rules_named(ledger_of(educator))]
    assert len(named) == len(set(named))
    assert {"MD-2020.teacher.growth", "MD-local"} <= set(named)


def test_before_beginning_it_says_what_it_would_count(educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(2))
    worth = ledgers.worth_to(educator, version, on=TODAY)
    assert worth.sentence == "It would count 2 credits for Helping learners grow."
    assert worth.licence == licence
    assert [category.code for category in worth.prospect.fits] == ["growth", "free"]


def test_before_beginning_it_says_when_nothing_is_left_to_fill(
    educator, version, licence, district, psu_officer, state, issuer, items
):
    worth_each(district, psu_officer, credits=Decimal(10))
    badge(educator, cast.publish(state, issuer, cast.make_document("like-it"), [items["MTS-2"]]))
    worth = ledgers.worth_to(educator, version, on=TODAY)
    assert worth.prospect.counts == 0
    assert worth.sentence.startswith("It would not count now.")


def test_before_beginning_it_says_that_no_value_is_set(educator, version, licence):
    worth = ledgers.worth_to(educator, version, on=TODAY)
    assert worth.prospect.amount is None
    assert UNSET in worth.sentence


@pytest.mark.parametrize(("facts", "told"), [(None, "licensure office"), ({"role": "leader"}, "Leader")])
def test_before_beginning_it_says_why_nothing_can_be_said(facts, told, educator, version, state, policy):
    if facts:
        license_for(educator, state, **facts)
    worth = ledgers.worth_to(educator, version, on=TODAY)
    assert worth.prospect is None
    assert told in worth.sentence


def test_a_version_is_open_to_the_categories_that_look_for_what_it_has(version, state, issuer, policy):
    found = policies.policy_of(state.code)
    assert ledgers.categories_open_to(version, found, on=TODAY) == {"growth"}
    unaligned = cast.publish(state, issuer, cast.make_document("unaligned"), [])
    assert ledgers.categories_open_to(unaligned, found, on=TODAY) == frozenset()


def test_a_version_is_open_to_nothing_under_rules_that_do_not_hold_yet(version, state):
    later = make_policy_document()
    later["versions"][0]["licences_expiring"] = {"from": "2040-01-01"}
    policies.load_policy(state=state, code="renewal", document=later, acting_person=None)
    assert ledgers.categories_open_to(version, policies.policy_of(state.code), on=TODAY) == frozenset()


def test_categories_have_titles(state, policy):
    titles = ledgers.titles_of_categories(policies.policy_of(state.code))
    assert titles == {"growth": "Helping learners grow", "free": "Free choice"}


def test_who_comes_for_an_office_and_has_no_license_is_told_no_worth(version, educator, lead_assessor, client_of):
    page = reverse("catalog:show", kwargs={"slug": version.micro_credential.slug})
    told = {who: "What it is worth to you" in client_of(who).get(page).content.decode() for who in (None, educator)}
    assert told == {None: True, educator: True}
    assert "What it is worth to you" not in client_of(lead_assessor).get(page).content.decode()
