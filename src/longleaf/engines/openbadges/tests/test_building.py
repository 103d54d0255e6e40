"""What is built passes both texts of the official schema, and means the same to every library."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from longleaf.engines.openbadges import building, contexts, linked_data
from longleaf.engines.openbadges.errors import CannotBuild

from . import cast

LEAST = replace(
    cast.CREDENTIAL,
    achievement=building.Achievement(id="urn:a", name="A", description="D", criteria="C"),
    subject=building.Subject(id="did:example:ana"),
    valid_until=None,
    awarded=None,
    description="",
    narrative="",
    image=None,
    results=(),
    evidence=(),
    status=None,
)
TOLD = replace(
    cast.CREDENTIAL,
    achievement=replace(
        cast.ACHIEVEMENT,
        result_descriptions=(
            building.ResultDescription(key="judgement/readers", name="Number of readers"),
            building.ResultDescription(
                key="score", name="Score", type="Percent", required_value="50", value_min="0", value_max="100"
            ),
            building.ResultDescription(
                key="mark", name="Mark", type="LetterGrade", allowed_values=("C", "B", "A"), required_value="B"
            ),
        ),
    ),
    subject=replace(
        cast.CREDENTIAL.subject,
        identities=(*cast.CREDENTIAL.subject.identities, building.PlainIdentity(identity="Ana Example")),
    ),
    further_results=(
        building.FurtherResult(description="judgement/readers", value="2"),
        building.FurtherResult(description="mark", value="A"),
    ),
)
SHAPES = {
    "least": LEAST,
    "full": cast.CREDENTIAL,
    "with schema": replace(cast.CREDENTIAL, names_schema=True),
    "with values and a name": TOLD,
}


@pytest.fixture(params=["published", "strict"])
def official(request: pytest.FixtureRequest, shared: Path) -> jsonschema.Draft201909Validator:
    ending = "schema" if request.param == "published" else "strict"
    path = shared / f"schemas/json/ob/v3p0/{request.param}/ob_v3p0_achievementcredential_{ending}.json"
    return jsonschema.Draft201909Validator(json.loads(path.read_text()))


@pytest.mark.official
@pytest.mark.parametrize("name", SHAPES)
def test_it_passes_both_texts_of_the_official_schema(name: str, official: jsonschema.Draft201909Validator) -> None:
    errors = [error.message for error in official.iter_errors(cast.badge(SHAPES[name]))]
    assert errors == []


@pytest.mark.official
def test_the_official_schema_would_notice_a_missing_name(official: jsonschema.Draft201909Validator) -> None:
    badge = cast.badge()
    del badge["credentialSubject"]["achievement"]["name"]
    assert not official.is_valid(badge)


def test_the_context_of_extensions_stands_there_only_when_a_term_of_it_is_used() -> None:
    assert cast.badge(SHAPES["full"])["@context"] == [contexts.CREDENTIALS_V2, contexts.OPEN_BADGES]
    assert cast.badge(SHAPES["with schema"])["@context"][2:] == [contexts.EXTENSIONS]


def test_every_part_has_an_id_but_the_identity_which_must_not() -> None:
    nquads = linked_data.canonical(
        building.achievement_credential(cast.CREDENTIAL), contexts=contexts.pinned()
    ).decode()
    nameless = {word for line in nquads.splitlines() for word in line.split(" ") if word.startswith("_:")}
    assert nameless == {"_:c14n0"}
    assert "<https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentityObject>" in nquads


def test_the_same_values_build_the_same_document() -> None:
    assert building.achievement_credential(cast.CREDENTIAL) == building.achievement_credential(replace(cast.CREDENTIAL))


def test_a_result_points_to_its_criterion_and_level_in_the_achievement() -> None:
    subject = building.achievement_credential(cast.CREDENTIAL)["credentialSubject"]
    described = {found["id"]: found for found in subject["achievement"]["resultDescription"]}
    for result in subject["result"]:
        levels = described[result["resultDescription"]]["rubricCriterionLevel"]
        assert [level["name"] for level in levels if level["id"] == result["achievedLevel"]] == ["Demonstrated"]


def test_a_value_points_to_what_the_achievement_says_of_it() -> None:
    subject = building.achievement_credential(TOLD)["credentialSubject"]
    described = {found["id"]: found["name"] for found in subject["achievement"]["resultDescription"]}
    told = {described[each["resultDescription"]]: each["value"] for each in subject["result"] if "value" in each}
    assert told == {"Number of readers": "2", "Mark": "A"}
    ids = [found["id"] for found in subject["achievement"]["resultDescription"] + subject["result"]]
    assert len(set(ids)) == len(ids)


def test_allowed_values_stand_from_the_lowest_to_the_highest() -> None:
    marks = building.achievement(TOLD.achievement)["resultDescription"][-1]
    assert (marks["resultType"], marks["allowedValue"], marks["requiredValue"]) == ("LetterGrade", ["C", "B", "A"], "B")


def test_a_name_in_plain_is_said_without_a_salt() -> None:
    identities = building.achievement_credential(TOLD)["credentialSubject"]["identifier"]
    assert identities[1] == {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": "Ana Example",
        "identityType": "name",
    }


@pytest.mark.parametrize("key", ["", "criterion/plan", "criteria", "subject", "evidence/0", "result/plan", "twice"])
def test_a_result_description_has_a_key_that_nothing_else_has(key: str) -> None:
    twice = (building.ResultDescription(key="twice", name="Once"), building.ResultDescription(key=key, name="Again"))
    with pytest.raises(CannotBuild, match="do not have keys of their own"):
        building.achievement(replace(cast.ACHIEVEMENT, result_descriptions=twice))


def test_what_is_required_is_allowed() -> None:
    odd = building.ResultDescription(key="mark", name="Mark", allowed_values=("C", "B"), required_value="A")
    with pytest.raises(CannotBuild, match="'Mark' requires is not among"):
        building.achievement(replace(cast.ACHIEVEMENT, result_descriptions=(odd,)))


def test_a_hashed_email_is_the_digest_the_specification_gives_as_its_example() -> None:
    identity = building.Identity.of_email("a@example.com", salt="Kosher")
    assert identity.hash == "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"


def test_nothing_empty_and_nothing_null_is_written() -> None:
    def parts(value: Any) -> list[Any]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [value, *(part for member in inner for part in parts(member))]

    built = parts(building.achievement_credential(LEAST))
    assert [part for part in built if part is None or part in ("", [], {})] == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "A credential needs the credential's name."),
        ({"subject": building.Subject()}, "The earner needs an id or an identity, or nobody can claim the credential."),
        ({"valid_from": datetime(2026, 1, 1)}, "The moment 2026-01-01T00:00:00 has no time zone. Give it one."),  # noqa: DTZ001
        (
            {"results": (building.Result(criterion="plan", level="superb"),)},
            "The rubric has no criterion 'plan' with a level 'superb'.",
        ),
        (
            {"further_results": (building.FurtherResult(description="mark", value="A"),)},
            "The achievement describes no result 'mark'.",
        ),
        (
            {
                "achievement": TOLD.achievement,
                "further_results": (building.FurtherResult(description="mark", value=" "),),
            },
            "A credential needs a value for every result.",
        ),
        (
            {"description": "bell\x07"},
            "The credential https://badges.example/awards/1 cannot be built: description holds the character U+0007,"
            " which credentials must not hold.",
        ),
    ],
)
def test_it_refuses_what_makes_no_credential_and_says_where(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CannotBuild) as problem:
        building.achievement_credential(replace(cast.CREDENTIAL, **{"valid_until": None, **changed}))
    assert str(problem.value) == sentence


def test_it_refuses_to_expire_before_it_begins() -> None:
    with pytest.raises(CannotBuild, match="would expire before it begins"):
        building.achievement_credential(replace(cast.CREDENTIAL, valid_until=cast.ISSUED))
