"""Revoking: who may, why, and that every verifier sees it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from longleaf.awards import revoking, status_lists
from longleaf.awards.errors import MayNotRevoke, RevocationNeedsReason
from longleaf.awards.models import Award, IssuingKey, StatusList
from longleaf.awards.status import AwardStatus
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification import verifying
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.engines.openbadges.report import Verdict
from longleaf.engines.openbadges.status import bit, decoded
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState

REASON = "The recording shows another educator's class."


def bits_of(status_list: StatusList) -> bytes:
    status_list.refresh_from_db()
    return decoded(status_lists.current(status_list=status_list)["credentialSubject"]["encodedList"])


def test_a_revoked_badge_verifies_as_invalid_and_says_why(award: Award, issuing_officer: Person) -> None:
    assert verifying.verify_award(award).verdict is Verdict.VALID
    revoked = revoking.revoke(award=award, reason=f"  {REASON}\n", acting_person=issuing_officer)
    fresh = Award.objects.select_related("status_list").get(pk=award.pk)
    report = verifying.verify_award(fresh)
    assert (revoked.status, revoked.revocation_reason) == (AwardStatus.REVOKED, REASON)
    assert report.verdict is Verdict.INVALID
    assert report.step("proof").outcome.value == "passed"
    assert report.step("status").outcome.value == "failed"
    assert report.step("status").reason.endswith(f"The issuer's reason: {REASON}")


def test_it_flips_this_bit_and_no_other(award: Award, make_award: MakeAward, issuing_officer: Person) -> None:
    other = make_award("attempt:other")
    assert award.status_list is not None
    assert not any(bits_of(award.status_list))
    revoking.revoke(award=award, reason=REASON, acting_person=issuing_officer)
    after = bits_of(award.status_list)
    assert bit(after, award.status_index or 0)
    assert sum(byte.bit_count() for byte in after) == 1
    assert verifying.verify_award(other).verdict is Verdict.VALID


def test_the_signed_list_stays_the_same_until_a_bit_changes(
    award: Award, make_award: MakeAward, issuing_officer: Person, client: Client
) -> None:
    assert award.status_list is not None
    address = f"/status/{award.status_list.uuid}"
    first = client.get(address)
    make_award("attempt:other")
    second = client.get(address)
    revoking.revoke(award=award, reason=REASON, acting_person=issuing_officer)
    third = client.get(address)
    assert first["ETag"] == second["ETag"] != third["ETag"]
    assert first.content == second.content != third.content


def test_it_writes_a_journal_line(award: Award, issuing_officer: Person) -> None:
    revoking.revoke(award=award, reason=REASON, acting_person=issuing_officer)
    line = JournalLine.objects.get(event="badge:award:revoked")
    assert (line.subject, line.actor, line.data) == (f"award:{award.uuid}", issuing_officer.ref, {"reason": REASON})


@pytest.mark.parametrize("reason", ["", "   \n", "x" * 2001])
def test_it_asks_for_a_reason(award: Award, issuing_officer: Person, reason: str) -> None:
    with pytest.raises(RevocationNeedsReason) as refused:
        revoking.revoke(award=award, reason=reason, acting_person=issuing_officer)
    assert set(refused.value.fields) == {"reason"}
    award.refresh_from_db()
    assert award.status == AwardStatus.ISSUED


def test_it_cannot_be_done_twice_or_before_the_badge_is_issued(
    make_award: MakeAward, issuing_officer: Person, issuer: Organisation, award: Award
) -> None:
    revoking.revoke(award=award, reason=REASON, acting_person=issuing_officer)
    with pytest.raises(WrongState, match="is now “Revoked” and cannot become “Revoked”"):
        revoking.revoke(award=award, reason="Another reason.", acting_person=issuing_officer)
    award.refresh_from_db()
    assert award.revocation_reason == REASON


def test_what_waits_for_its_signature_cannot_be_revoked(make_award: MakeAward, issuing_officer: Person) -> None:
    with pytest.raises(WrongState, match="is now “Being issued”"):
        revoking.revoke(award=make_award(), reason=REASON, acting_person=issuing_officer)


def test_only_an_issuing_officer_of_the_issuer_may(
    award: Award,
    agency: Organisation,
    educator: Person,
    designer: Person,
    lead_assessor: Person,
    state_officer: Person,
    stranger: Person,
) -> None:
    enrolling.give_role(person=stranger, organisation=agency, role=Role.ISSUER, acting_person=None)
    for person in (educator, designer, lead_assessor, state_officer, stranger):
        with pytest.raises(MayNotRevoke):
            revoking.revoke(award=award, reason=REASON, acting_person=person)
    award.refresh_from_db()
    assert award.status == AwardStatus.ISSUED


def test_an_officer_whose_role_has_ended_may_no_longer(award: Award, issuing_officer: Person) -> None:
    held = issuing_officer.roles.get()
    enrolling.end_role(held=held, acting_person=None, until=held.since)
    with pytest.raises(MayNotRevoke):
        revoking.revoke(award=award, reason=REASON, acting_person=issuing_officer)


def test_without_a_usable_key_the_badge_is_revoked_and_the_list_waits(
    award: Award, issuing_officer: Person, settings: Any, client: Client, key: IssuingKey
) -> None:
    right, settings.KEY_ENCRYPTION_SECRET = settings.KEY_ENCRYPTION_SECRET, "lost for a while"
    revoking.revoke(award=award, reason=REASON, acting_person=issuing_officer)
    assert award.status_list is not None
    assert client.get(f"/status/{award.status_list.uuid}").status_code == 503
    fresh = Award.objects.select_related("status_list").get(pk=award.pk)
    assert verifying.verify_award(fresh).verdict is Verdict.UNKNOWN
    settings.KEY_ENCRYPTION_SECRET = right
    assert client.get(f"/status/{award.status_list.uuid}").status_code == 200
    assert verifying.verify_material(fresh.credential or {}).verdict is Verdict.INVALID
