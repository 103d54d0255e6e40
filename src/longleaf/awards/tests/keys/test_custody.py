"""A key that is kept elsewhere: real signatures from another process, and nothing else changes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from longleaf.awards import issuing, revoking, status_lists, tasks
from longleaf.awards.errors import NoUsableKey
from longleaf.awards.keys import custody, signing_keys
from longleaf.awards.models import IssuingKey
from longleaf.awards.status import AwardStatus, KeyStatus
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.tests.keys import custodian
from longleaf.awards.verification import verifying
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges.report import Verdict

pytestmark = pytest.mark.django_db
ELSEWHERE = "longleaf.awards.tests.keys.custodian.InAnotherProcess"


@pytest.fixture
def process(tmp_path: Path, settings: Any) -> Iterator[subprocess.Popen[str]]:
    """The custodian, ready to be asked."""
    settings.TEST_CUSTODIAN = str(tmp_path / "custodian")
    settings.KEY_CUSTODY = ELSEWHERE
    command = [sys.executable, "-m", custodian.__name__, settings.TEST_CUSTODIAN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        yield running
        running.kill()


def test_badges_are_issued_revoked_and_verified_as_ever(
    process: subprocess.Popen[str], issuer: Organisation, issuing_officer: Person, make_award: MakeAward
) -> None:
    key = signing_keys.create_key(organisation=issuer, acting_person=issuing_officer)
    first, second = make_award("attempt:1"), make_award("attempt:2")
    signing_keys.rotate(organisation=issuer, acting_person=issuing_officer)
    third = make_award("attempt:3")
    assert {verifying.verify_award(each).verdict for each in (first, second, third)} == {Verdict.VALID}
    revoking.revoke(award=first, reason="By mistake.", acting_person=issuing_officer)
    first.refresh_from_db()
    assert verifying.verify_award(first).verdict is Verdict.INVALID
    key.refresh_from_db()
    assert (bytes(key.handle), key.custody, key.status) == (b"key-1", ELSEWHERE, KeyStatus.RETIRED)


def test_a_custodian_that_is_away_keeps_badges_waiting_and_nobody_from_revoking(
    process: subprocess.Popen[str], issuer: Organisation, issuing_officer: Person, make_award: MakeAward
) -> None:
    signing_keys.create_key(organisation=issuer, acting_person=None)
    issued = make_award("attempt:1")
    process.kill()
    process.wait()
    waiting = make_award("attempt:2")
    assert waiting.status == AwardStatus.QUEUED
    revoked = revoking.revoke(award=issued, reason="By mistake.", acting_person=issuing_officer)
    assert revoked.status == AwardStatus.REVOKED
    assert revoked.status_list is not None
    with pytest.raises(NoUsableKey, match="does not answer"):
        status_lists.current(status_list=revoked.status_list)
    with pytest.raises(NoUsableKey, match="No signing key can be made"):
        signing_keys.rotate(organisation=issuer, acting_person=None)
    assert IssuingKey.objects.get().status == KeyStatus.ACTIVE


def test_a_custodian_with_another_key_signs_nothing_that_leaves_the_house(
    process: subprocess.Popen[str], issuer: Organisation, make_award: MakeAward
) -> None:
    signing_keys.create_key(organisation=issuer, acting_person=None)
    custodian._ask({"do": "mix-up"})
    assert make_award().status == AwardStatus.QUEUED
    with pytest.raises(NoUsableKey, match="not its signature"):
        signing_keys.signer_for(issuer).sign(b"anything")


def test_keys_stay_where_they_were_made_until_they_are_rotated(
    issuer: Organisation, make_award: MakeAward, request: pytest.FixtureRequest
) -> None:
    signing_keys.create_key(organisation=issuer, acting_person=None)
    request.getfixturevalue("process")
    assert make_award("attempt:1").status == AwardStatus.ISSUED
    new = signing_keys.rotate(organisation=issuer, acting_person=None)
    assert new.custody == ELSEWHERE
    assert verifying.verify_award(make_award("attempt:2")).verdict is Verdict.VALID


def test_what_stands_in_the_database_does_not_choose_which_code_runs(issuer: Organisation) -> None:
    key = signing_keys.create_key(organisation=issuer, acting_person=None)
    IssuingKey.objects.filter(pk=key.pk).update(custody="os.system")
    with pytest.raises(NoUsableKey, match=r"kept by os\.system, which LONGLEAF_KEY_CUSTODY does not name"):
        signing_keys.signer_for(issuer)


def test_a_custody_that_cannot_be_loaded_keeps_badges_waiting_and_breaks_nothing(
    issuer: Organisation, make_award: MakeAward, settings: Any
) -> None:
    key = signing_keys.create_key(organisation=issuer, acting_person=None)
    settings.KEY_CUSTODY = "no.such.Module"
    IssuingKey.objects.filter(pk=key.pk).update(custody=settings.KEY_CUSTODY)
    assert make_award().status == AwardStatus.QUEUED
    with pytest.raises(NoUsableKey, match=r"names no\.such\.Module, which cannot be loaded"):
        signing_keys.rotate(organisation=issuer, acting_person=None)


def test_awards_that_waited_are_signed_when_the_key_is_back(
    issuer: Organisation, make_award: MakeAward, settings: Any
) -> None:
    signing_keys.create_key(organisation=issuer, acting_person=None)
    right = settings.KEY_ENCRYPTION_SECRET
    settings.KEY_ENCRYPTION_SECRET = "another secret"
    waiting = make_award()
    assert (waiting.status, tasks.sign_queued_awards()) == (AwardStatus.QUEUED, 0)
    settings.KEY_ENCRYPTION_SECRET = right
    assert issuing.sign(award=waiting).status == AwardStatus.ISSUED


def test_a_proof_says_the_day_and_never_a_moment_before_the_key(issuer: Organisation, make_award: MakeAward) -> None:
    key = signing_keys.create_key(organisation=issuer, acting_person=None)
    # The key is of today, so the first instant of today would be before it.
    first = make_award("attempt:1")
    assert first.credential is not None
    made = key.created_at.astimezone(UTC).replace(microsecond=0)
    assert first.credential["proof"][0]["created"] == made.isoformat().replace("+00:00", "Z")
    IssuingKey.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    signer = signing_keys.signer_for(issuer)
    assert signer.moment(datetime(2026, 7, 4, 1, 59, 30, tzinfo=UTC)) == datetime(2026, 7, 3, 4, tzinfo=UTC)
    assert key.custody == custody.SEALED
