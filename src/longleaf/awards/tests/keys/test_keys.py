"""Keys: sealed at rest, one that signs per issuer, and old signatures that stay good."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from longleaf.awards.contents import achievements
from longleaf.awards.errors import AlreadyHasKey, MayNotManageKeys, NoUsableKey
from longleaf.awards.keys import sealing, signing_keys
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.status import AwardStatus, KeyStatus
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification import verifying
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
    sealed = bytes(key.handle)
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
    new = signing_keys.rotate(organisation=issuer, acting_person=None)
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
        signing_keys.create_key(organisation=issuer, acting_person=None)
    with pytest.raises(NoUsableKey):
        signing_keys.rotate(organisation=agency, acting_person=None)
    with pytest.raises(NoUsableKey):
        signing_keys.signer_for(agency)


def test_only_who_keeps_keys_may_make_them(
    issuer: Organisation, agency: Organisation, issuing_officer: Person, designer: Person, educator: Person
) -> None:
    for person in (designer, educator):
        with pytest.raises(MayNotManageKeys):
            signing_keys.create_key(organisation=issuer, acting_person=person)
    with pytest.raises(MayNotManageKeys):
        signing_keys.create_key(organisation=agency, acting_person=issuing_officer)
    assert signing_keys.create_key(organisation=issuer, acting_person=issuing_officer).status == KeyStatus.ACTIVE
    with pytest.raises(MayNotManageKeys):
        signing_keys.rotate(organisation=issuer, acting_person=designer)


def test_keys_are_journal_lines(issuer: Organisation, issuing_officer: Person) -> None:
    first = signing_keys.create_key(organisation=issuer, acting_person=issuing_officer)
    second = signing_keys.rotate(organisation=issuer, acting_person=issuing_officer)
    found = JournalLine.objects.filter(subject="issuer:prairie-institute").order_by("number")
    assert [(line.event, line.data["key"], line.actor) for line in found] == [
        ("issuer:key:created", first.public_multibase, issuing_officer.ref),
        ("issuer:key:retired", first.public_multibase, issuing_officer.ref),
        ("issuer:key:created", second.public_multibase, issuing_officer.ref),
    ]


OLD, NEW = "the old secret", "the new secret"


@pytest.fixture
def sealed_with_the_old_secret(issuer: Organisation, agency: Organisation, settings: Any) -> list[IssuingKey]:
    settings.KEY_ENCRYPTION_SECRET = OLD
    return [signing_keys.create_key(organisation=each, acting_person=None) for each in (issuer, agency)]


def test_all_keys_are_sealed_anew_and_again_changes_nothing(
    sealed_with_the_old_secret: list[IssuingKey], make_award: MakeAward, settings: Any
) -> None:
    assert signing_keys.reseal(old_secret=OLD, new_secret=NEW) == 2
    assert signing_keys.reseal(old_secret=OLD, new_secret=NEW) == 0
    settings.KEY_ENCRYPTION_SECRET = NEW
    assert verifying.verify_award(make_award()).verdict is Verdict.VALID
    lines = JournalLine.objects.filter(event="issuer:key:resealed")
    assert {line.data["key"] for line in lines} == {key.public_multibase for key in sealed_with_the_old_secret}


def test_all_keys_are_sealed_anew_or_none(sealed_with_the_old_secret: list[IssuingKey]) -> None:
    _, lost = sealed_with_the_old_secret
    foreign = sealing.seal(b"k" * 32, public=lost.public_multibase, secret="nobody knows")
    IssuingKey.objects.filter(pk=lost.pk).update(handle=foreign)
    before = dict(IssuingKey.objects.values_list("pk", "handle"))
    with pytest.raises(NoUsableKey, match="opens with neither"), transaction.atomic():
        signing_keys.reseal(old_secret=OLD, new_secret=NEW)
    assert dict(IssuingKey.objects.values_list("pk", "handle")) == before


def test_while_secrets_change_both_open(
    sealed_with_the_old_secret: list[IssuingKey], make_award: MakeAward, settings: Any
) -> None:
    settings.KEY_ENCRYPTION_SECRET, settings.KEY_ENCRYPTION_SECRET_BEFORE = NEW, OLD
    assert make_award("attempt:before").status == AwardStatus.ISSUED
    call_command("keys", "reseal", stdout=(said := StringIO()))
    assert said.getvalue().startswith("2 keys sealed anew.")
    settings.KEY_ENCRYPTION_SECRET_BEFORE = ""
    assert make_award("attempt:after").status == AwardStatus.ISSUED
    with pytest.raises(CommandError, match="LONGLEAF_KEY_ENCRYPTION_SECRET_BEFORE to the old"):
        call_command("keys", "reseal")


def test_the_command_lists_makes_rotates_and_reports(issuer: Organisation) -> None:
    for words in (["create"], ["rotate"], ["compromise", "--since", "2026-01-01", "--reason", "Lost."]):
        said = StringIO()
        if words[0] == "compromise":
            IssuingKey.objects.update(created_at="2025-12-01T00:00:00Z")
        call_command("keys", words[0], "ISSUER", *words[1:], stdout=said)
    assert "is believed no more" in said.getvalue()
    call_command("keys", "list", "ISSUER", stdout=(listed := StringIO()))
    assert sorted(line.split()[2] for line in listed.getvalue().splitlines()) == ["active", "compromised", "retired"]
    for wrong in (["list", "NOBODY"], ["compromise", "ISSUER"], ["compromise", "ISSUER", "--since", "2026-01-01"]):
        with pytest.raises(CommandError):
            call_command("keys", *wrong)
    with pytest.raises(CommandError, match="has no such key"):
        call_command("keys", "compromise", "ISSUER", "--key", "z6Mk", "--since", "2026-01-01")
