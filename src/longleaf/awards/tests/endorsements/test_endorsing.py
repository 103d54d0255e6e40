"""Endorsements: stated once per occasion by whoever asks at once, signed when a key is there, ended once."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from longleaf.awards import addresses, tasks
from longleaf.awards.endorsements import endorsing
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, Endorsement, StatusList
from longleaf.awards.status import EndorsementStatus
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation
from longleaf.engines.openbadges.report import Outcome, Verdict
from longleaf.journal.models import JournalLine

MAY = datetime(2026, 5, 1, 4, tzinfo=UTC)


def state(agency: Organisation, occasion: str = "decision:1", **facts: Any) -> Endorsement:
    given = {"name": "Recognition", "comment": "Recognized.", "valid_from": MAY, "valid_until": None, **facts}
    return endorsing.endorse(occasion=occasion, endorser=agency, acting_person=None, **given)


@pytest.fixture
def signed(agency: Organisation, version: Version) -> Endorsement:
    signing_keys.create_key(organisation=agency, acting_person=None)
    return state(agency, version=version)


def test_it_is_served_at_its_own_address_with_the_right_type(signed: Endorsement, client: Client) -> None:
    answer = client.get(addresses.endorsement(signed.uuid).removeprefix("http://testserver"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vc")
    assert json.loads(answer.content) == signed.credential
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_what_waits_for_its_signature_has_no_address_yet(
    agency: Organisation, version: Version, client: Client
) -> None:
    waiting = state(agency, version=version)
    assert waiting.status == EndorsementStatus.QUEUED
    assert client.get(f"/endorsements/{waiting.uuid}").status_code == 404
    signing_keys.create_key(organisation=agency, acting_person=None)
    assert (tasks.keep_endorsements(), tasks.keep_endorsements()) == (1, 0)
    assert client.get(f"/endorsements/{waiting.uuid}").status_code == 200


def test_one_that_fails_does_not_hold_up_the_others(
    agency: Organisation, version: Version, issuer: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = state(agency, version=version), state(agency, occasion="decision:2", organisation=issuer)
    Endorsement.objects.filter(pk=broken.pk).update(comment="\x01 stands in no credential")
    signing_keys.create_key(organisation=agency, acting_person=None)
    assert tasks.keep_endorsements() == 1
    sound.refresh_from_db()
    assert sound.status == EndorsementStatus.ISSUED
    assert "could not be signed or ended" in caplog.text


def test_it_ends_once_and_the_earliest_end_holds(signed: Endorsement) -> None:
    now = timezone.now()
    for at in (now + timedelta(days=5), now + timedelta(days=9), now - timedelta(days=1), now):
        endorsing.end(occasion="decision:1", at=at, reason="It was withdrawn.", acting_person=None)
    signed.refresh_from_db()
    assert (signed.status, signed.ends_at) == (EndorsementStatus.ENDED, now - timedelta(days=1))
    assert JournalLine.objects.filter(event="endorsement:statement:ended").count() == 1
    report = verifying.verify_material(signed.credential or {})
    assert report.step("status").outcome is Outcome.FAILED
    assert endorsing.end(occasion="another", at=now, reason="", acting_person=None) is None


def test_badges_and_endorsements_of_one_organisation_share_a_list_and_no_place(
    signed: Endorsement, award: Award, issuer: Organisation, agency: Organisation
) -> None:
    own = state(issuer, occasion="decision:2", organisation=agency)
    assert own.status_list == award.status_list
    assert own.status_index != award.status_index
    assert StatusList.objects.count() == 2
    endorsing.end(occasion="decision:2", at=timezone.now(), reason="Withdrawn.", acting_person=None)
    award.refresh_from_db()
    assert verifying.verify_award(award).verdict is Verdict.VALID


def test_the_database_refuses_what_no_verb_would_do(signed: Endorsement, issuer: Organisation) -> None:
    for wrong in ({"organisation": issuer}, {"version": None}, {"credential": None}, {"status": "ended"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Endorsement.objects.filter(pk=signed.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_asked_by_many_at_once_it_is_stated_and_signed_once(agency: Organisation, version: Version) -> None:
    signing_keys.create_key(organisation=agency, acting_person=None)
    found: list[int] = []

    def ask() -> None:
        try:
            found.append(state(agency, version=version).pk)
        finally:
            connection.close()

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Endorsement.objects.get().status == EndorsementStatus.ISSUED
    assert JournalLine.objects.filter(event="endorsement:statement:signed").count() == 1
    assert StatusList.objects.get().next_slot == 1
