"""The pages of badges from elsewhere: a whole journey, who may open them, and that nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.recognition.models import ImportedBadge, Precedent
from longleaf.recognition.portability import deciding, reminding, sending
from longleaf.recognition.portability.status import ImportStatus
from longleaf.recognition.ruling import set_practice
from longleaf.recognition.tests.portability import shapes
from longleaf.recognition.tests.portability.test_deciding import TWO, WHY
from tests import cast

pytestmark = pytest.mark.django_db
MINE, BRING, DESK, PRECEDENTS = (
    "/elsewhere/",
    "/elsewhere/bring/",
    "/elsewhere/recognize/",
    "/elsewhere/recognize/precedents/",
)


def text_of(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def neighbour(other_district: Any) -> Any:
    return cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))


@pytest.mark.parametrize(
    ("who", "bring_page", "own", "file", "desk", "decide"),
    [
        (None, 302, 302, 302, 302, 302),
        ("educator", 200, 200, 200, 403, 404),
        ("other_educator", 200, 404, 404, 403, 404),
        ("psu_officer", 403, 404, 200, 200, 200),
        ("state_officer", 403, 404, 200, 200, 200),
        ("neighbour", 403, 404, 404, 200, 404),
        ("first_assessor", 200, 404, 404, 403, 404),
        ("stranger", 403, 404, 404, 403, 404),
    ],
)
def test_each_page_opens_for_whom_it_should(who, bring_page, own, file, desk, decide, request, client_of, sent) -> None:
    ref = sent().ref
    client = client_of(request.getfixturevalue(who) if who else None)
    pages = (BRING, f"/elsewhere/badges/{ref}/", f"/elsewhere/badges/{ref}/file", DESK, f"{DESK}{ref}/")
    assert [client.get(page).status_code for page in pages] == [bring_page, own, file, desk, decide]
    assert client.get(PRECEDENTS).status_code == desk


def test_a_badge_is_brought_sent_accepted_and_remembered_and_another_refused(
    client_of,
    educator,
    psu_officer,
    ruled,
    elsewhere,
) -> None:
    mine, officer = client_of(educator), client_of(psu_officer)
    assert "No badge from elsewhere yet" in text_of(mine.get(MINE))
    answer = mine.post(BRING, {"text": shapes.promise_like(educator.email).material.decode()})
    first = ImportedBadge.objects.get()
    assert answer.url == f"/elsewhere/badges/{first.ref}/"
    page = text_of(mine.get(answer.url))
    for words in ("Invented Promise", "Given to an address of yours", "This badge is valid", "Evidence 1"):
        assert words in page
    mine.post(answer.url, {"act": "send", "explanation": "Twelve hours in class."})
    assert "A recognizer looks at it." in text_of(mine.get(answer.url))

    page = text_of(officer.get(f"{DESK}{first.ref}/"))
    for words in ("Twelve hours in class.", "Nobody here has decided on a badge like it", "Helping learners grow"):
        assert words in page
    decision = {"ruling": "accepted", "amount": "1.5", "categories": ["growth"], "reason": WHY, "remember": "propose"}
    assert officer.post(f"{DESK}{first.ref}/", decision).url == DESK
    page = text_of(mine.get(answer.url))
    assert "Accepted as 1.5 renewal credits" in page
    assert WHY in page
    assert WHY in text_of(officer.get(PRECEDENTS))

    shape = shapes.credly_like(educator.email)
    elsewhere.documents |= shape.publishes
    second_page = mine.post(BRING, {"address": shape.address}).url
    mine.post(second_page, {"act": "send", "explanation": ""})
    second = ImportedBadge.objects.exclude(pk=first.pk).get()
    officer.post(f"{DESK}{second.ref}/", {"ruling": "refused", "reason": "Nobody looked at any evidence."})
    page = text_of(mine.get(second_page))
    assert "Nobody looked at any evidence." in page
    assert "Ask once more" in page
    mine.post(second_page, {"act": "again", "new_facts": "They did: see the letter."})
    second.refresh_from_db()
    assert second.status == ImportStatus.WAITING
    assert "so somebody else decides now" in text_of(officer.get(f"{DESK}{second.ref}/"))


def test_how_long_it_takes_is_the_states_word(client_of, educator, psu_officer, bring, state) -> None:
    set_practice(state=state, figures={"import_within": 7}, standing="synthetic", acting_person=None)
    imported = bring(shapes.promise_like(educator.email))
    page = text_of(client_of(educator).get(f"/elsewhere/badges/{imported.ref}/"))
    assert "A recognizer decides within 7 business days" in page
    assert "it waits here for 7 business days at most" in text_of(client_of(psu_officer).get(DESK))


def test_a_precedent_fills_the_form_and_is_ended_on_its_page(
    client_of,
    sent,
    educator,
    psu_officer,
    ruled,
) -> None:
    deciding.accept(imported=sent(), counts=TWO, reason=WHY, acting_person=psu_officer, remember=deciding.Remember())
    second = sent(shapes.promise_like(educator.email, number=2))
    officer = client_of(psu_officer)
    page = officer.get(f"{DESK}{second.ref}/").content.decode()
    assert "Proposed from the precedent beside" in page
    assert 'value="2.00"' in page
    officer.post(PRECEDENTS, {"precedent": Precedent.objects.get().pk})
    assert "Proposed from the precedent" not in officer.get(f"{DESK}{second.ref}/").content.decode()
    assert officer.post(PRECEDENTS, {"precedent": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Give the badge in one of the three ways."),
        ({"address": "not an address"}, "This is not an address of the web."),
        ({"address": "https://gone.example/1"}, "Nothing could be read there"),
        ({"text": "no badge"}, "This is neither a credential nor a picture"),
        ({"text": "{}", "address": "https://a.example"}, "in one way only"),
    ],
)
def test_what_cannot_be_brought_is_said_and_stays(given, words, client_of, educator) -> None:
    answer = client_of(educator).post(BRING, given)
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page
    assert all(typed in page for typed in given.values())


def test_nothing_typed_is_lost_where_something_is_missing(
    client_of, bring, sent, other_educator, educator, psu_officer
):
    imported = bring(shapes.promise_like(other_educator.email))
    answer = client_of(educator).post(f"/elsewhere/badges/{imported.ref}/", {"act": "send", "explanation": " "})
    assert answer.status_code == 422
    assert "Say in a sentence or two why it is yours" in text_of(answer)
    waiting = sent(shapes.promise_like(educator.email, number=9))
    given = {"ruling": "accepted", "amount": "none", "reason": "Because it is alike."}
    answer = client_of(psu_officer).post(f"{DESK}{waiting.ref}/", given)
    assert answer.status_code == 422
    assert "Give a number, such as 1.5." in text_of(answer)
    assert "Because it is alike." in text_of(answer)


def test_what_was_decided_meanwhile_is_told_as_a_conflict(client_of, sent, psu_officer, state_officer) -> None:
    imported = sent()
    deciding.refuse(imported=imported, reason="No.", acting_person=state_officer)
    answer = client_of(psu_officer).post(
        f"{DESK}{imported.ref}/", {"ruling": "refused", "reason": "Decided as I typed it."}
    )
    assert answer.status_code == 409
    assert "Decided as I typed it." in text_of(answer)


def test_a_badge_that_was_brought_before_is_told_beside_what_was_typed(client_of, bring, educator) -> None:
    shape = shapes.promise_like(educator.email)
    ref = bring(shape).ref
    answer = client_of(educator).post(BRING, {"text": shape.material.decode()})
    assert answer.status_code == 409
    assert f"You brought this badge before: it is {ref}" in text_of(answer)
    assert "urn:uuid:00000000" in text_of(answer)


def test_lists_ask_as_often_for_many_as_for_few(client_of, bring, educator, psu_officer) -> None:
    def add(numbers: range) -> None:
        for number in numbers:
            shape = shapes.promise_like(educator.email, number=number, achievement=f"https://promise.example/{number}")
            sending.send(imported=bring(shape), explanation="", acting_person=educator)

    def queries(person: Any, page: str) -> int:
        client = client_of(person)
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    pages = [(educator, MINE), (psu_officer, DESK), (psu_officer, f"{DESK}?show=decided")]
    add(range(1, 3))
    few = [queries(*each) for each in pages]
    add(range(3, 21))
    assert [queries(*each) for each in pages] == few


def test_recognizers_and_earners_are_reminded(sent, educator, psu_officer) -> None:
    imported = sent()
    (due,) = reminding.waiting(timezone.now())
    assert (due.person, due.due) == (psu_officer.pk, imported.due_on)
    assert imported.due_on > timezone.localdate() + timedelta(days=9)
    deciding.ask(imported=imported, question="How long?", acting_person=psu_officer)
    assert list(reminding.waiting(timezone.now())) == []
    (due,) = reminding.asked(timezone.now())
    assert due.person == educator.pk


def test_addresses_in_a_badge_lead_to_the_web_or_nowhere(client_of, bring, educator) -> None:
    imported = bring(shapes.promise_like(educator.email))
    imported.says |= {
        "criteria_url": "javascript:alert(1)",
        "evidence": ["data:text/html,x", "https://promise.example"],
    }
    imported.save()
    page = client_of(educator).get(f"/elsewhere/badges/{imported.ref}/").content.decode()
    assert ("javascript:" in page, "data:text" in page) == (False, False)
    assert 'href="https://promise.example"' in page
