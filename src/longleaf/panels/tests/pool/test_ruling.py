"""The rules of a pool as data, and whose pool reads for whom."""

from __future__ import annotations

from dataclasses import asdict

import pytest
import time_machine

from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels import expiring, rating
from longleaf.panels.errors import UnusablePoolRules
from longleaf.panels.pool import ruling
from longleaf.panels.pool.queries import pool_reading_for, rules_of
from longleaf.panels.pool.rules import DEFAULTS, mistakes_in, rules_from_document
from longleaf.panels.tests.factories import convene, in_days, raters_of, seat_of
from tests import cast


def test_what_is_left_out_is_as_it_always_was() -> None:
    assert rules_from_document({}) == DEFAULTS
    assert rules_from_document(asdict(DEFAULTS)) == DEFAULTS


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"take_up_days": 3}, "take_up_days"),
        ({"take_up_within_days": 0}, "take_up_within_days"),
        ({"take_up_within_days": True}, "take_up_within_days"),
        ({"mutual_reading_days": -1}, "mutual_reading_days"),
        ({"mutual_reading_days": "365"}, "mutual_reading_days"),
        ({"fresh_readers_each_round": 1}, "fresh_readers_each_round"),
    ],
)
def test_each_mistake_is_named(document: dict[str, object], told: str) -> None:
    (mistake,) = mistakes_in(document)
    assert f"“{told}”" in mistake
    with pytest.raises(ValueError, match=told):
        rules_from_document(document)


@pytest.mark.django_db
def test_rules_that_cannot_be_used_are_not_set(issuer: Organisation) -> None:
    with pytest.raises(UnusablePoolRules):
        ruling.set_rules(organisation=issuer, rules={"nonsense": 1}, acting_person=None)
    assert rules_of(issuer.pk) == DEFAULTS


@pytest.mark.django_db
def test_setting_what_is_set_is_told_once(issuer: Organisation) -> None:
    for _ in range(2):
        ruling.set_rules(organisation=issuer, rules={"mutual_reading_days": 30}, acting_person=None)
    assert rules_of(issuer.pk).mutual_reading_days == 30
    assert JournalLine.objects.filter(event="panel:pool-rules:set").count() == 1


@pytest.mark.django_db
def test_a_states_pool_reads_for_an_issuer(issuer: Organisation, agency: Organisation) -> None:
    assert pool_reading_for(issuer) == issuer
    ruling.set_rules(organisation=issuer, rules={}, read_by=agency, acting_person=None)
    assert (pool_reading_for(issuer), pool_reading_for(agency)) == (agency, agency)
    ruling.set_rules(organisation=issuer, rules={}, read_by=issuer, acting_person=None)
    assert pool_reading_for(issuer) == issuer


@pytest.mark.django_db
def test_times_are_those_of_the_pool(
    issuer: Organisation, agency: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    rules = {"take_up_within_days": 1, "late_at_most_days": 2}
    ruling.set_rules(organisation=issuer, rules=rules, acting_person=None)
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        panel = convene(issuer)
        rating.take_up(assignment=seat_of(panel, second_assessor), acting_person=second_assessor)
        assert expiring.release_expired(now=in_days(0.9)) == 0
        assert expiring.release_expired(now=in_days(1.1)) == 1
        assert raters_of(panel) == ["Cleo Third", "Ben Second"]
        fourth = cast.make_person("Dan Fourth", (issuer, Role.ASSESSOR))
        clock.move_to("2026-03-20T12:00:00Z")
        rating.take_up(assignment=seat_of(panel, third_assessor), acting_person=third_assessor)
        assert expiring.release_expired(now=in_days(0)) == 1
        assert fourth.assignments.count() == 1
