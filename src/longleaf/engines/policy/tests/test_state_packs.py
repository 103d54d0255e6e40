"""The policies of the state packs in this repository, by their own examples and at their edges."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from longleaf.engines.policy import (
    Licence,
    NoRuleError,
    Policy,
    Record,
    Standing,
    check_examples,
    ledger,
    policy_from_document,
)

STATES = next(it for it in Path(__file__).parents if (it / "pyproject.toml").is_file()) / "states"


def policy_of(state: str) -> Policy:
    return policy_from_document(yaml.safe_load((STATES / state / "policy" / "renewal.yaml").read_text("utf-8")))


NC = policy_of("nc")


@pytest.mark.parametrize("state", ["nc", "example"])
def test_its_own_examples_hold(state: str) -> None:
    assert [str(failure) for failure in check_examples(policy_of(state))] == []


@pytest.mark.parametrize(
    ("expires", "version"),
    [
        (date(2010, 6, 30), "NC-pre2015"),
        (date(2015, 6, 29), "NC-pre2015"),
        (date(2015, 6, 30), "NC-2015"),
        (date(2016, 6, 29), "NC-2015"),
        (date(2016, 6, 30), "NC-2016"),
        (date(2017, 6, 29), "NC-2016"),
        (date(2017, 6, 30), "NC-2017-2018"),
        (date(2018, 6, 30), "NC-2017-2018"),
        (date(2019, 6, 29), "NC-2017-2018"),
        (date(2019, 6, 30), "NC-2019"),
        (date(2024, 2, 29), "NC-2019"),
        (date(2024, 6, 29), "NC-2019"),
        (date(2024, 6, 30), "NC-2024"),
        (date(2031, 6, 30), "NC-2024"),
    ],
)
def test_the_day_of_expiry_picks_the_version(expires: date, version: str) -> None:
    licence = Licence("CPL", "administrator", None, expires)
    assert NC.version_for(licence, expires).id == version


TABLE = {
    "NC-pre2015": {
        "k5_teacher": {"general": "15"},
        "6_12_teacher": {"general": "15"},
        "student_services": {"general": "15"},
        "administrator": {"teacher_effectiveness": "5", "general": "10"},
    },
    "NC-2015": {
        "k5_teacher": {"literacy": "1", "subject_area": "1", "general": "5.5"},
        "9_12_teacher": {"literacy": "1", "subject_area": "1", "general": "5.5"},
        "student_services": None,
        "administrator": {"executive_role": "3", "general": "4.5"},
    },
    "NC-2016": {
        "k5_teacher": {"literacy": "3", "subject_area": "3", "general": "2"},
        "6_8_teacher": {"literacy": "3", "subject_area": "3", "general": "2"},
        "9_12_teacher": {"subject_area": "3", "general": "5"},
        "6_12_teacher": None,
        "student_services": None,
        "administrator": {"executive_role": "3", "general": "5"},
    },
    "NC-2017-2018": {
        "k5_teacher": {"literacy": "3", "subject_area": "3", "general": "2"},
        "6_8_teacher": {"subject_area": "3", "general": "5"},
        "6_12_teacher": {"subject_area": "3", "general": "5"},
        "student_services": {"professional_discipline": "3", "general": "5"},
        "administrator": {"executive_role": "3", "general": "5"},
    },
    "NC-2019": {
        "k5_teacher": {"literacy": "3", "subject_area": "3", "digital_learning_competencies": "2"},
        "6_12_teacher": {"subject_area": "3", "digital_learning_competencies": "2", "general": "3"},
        "student_services": {"professional_discipline": "3", "digital_learning_competencies": "2", "general": "3"},
        "administrator": {"executive_role": "3", "digital_learning_competencies": "2", "general": "3"},
    },
    "NC-2024": {
        "k5_teacher": {"literacy": "3", "subject_area": "3", "general": "2"},
        "6_12_teacher": {"subject_area": "4", "general": "4"},
        "student_services": {"professional_discipline": "4", "general": "4"},
        "administrator": {"executive_role": "4", "general": "4"},
    },
}
EXPIRES = {
    "NC-pre2015": date(2014, 6, 30),
    "NC-2015": date(2015, 6, 30),
    "NC-2016": date(2016, 6, 30),
    "NC-2017-2018": date(2018, 6, 30),
    "NC-2019": date(2023, 6, 30),
    "NC-2024": date(2027, 6, 30),
}


@pytest.mark.parametrize(
    ("version", "role", "parts"),
    [(version, role, parts) for version, rows in TABLE.items() for role, parts in rows.items()],
)
def test_every_version_asks_of_every_role_what_the_sources_say(
    version: str, role: str, parts: dict[str, str] | None
) -> None:
    licence = Licence("CPL", role, None, EXPIRES[version])
    if parts is None:
        with pytest.raises(NoRuleError):
            ledger(NC, Record(licence), on=EXPIRES[version] - timedelta(days=1))
        return
    found = ledger(NC, Record(licence), on=EXPIRES[version] - timedelta(days=1))
    assert found.version is not None
    assert found.version.id == version
    assert {line.code: f"{line.required:f}" for line in found.categories} == parts


def test_every_version_has_an_example_of_its_own() -> None:
    examples = yaml.safe_load((STATES / "nc" / "policy" / "renewal.yaml").read_text("utf-8"))["examples"]
    shown = {example["expect"].get("version") for example in examples}
    assert {version.id for version in NC.versions} <= shown


def test_the_example_state_is_marked_as_invented() -> None:
    example = policy_of("example")
    assert example.rule.standing is Standing.SYNTHETIC
    assert {value.rule.standing for value in example.values} == {Standing.SYNTHETIC}


def test_no_value_of_a_micro_credential_is_invented_for_north_carolina() -> None:
    (value,) = [it for it in NC.values if it.of == "micro_credential"]
    assert value.rule.standing is Standing.NOT_FOUND
