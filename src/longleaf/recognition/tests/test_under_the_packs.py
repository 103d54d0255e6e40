"""The same ledgers under the policies that ship: they are data, and no code knows them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from longleaf.frameworks import publishing as frameworks
from longleaf.recognition import ledgers, policies, recording
from longleaf.recognition.tests.factories import badge, license_for, workshop, worth_each
from tests import cast

STATES = Path(__file__).resolve().parents[4] / "states"
NORTH_CAROLINA = STATES / "nc" / "policy" / "renewal.yaml"
EXAMPLE = STATES / "example" / "policy" / "renewal.yaml"
K5 = {"kind": "CPL", "role": "k5_teacher", "issued": date(2022, 7, 1), "expires": date(2027, 6, 30)}
TODAY = date(2026, 11, 1)
IN_CYCLE = datetime(2025, 10, 1, 15, tzinfo=UTC)


def load(state: Any, path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    # Days come from a pack as text: what is stored and hashed is JSON.
    plain = _as_json(document)
    policies.load_policy(state=state, code="renewal", document=plain, acting_person=None)


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.fixture
def north_carolina(state: Any) -> None:
    load(state, NORTH_CAROLINA)


@pytest.fixture
def on_standard_4(state: Any, issuer: Any) -> Any:
    """A micro-credential of ten hours of effort that serves Professional Teaching Standard 4."""
    framework = frameworks.publish(
        state=state,
        code="ncpts",
        title="Teaching standards",
        owner="The state",
        items=[frameworks.Item("NCPTS-4C", "Instruction", None, "", "verified")],
    )
    return cast.publish(state, issuer, cast.make_document("on-standard-4"), [framework.items.get()])


def counted(person: Any, on: date = TODAY) -> dict[str, Decimal]:
    found = ledgers.standing_of(person, on=on).ledger
    return {part.code: part.counted for part in found.categories}


def test_nc_a_badge_on_standard_4_fills_the_subject_area(
    educator, state, north_carolina, on_standard_4, district, psu_officer
):
    license_for(educator, state, **K5)
    worth_each(district, psu_officer, credits_per_effort_hour=Decimal("0.1"))
    badge(educator, on_standard_4, earned_at=IN_CYCLE)
    workshop(educator, hours="30", topics=["literacy"], earned_on=date(2024, 10, 14))
    assert counted(educator) == {"literacy": 3, "subject_area": 1, "general": 0}
    found = ledgers.standing_of(educator, on=TODAY).ledger
    assert found.version.rule.id == "NC-2024"
    assert found.total_missing == 4


def test_nc_without_a_local_value_the_line_says_that_the_state_names_none(
    educator, state, north_carolina, on_standard_4
):
    license_for(educator, state, **K5)
    badge(educator, on_standard_4, earned_at=IN_CYCLE)
    [line] = ledgers.standing_of(educator, on=TODAY).ledger.lines
    assert line.counted == 0
    assert "your school unit has set none yet" in f"{line.reason} {line.why_not}"


def test_nc_the_version_is_told_by_the_day_of_expiry(educator, state, north_carolina):
    license_for(educator, state, **{**K5, "issued": date(2018, 7, 1), "expires": date(2023, 6, 30)})
    license_for(educator, state, **K5)
    earlier = ledgers.standing_of(educator, on=date(2023, 6, 1)).ledger
    assert earlier.version.rule.id == "NC-2019"
    assert "digital_learning_competencies" in counted(educator, date(2023, 6, 1))
    assert "digital_learning_competencies" not in counted(educator)


def test_nc_other_learning_is_counted_by_its_kind(educator, state, north_carolina, psu_officer):
    license_for(educator, state, **K5)
    recording.record_credit(
        person=educator, kind="semester_hour", title="Teaching fractions", amount=Decimal(1),
        earned_on=date(2023, 6, 30), alignments=["NCPTS-3B"], acting_person=psu_officer,
    )  # fmt: skip
    recording.record_credit(
        person=educator, kind="teaching_year", title="A year", amount=Decimal(1), earned_on=date(2023, 6, 30),
        acting_person=psu_officer,
    )  # fmt: skip
    lines = {line.title: line for line in ledgers.standing_of(educator, on=TODAY).ledger.lines}
    assert lines["Teaching fractions"].counted == Decimal("1.5")
    assert lines["A year"].counted == 0
    assert "older rule only" in f"{lines['A year'].reason} {lines['A year'].why_not}"


def test_nc_an_initial_license_is_settled(educator, state, north_carolina):
    license_for(educator, state, kind="IPL", role="k5_teacher", issued=date(2025, 7, 1), expires=date(2028, 6, 30))
    assert "is not renewed" in ledgers.standing_of(educator, on=TODAY).ledger.settled


def test_nc_where_the_sources_are_silent_no_ledger_is_invented(educator, state, north_carolina):
    silent = {**K5, "role": "student_services", "issued": date(2011, 7, 1), "expires": date(2016, 6, 30)}
    license_for(educator, state, **silent)
    standing = ledgers.standing_of(educator, on=date(2016, 6, 1))
    assert standing.ledger is None
    assert standing.problem


def test_nc_before_beginning_a_teacher_reads_what_it_would_count(
    educator, state, north_carolina, on_standard_4, district, psu_officer
):
    license_for(educator, state, **K5)
    worth_each(district, psu_officer, credits=Decimal(1))
    worth = ledgers.worth_to(educator, on_standard_4, on=TODAY)
    assert worth.sentence == "It would count 1 renewal credit for Academic subject area."


def test_nc_the_catalog_is_told_what_it_can_count_toward(state, north_carolina, on_standard_4, version):
    policy = policies.policy_of(state.code)
    assert ledgers.categories_open_to(on_standard_4, policy, on=TODAY) == {"subject_area", "professional_discipline"}
    assert ledgers.categories_open_to(version, policy, on=TODAY) == frozenset()


def test_example_every_micro_credential_is_worth_the_same(educator, state, issuer, district, psu_officer):
    load(state, EXAMPLE)
    license_for(educator, state, kind="STANDARD", role="educator", issued=date(2024, 1, 1), expires=date(2026, 12, 31))
    shown = cast.publish(state, issuer, cast.make_document("shown", topics=["classroom-practice"]), [])
    worth_each(district, psu_officer, credits=Decimal(1))
    badge(educator, shown, earned_at=IN_CYCLE)
    assert counted(educator) == {"practice": 6, "free": 0}
    [line] = ledgers.standing_of(educator, on=TODAY).ledger.lines
    assert "6 points" in line.reason
