"""Rubrics of other shapes run by their data alone: North Carolina's, and one of four levels, weights and a majority."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest
import yaml

from longleaf.panels import reconciling
from longleaf.quality.reviewing import talking
from longleaf.quality.reviewing.deciding import not_met
from longleaf.quality.tests.reviewing import stage
from tests import cast

STATES = Path(__file__).resolve().parents[5] / "states"
WEIGHTED = {
    "levels": [
        {"code": code, "title": code.title(), "meets": rank > 1, "description": f"It is {code}."}
        for rank, code in enumerate(("absent", "emerging", "solid", "exemplary"))
    ],
    "panel_rule": {
        "readers": 3,
        "when_they_differ": "none",
        "decides": "majority",
        "criterion_met_when": {"level": "solid"},
        "outcome": {"kind": "weighted_sum", "cut": "0.7"},
    },
    "standards": [
        stage.standard(
            1,
            "Clear",
            stage.component("C.a", "One sentence", weight=3, required=False),
            stage.component("C.b", "Useful", required=False, levels={"absent": "No learner is named."}),
            stage.component("C.c", "Open", required=True),
        )
    ],
}


def of_pack(name):
    return json.loads(json.dumps(yaml.safe_load((STATES / name / "quality-rubric.yaml").read_text()), default=str))


@pytest.fixture
def reviewers(agency):
    return stage.make_reviewers(agency)


def test_all_29_components_are_read_talked_over_and_decided_by_a_third(state, version, designer, reviewers, client_of):
    stage.publish(state, of_pack("nc"))
    review = stage.hand_in(version, designer)
    first, second = stage.seats(review)
    stage.fill_in(first)
    page = unescape(client_of(first.rater).get(f"/quality/readings/{first.ref}/").content.decode())
    assert page.count('name="quote-QAS-') == 29
    assert "13. Reviewed and improved" in page
    assert "Reconstructed" in page
    stage.read(second, QAS_05_a=stage.NOT_YET)
    reader = client_of(first.rater)
    assert reader.post(f"/quality/readings/{first.ref}/", {"action": "hand_in", **_kept(first)}).status_code == 302
    assert reconciling.differing_in(review.panel) == ["QAS-05.a"]
    for seat in (first, second):
        talking.settle(assignment=seat, acting_person=seat.rater)
    (third,) = stage.seats(review)
    stage.read(third)
    review.refresh_from_db()
    assert (review.status, review.panel.outcome["verdict"]) == ("to_decide", "demonstrated")


def _kept(seat):
    """What the form of a reading sends back as it was kept."""
    codes = [each.criterion for each in seat.ratings.all()]
    comments = {f"comment-{code}": f"About {code}." for code in codes}
    return comments | {f"quote-{code}": stage.WORDS for code in codes}


def test_four_levels_weights_and_a_majority_of_three(state, version, designer, reviewers, client_of):
    stage.publish(state, stage.rubric(**WEIGHTED))
    review = stage.hand_in(version, designer)
    seats = stage.seats(review)
    assert len(seats) == 3
    stage.take_up(seats[0])
    page = unescape(client_of(seats[0].rater).get(f"/quality/readings/{seats[0].ref}/").content.decode())
    assert "No learner is named." in page
    for seat, useful in zip(seats, ("emerging", "emerging", "exemplary"), strict=True):
        stage.read(seat, "solid", C_b=useful)
    review.refresh_from_db()
    assert (review.status, review.panel.outcome["verdict"]) == ("to_decide", "demonstrated")
    assert not_met(review) == ["C.b"]


def test_one_reader_of_the_example_is_enough_and_too_little_weight_is_not(state, issuer, designer, reviewers):
    stage.publish(state, of_pack("example"))
    review = stage.hand_in(cast.publish(state, issuer, cast.make_document(slug="one", title="One")), designer)
    (seat,) = stage.seats(review)
    stage.read(seat, "solid", MARK_4_a="emerging")
    review.refresh_from_db()
    assert (review.status, review.panel.outcome["verdict"]) == ("to_decide", "not_yet")
