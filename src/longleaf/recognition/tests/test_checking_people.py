"""Checking a list of people or badges: exactly what rights allow, and a line of the journal."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.awards import addresses
from longleaf.awards.status import Visibility
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.recognition.errors import NotYourUnit
from longleaf.recognition.events import Event
from longleaf.recognition.people import checking
from longleaf.recognition.tests.factories import badge, license_for, load, worth_each
from tests import cast

PAGE = "/renewal/check/"


@pytest.fixture(autouse=True)
def earned(state: Any, educator: Any, district: Any, psu_officer: Any, version: Any) -> Any:
    load(state)
    worth_each(district, psu_officer, credits=Decimal(2))
    license_for(educator, state)
    return badge(educator, version)


@pytest.fixture
def elsewhere(other_district: Any) -> Any:
    return cast.make_person("Ella Elsewhere", (other_district, Role.EDUCATOR))


def check(district: Any, officer: Any, *lines: str) -> list[checking.Checked]:
    return checking.check(unit=district, lines=lines, acting_person=officer)


def test_of_an_educator_of_the_unit_all_is_told(district, psu_officer, educator, earned):
    [found] = check(district, psu_officer, educator.email)
    [told] = found.badges
    assert (found.name, told.title, told.status, told.counted) == (
        "Erin Earner", "Feedback that moves learning (synthetic)", "Good", 2,
    )  # fmt: skip
    assert told.recognised == "No decision"


def test_of_others_nothing_is_told_and_not_whether_they_are_known(district, psu_officer, elsewhere, version):
    theirs = badge(elsewhere, version)
    type(theirs).objects.filter(pk=theirs.pk).update(visibility=Visibility.PRIVATE)
    found = check(district, psu_officer, elsewhere.email, "nobody@school.example", addresses.badge(theirs.uuid))
    assert [(each.name, each.badges, each.problem) for each in found] == [("", (), checking.NOT_SHARED)] * 3
    type(theirs).objects.filter(pk=theirs.pk).update(visibility=Visibility.LINK)
    [shared] = check(district, psu_officer, addresses.badge(theirs.uuid))
    assert (shared.name, len(shared.badges), shared.badges[0].counted) == ("Ella Elsewhere", 1, None)


def test_the_journal_tells_who_checked_how_many_and_not_whom(district, psu_officer, educator):
    check(district, psu_officer, educator.email, "nobody@school.example")
    line = JournalLine.objects.get(event=Event.PEOPLE_CHECKED)
    assert (line.subject, line.actor_name, line.data) == ("organisation:D1", "Petra Officer", {"lines": 2, "told": 1})


@pytest.mark.parametrize("who", ["educator", "state_officer", "stranger"])
def test_nobody_else_checks(who, request, district, educator, client_of):
    person = request.getfixturevalue(who)
    with pytest.raises(NotYourUnit):
        check(district, person, educator.email)
    assert client_of(person).get(PAGE).status_code == 403


def test_the_page_and_its_file_tell_the_same(client_of, psu_officer, educator):
    client = client_of(psu_officer)
    response = client.post(PAGE, {"people": f"person,name\n{educator.email},Erin\n"})
    page = unescape(response.content.decode())
    assert "Feedback that moves learning" in page
    assert educator.email in page
    response = client.post(PAGE, {"people": educator.ref, "as": "csv"})
    [row] = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert (row["name"], row["status"], row["counts"]) == ("Erin Earner", "Good", "2")
    assert client.post(PAGE, {"people": "  "}).status_code == 422


def test_it_costs_as_many_queries_for_twenty_as_for_two(district, psu_officer, version):
    measured = []
    for number in (1, 2, 20):  # The first of a test asks once for what is kept from then on.
        people = [cast.make_person(f"Educator {number} {each}", (district, Role.EDUCATOR)) for each in range(number)]
        for person in people:
            badge(person, version)
        with CaptureQueriesContext(connection) as asked:
            check(district, psu_officer, *(person.email for person in people))
        measured.append(len(asked))
    assert measured[1] == measured[2]
