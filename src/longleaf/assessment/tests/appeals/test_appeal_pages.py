"""The pages of appeals: who gets what, what they say, and that nobody learns who stands on the other side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment.appeals.outcomes import outcomes
from longleaf.assessment.models import Appeal, Attempt, Submission
from longleaf.assessment.models.appeal import SMALLEST_TOLD
from longleaf.assessment.status import AppealStatus, AttemptStatus
from longleaf.assessment.tests.appeals import factories
from longleaf.assessment.tests.desk.factories import TELLING_FILE_NAME, TELLING_TITLE, seats_of, take_up
from longleaf.directory.models import Organisation, Person
from longleaf.kit.dates import day

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
EARNERS = ("appeal", "letter")
STRANGERS = [
    "other_educator",
    "first_assessor",
    "lead_assessor",
    "psu_officer",
    "state_officer",
    "stranger",
    "new_lead",
]


def address(name: str, attempt: Attempt) -> str:
    return reverse(f"appeals:{name}", kwargs={"ref": attempt.ref})


def look(appeal: Appeal) -> str:
    return reverse("appeals:look", kwargs={"ref": appeal.ref})


def found_in(text: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)]


def body(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return str(answer.content.decode())


@pytest.fixture
def telling(not_yet: Attempt, district: Organisation) -> list[str]:
    """Words that would tell whose work it is."""
    earner = not_yet.earner
    return [
        earner.name, earner.email, earner.ref, "Erin", "Earner", district.name, district.slug, "Rivertown",
        TELLING_FILE_NAME, TELLING_TITLE, not_yet.ref,
    ]  # fmt: skip


# --- who gets what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", STRANGERS)
def test_an_appeal_is_there_for_its_earner_alone(
    appeal: Appeal, not_yet: Attempt, who: str, request: pytest.FixtureRequest, client_of: Signed
) -> None:
    client = client_of(request.getfixturevalue(who))
    got = {client.get(address(name, not_yet)).status_code for name in EARNERS}
    posted = {client.post(address(name, not_yet), {"grounds": "other"}).status_code for name in ("appeal", "withdraw")}
    assert got | posted == {404}


def test_whoever_is_not_signed_in_is_asked_to(appeal: Appeal, not_yet: Attempt, client_of: Signed) -> None:
    client = client_of(None)
    places = [address(name, not_yet) for name in EARNERS] + [look(appeal), reverse("appeals:waiting")]
    answers = [client.get(place) for place in places]
    assert {(each.status_code, each["Location"].split("?")[0]) for each in answers} == {(302, reverse("account_login"))}


@pytest.mark.parametrize(
    ("who", "listed", "answer"),
    [
        ("new_lead", 200, 200),
        ("lead_assessor", 200, 404),
        ("first_assessor", 404, 404),
        ("educator", 404, 404),
        ("designer", 404, 404),
        # An officer looks only where no lead may; here the one who looked at its completeness is the only one.
        ("state_officer", 200, 200),
        ("stranger", 404, 404),
    ],
)
def test_a_lead_without_a_part_looks_at_it(
    appeal: Appeal, who: str, listed: int, answer: int, request: pytest.FixtureRequest, client_of: Signed
) -> None:
    client = client_of(request.getfixturevalue(who))
    lists = client.get(reverse("appeals:waiting"))
    assert lists.status_code == listed
    assert (appeal.ref in lists.content.decode()) == (answer == 200)
    assert client.get(look(appeal)).status_code == answer
    if answer == 404:
        assert client.post(look(appeal), {"answer": "admit"}).status_code == 404
        assert Appeal.objects.get().status == AppealStatus.LODGED


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_two(
    appeal: Appeal,
    version: Any,
    other_educator: Person,
    lead_assessor: Person,
    new_lead: Person,
    client_of: Signed,
    django_assert_num_queries: Any,
) -> None:
    client = client_of(new_lead)
    client.get(reverse("appeals:waiting"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("appeals:waiting"))
    asked = len(one)
    factories.lodged(factories.judged_not_yet(version, other_educator, lead_assessor))
    client.get(reverse("appeals:waiting"))
    with django_assert_num_queries(asked):
        assert client.get(reverse("appeals:waiting")).content.decode().count("APL-") >= 2


# --- what they do ----------------------------------------------------------------------------------------------------


def test_the_decision_leads_to_the_form_and_the_form_lodges(not_yet: Attempt, client_of: Signed) -> None:
    client = client_of(not_yet.earner)
    assert address("appeal", not_yet) in body(client, reverse("assessment:decision", kwargs={"ref": not_yet.ref}))
    body(client, address("appeal", not_yet))
    answer = client.post(address("appeal", not_yet), {"grounds": ["overlooked"], "words-B": factories.OBJECTION})
    assert answer.status_code == 302
    assert factories.OBJECTION in body(client, address("appeal", not_yet))
    for page in ("decision", "history"):
        assert "appeal" in body(client, reverse(f"assessment:{page}", kwargs={"ref": not_yet.ref})).lower()
    assert "under way" in body(client, reverse("assessment:attempt", kwargs={"ref": not_yet.ref}))
    assert "Appeal under way" in body(client, reverse("assessment:list"))


def test_what_was_typed_stays_when_something_is_missing(not_yet: Attempt, client_of: Signed) -> None:
    answer = client_of(not_yet.earner).post(address("appeal", not_yet), {"words-B": factories.OBJECTION})
    assert answer.status_code == 422
    assert factories.OBJECTION in answer.content.decode()
    assert "Choose at least one ground." in answer.content.decode()


def test_no_appeal_is_offered_after_the_time_is_over(not_yet: Attempt, client_of: Signed) -> None:
    Submission.objects.update(decided_at=timezone.now() - timedelta(days=90))
    client = client_of(not_yet.earner)
    decision = reverse("assessment:decision", kwargs={"ref": not_yet.ref})
    assert address("appeal", not_yet) not in body(client, decision)
    assert client.get(address("appeal", not_yet))["Location"] == decision


def test_it_is_taken_back_from_its_page(appeal: Appeal, not_yet: Attempt, client_of: Signed) -> None:
    client = client_of(not_yet.earner)
    assert address("withdraw", not_yet) in body(client, address("appeal", not_yet))
    assert client.post(address("withdraw", not_yet)).status_code == 302
    assert "You took your appeal back" in body(client, address("appeal", not_yet))


def test_the_letter_says_why_it_was_not_admitted(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, client_of: Signed
) -> None:
    earner, lead = client_of(not_yet.earner), client_of(new_lead)
    assert earner.get(address("letter", not_yet)).status_code == 404
    refused = lead.post(look(appeal), {"answer": "refuse", "reason": ""})
    assert (refused.status_code, Appeal.objects.get().status) == (422, AppealStatus.LODGED)
    assert lead.post(look(appeal), {"answer": "refuse", "reason": "Nothing was left out."}).status_code == 302
    letter = body(earner, address("letter", not_yet))
    assert "Nothing was left out." in letter
    assert found_in(letter, [new_lead.name, "Nora", "Newlook"]) == []
    assert "Nothing was left out." in body(lead, look(appeal))


@pytest.mark.parametrize(
    ("level", "says", "status"),
    [
        ("demonstrated", "The decision is changed", AttemptStatus.DEMONSTRATED),
        ("not-yet", "The decision stands", AttemptStatus.NOT_YET),
    ],
)
def test_the_letter_tells_what_was_found_anew(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person], client_of: Signed, level: str,
    says: str, status: AttemptStatus,
) -> None:  # fmt: skip
    assert client_of(new_lead).post(look(appeal), {"answer": "admit"}).status_code == 302
    appeal.refresh_from_db()
    assert appeal.reread
    for seat in seats_of(appeal.reread):
        factories.read_only(seat, comment="Read with fresh eyes.", B=level)
    client = client_of(not_yet.earner)
    letter = body(client, address("letter", not_yet))
    assert (says in letter, "Read with fresh eyes." in letter) == (True, True)
    assert Attempt.objects.get().status == status
    decision = body(client, reverse("assessment:decision", kwargs={"ref": not_yet.ref}))
    assert address("letter", not_yet) in decision
    assert ("Go to your badge" in decision) == (status == AttemptStatus.DEMONSTRATED)
    assert ("Open the next round" in decision) == (status == AttemptStatus.NOT_YET)


# --- blindness -------------------------------------------------------------------------------------------------------


def test_the_lead_who_looks_learns_neither_whose_work_it_is_nor_who_read_it(
    appeal: Appeal, telling: list[str], new_lead: Person, first_assessor: Person, client_of: Signed
) -> None:
    client = client_of(new_lead)
    seen = body(client, look(appeal)) + body(client, reverse("appeals:waiting"))
    assert factories.OBJECTION in seen
    assert found_in(seen, [*telling, first_assessor.name, "Ada", "Ben Second", "Lena"]) == []


def test_whoever_reads_anew_sees_the_work_and_nothing_of_the_first_reading_or_the_appeal(
    appeal: Appeal, telling: list[str], new_lead: Person, new_readers: list[Person], client_of: Signed
) -> None:
    reread = factories.admitted(appeal, new_lead)
    seat = seats_of(reread)[0]
    client = client_of(seat.rater)
    places = [reverse("desk:queue"), reverse("desk:read", kwargs={"ref": seat.ref})]
    covers = "".join(body(client, place) for place in places)
    take_up(seat)
    desk = "".join(body(client, place) for place in [*places, reverse("desk:progress", kwargs={"ref": seat.ref})])
    file = client.get(reverse("desk:read_file", kwargs={"ref": seat.ref, "code": "R2-1"}))
    # B alone is read again, and its evidence stands there.
    assert "The learner moved the claim to the front" in desk
    seen = covers + desk + str(dict(file.headers))
    hidden = [
        *telling, factories.COMMENT_OF_FIRST_READING, factories.OBJECTION, appeal.ref, appeal.submission.ref,
        "Ada", "Ben Second", "Lena", "Nora", "appeal", "appealed", "Appeal",
    ]  # fmt: skip
    assert found_in(seen, hidden) == []


def test_the_earner_learns_nobodys_name(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person], client_of: Signed
) -> None:
    reread = factories.admitted(appeal, new_lead)
    for seat in seats_of(reread):
        factories.read_only(seat, B="not-yet")
    client = client_of(not_yet.earner)
    places = [address(name, not_yet) for name in EARNERS]
    places += [reverse(f"assessment:{name}", kwargs={"ref": not_yet.ref}) for name in ("decision", "history")]
    seen = "".join(body(client, place) for place in places)
    names = ["Ada", "Ben", "Lena", "Nora", "Newlook", "Fay", "Gus", "Hal", "Fresh", "Gentle", "Handy"]
    assert found_in(seen, names) == []


# --- what everybody may know -----------------------------------------------------------------------------------------


def answered(attempt: Attempt, changed: int, stands: int) -> None:
    """So many answers on one ground, written past their door, ten days after they were lodged."""
    now = timezone.now()
    for number in range(changed + stands):
        copy = Submission.objects.create(attempt=attempt, round=100 + number, submitted_at=now, decided_at=now)
        reread = Submission.objects.create(attempt=attempt, round=100 + number, reread_of=copy)
        made = Appeal.objects.create(
            submission=copy, reread=reread, grounds=["conflict"], words={}, due_at=now, answered_at=now,
            looked_at_by=attempt.earner,
            status=AppealStatus.CHANGED if number < changed else AppealStatus.STANDS,
        )  # fmt: skip
        Appeal.objects.filter(pk=made.pk).update(lodged_at=now - timedelta(days=10))


def test_everybody_reads_what_comes_of_appeals(not_yet: Attempt, client_of: Signed) -> None:
    answered(not_yet, changed=10, stands=30)
    client = client_of(None)
    page = body(client, reverse("appeals:outcomes"))
    assert ("25 %" in page, "10 days" in page) == (True, True)
    data = client.get(reverse("appeals:outcomes_data")).json()
    row = {"answered": 40, "changed": 10, "changed_percent": 25, "median_days": 10}
    assert data["years"] == [{"name": str(timezone.localdate().year), **row}]
    assert {each["name"]: each["answered"] for each in data["grounds"] if each["answered"]} == {
        "Somebody who read had a conflict of interest": 40
    }
    assert data["smallest_told"] == SMALLEST_TOLD


@pytest.mark.parametrize(
    ("changed", "stands", "told"), [(4, 5, (None, None)), (9, 30, (39, None)), (30, 9, (39, None))]
)
def test_small_numbers_are_withheld_and_what_would_tell_them(
    not_yet: Attempt, changed: int, stands: int, told: tuple[int | None, int | None]
) -> None:
    answered(not_yet, changed=changed, stands=stands)
    assert [(row.answered, row.changed) for row in outcomes().years] == [told]


def test_an_installation_without_appeals_has_the_page_too(client_of: Signed, version: Any) -> None:
    assert "No appeal has been answered yet." in body(client_of(None), reverse("appeals:outcomes"))


def test_the_list_of_work_tells_when_the_answer_is_expected_and_not_when_the_decision_was(
    appeal: Appeal, not_yet: Attempt, client_of: Signed
) -> None:
    page = body(client_of(not_yet.earner), reverse("assessment:list"))
    assert "Answer expected by" in page
    assert day(appeal.due_at) in page
    assert day(appeal.submission.due_at) not in page
