"""A key was in wrong hands: copies that this installation's journal knows from before keep being believed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.awards import addresses, reissuing, tasks
from longleaf.awards.contents import proofs
from longleaf.awards.endorsements import endorsing
from longleaf.awards.keys import compromises, signing_keys
from longleaf.awards.models import Award, BulkAward, IssuingKey
from longleaf.awards.sharing import tokens
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges.proving import add_proof
from longleaf.engines.openbadges.report import Outcome, Report, Verdict
from longleaf.journal.models import JournalLine


@pytest.fixture
def old_key(key: IssuingKey) -> IssuingKey:
    """A key that has been in use for a while."""
    IssuingKey.objects.filter(pk=key.pk).update(created_at=timezone.now() - timedelta(days=90))
    key.refresh_from_db()
    return key


def stolen(key: IssuingKey, since: datetime | None = None) -> IssuingKey:
    """The key is in wrong hands since a moment; without one, since just now."""
    reason = "A laptop with a copy was stolen."
    return compromises.report(key=key, since=since or timezone.now(), reason=reason, acting_person=None)


def stolen_later(key: IssuingKey) -> None:
    """The key is in wrong hands since a few seconds after all that it has signed so far: documents tell the second."""
    stolen(key)
    IssuingKey.objects.filter(pk=key.pk).update(compromised_since=timezone.now() + timedelta(seconds=2))


def tomorrow(material: bytes | dict[str, Any]) -> Report:
    return verifying.verify_material(material, now=timezone.now() + timedelta(days=1))


def copy_of(award: Award) -> dict[str, Any]:
    return copy.deepcopy(award.credential or {})


def thief_of(issuer: Organisation) -> signing_keys.IssuerSigner:
    """Somebody who has a copy of the key that is in use now."""
    with transaction.atomic():
        return signing_keys.signer_for(issuer)


def unsigned(credential: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in credential.items() if name != "proof"}


def test_an_honest_copy_of_before_is_valid_and_says_why_and_where_a_fresh_one_is(
    old_key: IssuingKey, award: Award
) -> None:
    before = copy_of(award)
    stolen_later(old_key)
    tasks.sign_anew_after_compromise()
    report = tomorrow(before)
    assert report.verdict is Verdict.VALID, report.as_dict()
    reason = report.step("issuer").reason
    assert "shows that this very copy was signed on" in reason
    assert reason.endswith(f"the copy that is good is at {addresses.badge(award.uuid)}.")


def test_it_is_so_however_the_copy_is_spelt(old_key: IssuingKey, award: Award) -> None:
    before = json.dumps(copy_of(award), sort_keys=True, indent=4, ensure_ascii=True)
    stolen_later(old_key)
    assert tomorrow(before.encode()).verdict is Verdict.VALID


def test_a_copy_that_was_signed_after_it_is_not_believed(old_key: IssuingKey, award: Award) -> None:
    stolen(old_key, since=timezone.now() - timedelta(days=3))
    assert tomorrow(copy_of(award)).verdict is Verdict.INVALID


def test_every_copy_that_was_ever_handed_out_before_is_known(
    old_key: IssuingKey, award: Award, educator: Person
) -> None:
    first = copy_of(award)
    again = reissuing.reissue(award=award, acting_person=educator, pieces=["plan"], consent=True)
    second = copy_of(again)
    stolen_later(old_key)
    tasks.sign_anew_after_compromise()
    again.refresh_from_db()
    third = copy_of(again)
    stolen_later(IssuingKey.objects.get(status="active"))
    for each in (first, second, third):
        assert tomorrow(each).verdict is Verdict.VALID


def test_a_copy_from_a_list_is_known_too(
    old_key: IssuingKey, confirmed: Callable[[str], BulkAward], educator: Person
) -> None:
    confirmed(f"person\n{educator.email}\n")
    tasks.award_listed_people()
    award = Award.objects.get()
    line = JournalLine.objects.get(event="badge:award:issued")
    assert line.data["proof"] == proofs.digest(award.credential or {})
    stolen_later(old_key)
    assert tomorrow(copy_of(award)).verdict is Verdict.VALID


def test_a_statement_of_before_is_known_too(old_key: IssuingKey, issuer: Organisation, version: Version) -> None:
    stated = endorsing.endorse(
        occasion="a:1",
        endorser=issuer,
        version=version,
        name="Recognition",
        comment="Recognized.",
        valid_from=timezone.now() - timedelta(days=9),
        valid_until=None,
        acting_person=None,
    )
    before, thief = copy.deepcopy(stated.credential or {}), thief_of(issuer)
    stolen_later(old_key)
    assert tomorrow(before).verdict is Verdict.VALID
    nine_days_ago = timezone.now() - timedelta(days=9)
    forged = add_proof({**unsigned(before), "name": "Another"}, signer=thief, created=nine_days_ago)
    assert tomorrow(forged).verdict is Verdict.INVALID


# --- attacks -------------------------------------------------------------------------------------------------


@pytest.fixture
def forge(old_key: IssuingKey, award: Award, issuer: Organisation) -> Callable[..., dict[str, Any]]:
    """What a thief signs in the name of the issuer, under the id of a badge that there is."""
    thief = thief_of(issuer)

    def forged(created: datetime = datetime(2026, 1, 1, tzinfo=UTC), **changes: Any) -> dict[str, Any]:
        return add_proof({**unsigned(copy_of(award)), **changes}, signer=thief, created=created)

    return forged


def never_valid(forged: dict[str, Any]) -> None:
    for at in (None, timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)):
        assert verifying.verify_material(forged, now=at).verdict is not Verdict.VALID


def test_a_thief_s_badge_is_never_valid_whatever_date_it_bears(
    forge: Callable[..., dict[str, Any]], old_key: IssuingKey
) -> None:
    forged = [forge(), forge(name="Another"), forge(created=timezone.now()), forge(id="http://testserver/badges/none")]
    stolen(old_key)
    for each in forged:
        never_valid(each)
    IssuingKey.objects.filter(pk=old_key.pk).update(compromised_since=timezone.now() + timedelta(seconds=2))
    for each in forged:
        never_valid(each)


def test_the_good_proof_of_another_copy_brings_no_good_name(
    forge: Callable[..., dict[str, Any]], old_key: IssuingKey, award: Award
) -> None:
    """A proof of a kind that is not checked is passed over beside a good one: what it says must count for nothing."""
    [good], forged = copy_of(award)["proof"], forge(name="Another")
    stolen(old_key)
    unknown = {**good, "cryptosuite": "another-2030"}
    for together in ([*forged["proof"], unknown], [unknown, *forged["proof"]]):
        report = verifying.verify_material({**forged, "proof": together})
        assert report.step("proof").outcome is Outcome.PASSED
        never_valid({**forged, "proof": together})
    assert verifying.verify_material({**forged, "proof": [good]}).step("proof").outcome is Outcome.FAILED


def test_what_was_altered_is_never_valid(old_key: IssuingKey, award: Award) -> None:
    before = copy_of(award)
    stolen(old_key)
    for altered in ({**before, "name": "Another"}, {**before, "validFrom": "2020-01-01T00:00:00Z"}):
        assert verifying.verify_material(altered).step("proof").outcome is Outcome.FAILED
        never_valid(altered)


def test_a_token_shows_nothing_of_when_it_was_signed(old_key: IssuingKey, award: Award) -> None:
    token = tokens.token_of(award)
    stolen(old_key)
    assert verifying.verify_material(token).verdict is Verdict.INVALID


def test_one_subject_s_line_is_no_word_for_another(
    old_key: IssuingKey, make_award: MakeAward, forge: Callable[..., dict[str, Any]]
) -> None:
    other = make_award("attempt:other")
    forged = forge(id=addresses.credential(other.uuid))
    stolen(old_key)
    never_valid(forged)


def test_it_counts_only_what_the_journal_says_of_a_signature(old_key: IssuingKey, award: Award) -> None:
    """Copies from before the journal kept digests are believed as little as those of a thief."""
    assert proofs.digest({}) is None
    assert proofs.digest({"proof": [{}]}) is None
    assert proofs.digest({"proof": [{"proofValue": 1}]}) is None
    assert proofs.digest({"proof": ["z"]}) is None
    assert proofs.digest({"proof": [{"proofValue": "z1"}, {"proofValue": "z1"}]}) is None


def test_the_journal_is_asked_once_by_its_index_and_only_where_a_key_was_withdrawn(
    old_key: IssuingKey, award: Award
) -> None:
    before = copy_of(award)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as counted:
            verifying.verify_material(before)
        return [each["sql"] for each in counted if "journal_journalline" in each["sql"]]

    assert asked() == []
    stolen(old_key)
    [question] = asked()
    assert '"subject" IN' in question
