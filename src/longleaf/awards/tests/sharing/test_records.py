"""All badges of an earner as one learner record: theirs alone, signed by the agency, standing with what is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from longleaf.awards import reissuing, revoking
from longleaf.awards.contents import identities
from longleaf.awards.errors import NothingEarned, NoUsableKey
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.sharing import records
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification import verifying
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges.report import Verdict

ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def agency_key(agency: Organisation) -> IssuingKey:
    return signing_keys.create_key(organisation=agency, acting_person=None)


def wrapped(record: dict[str, Any]) -> list[str]:
    return [each["id"] for each in record["credentialSubject"]["verifiableCredential"]]


def test_it_wraps_every_good_badge_as_it_was_signed_and_verifies(
    agency_key: IssuingKey, key: IssuingKey, make_award: MakeAward, educator: Person, issuing_officer: Person
) -> None:
    awards = [make_award(f"attempt:{number}") for number in range(3)]
    revoking.revoke(award=awards[0], reason="Another person was meant.", acting_person=issuing_officer)
    Award.objects.filter(pk=awards[1].pk).update(visibility="private")
    record = records.record_of(educator)
    assert record["type"] == ["VerifiableCredential", "ClrCredential"]
    assert record["issuer"]["id"] == "did:web:testserver:issuers:meadow-agency"
    assert record["credentialSubject"]["verifiableCredential"] == [awards[2].credential, awards[1].credential]
    assert verifying.verify_material(record).verdict is Verdict.VALID


def test_it_falls_with_a_badge_that_is_revoked_later(
    agency_key: IssuingKey, award: Award, educator: Person, issuing_officer: Person
) -> None:
    record = records.record_of(educator)
    revoking.revoke(award=award, reason="Another person was meant.", acting_person=issuing_officer)
    assert verifying.verify_material(record).verdict is Verdict.INVALID
    with pytest.raises(NothingEarned):
        records.record_of(educator)


def test_it_is_the_same_until_a_badge_comes_or_changes(
    agency_key: IssuingKey, key: IssuingKey, make_award: MakeAward, educator: Person
) -> None:
    award = make_award("attempt:1")
    first = records.record_of(educator)
    assert records.record_of(educator) == first
    reissuing.reissue(award=award, acting_person=educator, pieces=["plan"], consent=True)
    second = records.record_of(educator)
    assert second["id"] != first["id"]
    make_award("attempt:2")
    assert len(wrapped(records.record_of(educator))) == 2


def test_the_learner_is_known_by_the_hash_of_an_address(agency_key: IssuingKey, award: Award, educator: Person) -> None:
    record = records.record_of(educator)
    (carried,) = record["credentialSubject"]["identifier"]
    known = identities.Identity.of_email(educator.email, salt=carried["salt"])
    assert carried["identityHash"] == known.hash
    assert educator.email not in json.dumps(record)


def test_without_the_agency_s_key_it_says_so(award: Award, client_of: ClientOf, educator: Person) -> None:
    with pytest.raises(NoUsableKey):
        records.record_of(educator)
    assert client_of(educator).get("/my/badges/learner-record.json").status_code == 409


def test_it_is_handed_to_the_earner_only(
    agency_key: IssuingKey, award: Award, client_of: ClientOf, educator: Person, other_educator: Person
) -> None:
    answer = client_of(educator).get("/my/badges/learner-record.json")
    assert answer["Content-Disposition"] == 'attachment; filename="learner-record.json"'
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/vc", "private, no-store")
    assert wrapped(json.loads(answer.content)) == [f"http://testserver/badges/{award.uuid}/credential.json"]
    assert client_of(other_educator).get("/my/badges/learner-record.json").status_code == 409
    assert client_of(None).get("/my/badges/learner-record.json").status_code == 302
