"""What a school unit asks beyond its state: kept by the unit, dated by its loading, and read laid over the state's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from longleaf.engines.policy import PolicyError
from longleaf.journal.models import JournalLine
from longleaf.recognition import ledgers, overlays, recording, records
from longleaf.recognition.errors import NoPolicy, NotYoursToRecord, UnusableValue
from longleaf.recognition.events import Event
from longleaf.recognition.tests.factories import SURE, badge, license_for, load

WORKSHOP = {"kind": "clock_hour", "title": "Workshop", "amount": 40, "earned_on": date(2026, 3, 4)}


def make_overlay(**changes: Any) -> dict[str, Any]:
    return {
        "overlay_of": "MD-renewal",
        "by": "First district",
        "id": "D1",
        "title": "First district’s rules",
        **SURE,
        "caps": [
            {"id": "D1-cap", "title": "One of workshops", "of": ["clock_hour"], "at_most": 1, "per": "year", **SURE}
        ],
        **changes,
    }


def laid(district: Any, **changes: Any) -> None:
    overlays.load_overlay(organisation=district, document=make_overlay(**changes), acting_person=None)


def test_it_binds_its_own_unit_from_the_day_of_its_loading(state, district, other_district):
    load(state)
    laid(district)
    today = timezone.localdate()
    found = overlays.overlay_of(district, today)
    assert (found.rule.title, found.loaded_on) == ("First district’s rules", today)
    assert [cap.rule.id for cap in overlays.policy_for(district, today).caps] == ["D1-cap"]
    assert overlays.overlay_of(district, today - timedelta(days=1)) is None
    assert overlays.policy_for(other_district, today).caps == ()
    assert overlays.policy_for(None, today).caps == ()


def test_loaded_twice_it_is_one_line_and_a_mended_text_takes_its_place(state, district):
    load(state)
    laid(district)
    laid(district)
    laid(district, caps=[])
    lines = JournalLine.objects.filter(event=Event.OVERLAY_LOADED)
    assert [line.subject for line in lines] == [f"organisation:{district.code}"] * 2
    assert overlays.policy_for(district, timezone.localdate()).caps == ()


def test_only_an_officer_of_the_unit_loads_it(state, district, other_district, psu_officer, educator):
    load(state)
    overlays.load_overlay(organisation=district, document=make_overlay(), acting_person=psu_officer)
    for organisation, somebody in [(other_district, psu_officer), (district, educator)]:
        with pytest.raises(NotYoursToRecord):
            overlays.load_overlay(organisation=organisation, document=make_overlay(), acting_person=somebody)


def test_what_it_may_not_do_is_refused_with_its_place(state, district):
    with pytest.raises(NoPolicy):
        laid(district)
    load(state)
    with pytest.raises(PolicyError) as refused:
        laid(district, overlay_of="OTHER")
    assert [it.path for it in refused.value.mistakes] == ["overlay_of"]


def test_where_the_state_changed_beneath_it_the_states_own_rules_hold(state, district, caplog):
    load(state)
    laid(district)
    load(state, id="MD-renewal-anew")
    assert overlays.overlay_of(district, timezone.localdate()) is None
    assert overlays.policy_for(district, timezone.localdate()).id == "MD-renewal-anew"
    assert "no longer fits" in caplog.text


def test_asking_costs_no_more_for_many_units_than_for_one(state, district, other_district, django_assert_num_queries):
    load(state)
    laid(district)
    laid(other_district, id="D2")
    today = timezone.localdate()
    overlays.policy_for(district, today), overlays.policy_for(other_district, today)
    with django_assert_num_queries(2):
        overlays.policy_for(district, today)


def test_a_ledger_is_reckoned_with_what_the_employer_asks(state, district, educator, other_educator):
    load(state)
    for person in (educator, other_educator):
        license_for(person, state)
        recording.record_credit(person=person, acting_person=None, **WORKSHOP)
    today = timezone.localdate()
    people = [educator.pk, other_educator.pk]
    assert ledgers.standings_of(people, on=today)[educator.pk].ledger.total_counted == 4
    laid(district)
    found = ledgers.standings_of(people, on=today)[educator.pk]
    assert (found.ledger.total_counted, found.policy.overlays[-1].id) == (1, "D1")
    yesterday = today - timedelta(days=1)
    assert ledgers.standings_of(people, on=yesterday)[educator.pk].ledger.total_counted == 4


def test_a_kind_that_the_unit_added_may_be_recorded_for_its_educators(state, district, educator):
    load(state)
    module = {**WORKSHOP, "kind": "module"}
    license_for(educator, state)
    with pytest.raises(UnusableValue):
        recording.record_credit(person=educator, acting_person=None, **module)
    kind = {"code": "module", "title": "Module", "measure": "hour", "measures": "hours"}
    worth = {"id": "D1-module", "title": "Ten", "of": "module", "worth": {"kind": "rate", "credits": 1, "per": 10}}
    laid(district, kinds=[kind], values=[{**worth, **SURE}])
    recording.record_credit(person=educator, acting_person=None, **module)
    assert ledgers.standing_of(educator, on=timezone.localdate()).ledger.total_counted == 4


def test_a_rule_that_asks_for_approval_takes_what_the_unit_recorded(state, district, educator, version):
    """What is recorded was approved by the recording; a badge that nobody approved waits."""
    load(state)
    license_for(educator, state)
    recording.record_credit(person=educator, acting_person=None, **WORKSHOP)
    badge(educator, version)
    admission = {"id": "D1-first", "title": "Approved", "of": ["clock_hour", "micro_credential"], **SURE}
    asked = {**admission, "when": {"kind": "approved"}, "otherwise": "It waits for the district."}
    laid(district, caps=[], admissions=[asked])
    lines = ledgers.standing_of(educator, on=timezone.localdate()).ledger.lines
    assert {line.kind: line.counted for line in lines} == {"clock_hour": 4, "micro_credential": 0}


def test_a_badge_tells_its_item_and_its_issuer(state, educator, version):
    load(state)
    licence = license_for(educator, state)
    badge(educator, version)
    [credit] = records.record_of(educator, licence).credits
    issuer = version.micro_credential.issuer
    assert (credit.item, credit.issuer, credit.issuer_kind) == (
        version.micro_credential.slug,
        issuer.code,
        issuer.kind,
    )
