"""The pages on which an educator asks about a micro-credential, a badge and a signature, and the desk that decides."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.recognition import ledgers
from longleaf.recognition.models import CreditRequest
from longleaf.recognition.status import RequestStatus
from longleaf.recognition.tests.factories import badge, license_for, load
from longleaf.recognition.tests.test_granted import BEFOREHAND, EACH, ONCE_APPROVED, RANK
from tests import cast

NEW = "/renewal/requests/new/"


@pytest.fixture(autouse=True)
def licence(state: Any, educator: Any) -> Any:
    load(state, admissions=[BEFOREHAND], values=[EACH], results=[RANK])
    return license_for(educator, state)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def decided(client: Any, request: CreditRequest, **given: str) -> Any:
    return client.post(f"/renewal/desk/requests/{request.ref}/", {"action": "approve", "reason": "It fits.", **given})


def counted(person: Any) -> Any:
    return ledgers.standing_of(person, on=timezone.localdate()).ledger.total_counted


def test_a_micro_credential_is_approved_from_its_page_to_the_ledger(client_of, educator, version, psu_officer):
    client, slug = client_of(educator), version.micro_credential.slug
    page = text_of(client.get(f"/catalog/{slug}/"))
    address = f"{NEW}?sort=prior_approval&for={slug}"
    assert address in page
    assert address in text_of(client.get(f"/renewal/what-if/?add={slug}"))
    form = text_of(client.get(address))
    assert version.title in form
    assert 'name="amount"' not in form
    facts = {"sort": "prior_approval", "micro_credential": slug, "statement": "It fits my goals.", "action": "send"}
    client.post(NEW, facts)
    [request] = CreditRequest.objects.all()
    assert (request.status, request.title) == (RequestStatus.SENT, version.title)
    assert request.ref in text_of(client.get(f"/catalog/{slug}/"))
    desk = text_of(client_of(psu_officer).get(f"/renewal/desk/requests/{request.ref}/"))
    assert ("Micro-credential" in desk, 'name="kind"' in desk) == (True, False)
    decided(client_of(psu_officer), request)
    badge(educator, version, earned_at=timezone.now())
    assert counted(educator) == 1
    assert address not in text_of(client.get(f"/renewal/what-if/?add={slug}"))


def test_where_no_rule_asks_for_approval_nothing_is_said_of_it(client_of, educator, version, state):
    load(state)
    page = text_of(client_of(educator).get(f"/catalog/{version.micro_credential.slug}/"))
    assert "Approval before you begin" not in page
    assert "Approval before you begin" not in text_of(client_of(None).get(f"/catalog/{version.micro_credential.slug}/"))


def test_a_badge_is_asked_about_from_its_line(client_of, educator, version, state, psu_officer):
    load(state, values=[ONCE_APPROVED])
    award, client = badge(educator, version), client_of(educator)
    address = f"{NEW}?sort=badge&badge={award.uuid}"
    assert address in text_of(client.get("/renewal/"))
    assert "selected" in text_of(client.get(address)).partition('name="badge"')[2].partition("</select>")[0]
    client.post(NEW, {"sort": "badge", "badge": award.pk, "statement": "I use it daily.", "action": "send"})
    [request] = CreditRequest.objects.all()
    assert decided(client_of(psu_officer), request, amount="1.5", category="growth").status_code == 302
    assert counted(educator) == 1.5
    stands = text_of(client.get(f"/renewal/requests/{request.ref}/"))
    assert ("1.5 credits" in stands, "Helping learners grow" in stands) == (True, True)
    assert address not in text_of(client.get("/renewal/"))


def test_a_signature_is_asked_for_from_the_ledger(client_of, educator, psu_officer):
    client = client_of(educator)
    address = f"{NEW}?sort=signature&signature=form-7"
    assert address in text_of(client.get("/renewal/"))
    assert "the form of the director" in text_of(client.get(address))
    client.post(NEW, {"sort": "signature", "signature": "form-7", "statement": "It is done.", "action": "send"})
    [request] = CreditRequest.objects.all()
    decided(client_of(psu_officer), request)
    [answer] = ledgers.standing_of(educator, on=timezone.localdate()).ledger.answers.results
    assert answer.met


def test_what_is_wrong_is_told_and_kept(client_of, educator, other_educator, version):
    client, theirs = client_of(educator), badge(other_educator, version)
    page = client.post(NEW, {"sort": "badge", "badge": theirs.pk, "statement": "Mine?", "action": "send"})
    assert (page.status_code, "Choose one that is listed." in text_of(page), "Mine?" in text_of(page)) == (
        422,
        True,
        True,
    )
    page = client.post(NEW, {"sort": "badge", "statement": "Which?", "action": "send"})
    assert (page.status_code, "Choose the badge" in text_of(page)) == (422, True)
    assert client.get(f"{NEW}?sort=badge&badge={theirs.uuid}").status_code == 200
    assert client.get(f"{NEW}?sort=prior_approval&for=nothing").status_code == 200


def test_only_the_unit_that_was_asked_decides(client_of, educator, version, other_district):
    award, client = badge(educator, version), client_of(educator)
    client.post(NEW, {"sort": "badge", "badge": award.pk, "statement": "I use it daily.", "action": "send"})
    [request] = CreditRequest.objects.all()
    neighbour = cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
    for somebody in (neighbour, educator):
        assert decided(client_of(somebody), request).status_code == 404
