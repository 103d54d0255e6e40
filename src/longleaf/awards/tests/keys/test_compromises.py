"""A key in wrong hands: believed no more, by anybody; and nobody loses a badge by it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from longleaf.awards import addresses, revoking, tasks
from longleaf.awards.contents import achievements
from longleaf.awards.errors import CompromiseNeedsReason, CompromiseNotPlausible, MayNotManageKeys, NoUsableKey
from longleaf.awards.keys import compromises, signing_keys
from longleaf.awards.models import Award, IssuingKey, StatusList
from longleaf.awards.status import AwardStatus, KeyStatus
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification import documents, verifying
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges.proving import add_proof
from longleaf.engines.openbadges.report import Outcome, Verdict
from longleaf.engines.openbadges.verifying import verify
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState

REASON = "A laptop with a copy was stolen."


@pytest.fixture
def old_key(key: IssuingKey) -> IssuingKey:
    """A key that has been in use for a while."""
    IssuingKey.objects.filter(pk=key.pk).update(created_at=timezone.now() - timedelta(days=90))
    key.refresh_from_db()
    return key


def reported(key: IssuingKey, *, days_ago: int = 3, acting_person: Person | None = None) -> IssuingKey:
    since = timezone.now() - timedelta(days=days_ago)
    return compromises.report(key=key, since=since, reason=REASON, acting_person=acting_person)


def test_nothing_signed_with_it_is_believed_any_more_and_everybody_can_see_why(
    old_key: IssuingKey, award: Award, issuer: Organisation
) -> None:
    before = dict(award.credential or {})
    reported(old_key)
    document = achievements.did_document(issuer)
    assert document is not None
    [method] = [each for each in document["verificationMethod"] if "revoked" in each]
    assert method["publicKeyMultibase"] == old_key.public_multibase
    assert method["id"] not in document["assertionMethod"]
    assert len(document["assertionMethod"]) == 1
    step = verifying.verify_material(before).step("issuer")
    assert step.outcome is Outcome.FAILED
    assert "The issuer withdrew the key it was signed with on" in step.reason


def test_whoever_has_the_key_may_write_any_date_and_is_believed_for_none(
    old_key: IssuingKey, award: Award, issuer: Organisation
) -> None:
    with transaction.atomic():
        thief = signing_keys.signer_for(issuer)
    forged = {name: value for name, value in (award.credential or {}).items() if name != "proof"}
    forged = add_proof(forged, signer=thief, created=datetime(2026, 1, 1, tzinfo=UTC))
    reported(old_key)
    assert verifying.verify_material(forged).verdict is Verdict.INVALID


def test_what_it_signed_is_signed_anew_once_and_says_the_same(
    old_key: IssuingKey, make_award: MakeAward, issuer: Organisation
) -> None:
    awards = [make_award(f"attempt:{number}") for number in range(3)]
    before = {award.pk: dict(award.credential or {}) for award in awards}
    reported(old_key)
    later = make_award("attempt:later")
    assert tasks.sign_anew_after_compromise() == 3
    assert tasks.sign_anew_after_compromise() == 0
    new = IssuingKey.objects.get(status=KeyStatus.ACTIVE)
    for award in awards:
        award.refresh_from_db()
        after = dict(award.credential or {})
        assert len(after["proof"]) == 1
        assert after["proof"][0]["verificationMethod"] == signing_keys.method_of(new)
        assert after.pop("proof") != (old := before[award.pk]).pop("proof")
        assert after == old
        assert verifying.verify_award(award).verdict is Verdict.VALID
    unchanged = later.credential
    later.refresh_from_db()
    assert later.credential == unchanged
    lines = JournalLine.objects.filter(event="badge:award:signed-anew")
    assert sorted(line.subject for line in lines) == sorted(f"award:{award.uuid}" for award in awards)


def test_a_copy_of_before_says_where_the_good_one_is(old_key: IssuingKey, award: Award) -> None:
    before = dict(award.credential or {})
    reported(old_key)
    assert "signed this very badge anew" not in verifying.verify_material(before).step("issuer").reason
    tasks.sign_anew_after_compromise()
    reason = verifying.verify_material(before).step("issuer").reason
    assert reason.endswith(f"the copy that is good is at {addresses.badge(award.uuid)}.")


def test_a_revoked_badge_stays_revoked(old_key: IssuingKey, award: Award, issuing_officer: Person) -> None:
    revoking.revoke(award=award, reason="By mistake.", acting_person=issuing_officer)
    reported(old_key)
    assert tasks.sign_anew_after_compromise() == 1
    award.refresh_from_db()
    assert award.status == AwardStatus.REVOKED
    assert verifying.verify_award(award).step("status").outcome is Outcome.FAILED


def test_status_lists_are_signed_by_a_key_that_is_believed(old_key: IssuingKey, award: Award) -> None:
    assert verifying.verify_award(award).verdict is Verdict.VALID
    assert StatusList.objects.get().credential is not None
    new_key_needed = reported(old_key)
    assert StatusList.objects.get().credential is None
    tasks.sign_anew_after_compromise()
    award.refresh_from_db()
    assert verifying.verify_award(award).verdict is Verdict.VALID
    listed = StatusList.objects.get().credential
    assert not compromises.made_with(listed, new_key_needed)


def test_what_was_verified_a_moment_ago_is_not_believed_a_moment_longer(old_key: IssuingKey, award: Award) -> None:
    assert verifying.verify_award(award).verdict is Verdict.VALID
    reported(old_key)
    award.refresh_from_db()
    assert verifying.verify_award(award).verdict is Verdict.INVALID


def test_a_batch_goes_on_where_the_last_one_ended(old_key: IssuingKey, make_award: MakeAward) -> None:
    for number in range(5):
        make_award(f"attempt:{number}")
    reported(old_key)
    done = [compromises.sign_batch_anew(key_id=old_key.pk, most=2) for _ in range(4)]
    assert done == [2, 2, 1, 0]
    old_key.refresh_from_db()
    assert old_key.signed_anew_at is not None


def test_without_a_key_that_signs_nothing_is_lost(old_key: IssuingKey, award: Award, settings: Any) -> None:
    reported(old_key)
    right = settings.KEY_ENCRYPTION_SECRET
    settings.KEY_ENCRYPTION_SECRET = "another"
    with pytest.raises(NoUsableKey):
        compromises.sign_batch_anew(key_id=old_key.pk)
    settings.KEY_ENCRYPTION_SECRET = right
    assert tasks.sign_anew_after_compromise() == 1


def test_a_retired_key_can_be_reported_and_the_one_in_use_stays(
    old_key: IssuingKey, award: Award, issuer: Organisation
) -> None:
    new = signing_keys.rotate(organisation=issuer, acting_person=None)
    reported(old_key)
    assert list(IssuingKey.objects.filter(status=KeyStatus.ACTIVE)) == [new]
    assert tasks.sign_anew_after_compromise() == 1


def test_it_is_never_reinstated(old_key: IssuingKey) -> None:
    reported(old_key)
    with pytest.raises(WrongState, match="cannot become"):
        reported(old_key)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuingKey.objects.filter(pk=old_key.pk).update(status=KeyStatus.RETIRED)


def test_it_asks_for_a_reason_and_a_moment_that_can_be(old_key: IssuingKey) -> None:
    now = timezone.now()
    for since in (now + timedelta(days=1), now - timedelta(days=400)):
        with pytest.raises(CompromiseNotPlausible):
            compromises.report(key=old_key, since=since, reason=REASON, acting_person=None)
    for reason in ("  ", "x" * 2001):
        with pytest.raises(CompromiseNeedsReason):
            compromises.report(key=old_key, since=now, reason=reason, acting_person=None)
    old_key.refresh_from_db()
    assert old_key.status == KeyStatus.ACTIVE


def test_only_who_keeps_keys_reports_one(old_key: IssuingKey, designer: Person, issuing_officer: Person) -> None:
    with pytest.raises(MayNotManageKeys):
        reported(old_key, acting_person=designer)
    reported(old_key, acting_person=issuing_officer)
    line = JournalLine.objects.get(event="issuer:key:compromised")
    assert (line.actor, line.subject, line.data["reason"]) == (issuing_officer.ref, "issuer:prairie-institute", REASON)


def test_a_verifier_of_others_refuses_it_by_the_published_document_alone(old_key: IssuingKey, award: Award) -> None:
    """No register, no words of ours: the documents that anybody can fetch."""
    before = dict(award.credential or {})
    reported(old_key)
    report = verify(before, documents=documents.OwnDocuments(), now=timezone.now())
    assert report.verdict is Verdict.INVALID
    assert report.step("proof").outcome is Outcome.PASSED
    assert report.step("issuer").outcome is Outcome.FAILED


@pytest.mark.django_db(transaction=True)
def test_two_workers_sign_each_badge_anew_once(key: IssuingKey, make_award: MakeAward) -> None:
    for number in range(6):
        make_award(f"attempt:{number}")
    compromises.report(key=key, since=key.created_at, reason=REASON, acting_person=None)
    done: list[int] = []

    def work() -> None:
        try:
            done.extend(compromises.sign_batch_anew(key_id=key.pk, most=2) for _ in range(3))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sum(done) == 6
    assert JournalLine.objects.filter(event="badge:award:signed-anew").count() == 6
