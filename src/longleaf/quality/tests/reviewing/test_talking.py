"""Reviewers who differ: the room, its page, and how the review goes on."""

from __future__ import annotations

from html import unescape

import pytest
import time_machine
from django.utils import timezone

from longleaf.panels import reconciling
from longleaf.panels.tests.factories import in_days
from longleaf.quality import tasks
from longleaf.quality.reviewing import talking
from longleaf.quality.tests.reviewing import stage


@pytest.fixture
def instrument(state):
    rule = {**stage.rubric()["panel_rule"], "reconciliation": {"days": 7}}
    return stage.publish(state, stage.rubric(panel_rule=rule))


@pytest.fixture
def seats(review):
    first, second = stage.seats(review)
    stage.read(first)
    stage.read(second, S2_a=stage.NOT_YET)
    return first, second


def test_they_talk_it_over_on_a_page_without_names(review, seats, client_of):
    first, second = seats
    at = f"/quality/readings/{first.ref}/room/"
    client, other = client_of(first.rater), client_of(second.rater)
    assert at in client.get("/quality/").content.decode()
    assert client.post(at, {"criterion": "S2.a", "action": "say", "remark": " "}).status_code == 422
    client.post(at, {"criterion": "S2.a", "action": "say", "remark": "See *Resources*."})
    seen = unescape(other.get(f"/quality/readings/{second.ref}/room/").content.decode())
    assert "Reader A" in seen
    assert "<em>Resources</em>" in seen
    assert "Single skill" not in seen
    for name in (first.rater.name, first.ref):
        assert name not in seen
    assert other.get(at).status_code == 404
    unfounded = other.post(
        f"/quality/readings/{second.ref}/room/", {"criterion": "S2.a", "action": "revise", "level": "met", "reason": ""}
    )
    assert unfounded.status_code == 422
    other.post(
        f"/quality/readings/{second.ref}/room/",
        {"criterion": "S2.a", "action": "revise", "level": "met", "reason": "It is in the resources."},
    )
    assert "It is in the resources." in client.get(at).content.decode()
    for seat, reader in ((first, client), (second, other)):
        assert reader.post(f"/quality/readings/{seat.ref}/room/settle/").status_code == 302
    review.refresh_from_db()
    assert (review.status, review.panel.outcome["verdict"]) == ("to_decide", "demonstrated")
    assert "It is in the resources." in client.get(at).content.decode()


def test_where_their_time_is_over_a_third_is_asked(review, seats):
    assert tasks.end_talks() == 0
    with time_machine.travel(in_days(9), tick=False):
        assert tasks.end_talks() == 1
        assert tasks.end_talks() == 0
    (third,) = stage.seats(review)
    stage.read(third)
    review.refresh_from_db()
    assert review.status == "to_decide"


def test_what_brings_them_to_one_level_ends_the_reading_when_time_is_over(review, seats):
    _, second = seats
    facts = {"assignment": second, "acting_person": second.rater}
    reconciling.revise(criterion="S2.a", level=stage.MET, reason="Seen now.", **facts)
    assert talking.end_talks(now=timezone.now()) == 0
    assert talking.end_talks(now=in_days(9)) == 1
    review.refresh_from_db()
    assert review.status == "to_decide"
