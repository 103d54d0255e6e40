"""Keys: sealed at rest, one that signs per issuer, and old signatures that stay good."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from longleaf.awards import achievements, keys, sealing, verifying
from longleaf.awards.errors import AlreadyHasKey, MayNotManageKeys, NoUsableKey
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.status import AwardStatus, KeyStatus
from longleaf.awards.tests.conftest import MakeAward
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges.keys import LocalSigner
from longleaf.engines.openbadges.report import Verdict
from longleaf.journal.models import JournalLine


@pytest.fixture(autouse=True)
def _in_a_transaction(db: None) -> Any:
    """Signers lock the key's row, so they belong into a transaction."""
    with transaction.atomic():
        yield


def test_the_private_half_is_nowhere_in_the_row(key: IssuingKey, settings: Any) -> None:
    sealed = bytes(key.private_encrypted)
    seed = sealing.open_sealed(sealed, public=key.public_multibase, secret=settings.KEY_ENCRYPTION_SECRET)
    assert LocalSigner.from_seed(seed).multikey == key.public_multibase
    assert seed not in sealed


def test_two_seals_of_one_key_have_nothing_in_common() -> None:
    first, second = (sealing.seal(b"k" * 32, public="z6Mk", secret="s") for _ in range(2))
    assert first[1:] != second[1:]


@pytest.mark.parametrize(
    ("public", "secret", "damage"), [("z6Mk", "another", 0), ("z6Mother", "right", 0), ("z6Mk", "right", 1)]
)
def test_it_does_not_open_with_another_secret_in_another_row_or_damaged(public: str, secret: str, damage: int) -> None:
    sealed = bytearray(sealing.seal(b"k" * 32, public="z6Mk", secret="right"))
    sealed[-1] ^= damage
    with pytest.raises(sealing.CannotOpen):
        sealing.open_sealed(bytes(sealed), public=public, secret=secret)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + b"x" * 80, b"\x01" + b"x" * 28])
def test_it_refuses_what_was_never_sealed(sealed: bytes) -> None:
    with pytest.raises(sealing.CannotOpen):
        sealing.open_sealed(sealed, public="z6Mk", secret="s")


def test_a_wrong_secret_keeps_awards_waiting_and_says_why(
    key: IssuingKey, make_award: MakeAward, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.KEY_ENCRYPTION_SECRET = "another secret"
    assert make_award().status == AwardStatus.QUEUED
    assert "Set LONGLEAF_KEY_ENCRYPTION_SECRET to the secret it was made with." in caplog.text


def test_rotating_retires_the_old_key_and_what_it_signed_stays_valid(
    award: Award, make_award: MakeAward, key: IssuingKey, issuer: Organisation
) -> None:
    new = keys.rotate(organisation=issuer, acting_person=None)
    later = make_award("attempt:later")
    key.refresh_from_db()
    assert (key.status, new.status) == (KeyStatus.RETIRED, KeyStatus.ACTIVE)
    assert later.credential is not None
    assert later.credential["proof"][0]["verificationMethod"].endswith(new.public_multibase)
    assert verifying.verify_award(award).verdict is Verdict.VALID
    assert verifying.verify_award(later).verdict is Verdict.VALID
    document = achievements.did_document(issuer)
    assert document is not None
    assert len(document["assertionMethod"]) == 2


def test_an_issuer_has_one_key_that_signs(key: IssuingKey, issuer: Organisation, agency: Organisation) -> None:
    with pytest.raises(AlreadyHasKey):
        keys.create_key(organisation=issuer, acting_person=None)
    with pytest.raises(NoUsableKey):
        keys.rotate(organisation=agency, acting_person=None)
    with pytest.raises(NoUsableKey):
        keys.signer_for(agency)


def test_only_who_keeps_keys_may_make_them(
    issuer: Organisation, agency: Organisation, issuing_officer: Person, designer: Person, educator: Person
) -> None:
    for person in (designer, educator):
        with pytest.raises(MayNotManageKeys):
            keys.create_key(organisation=issuer, acting_person=person)
    with pytest.raises(MayNotManageKeys):
        keys.create_key(organisation=agency, acting_person=issuing_officer)
    assert keys.create_key(organisation=issuer, acting_person=issuing_officer).status == KeyStatus.ACTIVE
    with pytest.raises(MayNotManageKeys):
        keys.rotate(organisation=issuer, acting_person=designer)


def test_keys_are_journal_lines(issuer: Organisation, issuing_officer: Person) -> None:
    first = keys.create_key(organisation=issuer, acting_person=issuing_officer)
    second = keys.rotate(organisation=issuer, acting_person=issuing_officer)
    found = JournalLine.objects.filter(subject="issuer:prairie-institute").order_by("number")
    assert [(line.event, line.data["key"], line.actor) for line in found] == [
        ("issuer:key:created", first.public_multibase, issuing_officer.ref),
        ("issuer:key:retired", first.public_multibase, issuing_officer.ref),
        ("issuer:key:created", second.public_multibase, issuing_officer.ref),
    ]
