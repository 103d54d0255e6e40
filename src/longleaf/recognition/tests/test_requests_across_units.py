"""Requests when their educator moves, and in units that ask more than the state: who decides, what can be chosen."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from longleaf.directory import enrolling
from longleaf.directory.models import RoleHeld
from longleaf.directory.status import Role
from longleaf.kit.errors import NotAllowed
from longleaf.recognition import ledgers, overlays, recording
from longleaf.recognition.credit_requests import appealing, asking, deciding, queries, reminding
from longleaf.recognition.credit_requests.soundness import Grant
from longleaf.recognition.errors import NoSuchRequest, NotYoursToRecord, UnusableDecision, UnusableList, UnusableRequest
from longleaf.recognition.lists import reading, recording_lists
from longleaf.recognition.models import OtherCredit
from longleaf.recognition.status import RequestStatus
from longleaf.recognition.tests.factories import SURE, draft_of, license_for, load, request_for_credit, workshop
from tests import cast

WHY = "The certificate shows every hour of it."


@pytest.fixture(autouse=True)
def licence(state: Any, educator: Any) -> Any:
    load(state)
    return license_for(educator, state)


@pytest.fixture
def salt(district: Any) -> None:
    """The district asks for one credit about salt, and knows a kind of its own."""
    takes = {"id": "on-salt", "title": "On salt", "when": {"kind": "topic", "among": ["salt"]}, **SURE}
    part = {"roles": ["teacher"], "category": "salt", "credits": 1, "takes": "on-salt"}
    document = {"overlay_of": "MD-renewal", "by": "Ours", "id": "D1", "title": "Ours", **SURE}
    document |= {"categories": [{"code": "salt", "title": "Knowing salt"}], "eligibility": [takes], "parts": [part]}
    document |= {"kinds": [{"code": "walk", "title": "Walk", "measure": "mile", "measures": "miles"}]}
    worth = {"kind": "rate", "credits": 1, "per": 10}
    document |= {"values": [{"id": "D1-walk", "title": "Ten miles", "of": "walk", "worth": worth, **SURE}]}
    overlays.load_overlay(organisation=district, document=document, acting_person=None)


def leave(educator: Any, *, for_unit: Any = None) -> None:
    (held,) = RoleHeld.objects.filter(person=educator, role=Role.EDUCATOR)
    enrolling.end_role(held=held, acting_person=None, until=timezone.localdate() - timedelta(days=1))
    if for_unit:
        enrolling.give_role(person=educator, role=Role.EDUCATOR, organisation=for_unit, acting_person=None)


def text_of(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


# --- Employed by none ------------------------------------------------------------------------------------------------


@pytest.fixture
def unemployed(state: Any) -> Any:
    """Somebody who holds a license and whom no school unit employs."""
    person = cast.make_person("Una Unemployed")
    license_for(person, state)
    return person


def test_whoever_no_unit_employs_asks_the_agency(client_of, unemployed, agency, psu_officer, state_officer):
    request = request_for_credit(unemployed)
    assert request.office == agency
    assert "Ask Meadow Department of Learning" in text_of(client_of(unemployed).get("/renewal/requests/"))
    with pytest.raises(NoSuchRequest):
        deciding.approve(request=request, reason=WHY, acting_person=psu_officer)
    desk = client_of(state_officer)
    assert request.ref in text_of(desk.get("/renewal/desk/"))
    page = text_of(desk.get(f"/renewal/desk/{request.ref}/"))
    assert "has left your school unit" not in page
    deciding.approve(request=request, reason=WHY, acting_person=state_officer)
    ledger = ledgers.standing_of(unemployed, on=timezone.localdate()).ledger
    assert [(line.title, line.counted) for line in ledger.lines] == [("Reading together", 1)]


def test_an_appeal_against_the_agency_is_ruled_on_by_somebody_else_of_it(unemployed, agency, state_officer):
    request = request_for_credit(unemployed)
    deciding.refuse(request=request, reason=WHY, acting_person=state_officer)
    appealing.appeal(request=request, text="Look again.", acting_person=unemployed)
    with pytest.raises(NoSuchRequest):
        appealing.rule(request=request, is_granted=True, ruling=WHY, acting_person=state_officer)
    other = cast.make_person("Olga Officer", (agency, Role.STATE_OFFICER))
    appealing.rule(request=request, is_granted=True, ruling=WHY, acting_person=other)
    assert OtherCredit.objects.get().person == unemployed


def test_the_agency_records_for_nobody_whom_a_unit_employs(educator, unemployed, state_officer):
    assert workshop(unemployed, acting_person=state_officer).person == unemployed
    with pytest.raises(NotYoursToRecord):
        workshop(educator, acting_person=state_officer)


def test_the_agency_is_reminded_of_what_waits_for_it(unemployed, state_officer, psu_officer):
    request_for_credit(unemployed)
    assert [due.person for due in reminding.requests_to_decide(timezone.now())] == [state_officer.pk]


# --- After its educator left -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("moves", [True, False])
def test_the_unit_that_was_asked_decides_also_when_the_educator_has_left(
    moves, educator, psu_officer, other_district, client_of
):
    sent = request_for_credit(educator)
    leave(educator, for_unit=other_district if moves else None)
    client, page = client_of(psu_officer), f"/renewal/desk/requests/{sent.ref}/"
    assert "has left your school unit" in text_of(client.get(page))
    given = {"action": "approve", "reason": WHY, "kind": "clock_hour", "amount": "10", "category": ""}
    assert client.post(page, given).status_code == 302
    sent.refresh_from_db()
    assert (sent.status, sent.reason, sent.credit.amount) == (RequestStatus.APPROVED, WHY, Decimal(10))
    assert ledgers.standing_of(educator, on=date(2026, 10, 1)).ledger.total_counted == 1


def test_neither_its_ledger_nor_anything_else_is_open_to_the_unit_that_was_left(
    educator, psu_officer, other_district, client_of
):
    sent = request_for_credit(educator)
    leave(educator, for_unit=other_district)
    page = client_of(psu_officer).get(f"/renewal/desk/requests/{sent.ref}/")
    assert f"/renewal/of/{educator.ref}/" not in text_of(page)
    assert "What it would count" not in text_of(page)
    with pytest.raises(NotYoursToRecord):
        workshop(educator, acting_person=psu_officer)


def test_a_category_is_added_by_the_unit_that_was_asked(educator, psu_officer, other_district):
    about = workshop(educator)
    sent = request_for_credit(educator, sort="category", about=about, category="growth", statement="It was.")
    leave(educator, for_unit=other_district)
    deciding.approve(request=sent, reason=WHY, grant=Grant(category="growth"), acting_person=psu_officer)
    assert OtherCredit.objects.get(pk=about.pk).categories_claimed == ["growth"]


def test_nobody_of_another_unit_and_no_educator_records_what_was_asked(educator, other_educator, district):
    facts = {"kind": "clock_hour", "title": "A workshop", "amount": Decimal(1), "earned_on": date(2026, 2, 1)}
    for somebody in (educator, other_educator):
        with pytest.raises(NotYoursToRecord):
            recording.record_as_asked(office=district, person=educator, acting_person=somebody, **facts)


def test_a_draft_goes_to_the_unit_of_the_day_and_an_answer_to_whoever_asked(
    educator, psu_officer, district, other_district
):
    draft, asked = draft_of(educator), request_for_credit(educator)
    deciding.ask_back(request=asked, question="How long?", acting_person=psu_officer)
    leave(educator, for_unit=other_district)
    assert asking.send(request=draft, acting_person=educator).office == other_district
    assert asking.send(request=asked, acting_person=educator, answer="Ten hours.").office == district


def test_what_was_typed_is_shown_when_somebody_was_faster(educator, psu_officer, state_officer, client_of):
    sent = request_for_credit(educator)
    client, page = client_of(psu_officer), f"/renewal/desk/requests/{sent.ref}/"
    asking.withdraw(request=sent, acting_person=educator)
    answer = client.post(page, {"action": "approve", "reason": WHY, "kind": "clock_hour", "amount": "10"})
    assert (answer.status_code, WHY in text_of(answer)) == (409, True)
    second = request_for_credit(educator)
    deciding.refuse(request=second, reason="No.", acting_person=psu_officer)
    appealing.appeal(request=second, text="Look again.", acting_person=educator)
    form = {"action": "grant", "reason": WHY, "kind": "clock_hour", "amount": "10"}
    ruling = {"request": second, "is_granted": False, "ruling": "It stays.", "acting_person": state_officer}
    other = client_of(state_officer)
    appealing.rule(**ruling)
    answer = other.post(f"/renewal/appeals/{second.ref}/", form)
    assert (answer.status_code, WHY in text_of(answer)) == (409, True)


# --- In a unit that asks more than the state -------------------------------------------------------------------------


def test_an_educator_wishes_for_a_category_and_a_kind_of_their_own_unit(salt, educator, psu_officer, client_of):
    client = client_of(educator)
    form = text_of(client.get("/renewal/requests/new/"))
    assert ("Knowing salt" in form, "Walk, in miles" in form) == (True, True)
    given = {"sort": "credit", "kind": "walk", "title": "To the mine", "amount": "10", "earned_on": "2026-02-01"}
    given |= {"category": "salt", "statement": "We walked.", "action": "send"}
    assert client.post("/renewal/requests/new/", given).status_code == 302
    (sent,) = queries.requests_of(educator)
    assert "Knowing salt" in text_of(client.get(f"/renewal/requests/{sent.ref}/"))
    desk = client_of(psu_officer)
    page = text_of(desk.get(f"/renewal/desk/requests/{sent.ref}/"))
    assert ("Knowing salt" in page, "10 miles" in page) == (True, True)
    assert "Walk, in miles" in text_of(desk.get("/renewal/desk/"))
    decision = {"action": "approve", "reason": WHY, "kind": "walk", "amount": "10", "category": "salt"}
    assert desk.post(f"/renewal/desk/requests/{sent.ref}/", decision).status_code == 302
    sent.refresh_from_db()
    assert (sent.credit.kind, sent.credit.categories_claimed) == ("walk", ["salt"])
    assert "Knowing salt" in text_of(client.get(f"/renewal/requests/{sent.ref}/letter/"))


def test_what_one_unit_knows_another_does_not(salt, educator, other_educator, psu_officer, other_district, client_of):
    leave(other_educator, for_unit=other_district)
    assert "Knowing salt" not in text_of(client_of(other_educator).get("/renewal/requests/new/"))
    with pytest.raises(UnusableRequest) as refused:
        request_for_credit(other_educator, category="salt", kind="walk")
    assert set(refused.value.fields) == {"category", "kind"}
    sent = request_for_credit(educator)
    with pytest.raises(UnusableDecision) as unusable:
        deciding.approve(request=sent, reason=WHY, grant=Grant("walk", Decimal(1), "pepper"), acting_person=psu_officer)
    assert set(unusable.value.fields) == {"category"}


def test_the_agency_grants_on_appeal_what_the_unit_knows(salt, educator, psu_officer, state_officer, client_of):
    sent = request_for_credit(educator, kind="walk", category="salt")
    deciding.refuse(request=sent, reason="No.", acting_person=psu_officer)
    appealing.appeal(request=sent, text="Look again.", acting_person=educator)
    client, page = client_of(state_officer), f"/renewal/appeals/{sent.ref}/"
    assert "Knowing salt" in text_of(client.get(page))
    given = {"action": "grant", "reason": WHY, "kind": "walk", "amount": "10", "category": "salt"}
    assert client.post(page, given).status_code == 302
    sent.refresh_from_db()
    assert sent.credit.categories_claimed == ["salt"]


def test_a_list_of_several_units_takes_each_ones_own(salt, district, other_district, client_of, educator):
    officer = cast.make_person("Olga Of-Two", (district, Role.PSU_OFFICER), (other_district, Role.PSU_OFFICER))
    assert "Knowing salt" in text_of(client_of(officer).get("/renewal/desk/lists/"))
    facts: dict[str, Any] = {"kind": "walk", "title": "To the mine", "amount": Decimal(10), "category": "salt"}
    facts |= {"earned_on": date(2026, 2, 1), "lines": reading.lines_typed(educator.ref), "acting_person": officer}
    with pytest.raises(UnusableList) as refused:
        recording_lists.hand_in(office=other_district, **facts)
    assert set(refused.value.fields) == {"kind", "category"}
    found = recording_lists.hand_in(office=district, **facts)
    assert "Knowing salt" in text_of(client_of(officer).get(f"/renewal/desk/lists/{found.ref}/"))
    recording_lists.record_list(credit_list=found, acting_person=officer)
    assert OtherCredit.objects.get().categories_claimed == ["salt"]


def test_only_those_who_were_asked_may_decide(educator, other_district):
    sent = request_for_credit(educator)
    leave(educator, for_unit=other_district)
    neighbour = cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
    with pytest.raises(NotAllowed):
        deciding.approve(request=sent, reason=WHY, acting_person=neighbour)
