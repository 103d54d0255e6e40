"""Lists of those who took part: checked first, recorded once, and never twice whatever list says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.directory.status import Role
from longleaf.kit.errors import WrongState
from longleaf.recognition.credit_requests import deciding
from longleaf.recognition.credit_requests.soundness import Grant
from longleaf.recognition.errors import NoSuchList, NotYourUnit, UnusableList
from longleaf.recognition.lists import reading, recording_lists
from longleaf.recognition.lists.recording_lists import DONE, PROBLEM, READY, REQUEST, THERE
from longleaf.recognition.models import CreditList, CreditRequest, OtherCredit
from longleaf.recognition.status import RequestStatus
from longleaf.recognition.tests.factories import license_for, load, request_for_credit
from tests import cast

LISTS = "/renewal/desk/lists/"


@pytest.fixture(autouse=True)
def licence(state: Any, educator: Any) -> Any:
    load(state)
    return license_for(educator, state)


def hand_in(district: Any, officer: Any, *people: str, **changes: Any) -> CreditList:
    facts = {
        "kind": "clock_hour", "title": "Reading together", "amount": Decimal(10), "earned_on": date(2026, 2, 1),
        "category": "", **changes,
    }  # fmt: skip
    lines = reading.lines_typed("\n".join(people))
    return recording_lists.hand_in(office=district, lines=lines, acting_person=officer, **facts)


def outcomes(found: CreditList) -> list[str]:
    return [row["outcome"] for row in found.rows]


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_the_dry_run_says_of_each_line_what_becomes_of_it(
    district, psu_officer, educator, other_educator, first_assessor
):
    request_for_credit(other_educator)
    found = hand_in(
        district, psu_officer, educator.email.upper(), other_educator.ref, first_assessor.email,
        "nobody@school.example", educator.ref,
    )  # fmt: skip
    assert outcomes(found) == [READY, REQUEST, PROBLEM, PROBLEM, PROBLEM]
    # Whether somebody is enrolled elsewhere is not told.
    assert found.rows[2]["sentence"] == found.rows[3]["sentence"]
    assert found.rows[4]["sentence"] == "Line 1 names the same person."
    assert not OtherCredit.objects.exists()


def test_each_is_recorded_once_whatever_list_says_so(district, psu_officer, educator, other_educator):
    request_for_credit(other_educator)
    first = hand_in(district, psu_officer, educator.email, other_educator.email)
    again = hand_in(district, psu_officer, educator.email, title="reading  TOGETHER")
    done = recording_lists.record_list(credit_list=first, acting_person=psu_officer)
    assert outcomes(done) == [DONE, DONE]
    assert CreditRequest.objects.get().status == RequestStatus.APPROVED
    with pytest.raises(WrongState):
        recording_lists.record_list(credit_list=first, acting_person=psu_officer)
    assert outcomes(recording_lists.record_list(credit_list=again, acting_person=psu_officer)) == [THERE]
    assert outcomes(hand_in(district, psu_officer, other_educator.email)) == [THERE]
    assert OtherCredit.objects.count() == 2


def test_what_was_approved_on_a_request_is_not_recorded_from_a_list_again(district, psu_officer, other_educator):
    begun = hand_in(district, psu_officer, other_educator.email)
    request, grant = request_for_credit(other_educator), Grant("clock_hour", Decimal(10), "")
    deciding.approve(request=request, reason="The program is enclosed.", grant=grant, acting_person=psu_officer)
    assert outcomes(hand_in(district, psu_officer, other_educator.email)) == [THERE]
    assert outcomes(recording_lists.record_list(credit_list=begun, acting_person=psu_officer)) == [THERE]
    assert OtherCredit.objects.count() == 1


def test_a_discarded_list_forgets_its_names(district, psu_officer, educator):
    found = recording_lists.discard(
        credit_list=hand_in(district, psu_officer, educator.email), acting_person=psu_officer
    )
    assert found.rows == []


def test_only_officers_of_the_unit_have_lists(district, other_district, psu_officer, educator, state_officer):
    neighbour = cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))
    found = hand_in(district, psu_officer, educator.email)
    for person in (neighbour, educator, state_officer):
        with pytest.raises(NotYourUnit):
            hand_in(district, person, educator.email)
        with pytest.raises(NoSuchList):
            recording_lists.record_list(credit_list=found, acting_person=person)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "must name the columns"),
        (b"name\nErin\n", "must be “person”"),
        (b"person,shoe\na,b\n", "no column “shoe”"),
        (b"person\n\n", "names nobody"),
        (b'person\n"a\n', "cannot be read as CSV"),
        ("person\nÉ".encode("latin-1"), "not in UTF-8"),
        (b"person\n" + b"x@school.example\n" * 2001, "more than 2,000"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content, told):
    with pytest.raises(UnusableList) as refused:
        reading.lines_of(content)
    assert told in refused.value.sentence


def test_a_file_may_name_amounts_and_be_of_another_spreadsheet():
    assert reading.lines_of("\ufeffperson;amount\na@b.example;4\n".encode()) == [reading.Line(2, "a@b.example", "4")]


def test_a_workshop_is_recorded_from_a_file_on_the_pages(client_of, psu_officer, educator, other_educator):
    client = client_of(psu_officer)
    common = {"title": "Reading together", "kind": "clock_hour", "amount": "10", "earned_on": "2026-02-01",
              "category": "", "office": "rivertown", "people": ""}  # fmt: skip
    assert client.post(LISTS, {**common, "amount": ""}).status_code == 422
    file = f"person,amount,name\n{educator.email},4,Erin Earner\n{other_educator.email},,Somebody Else\n"
    response = client.post(LISTS, {**common, "file": SimpleUploadedFile("w.csv", file.encode())}, follow=True)
    page = text_of(response)
    assert "1 line can be recorded." in page
    assert "The record says Oscar Otherwise." in page
    found = CreditList.objects.get()
    page = text_of(client.post(f"{LISTS}{found.ref}/record/", follow=True))
    assert "1 credit recorded." in page
    assert OtherCredit.objects.get().amount == 4
    assert client_of(educator).get(f"{LISTS}{found.ref}/").status_code == 404


def test_a_dry_run_costs_as_many_queries_for_twenty_as_for_two(district, psu_officer):
    measured = []
    for number in (1, 2, 20):  # The first of a test asks once for what is kept from then on.
        people = [cast.make_person(f"Educator {number} {each}", (district, Role.EDUCATOR)) for each in range(number)]
        with CaptureQueriesContext(connection) as asked:
            hand_in(district, psu_officer, *(person.email for person in people))
        measured.append(len(asked))
    assert measured[1] == measured[2]
