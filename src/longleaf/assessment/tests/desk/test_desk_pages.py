"""The pages of those who judge: what they show, save and refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.assessment.desk.views import CHECKED_AT_ONCE
from longleaf.assessment.models import Attempt, CompletenessCheck, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests.desk.factories import hand_in, picture, read, seats_of, send_to_panel, take_up
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.kit import dates
from longleaf.panels import rating
from longleaf.panels.models import Assignment, Rating
from longleaf.panels.status import AssignmentStatus
from longleaf.panels.tests.factories import fill_in
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def waiting(version: Version, educator: Person) -> Submission:
    return hand_in(version, educator)


@pytest.fixture
def submission(
    waiting: Submission,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> Submission:
    return send_to_panel(waiting, lead_assessor)


@pytest.fixture
def seat(submission: Submission) -> Assignment:
    return take_up(seats_of(submission)[0])


def page(name: str, **where: Any) -> str:
    return reverse(f"desk:{name}", kwargs=where)


def desk_form(**changes: str) -> dict[str, str]:
    """What the desk's form sends when nothing was changed yet."""
    form = {"action": "save"}
    for code in ("A", "B"):
        form |= {f"comment-{code}": "", f"level-revision-{code}": "0", f"comment-revision-{code}": "0"}
    return form | {name.replace("_", "-"): value for name, value in changes.items()}


# --- Who gets in -----------------------------------------------------------------------------------------------------


def test_each_address_asks_who_is_there(
    submission: Submission,
    seat: Assignment,
    client_of: Signed,
    educator: Person,
    second_assessor: Person,
    third_assessor: Person,
    designer: Person,
    psu_officer: Person,
    state_officer: Person,
    stranger: Person,
) -> None:
    here = {"ref": seat.ref}
    readings = [
        ("get", page("read", **here)),
        ("post", page("read", **here)),
        ("post", page("take_up", **here)),
        ("get", page("decline", **here)),
        ("get", page("progress", **here)),
        ("get", page("preview", **here)),
        ("get", page("read_file", code="R2-1", **here)),
        ("post", page("save_level", criterion="A", **here)),
        ("post", page("save_comment", criterion="A", **here)),
    ]
    for person in (educator, second_assessor, third_assessor, designer, psu_officer, state_officer, stranger):
        client = client_of(person)
        answers = [getattr(client, method)(address).status_code for method, address in readings]
        assert answers == [404] * len(readings), person.name
    for method, address in readings:
        answer = getattr(client_of(None), method)(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_the_queue_is_for_assessors(
    client_of: Signed,
    first_assessor: Person,
    lead_assessor: Person,
    educator: Person,
    designer: Person,
    stranger: Person,
) -> None:
    answers = {
        person.name: [client_of(person).get(page(name)).status_code for name in ("queue", "finished", "being_read")]
        for person in (first_assessor, lead_assessor, educator, designer, stranger)
    }
    assert answers == {
        "Ada First": [200, 200, 404],
        "Lena Lead": [200, 200, 200],
        "Erin Earner": [404, 404, 404],
        "Dora Designer": [404, 404, 404],
        "Stella Stranger": [404, 404, 404],
    }


def test_an_empty_queue_tells_no_number_of_days_that_a_pool_may_set_otherwise(
    client_of: Signed, first_assessor: Person
) -> None:
    shown = client_of(first_assessor).get(page("queue")).content.decode()
    assert "Each says until when it stays with you" in shown
    assert "three days" not in shown


def test_the_check_is_for_lead_assessors_of_the_issuer(
    waiting: Submission,
    client_of: Signed,
    lead_assessor: Person,
    first_assessor: Person,
    educator: Person,
    state_officer: Person,
    stranger: Person,
) -> None:
    addresses = [page("check", ref=waiting.ref), page("checked_file", ref=waiting.ref, code="R2-1")]
    assert [client_of(lead_assessor).get(address).status_code for address in addresses] == [200, 200]
    for person in (first_assessor, educator, state_officer, stranger):
        assert [client_of(person).get(address).status_code for address in addresses] == [404, 404], person.name


# --- The completeness check ------------------------------------------------------------------------------------------


def test_what_is_complete_is_sent_on(waiting: Submission, client_of: Signed, lead_assessor: Person) -> None:
    address = page("check", ref=waiting.ref)
    answer = client_of(lead_assessor).post(address, {"verdict": "complete"})
    assert (answer.status_code, answer["Location"]) == (302, page("queue"))
    assert Attempt.objects.get().status == AttemptStatus.IN_REVIEW
    assert client_of(lead_assessor).post(address, {"verdict": "complete"}).status_code == 409


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"verdict": "return", "note": "Bring the plan."}, "Tick what is missing before you return it"),
        ({"verdict": "complete", "missing": "R1.1", "note": "Bring the plan."}, "You ticked something as missing."),
    ],
)
def test_a_check_that_contradicts_itself_keeps_what_was_typed(
    waiting: Submission, client_of: Signed, lead_assessor: Person, given: dict[str, str], told: str
) -> None:
    answer = client_of(lead_assessor).post(page("check", ref=waiting.ref), given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Bring the plan." in answer.content.decode()
    assert CompletenessCheck.objects.count() == 0


def test_what_is_missing_is_returned(waiting: Submission, client_of: Signed, lead_assessor: Person) -> None:
    given = {"verdict": "return", "missing": ["R1.1", "R3.1"], "note": "Name the aim."}
    client_of(lead_assessor).post(page("check", ref=waiting.ref), given)
    looked = CompletenessCheck.objects.get()
    assert (looked.complete, looked.missing, looked.note) == (False, ["R1.1", "R3.1"], "Name the aim.")


# --- Taking up and giving back ---------------------------------------------------------------------------------------


def test_an_offer_shows_no_evidence_before_it_is_taken_up(submission: Submission, client_of: Signed) -> None:
    seat = seats_of(submission)[0]
    client = client_of(seat.rater)
    cover = client.get(page("read", ref=seat.ref)).content.decode()
    assert "Take it up" in cover
    assert "I look for the aim first" not in cover
    assert client.get(page("read_file", ref=seat.ref, code="R2-1")).status_code == 404
    assert client.post(page("take_up", ref=seat.ref))["Location"] == page("read", ref=seat.ref)
    assert "I look for the aim first" in client.get(page("read", ref=seat.ref)).content.decode()


def test_giving_back_needs_a_reason_and_offers_the_seat_to_another(
    submission: Submission, seat: Assignment, client_of: Signed
) -> None:
    client = client_of(seat.rater)
    assert client.post(page("decline", ref=seat.ref), {"reason": " "}).status_code == 422
    assert client.post(page("decline", ref=seat.ref), {"reason": "I know the room."})["Location"] == page("queue")
    assert [each.rater.name for each in seats_of(submission)] == ["Cleo Third", "Ben Second"]
    assert client.get(page("read", ref=seat.ref)).status_code == 404


# --- The desk --------------------------------------------------------------------------------------------------------


def test_the_form_saves_without_scripts(seat: Assignment, client_of: Signed) -> None:
    client = client_of(seat.rater)
    answer = client.post(page("read", ref=seat.ref), desk_form(level_A="demonstrated", comment_B="One\r\ntwo."))
    assert answer.status_code == 302
    assert set(seat.ratings.values_list("criterion", "level", "comment")) == {
        ("A", "demonstrated", ""),
        ("B", "", "One\ntwo."),
    }
    assert "1 of 2" in client.get(page("progress", ref=seat.ref)).content.decode()


def test_handing_in_too_early_says_what_is_missing_and_keeps_everything(seat: Assignment, client_of: Signed) -> None:
    form = desk_form(level_A="not-yet", comment_B="Half a thought", action="hand_in")
    answer = client_of(seat.rater).post(page("read", ref=seat.ref), form)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_comment-A"' in shown
    assert 'href="#id_level-B"' in shown
    assert "Half a thought" in shown
    seat.refresh_from_db()
    assert seat.status == AssignmentStatus.STARTED


def test_a_form_from_an_older_tab_overwrites_nothing_and_loses_nothing(seat: Assignment, client_of: Signed) -> None:
    client = client_of(seat.rater)
    client.post(page("save_comment", ref=seat.ref, criterion="A"), {"text": "From the phone.", "revision": "0"})
    answer = client.post(page("read", ref=seat.ref), desk_form(comment_A="From the laptop."))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "From the phone." in shown
    assert "From the laptop." in shown
    assert Rating.objects.get().comment == "From the phone."
    # The page that was just drawn stands on the newer save, so sending it again keeps what was typed.
    again = desk_form(comment_A="From the laptop.", comment_revision_A="1")
    assert client.post(page("read", ref=seat.ref), again).status_code == 302
    assert Rating.objects.get().comment == "From the laptop."


def test_handing_in_closes_the_desk_and_a_second_click_does_no_harm(seat: Assignment, client_of: Signed) -> None:
    fill_in(seat)
    client = client_of(seat.rater)
    kept = {f"comment-{code}": f"About {code}." for code in ("A", "B")}
    form = desk_form(action="hand_in") | kept
    for _ in range(2):
        answer = client.post(page("read", ref=seat.ref), form)
        assert (answer.status_code, answer["Location"]) == (302, page("read", ref=seat.ref))
    shown = client.get(page("read", ref=seat.ref)).content.decode()
    assert "What you found" in shown
    assert "<textarea" not in shown
    assert client.post(page("read", ref=seat.ref), desk_form(comment_A="Later.")).status_code == 409
    late = client.post(page("save_comment", ref=seat.ref, criterion="A"), {"text": "Later.", "revision": "1"})
    assert (late.status_code, late.json()["code"]) == (409, "reading-is-over")
    assert seat.ratings.get(criterion="A").comment == "About A."


@pytest.mark.parametrize("field", ["level", "comment"])
def test_autosave_answers_as_its_contract_says(seat: Assignment, client_of: Signed, field: str) -> None:
    client = client_of(seat.rater)
    address = page(f"save_{field}", ref=seat.ref, criterion="A")
    first, other = ("demonstrated", "not-yet") if field == "level" else ("Two words", "Other words")
    saved = client.post(address, {"text": first, "revision": "0"}, headers={"Accept": "application/json"})
    assert (saved.status_code, saved.json()["revision"]) == (200, 1)
    assert saved.json()["words"] == (2 if field == "comment" else 0)
    stale = client.post(address, {"text": other, "revision": "0"})
    assert (stale.status_code, stale.json()["revision"], stale.json()["text"]) == (409, 1, first)
    lost_answer = client.post(address, {"text": first, "revision": "0"})
    assert (lost_answer.status_code, lost_answer.json()["revision"]) == (200, 1)


@pytest.mark.parametrize(
    ("field", "criterion", "given"),
    [
        ("level", "A", {"text": "splendid", "revision": "0"}),
        ("level", "Z", {"text": "demonstrated", "revision": "0"}),
        ("comment", "A", {"text": "x" * 10_001, "revision": "0"}),
        ("comment", "A", {"text": "x", "revision": "soon"}),
    ],
)
def test_autosave_refuses_with_a_sentence(
    seat: Assignment, client_of: Signed, field: str, criterion: str, given: dict[str, str]
) -> None:
    address = page(f"save_{field}", ref=seat.ref, criterion=criterion)
    answer = client_of(seat.rater).post(address, given, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")
    assert Rating.objects.count() == 0


def test_a_third_reader_sees_the_same_desk_and_nothing_of_the_first_two(
    submission: Submission, client_of: Signed, third_assessor: Person
) -> None:
    first, second = seats_of(submission)
    shown_to_first = client_of(first.rater).get(page("read", ref=take_up(first).ref)).content.decode()
    for seat, level, comment in ((first, "demonstrated", "Zebra"), (second, "not-yet", "Giraffe")):
        take_up(seat)
        for code in ("A", "B"):
            rating.rate(
                assignment=seat, criterion=code, level=level, comment=comment, revision=0, acting_person=seat.rater
            )
        rating.submit_reading(assignment=seat, acting_person=seat.rater)
    third = take_up(seats_of(submission)[2])
    shown = client_of(third_assessor).get(page("read", ref=third.ref)).content.decode()
    assert "Zebra" in Rating.objects.get(assignment=first, criterion="A").comment
    assert not any(word in shown for word in ("Zebra", "Giraffe", "third", "checked"))
    for own in (first.ref, third.ref):
        shown_to_first, shown = shown_to_first.replace(own, "RDG"), shown.replace(own, "RDG")
    assert shown.count("<fieldset") == shown_to_first.count("<fieldset")


# --- Files -----------------------------------------------------------------------------------------------------------


def test_a_file_is_handed_out_under_a_neutral_name(seat: Assignment, client_of: Signed) -> None:
    client = client_of(seat.rater)
    answer = client.get(page("read_file", ref=seat.ref, code="R2-1"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Disposition"] == 'inline; filename="R2-1.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content)[:8] == picture()[:8]  # type: ignore[attr-defined]
    part = client.get(page("read_file", ref=seat.ref, code="R2-1"), headers={"Range": "bytes=1-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PNG")  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", ["R2-2", "R2-9", "R1-1", "R9-1", "nothing"])
def test_only_files_of_this_submission_are_handed_out(seat: Assignment, client_of: Signed, code: str) -> None:
    assert client_of(seat.rater).get(page("read_file", ref=seat.ref, code=code)).status_code == 404


# --- Costs -----------------------------------------------------------------------------------------------------------


def test_the_queue_costs_the_same_however_long_it_is(
    version: Version,
    client_of: Signed,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    district: Organisation,
) -> None:
    costs: dict[str, list[int]] = {"first": [], "lead": [], "being read": []}
    for count in (1, 3):
        while Submission.objects.count() < 2 * count:
            number = Submission.objects.count()
            sent = hand_in(version, cast.make_person(f"Earner {number} Sent", (district, Role.EDUCATOR)))
            send_to_panel(sent, lead_assessor)
            hand_in(version, cast.make_person(f"Earner {number} Waiting", (district, Role.EDUCATOR)))
        for name, person, address in (
            ("first", first_assessor, page("queue")),
            ("lead", lead_assessor, page("queue")),
            ("being read", lead_assessor, page("being_read")),
        ):
            client = client_of(person)
            with CaptureQueriesContext(connection) as asked:
                shown = client.get(address)
            assert shown.content.decode().count("SUB-") >= count, name
            costs[name].append(len(asked))
    # Roles and the state are kept between requests, but not inside the transaction of a test.
    assert costs["first"][0] == costs["first"][1] <= 10
    assert costs["lead"][0] == costs["lead"][1] <= 16
    assert costs["being read"][0] == costs["being read"][1] <= 9


def test_a_queue_of_many_is_read_by_the_page(
    version: Version, client_of: Signed, lead_assessor: Person, district: Organisation, first_assessor: Person
) -> None:
    for number in range(CHECKED_AT_ONCE + 1):
        hand_in(version, cast.make_person(f"Earner {number}", (district, Role.EDUCATOR)))
    client = client_of(lead_assessor)
    pages = [client.get(page("queue"), {"page": number}).content.decode() for number in (1, 2)]
    listed = [{ref for ref in Submission.objects.values_list("ref", flat=True) if ref in shown} for shown in pages]
    assert [len(refs) for refs in listed] == [CHECKED_AT_ONCE, 1]
    assert not listed[0] & listed[1]


def test_queue_and_desk_tell_how_many_business_days_are_left(seat: Assignment, client_of: Signed) -> None:
    client = client_of(seat.rater)
    due = dates.day(seat.due_at)
    for address in (page("queue"), page("read", ref=seat.ref)):
        shown = client.get(address).content.decode()
        assert re.search(rf"\d+ business days left, due <time [^>]*>{due}</time>", shown), address


def test_finished_readings_are_listed_without_what_came_of_them(submission: Submission, client_of: Signed) -> None:
    first, second = seats_of(submission)
    read(first, A="not-yet")
    read(second, A="not-yet")
    shown = client_of(first.rater).get(page("finished")).content.decode()
    assert submission.ref in shown
    assert "Not yet" not in shown


@pytest.mark.parametrize("revision", ["9" * 5000, "-1", "x", "1e3", ""])
def test_a_revision_that_is_no_number_is_answered_with_a_sentence(
    seat: Assignment, client_of: Signed, revision: str
) -> None:
    address = page("save_comment", ref=seat.ref, criterion="A")
    answer = client_of(seat.rater).post(
        address, {"text": "Shown.", "revision": revision}, headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["error"]) == (422, "The revision must be a number. Reload the page.")


def test_a_form_with_an_endless_revision_loses_nothing(seat: Assignment, client_of: Signed) -> None:
    answer = client_of(seat.rater).post(
        page("read", ref=seat.ref), desk_form(comment_A="Shown.") | {"comment-revision-A": "9" * 5000}
    )
    assert answer.status_code == 302
    assert Rating.objects.get(assignment=seat, criterion="A").comment == "Shown."
