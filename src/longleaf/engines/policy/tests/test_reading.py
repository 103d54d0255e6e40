"""Reading a policy: whole when it is right, every mistake by its place when it is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from longleaf.engines.policy import PolicyError, RecordError, Standing, policy_from_document, record_from_document
from longleaf.engines.policy.tests.small_policy import DOCUMENT, document, small_policy


def paths(document: object) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        policy_from_document(document)
    return [it.path for it in caught.value.mistakes]


def changed(path: list[str | int], value: object) -> dict[str, Any]:
    changing = document()
    spot: Any = changing
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    return changing


def test_it_reads_a_policy_with_names_sources_and_standings() -> None:
    policy = small_policy()
    version = policy.versions[0]
    craft = version.requirements[0].parts[0]
    assert (policy.id, policy.jurisdiction, policy.unit.plural) == ("P", "ZZ", "marks")
    assert version.total == Decimal(10)
    assert (craft.rule.id, craft.rule.title) == ("V1.baker.craft", "Ten marks: 3 in Craft")
    assert (craft.rule.source_ids, craft.rule.standing) == (("law",), Standing.VERIFIED)
    assert policy.source_ids == {"law"}


def test_a_part_may_state_its_own_source_and_standing() -> None:
    part = {"category": "any", "credits": 10, "takes": "anything", "source_ids": [], "standing": "proposed"}
    policy = policy_from_document(changed(["versions", 0, "requirements", 0, "parts"], [part]))
    assert policy.versions[0].requirements[0].parts[0].rule.standing is Standing.PROPOSED


@pytest.mark.parametrize("wrong", [None, [], "policy", {}])
def test_what_is_no_policy_is_refused(wrong: object) -> None:
    assert paths(wrong)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["standing"], "certain", ["standing"]),
        (["values", 0, "source_ids"], [], ["values[0].source_ids"]),
        (["values", 0, "of"], "minute", ["values[0].of"]),
        (["values", 0, "worth", "kind"], "guess", ["values[0].worth.kind"]),
        (["values", 0, "worth", "per"], 0, ["values[0].worth.per"]),
        (["values", 1, "worth", "credits"], "four", ["values[1].worth.credits"]),
        (["values", 1, "id"], "v-hour", ["values[1]"]),
        (["values", 1, "of"], "hour", ["values[1]"]),
        (["eligibility", 0, "when", "kind"], "pretty", ["eligibility[0].when.kind"]),
        (["eligibility", 0, "when", "to"], [], ["eligibility[0].when.to"]),
        (["eligibility", 1, "when", "conditions"], [], ["eligibility[1].when.conditions"]),
        (["roles", 1, "within"], ["cook"], ["roles[1].within"]),
        (["roles", 1, "code"], "guest", ["roles[2]", "roles[2].code"]),
        (["licence_types", 1, "settled"], None, ["licence_types[1]"]),
        (["versions", 0, "total"], 11, ["versions[0].requirements[0].parts"]),
        (["versions", 0, "cycle_years"], "five", ["versions[0].cycle_years"]),
        (["versions", 0, "requirements", 0, "roles"], [], ["versions[0].requirements[0].roles"]),
        (
            ["versions", 0, "requirements", 0, "parts", 0, "takes"],
            "magic",
            ["versions[0].requirements[0].parts[0].takes"],
        ),
        (["versions", 0, "licences_expiring", "before"], "2020-06-30", ["versions[0].licences_expiring"]),
        (["versions", 0, "licences_expiring", "from"], "June 30", ["versions[0].licences_expiring.from"]),
        (["notices", 0, "roles"], ["cook"], ["notices[0].roles"]),
        (["windows"], {}, [""]),
    ],
)
def test_a_mistake_is_named_by_its_place(path: list[str | int], value: object, where: list[str]) -> None:
    assert paths(changed(path, value)) == where


def test_versions_that_rule_the_same_licences_are_refused() -> None:
    second = {**DOCUMENT["versions"][0], "id": "V2", "licences_expiring": {"from": "2030-06-29"}}
    assert paths(document(versions=[DOCUMENT["versions"][0], second])) == ["versions[1]"]
    second["licences_expiring"] = {"from": "2030-06-30"}
    assert len(policy_from_document(document(versions=[DOCUMENT["versions"][0], second])).versions) == 2


def test_a_role_may_be_named_by_one_requirement_of_a_version_only() -> None:
    requirement = DOCUMENT["versions"][0]["requirements"][0]
    again = {**requirement, "parts": [{"category": "any", "credits": 10, "takes": "anything", "id": "again"}]}
    wrong = changed(["versions", 0, "requirements"], [requirement, again])
    assert paths(wrong) == ["versions[0].requirements[1].roles"]


def test_a_category_may_be_named_by_one_part_only() -> None:
    half = {"category": "any", "credits": 5, "takes": "anything"}
    wrong = changed(["versions", 0, "requirements", 0, "parts"], [{**half, "id": "a"}, {**half, "id": "b"}])
    assert paths(wrong) == ["versions[0].requirements[0].parts"]


def test_a_record_is_read_with_days_as_dates_or_text() -> None:
    licence = {"kind": "FULL", "role": "baker", "expires": date(2027, 6, 30)}
    credit = {"id": "a", "kind": "hour", "amount": "1.50", "earned_on": "2024-02-29", "topics": ["rye"]}
    record = record_from_document({"licence": licence, "credits": [credit]})
    assert record.licence.expires == date(2027, 6, 30)
    assert (record.credits[0].amount, record.credits[0].earned_on) == (Decimal("1.5"), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("credits", "path"),
    [
        ([{"id": "a", "kind": "hour"}], "credits[0].earned_on"),
        ([{"id": "a", "kind": "hour", "earned_on": "2023-02-29"}], "credits[0].earned_on"),
        ([{"id": "a", "kind": "hour", "amount": -1, "earned_on": "2024-01-01"}], "credits[a].amount"),
        ([{"id": "a", "kind": "hour", "amount": "NaN", "earned_on": "2024-01-01"}], "credits[0].amount"),
        ([{"id": "a", "kind": "hour", "earned_on": "2024-01-01"}] * 2, "credits"),
        ([{"id": "a", "kind": "hour", "earned_on": "2024-01-01", "value": {"credits": 1}}], "credits[0].value.set_by"),
    ],
)
def test_a_record_that_cannot_be_reckoned_is_refused(credits: list[dict[str, object]], path: str) -> None:
    with pytest.raises(RecordError) as caught:
        record_from_document({"licence": {"kind": "FULL", "role": "baker"}, "credits": credits})
    assert path in [it.path for it in caught.value.mistakes]


NEED: dict[str, Any] = {"kind": "count", "at_least": 1, "when": {"kind": "anything"}}
TOLD: dict[str, Any] = {"title": "Asked", "source_ids": ["law"], "standing": "verified"}


def with_year(key: str, year: object) -> dict[str, Any]:
    asked = {"id": "asked", "needs": NEED, **TOLD, key: year}
    if key == "in_year":
        asked = {"id": "asked", "needs": {**NEED, key: year}, **TOLD}
    return document(obligations=[asked])


@pytest.mark.parametrize("key", ["in_year", "by_year"])
def test_a_year_of_a_licence_is_one_that_a_calendar_reaches(key: str) -> None:
    where = "obligations[0].needs.in_year" if key == "in_year" else "obligations[0].by_year"
    assert policy_from_document(with_year(key, 100)).obligations
    assert [paths(with_year(key, year)) for year in (0, 101, 9000)] == [[where]] * 3


@pytest.mark.parametrize("repeats", [True, False])
def test_a_step_of_a_ladder_is_no_smaller_than_credits_are_counted(repeats: bool) -> None:
    def with_step(credits: str) -> dict[str, Any]:
        step = {"title": "Further", "credits": credits, "repeats": repeats}
        return document(ladders=[{"id": "lanes", "counts": {"kind": "anything"}, "steps": [step], **TOLD}])

    assert policy_from_document(with_step("0.0001")).ladders
    assert paths(with_step("0.0000001")) == ["ladders[0].steps[0].credits"]
