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
SHAPES = {"least": LEAST, "full": cast.CREDENTIAL, "with schema": replace(cast.CREDENTIAL, names_schema=True)}


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
