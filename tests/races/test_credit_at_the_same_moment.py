"""Credit that two would record at the same moment: it is recorded once, and both get a proper answer.

Run several times, as `test_the_same_moment` does, with real threads and transactions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.journal.verifying import verify
from longleaf.panels.tests.factories import at_the_same_moment
from longleaf.recognition.lists import reading, recording_lists
from longleaf.recognition.lists.recording_lists import DONE, THERE
from longleaf.recognition.models import CreditList, CreditRequest, ImportedBadge, OtherCredit
from longleaf.recognition.status import RequestStatus
from longleaf.recognition.tests.factories import load, request_for_credit
from longleaf.recognition.tests.portability import shapes
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
Signed = Callable[[Person | None], Client]
TIMES = 3


@pytest.fixture
def educators(state: State, district: Organisation) -> list[Person]:
    load(state)
    return [cast.make_person(f"Earner Number{number}", (district, Role.EDUCATOR)) for number in range(6)]


def hand_in(district: Organisation, officer: Person, people: list[Person], title: str) -> CreditList:
    lines = reading.lines_typed("\n".join(person.ref for person in people))
    facts: dict[str, Any] = {"kind": "clock_hour", "amount": Decimal(10), "earned_on": date(2026, 2, 1), "category": ""}
    return recording_lists.hand_in(office=district, title=title, lines=lines, acting_person=officer, **facts)


def statuses(*posts: Callable[[], Any]) -> list[int]:
    got = at_the_same_moment(*posts)
    assert not [each for each in got if isinstance(each, Exception)], got
    return sorted(response.status_code for response in got)


def outcomes(*lists: CreditList) -> list[str]:
    found = CreditList.objects.filter(pk__in=[each.pk for each in lists])
    return sorted(row["outcome"] for each in found for row in each.rows)


def test_a_list_and_its_twin_in_another_order_are_recorded_at_once_and_each_of_them_twice(
    district: Organisation, psu_officer: Person, educators: list[Person], client_of: Signed
) -> None:
    for time in range(TIMES):
        title = f"Reading together {time}"
        lists = [hand_in(district, psu_officer, people, title) for people in (educators, educators[::-1])]
        doors = [(client_of(psu_officer), f"/renewal/desk/lists/{each.ref}/record/") for each in lists * 2]
        got = statuses(*(lambda client=client, at=at: client.post(at) for client, at in doors))
        assert got == [302, 302, 409, 409]
        assert OtherCredit.objects.filter(title=title).count() == len(educators)
        assert outcomes(*lists) == [DONE] * len(educators) + [THERE] * len(educators)
    assert verify().first_break is None


def test_requests_are_approved_one_by_one_while_a_list_approves_them(
    district: Organisation, psu_officer: Person, educators: list[Person], client_of: Signed
) -> None:
    for time in range(TIMES):
        title = f"Reading together {time}"
        asked = [request_for_credit(person, title=title) for person in educators]
        found = hand_in(district, psu_officer, educators, title)
        doors = [(client_of(psu_officer), f"/renewal/desk/lists/{found.ref}/record/", {})]
        approved = {"action": "approve", "reason": "As asked.", "kind": "clock_hour", "amount": "10", "category": ""}
        doors += [(client_of(psu_officer), f"/renewal/desk/requests/{each.ref}/", approved) for each in asked[::-1][:3]]
        got = statuses(*(lambda client=client, at=at, data=data: client.post(at, data) for client, at, data in doors))
        assert set(got) <= {302, 409}, got
        assert OtherCredit.objects.filter(title=title).count() == len(educators)
        assert set(outcomes(found)) <= {DONE, THERE}
        assert set(CreditRequest.objects.filter(title=title).values_list("status", flat=True)) == {
            RequestStatus.APPROVED
        }


def test_a_badge_from_elsewhere_is_brought_by_two_clicks(
    educators: list[Person], client_of: Signed, settings: Any
) -> None:
    settings.VERIFICATIONS_A_MINUTE = 1000
    for number, person in enumerate(educators):
        text = shapes.promise_like(person.email, number=number + 1).material.decode()
        clients = [client_of(person) for _ in range(3)]
        posts = [lambda client=each, text=text: client.post("/elsewhere/bring/", {"text": text}) for each in clients]
        assert statuses(*posts) == [302, 409, 409]
        assert ImportedBadge.objects.filter(person=person).count() == 1
