"""Decisions as signed statements: one for each, for as long as it holds, and nobody says more than is signed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from longleaf.awards import addresses, published, tasks
from longleaf.awards.endorsements import queries as endorsements
from longleaf.awards.keys import compromises, signing_keys
from longleaf.awards.models import Endorsement, IssuingKey
from longleaf.awards.status import EndorsementStatus
from longleaf.awards.verification import verifying
from longleaf.engines.openbadges.report import Outcome as StepOutcome
from longleaf.engines.openbadges.report import Verdict
from longleaf.journal.models import JournalLine
from longleaf.quality import deciding
from longleaf.quality.models import QualityDecision
from longleaf.quality.recognising import recognition_of
from longleaf.quality.status import Outcome

JANUARY, MARCH, LATER = date(2026, 1, 1), date(2026, 3, 1), date(2099, 6, 30)


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def key(agency):
    return signing_keys.create_key(organisation=agency, acting_person=None)


@pytest.fixture
def decide(state, agency):
    def decided(outcome=Outcome.RECOGNISED, valid_from=JANUARY, **facts):
        return deciding.record_decision(
            state=state, decided_by=agency, outcome=outcome, valid_from=valid_from, acting_person=None, **facts
        )

    return decided


def asked(version, on=None):
    return recognition_of(
        issuer=addresses.issuer_id(version.micro_credential.issuer),
        achievement=addresses.achievement(version),
        on=on or timezone.localdate(),
    )


def test_a_decision_becomes_a_statement_that_anybody_can_verify(key, decide, version, agency):
    decide(version=version, valid_until=LATER, conditions="Only here.\nOnly now.", outcome=Outcome.CONDITIONS)
    stated = Endorsement.objects.get()
    document = stated.credential
    assert document["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert document["id"] == addresses.endorsement(stated.uuid)
    assert document["issuer"]["id"] == addresses.issuer_id(agency)
    assert document["credentialSubject"]["id"] == addresses.achievement(version)
    assert document["credentialSubject"]["endorsementComment"] == (
        "Meadow Department of Learning recognizes Feedback that moves learning (synthetic), version 1 with conditions, "
        "from January 1, 2026 until June 30, 2099.\n\nConditions:\n- Only here.\n- Only now."
    )
    assert (document["validFrom"], document["validUntil"]) == ("2026-01-01T05:00:00Z", "2099-07-01T03:59:59Z")
    assert verifying.verify_material(document).verdict is Verdict.VALID


def test_the_same_decision_is_stated_once_however_often_a_pack_is_loaded(key, decide, version, issuer):
    for _ in range(3):
        decide(version=version)
        decide(organisation=issuer)
    assert Endorsement.objects.count() == 2
    assert JournalLine.objects.filter(event="endorsement:statement:signed").count() == 2


def test_what_was_decided_before_there_were_statements_is_stated_when_the_pack_is_loaded_again(key, decide, version):
    decide(version=version)
    Endorsement.objects.all().delete()
    decide(version=version)
    assert Endorsement.objects.get().status == EndorsementStatus.ISSUED


def test_the_issuer_as_a_whole_is_stated_at_its_own_name(key, decide, issuer):
    decide(organisation=issuer)
    document = Endorsement.objects.get().credential
    assert document["credentialSubject"]["id"] == addresses.issuer_id(issuer)
    assert document["name"] == "Recognition of Prairie Institute as an issuer"
    assert published.profile_of_issuer(issuer.slug)["endorsement"] == [document]


def test_what_is_refused_is_not_stated(key, decide, version):
    decide(Outcome.RETURNED, version=version)
    assert not Endorsement.objects.exists()


def test_a_withdrawal_ends_the_statement_and_everything_stops_saying_so(key, decide, version):
    decide(version=version)
    document = Endorsement.objects.get().credential
    assert asked(version).recognised is True
    assert published.achievement(version.uuid)["endorsement"] == [document]
    decide(Outcome.WITHDRAWN, timezone.localdate(), version=version)
    assert Endorsement.objects.get().status == EndorsementStatus.ENDED
    assert asked(version).recognised is False
    assert "endorsement" not in published.achievement(version.uuid)
    report = verifying.verify_material(document)
    assert report.step("status").outcome is StepOutcome.FAILED
    # Whoever holds a copy still finds it where it says it is.
    assert published.endorsement(Endorsement.objects.get().uuid) == document


def test_what_held_on_a_day_is_still_known_after_it_was_withdrawn(key, decide, version):
    decide(version=version)
    decide(Outcome.WITHDRAWN, MARCH, version=version)
    assert asked(version, on=date(2026, 2, 28)).recognised is True
    assert asked(version, on=MARCH).recognised is False


def test_decisions_that_come_in_the_wrong_order_end_one_another_all_the_same(key, decide, version):
    decide(Outcome.WITHDRAWN, MARCH, version=version)
    decide(version=version)
    assert Endorsement.objects.get().status == EndorsementStatus.ENDED
    assert asked(version).recognised is False


def test_a_later_recognition_takes_the_place_of_an_earlier_one(key, decide, version):
    decide(version=version)
    decide(valid_from=MARCH, version=version, valid_until=LATER)
    earlier, later = Endorsement.objects.order_by("valid_from")
    assert (earlier.status, later.status) == (EndorsementStatus.ENDED, EndorsementStatus.ISSUED)
    assert asked(version).sentence.endswith(addresses.endorsement(later.uuid))
    assert endorsements.documents_on_version(version) == [later.credential]


def test_a_withdrawal_that_lies_ahead_ends_the_statement_on_its_day(key, decide, version):
    decide(version=version)
    soon = timezone.localdate() + timedelta(days=10)
    decide(Outcome.WITHDRAWN, soon, version=version)
    stated = Endorsement.objects.get()
    assert (stated.status, timezone.localdate(stated.ends_at)) == (EndorsementStatus.ISSUED, soon)
    assert asked(version).recognised is True
    assert asked(version, on=soon).recognised is False
    assert tasks.keep_endorsements() == 0
    Endorsement.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    # The day has come: it stops standing at once, and its bit follows with the next round of work.
    assert endorsements.documents_on_version(version) == []
    assert tasks.keep_endorsements() == 1
    assert Endorsement.objects.get().status == EndorsementStatus.ENDED


def test_a_statement_that_has_run_out_is_not_answered_with(key, decide, version):
    decide(version=version, valid_until=MARCH)
    assert "no longer" in asked(version).sentence
    assert endorsements.documents_on_version(version) == []


def test_without_a_signature_nobody_says_that_it_is_recognised(decide, version, agency):
    decide(version=version)
    answer = asked(version)
    assert answer.recognised is False
    assert "no signed statement of it stands now" in answer.sentence
    signing_keys.create_key(organisation=agency, acting_person=None)
    assert tasks.keep_endorsements() == 1
    assert asked(version).recognised is True


def test_a_statement_that_somebody_changed_in_the_database_is_not_answered_with(key, decide, version):
    decide(version=version)
    stated = Endorsement.objects.get()
    forged = {**stated.credential, "validUntil": "2099-01-01T00:00:00Z"}
    Endorsement.objects.update(credential=forged)
    assert asked(version).recognised is False


def test_words_that_were_mended_are_signed_again_at_the_same_address(key, decide, version):
    decide(version=version, standing="synthetic")
    before = Endorsement.objects.get()
    decide(version=version, standing="official")
    after = Endorsement.objects.get()
    assert "decision is synthetic" in before.comment
    assert "decision is synthetic" not in after.credential["credentialSubject"]["endorsementComment"]
    assert after.credential["credentialStatus"] == before.credential["credentialStatus"]
    assert after.credential["id"] == before.credential["id"]
    assert asked(version).recognised is True


def test_when_the_key_of_the_state_is_compromised_its_statements_are_signed_anew(key, decide, version, agency):
    IssuingKey.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    key.refresh_from_db()
    decide(version=version)
    compromises.report(key=key, since=timezone.now() - timedelta(days=2), reason="Stolen.", acting_person=None)
    cache.clear()
    assert asked(version).recognised is False
    assert tasks.sign_anew_after_compromise() == 1
    assert tasks.sign_anew_after_compromise() == 0
    assert asked(version).recognised is True


def test_a_decision_and_its_statement_are_written_together_or_not_at_all(key, decide, version, monkeypatch):
    def broken(**_facts):
        raise RuntimeError("the power went out")

    monkeypatch.setattr("longleaf.awards.endorsements.endorsing.sign", broken)
    with pytest.raises(RuntimeError):
        decide(version=version)
    assert not QualityDecision.objects.exists()
    assert not Endorsement.objects.exists()
