"""Certificates of credits: what a ledger said, under a number that verifies it, on a page and on paper."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from longleaf.journal.models import JournalLine
from longleaf.recognition.certificates import stating
from longleaf.recognition.errors import NoSuchCertificate, NothingToCertify
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditCertificate
from longleaf.recognition.tests.factories import badge, license_for, load, worth_each

MINE = "/renewal/certificates/"


@pytest.fixture
def earned(state: Any, educator: Any, district: Any, psu_officer: Any, version: Any) -> None:
    load(state)
    worth_each(district, psu_officer, credits=Decimal(2))
    license_for(educator, state)
    badge(educator, version)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_the_same_ledger_has_one_number_and_another_one_its_own(earned, educator, version):
    first = stating.state(acting_person=educator)
    assert stating.state(acting_person=educator) == first
    badge(educator, version)
    assert stating.state(acting_person=educator) != first
    lines = JournalLine.objects.filter(event=Event.CERTIFICATE_STATED)
    assert lines[0].data["digest"] == first.digest
    assert lines.count() == 2


def test_it_tells_each_line_with_its_rule_and_verifies(client_of, client, earned, educator):
    response = client_of(educator).post(MINE, follow=True)
    found = CreditCertificate.objects.get()
    for page in (text_of(response), text_of(client.get(f"{MINE}{found.ref}/verify/"))):
        for words in ("Erin Earner", "2 of 10 credits", "Rivertown Schools gives 2 credits", "MD-local", found.ref):
            assert words in page
    found.document["counted"] = "10"
    found.save()
    assert not stating.is_unaltered(found)
    assert "Do not rely on this" in text_of(client.get(f"{MINE}{found.ref}/verify/"))


def test_it_is_drawn_on_paper(pango, client_of, earned, educator):
    ref = stating.state(acting_person=educator).ref
    response = client_of(educator).get(f"{MINE}{ref}/certificate.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF")


def test_nobody_else_opens_it_but_by_its_number(client_of, client, earned, educator, other_educator, psu_officer):
    ref = stating.state(acting_person=educator).ref
    for person in (other_educator, psu_officer):
        assert client_of(person).get(f"{MINE}{ref}/").status_code == 404
    assert client.get(f"{MINE}CRT-2222-2222-2222/verify/").status_code == 404
    with pytest.raises(NoSuchCertificate):
        stating.certificate_numbered("CRT-2222-2222-2222")


def test_without_a_ledger_nothing_is_certified(client_of, stranger, state):
    load(state)
    with pytest.raises(NothingToCertify):
        stating.state(acting_person=stranger)
    assert client_of(stranger).post(MINE).status_code == 409
