"""Signing many is signing each: the same document, and by the quick way of reading linked data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from longleaf.awards import addresses, reissuing, status_lists, tasks
from longleaf.awards.bulk import signing as signing_in_bulk
from longleaf.awards.contents import credentials, identities
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, BulkAward, IssuingKey
from longleaf.awards.status_lists import Place
from longleaf.awards.tests.conftest import EARNED_AT, FINDING, MakeAward
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges import statements, times
from longleaf.engines.openbadges.contexts import pinned
from longleaf.engines.openbadges.proving import add_proof
from longleaf.engines.openbadges.report import Verdict


def unproven(credential: dict[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (credential or {}).items() if name != "proof"}


def unstored(version: Version, earner: Person, number: int) -> Award:
    return Award(
        occasion=f"attempt:{number}",
        earner=earner,
        earner_name=earner.name,
        version=version,
        issuer=version.micro_credential.issuer,
        finding=FINDING,
        earned_at=EARNED_AT,
    )


def test_many_are_signed_as_each_would_be(
    key: IssuingKey, version: Version, educator: Person, issuer: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials.secrets, "token_hex", lambda _size: "5a" * 16)
    awards, now = [unstored(version, educator, number) for number in range(3)], timezone.now()
    with transaction.atomic():
        signer = signing_keys.signer_for(issuer)
        places = status_lists.allot_many(organisation=issuer, count=3)
        signed = signing_in_bulk.sign_all(awards, places=places, signer=signer, created=now)
        singly = [
            add_proof(credentials.unsigned_credential(award, place=place), signer=signer, created=now)
            for award, place in zip(awards, places, strict=True)
        ]
    assert [each.credential for each in signed] == singly
    assert [each.award for each in signed] == awards


def test_what_does_not_fit_a_mould_is_signed_among_the_others(
    key: IssuingKey, version: Version, educator: Person, issuer: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON-LD has a use of its own for texts that begin with @, so a mould leaves such a name to the general way."""
    monkeypatch.setattr(credentials.secrets, "token_hex", lambda _size: "5a" * 16)
    awards, now = [unstored(version, educator, number) for number in range(3)], timezone.now()
    awards[1].earner_name = "@ndrea Earner"
    singly: list[str] = []
    monkeypatch.setattr(
        signing_in_bulk,
        "add_proof",
        lambda document, **facts: singly.append(document["id"]) or add_proof(document, **facts),
    )
    with transaction.atomic():
        signer = signing_keys.signer_for(issuer)
        places = status_lists.allot_many(organisation=issuer, count=3)
        signed = signing_in_bulk.sign_all(awards, places=places, signer=signer, created=now)
    assert singly == [addresses.credential(awards[1].uuid)]
    for each in signed:
        document = credentials.unsigned_credential(each.award, place=each.place)
        assert each.credential == add_proof(document, signer=signer, created=now)


def test_a_version_that_makes_no_credential_gives_every_award_its_reason(
    key: IssuingKey, version: Version, educator: Person, issuer: Organisation
) -> None:
    version.title = ""
    with transaction.atomic():
        signer = signing_keys.signer_for(issuer)
        places = status_lists.allot_many(organisation=issuer, count=2)
    awards = [unstored(version, educator, number) for number in range(2)]
    signed = signing_in_bulk.sign_all(awards, places=places, signer=signer, created=timezone.now())
    assert [(each.credential, each.reason) for each in signed] == [
        (None, "A credential needs the achievement's name.")
    ] * 2


def test_a_list_signs_with_a_mould_what_the_general_way_signs_at_the_same_moment(
    key: IssuingKey,
    confirmed: Callable[[str], BulkAward],
    educator: Person,
    other_educator: Person,
    issuer: Organisation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signing_in_bulk, "add_proof", lambda *_args, **_facts: pytest.fail("It did not fit."))
    confirmed(f"person\n{educator.email}\n{other_educator.email}\n")
    assert tasks.award_listed_people() == 2
    with transaction.atomic():
        signer = signing_keys.signer_for(issuer)
    for award in Award.objects.select_related(*credentials.NEEDED, "status_list"):
        assert award.status_list is not None
        assert award.status_index is not None
        again = credentials.unsigned_credential(
            award, place=Place(award.status_list, award.status_index), identity=identities.identity_in(award)
        )
        moment = times.read((award.credential or {})["proof"][0]["created"])
        assert moment is not None
        assert award.credential == add_proof(again, signer=signer, created=moment)
        assert verifying.verify_award(award).verdict is Verdict.VALID


def test_nobody_is_signed_for_nobody(key: IssuingKey, issuer: Organisation) -> None:
    with transaction.atomic():
        signer = signing_keys.signer_for(issuer)
    assert signing_in_bulk.sign_all([], places=[], signer=signer, created=timezone.now()) == []


@pytest.mark.parametrize("kind", ["read here", "with evidence", "judged elsewhere"])
def test_every_kind_of_badge_is_read_the_quick_way(
    key: IssuingKey,
    make_award: MakeAward,
    confirmed: Callable[[str], BulkAward],
    educator: Person,
    kind: str,
) -> None:
    if kind == "judged elsewhere":
        confirmed(f"person\n{educator.email}\n")
        tasks.award_listed_people()
    else:
        make_award()
    award = Award.objects.get()
    if kind == "with evidence":
        award = reissuing.reissue(
            award=award, acting_person=educator, pieces=["plan", "plan.text", "plan.7"], consent=True
        )
    assert statements.in_order(unproven(award.credential), contexts=pinned()) is not None
    assert verifying.verify_award(Award.objects.select_related("status_list").get()).verdict is Verdict.VALID
