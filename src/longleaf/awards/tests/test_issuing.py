"""Issuing: what goes into a badge, and that one occasion ends in one badge."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from longleaf.awards import issuing, tasks
from longleaf.awards.errors import MalformedFinding
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, IssuingKey, StatusList
from longleaf.awards.models.status_list import LIST_LENGTH
from longleaf.awards.status import AwardStatus
from longleaf.awards.tests.conftest import EARNED_AT, FINDING, MakeAward
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.catalog.publishing import digest_of
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges.report import Verdict
from longleaf.journal import verifying as journal
from longleaf.journal.models import JournalLine
from tests import cast


def lines(award: Award) -> list[tuple[str, str]]:
    found = JournalLine.objects.filter(subject=f"award:{award.uuid}").order_by("number")
    return [(line.event, line.actor) for line in found]


def test_it_signs_a_badge_that_verifies(award: Award) -> None:
    report = verifying.verify_award(award)
    assert report.verdict is Verdict.VALID
    assert {step.step: step.outcome.value for step in report.steps} == {
        "format": "passed",
        "proof": "passed",
        "issuer": "passed",
        "status": "passed",
        "validity": "passed",
        "recognition": "informational",
    }


def test_it_tells_what_was_earned_by_whom_and_from_whom(award: Award, version: Version, issuer: Organisation) -> None:
    credential = award.credential
    assert credential is not None
    assert credential["id"] == f"http://testserver/badges/{award.uuid}/credential.json"
    assert credential["issuer"]["id"] == "did:web:testserver:issuers:prairie-institute"
    assert credential["issuer"]["name"] == issuer.name
    assert credential["validFrom"] == credential["awardedDate"] == "2026-03-04T05:00:00Z"
    achievement = credential["credentialSubject"]["achievement"]
    assert achievement["id"] == f"http://testserver/achievements/{version.uuid}"
    assert achievement["achievementType"] == "MicroCredential"
    assert achievement["image"]["id"] == f"{achievement['id']}/badge.png"
    assert [each["targetCode"] for each in achievement["alignment"]] == ["MTS-2"]
    assert "Work before and after: Bring both pieces." in achievement["criteria"]["narrative"]
    assert achievement["criteria"]["id"] == achievement["id"]


def test_it_names_the_earner_and_hashes_the_address_with_a_salt_of_its_own(
    key: IssuingKey, make_award: MakeAward, educator: Person
) -> None:
    found = [make_award(f"attempt:{n}").credential for n in (1, 2)]
    hashes = set()
    for credential in found:
        assert credential is not None
        address, name = credential["credentialSubject"]["identifier"]
        expected = hashlib.sha256((educator.email + address["salt"]).encode()).hexdigest()
        assert address["identityHash"] == f"sha256${expected}"
        assert (name["identityType"], name["hashed"], name["identityHash"]) == ("name", False, "Erin Earner")
        assert educator.email not in str(credential)
        hashes.add(address["identityHash"])
    assert len(hashes) == 2


def test_it_carries_a_result_for_each_criterion_at_its_level(award: Award) -> None:
    assert award.credential is not None
    subject = award.credential["credentialSubject"]
    titles = {}
    for criterion in subject["achievement"]["resultDescription"]:
        for level in criterion.get("rubricCriterionLevel", []):
            titles[(criterion["id"], level["id"])] = (criterion["name"], level["name"])
    reached = [each for each in subject["result"] if "achievedLevel" in each]
    shown = [titles[(each["resultDescription"], each["achievedLevel"])] for each in reached]
    assert shown == [("Feedback is specific", "Demonstrated"), ("The learner used it", "Demonstrated")]


def test_it_says_how_it_was_judged(award: Award, version: Version) -> None:
    assert award.credential is not None
    assert award.credential["credentialSubject"]["narrative"] == (
        "Two assessors judged the evidence by the published rubric, each on their own and without knowing whose work it"
        f" was. The rubric is that of version 1; its SHA-256 digest is {digest_of(version.document['rubric'])}."
    )


def test_it_takes_a_criterion_of_which_only_met_is_known_at_the_first_level_that_meets(
    key: IssuingKey, make_award: MakeAward
) -> None:
    finding = {**FINDING, "criteria": [{"code": "A", "met": True, "level": None}, {"code": "B", "met": False}]}
    credential = make_award(finding=finding).credential
    assert credential is not None
    subject = credential["credentialSubject"]
    names = {
        level["id"]: level["name"]
        for criterion in subject["achievement"]["resultDescription"]
        for level in criterion.get("rubricCriterionLevel", [])
    }
    reached = [each["achievedLevel"] for each in subject["result"] if "achievedLevel" in each]
    assert [names[each] for each in reached] == ["Demonstrated", "Not yet"]


def test_it_tells_of_no_evidence_but_what_is_given(key: IssuingKey, make_award: MakeAward) -> None:
    without, with_one = make_award("attempt:1"), make_award("attempt:2", evidence=[{"name": "My plan"}])
    assert without.credential is not None
    assert with_one.credential is not None
    assert "evidence" not in without.credential
    assert [each["name"] for each in with_one.credential["evidence"]] == ["My plan"]


def test_a_badge_expires_when_its_micro_credential_says_so(
    key: IssuingKey, make_award: MakeAward, state: Any, issuer: Organisation
) -> None:
    document = cast.make_document("brief", expires_after_years=1)
    version = cast.publish(state, issuer, document)
    leap_day = datetime(2024, 2, 29, 12, tzinfo=UTC)
    found = make_award(version=version, earned_at=leap_day)
    assert found.credential is not None
    assert found.credential["validUntil"] == "2025-03-01T04:59:59Z"
    assert verifying.verify_award(found).verdict is Verdict.INVALID


def test_the_same_occasion_again_changes_nothing(award: Award, make_award: MakeAward, other_educator: Person) -> None:
    again = make_award(earner=other_educator)
    assert (again.pk, again.credential) == (award.pk, award.credential)
    assert Award.objects.count() == 1
    assert lines(award) == [("badge:award:issued", "")]


def test_the_journal_names_who_acted(key: IssuingKey, make_award: MakeAward, lead_assessor: Person) -> None:
    found = make_award(acting_person=lead_assessor)
    assert lines(found) == [("badge:award:issued", lead_assessor.ref)]
    line = JournalLine.objects.get(subject=f"award:{found.uuid}")
    assert line.data["occasion"] == "attempt:ATT-1"
    assert line.data["key"].endswith(key.public_multibase)
    assert journal.verify().first_break is None


def test_what_fails_on_the_way_leaves_neither_badge_nor_line(
    key: IssuingKey, make_award: MakeAward, educator: Person
) -> None:
    educator.name = "A name with a \x07 bell"
    before = JournalLine.objects.count()
    with pytest.raises(Exception, match="U\\+0007"):
        make_award()
    assert (Award.objects.count(), JournalLine.objects.count()) == (0, before)


def test_without_a_key_the_award_waits_and_is_signed_when_there_is_one(
    make_award: MakeAward, issuer: Organisation
) -> None:
    found = make_award()
    assert (found.status, found.credential) == (AwardStatus.QUEUED, None)
    assert tasks.sign_queued_awards() == 0
    signing_keys.create_key(organisation=issuer, acting_person=None)
    # The worker that tried in vain holds a lease; when it has run out, the next one signs.
    Award.objects.update(leased_until=EARNED_AT)
    assert tasks.sign_queued_awards() == 1
    found.refresh_from_db()
    assert verifying.verify_award(found).verdict is Verdict.VALID
    assert [event for event, _ in lines(found)] == ["badge:award:queued", "badge:award:issued"]


def test_a_queue_is_signed_by_the_worker(key: IssuingKey, educator: Person, version: Version) -> None:
    for number in range(3):
        issuing.queue_award(
            occasion=f"cohort:{number}",
            earner=educator,
            version=version,
            finding=FINDING,
            earned_at=EARNED_AT,
            acting_person=None,
        )
    assert tasks.sign_queued_awards() == 3
    assert tasks.sign_queued_awards() == 0
    assert set(Award.objects.values_list("status", flat=True)) == {AwardStatus.ISSUED}


def test_a_bad_award_does_not_hold_up_the_rest(key: IssuingKey, educator: Person, version: Version) -> None:
    for number in range(2):
        issuing.queue_award(
            occasion=f"cohort:{number}",
            earner=educator,
            version=version,
            finding=FINDING,
            earned_at=EARNED_AT,
            acting_person=None,
        )
    Award.objects.filter(occasion="cohort:0").update(earner_name="A name with a \x07 bell")
    assert tasks.sign_queued_awards() == 1
    assert Award.objects.get(occasion="cohort:1").status == AwardStatus.ISSUED


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"readers": 0}, "`readers` must be a number from 1"),
        ({"readers": True}, "`readers` must be a number from 1"),
        ({"blind": "yes"}, "`blind` must be true or false"),
        ({"criteria": []}, "`criteria` must list what was found"),
        ({"criteria": [{"code": "Z", "met": True}]}, "the rubric has no criterion 'Z'"),
        ({"criteria": [{"code": "A", "met": True, "level": "superb"}]}, "the rubric has no level 'superb'"),
        ({"criteria": [{"code": "A", "met": None}]}, "`met` of 'A' must be true or false"),
        ({"criteria": [{"code": "A", "met": True}] * 2}, "each entry of `criteria` must name its own criterion"),
    ],
)
def test_it_refuses_a_finding_that_does_not_fit_the_rubric(
    key: IssuingKey, make_award: MakeAward, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(MalformedFinding, match=said):
        make_award(finding={**FINDING, **change})
    assert Award.objects.count() == 0


def test_each_badge_has_its_own_place_in_the_list(key: IssuingKey, make_award: MakeAward) -> None:
    found = [make_award(f"attempt:{n}") for n in range(5)]
    indexes = [award.status_index for award in found if award.status_index is not None]
    assert len(set(indexes)) == 5
    assert indexes != sorted(indexes) or indexes[-1] - indexes[0] > 4
    assert StatusList.objects.get().next_slot == 5


def test_a_full_list_is_followed_by_a_new_one(award: Award, make_award: MakeAward) -> None:
    StatusList.objects.update(next_slot=LIST_LENGTH)
    later = make_award("attempt:later")
    assert later.status_list_id != award.status_list_id
    assert verifying.verify_award(later).verdict is Verdict.VALID


def test_the_database_refuses_what_must_not_be(award: Award) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(credential=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(status=AwardStatus.REVOKED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(
            occasion=award.occasion,
            earner=award.earner,
            version=award.version,
            issuer=award.issuer,
            earned_at=EARNED_AT,
            uuid=uuid.uuid4(),
        )


def test_a_new_version_leaves_what_was_earned_as_it_was(
    award: Award, state: Any, issuer: Organisation, document: dict[str, Any]
) -> None:
    before = award.credential
    cast.publish(state, issuer, {**document, "title": "Another title"})
    award.refresh_from_db()
    assert award.credential == before
    assert verifying.verify_award(award).verdict is Verdict.VALID


def test_every_altered_member_is_found_out(award: Award) -> None:
    assert award.credential is not None
    changed = [
        {"name": "Another title"},
        {"validFrom": "2020-01-01T00:00:00Z"},
        {"issuer": {**award.credential["issuer"], "name": "Another issuer"}},
        {"credentialSubject": {**award.credential["credentialSubject"], "narrative": "Nobody judged it."}},
        {"credentialStatus": {**award.credential["credentialStatus"], "statusListIndex": "7"}},
        {"id": "http://testserver/badges/another/credential.json"},
    ]
    for change in changed:
        report = verifying.verify_material({**award.credential, **change})
        assert report.verdict is Verdict.INVALID, change
        assert report.step("proof").outcome.value == "failed"
