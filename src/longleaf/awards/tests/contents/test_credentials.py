"""What the engine builds of an award is what the standard's members say, put in by hand one after another."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from longleaf.awards import addresses, reissuing, tasks
from longleaf.awards.contents import achievements, credentials, identities
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, BulkAward
from longleaf.awards.status import AwardStatus
from longleaf.awards.status_lists import Place
from longleaf.awards.tests.conftest import MakeAward
from longleaf.catalog.models import Version
from longleaf.catalog.publishing import digest_of
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges import building

TOLD = {
    "readers": "Number of assessors who judged the work",
    "blindness": "Whether the assessors saw whose work it was",
    "rubric": "SHA-256 digest of the rubric in canonical JSON (RFC 8785)",
}


def part_of(whole: str, part: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{whole}#judgement/{part}')}"


def descriptions(version: Version) -> list[dict[str, Any]]:
    whole = addresses.achievement(version)
    return [
        {"id": part_of(whole, part), "type": ["ResultDescription"], "name": name, "resultType": "Result"}
        for part, name in TOLD.items()
    ]


def results(award: Award) -> list[dict[str, Any]]:
    values = {"readers": "2", "blindness": "blind", "rubric": digest_of(award.version.document["rubric"])}
    described = addresses.achievement(award.version)
    return [
        {
            "id": part_of(addresses.credential(award.uuid), part),
            "type": ["Result"],
            "resultDescription": part_of(described, part),
            "value": value,
        }
        for part, value in values.items()
    ]


def by_hand(award: Award, credential: building.Credential) -> dict[str, Any]:
    """The credential with the earner's name and what is told of the judgement added to what remains without them."""
    document = building.achievement_credential(
        replace(
            credential,
            achievement=replace(credential.achievement, result_descriptions=()),
            further_results=(),
            subject=replace(credential.subject, identities=credential.subject.identities[:1]),
        )
    )
    subject = document["credentialSubject"]
    name = {"type": "IdentityObject", "hashed": False, "identityHash": award.earner_name, "identityType": "name"}
    subject["identifier"].append(name)
    subject["achievement"]["resultDescription"] += descriptions(award.version)
    if "elsewhere" not in award.finding:
        subject["result"] += results(award)
    return document


@pytest.mark.parametrize("kind", ["queued", "single", "reissued", "listed"])
def test_an_award_of_every_kind_says_the_same_as_by_hand(
    make_award: MakeAward, confirmed: Callable[[str], BulkAward], educator: Person, issuer: Organisation, kind: str
) -> None:
    if kind == "queued":
        assert make_award().status == AwardStatus.QUEUED
    signing_keys.create_key(organisation=issuer, acting_person=None)
    if kind == "queued":
        tasks.sign_queued_awards()
    elif kind == "listed":
        confirmed(f"person\n{educator.email}\n")
        tasks.award_listed_people()
    else:
        made = make_award(evidence=[{"name": "Plan", "url": "https://example.org/plan"}])
    if kind == "reissued":
        reissuing.reissue(award=made, acting_person=educator, pieces=["plan", "plan.7"], consent=True)
    award = Award.objects.select_related(*credentials.NEEDED, "status_list").get()
    assert award.status_list is not None
    assert award.status_index is not None
    facts: dict[str, Any] = {
        "place": Place(award.status_list, award.status_index),
        "identity": identities.identity_in(award),
    }
    expected = by_hand(award, credentials.credential_of(award, **facts))
    built = credentials.unsigned_credential(award, **facts)
    assert json.dumps(built) == json.dumps(expected)
    assert {name: value for name, value in (award.credential or {}).items() if name != "proof"} == built


def test_a_version_read_once_gives_what_reading_it_each_time_gives(award: Award, version: Version) -> None:
    assert award.status_list is not None
    assert award.status_index is not None
    facts: dict[str, Any] = {
        "place": Place(award.status_list, award.status_index),
        "identity": identities.identity_in(award),
    }
    basis = credentials.Basis(version)
    assert credentials.credential_of(award, basis=basis, **facts) == credentials.credential_of(award, **facts)


def test_the_published_achievement_says_the_same_as_by_hand(version: Version) -> None:
    bare = replace(achievements.achievement_of(version), result_descriptions=())
    document = achievements.achievement_document(version)
    described = building.achievement(bare)["resultDescription"] + descriptions(version)
    assert json.dumps(document["resultDescription"]) == json.dumps(described)
