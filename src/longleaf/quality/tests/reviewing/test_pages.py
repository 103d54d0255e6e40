"""The pages of a review, as those see them who may and those who may not."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.quality.tests.reviewing import stage
from tests import cast


def address(seat, more=""):
    return f"/quality/readings/{seat.ref}/{more}"


@pytest.fixture
def seat(review):
    return stage.seats(review)[0]


def test_a_reviewer_goes_from_the_queue_to_a_reading_handed_in(review, seat, client_of, issuer):
    client = client_of(seat.rater)
    assert seat.ref in client.get("/quality/").content.decode()
    assert "I declare" in client.get(address(seat)).content.decode()
    assert client.post(address(seat, "take-up/")).status_code == 422
    assert client.post(address(seat, "take-up/"), {"declared": "yes"}).status_code == 302
    page = unescape(client.get(address(seat)).content.decode())
    assert "Single skill, seen in the design." in page
    assert issuer.name not in page
    assert review.version.micro_credential.slug not in page
    typed = {f"level-{code}": stage.MET for code in ("S1.a", "S1.b", "S2.a")}
    unfinished = client.post(address(seat), {**typed, "quote-S1.a": "words of nobody", "action": "hand_in"})
    assert unfinished.status_code == 422
    assert "words of nobody" in unfinished.content.decode()
    quoted = {f"quote-{code}": stage.WORDS for code in ("S1.b", "S2.a")}
    done = {**typed, **quoted, "quote-S1.a": stage.WORDS, "quote-revision-S1.a": "1", "action": "hand_in"}
    assert client.post(address(seat), done).status_code == 302
    assert stage.WORDS in client.get(address(seat)).content.decode()
    assert seat.ref in client.get("/quality/readings/").content.decode()


def test_each_field_is_saved_as_it_is_typed(seat, client_of):
    stage.take_up(seat)
    client, at = client_of(seat.rater), address(seat, "components/S1.a/")
    saved = client.post(at + "quote/", {"text": stage.WORDS, "revision": "0"}).json()
    assert (saved["revision"], saved["words"]) == (1, 9)
    stale = client.post(at + "quote/", {"text": "other", "revision": "0"})
    assert (stale.status_code, stale.json()["text"]) == (409, stage.WORDS)
    assert client.post(at + "level/", {"text": "met", "revision": "0"}).json()["revision"] == 1
    assert client.post(at + "level/", {"text": "no such", "revision": "1"}).status_code == 422
    assert client.post(at + "nothing/", {"text": "x"}).status_code == 404


def test_who_gets_which_page(review, seat, client_of, designer, state_officer, educator, first_assessor):
    other = stage.seats(review)[1].rater
    told = {
        address(seat): {seat.rater: 200, other: 404, designer: 404, state_officer: 404, educator: 404},
        f"/quality/reviews/{review.ref}/": {seat.rater: 404, designer: 200, state_officer: 200, educator: 404},
        "/quality/": {seat.rater: 200, designer: 200, state_officer: 200, educator: 404, first_assessor: 404},
        "/quality/hand-in/feedback-that-moves-learning/": {designer: 200, state_officer: 403, educator: 403},
    }
    for at, people in told.items():
        assert client_of(None).get(at).status_code == 302
        assert {person.name: client_of(person).get(at).status_code for person in people} == {
            person.name: status for person, status in people.items()
        }, at


def test_a_reviewer_is_told_of_no_other_and_the_issuer_of_none(review, client_of, designer):
    first, second = stage.seats(review)
    stage.read(first)
    page = client_of(designer).get(f"/quality/reviews/{review.ref}/").content.decode()
    for seat in (first, second):
        assert seat.rater.name not in page
        assert seat.ref not in page
    client = client_of(second.rater)
    stage.take_up(second)
    for at in ("/quality/", address(second)):
        page = client.get(at).content.decode()
        assert first.ref not in page
        assert "About S1.a." not in page


def test_the_queue_asks_as_many_questions_for_many_designs_as_for_one(
    state, issuer, instrument, reviewers, designer, client_of
):
    def asked(person):
        client = client_of(person)
        client.get("/quality/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/quality/")
        return len(queries)

    def hand_in(number):
        document = cast.make_document(slug=f"design-{number}", title=f"Design {number}")
        return stage.hand_in(cast.publish(state, issuer, document), designer)

    rater = stage.seats(hand_in(1))[0].rater
    few = asked(rater), asked(designer)
    for number in range(2, 6):
        hand_in(number)
    assert (asked(rater), asked(designer)) == few
