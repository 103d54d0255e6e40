"""The pages on which keys are looked after: as nobody, without the right, with it, and with it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.awards import access
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import IssuingKey
from longleaf.awards.status import KeyStatus
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from tests import cast

ClientOf = Callable[[Person | None], Client]
LIST = "/signing-keys/"
NEW = "/signing-keys/prairie-institute/new/"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def compromised(key: IssuingKey) -> str:
    return f"/signing-keys/prairie-institute/{key.public_multibase}/compromised/"


@pytest.fixture
def officer_elsewhere(agency: Organisation) -> Person:
    return cast.make_person("Olga Elsewhere", (agency, Role.ISSUER))


def test_nobody_is_asked_to_sign_in_and_others_learn_nothing(
    key: IssuingKey, client_of: ClientOf, designer: Person, officer_elsewhere: Person
) -> None:
    for address in (LIST, NEW, compromised(key)):
        assert client_of(None).get(address).status_code == 302
    for person in (designer, officer_elsewhere):
        for address in (NEW, compromised(key)):
            assert client_of(person).get(address).status_code == 404
            assert client_of(person).post(address).status_code == 404
        assert key.public_multibase not in text_of(client_of(person).get(LIST))
    assert "No organization to keep keys for" in text_of(client_of(designer).get(LIST))
    assert IssuingKey.objects.get() == key


def test_the_list_and_the_right_agree(
    stage: dict[str, Any], issuing_officer: Person, officer_elsewhere: Person
) -> None:
    for person in (issuing_officer, officer_elsewhere, cast.make_person("Nora Nothing")):
        listed = set(access.key_keeping_organisations_of(person))
        assert listed == {each for each in stage["organisations"].values() if access.may_manage_keys(person, each)}


def test_an_officer_gives_a_first_key_and_then_another(
    issuer: Organisation, client_of: ClientOf, issuing_officer: Person
) -> None:
    client = client_of(issuing_officer)
    assert "has no key yet" in text_of(client.get(LIST))
    assert "wait until it has a key" in text_of(client.get(NEW))
    assert client.post(NEW).status_code == 302
    first = IssuingKey.objects.get()
    assert "report it as compromised</a>" in text_of(client.get(NEW))
    assert client.post(NEW, follow=True).status_code == 200
    first.refresh_from_db()
    assert first.status == KeyStatus.RETIRED
    listed = text_of(client.get(LIST))
    for key in IssuingKey.objects.all():
        assert key.public_multibase in listed
    assert "Signs nothing new; what it signed stays valid" in listed


def test_an_officer_reports_a_key_and_loses_nothing_that_was_typed(
    key: IssuingKey, client_of: ClientOf, issuing_officer: Person
) -> None:
    client = client_of(issuing_officer)
    assert "This cannot be undone" in text_of(client.get(compromised(key)))
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong, told in (
        ({"since": "", "reason": "Stolen."}, "Give the first day"),
        ({"since": "some day", "reason": "Stolen."}, "such as 2027-03-04"),
        ({"since": tomorrow.isoformat(), "reason": "Stolen."}, "This is in the future."),
        ({"since": "2020-01-01", "reason": "Stolen."}, "nobody can have had it before"),
        ({"since": timezone.localdate().isoformat(), "reason": " "}, "Say how it came to light."),
    ):
        answer = client.post(compromised(key), wrong)
        assert (answer.status_code, told in text_of(answer)) == (422, True), wrong
        assert wrong["reason"].strip() in text_of(answer)
    given = {"since": timezone.localdate().isoformat(), "reason": "A <b>laptop</b> was stolen."}
    assert client.post(compromised(key), given).status_code == 302
    listed = text_of(client.get(LIST))
    assert "A &lt;b&gt;laptop&lt;/b&gt; was stolen." in listed
    assert "is being signed anew" in listed
    assert IssuingKey.objects.filter(status=KeyStatus.ACTIVE).count() == 1
    assert "This key was reported already" in text_of(client.get(compromised(key)))
    assert client.post(compromised(key), given).status_code == 409


def test_the_list_costs_the_same_however_many_keys_there_are(
    key: IssuingKey, client_of: ClientOf, issuing_officer: Person, issuer: Organisation
) -> None:
    client = client_of(issuing_officer)
    asked = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as counted:
            client.get(LIST)
        asked.append(len(counted))
        signing_keys.rotate(organisation=issuer, acting_person=None)
    assert asked[1:] == [asked[1]] * 2
