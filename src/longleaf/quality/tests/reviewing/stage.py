"""A state that reviews: a small rubric, four reviewers, and a design handed in."""

from __future__ import annotations

from typing import Any

from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.panels import rating
from longleaf.panels.models import Assignment, Panel
from longleaf.quality import publishing
from longleaf.quality.models import Instrument, Review
from longleaf.quality.reviewing import handing_in, reading
from tests import cast

MET, NOT_YET = "met", "not-yet"
WORDS = "The educator gives feedback on a piece of work"


def component(code: str, title: str, **changes: Any) -> dict[str, Any]:
    facts = {"official_title": None, "official_text": None, "look_for": "A sentence.", "standing": "synthetic"}
    return {"code": code, "title": title, "text": f"{title}, seen in the design.", **facts, **changes}


def standard(number: int, title: str, *components: dict[str, Any]) -> dict[str, Any]:
    return {"number": number, "title": title, "official_title": None, "components": list(components)}


def rubric(**changes: Any) -> dict[str, Any]:
    """Two standards with three components, all to be met; two readers, and a third where they differ."""
    return {
        "levels": [
            {"code": NOT_YET, "title": "Not yet met", "meets": False, "description": "Not shown."},
            {"code": MET, "title": "Met", "meets": True, "description": "Shown."},
        ],
        "panel_rule": {"readers": 2, "when_they_differ": "third_reader", "decides": "third"},
        "standards": [
            standard(1, "One skill", component("S1.a", "Single skill"), component("S1.b", "Observable")),
            standard(2, "Fair", component("S2.a", "Open to all")),
        ],
        **changes,
    }


def publish(state: State, document: dict[str, Any] | None = None) -> Instrument:
    return publishing.publish_instrument(
        state=state,
        code="meadow-quality",
        edition="1",
        title="Meadow Marks",
        document=document or rubric(),
        standing="synthetic",
    )


def make_reviewers(agency: Organisation, number: int = 4) -> list[Person]:
    names = ("Rhea One", "Rolf Two", "Rita Three", "Remo Four")
    return [cast.make_person(f"{name} Reviewer", (agency, Role.REVIEWER)) for name in names[:number]]


def seats(review: Review) -> list[Assignment]:
    return list(Assignment.objects.filter(panel=review.panel_id, status__in=["offered", "started"]).order_by("seat"))


def take_up(seat: Assignment) -> Assignment:
    return reading.take_up(assignment=seat, declared=True, acting_person=seat.rater)


def fill_in(seat: Assignment, level: str = MET, **levels: str) -> Assignment:
    """Take up, rate everything and quote: `level`, or another for one component (`S2_a="not-yet"`)."""
    take_up(seat)
    for each in Review.objects.get(panel=seat.panel_id).instrument.document["standards"]:
        for one in each["components"]:
            code = one["code"]
            chosen = levels.get(code.replace(".", "_").replace("-", "_"), level)
            facts: dict[str, Any] = {"assignment": seat, "criterion": code, "revision": 0, "acting_person": seat.rater}
            rating.rate(level=chosen, comment=f"About {code}.", **facts)
            reading.quote(words=WORDS, **facts)
    return seat


def read(seat: Assignment, level: str = MET, **levels: str) -> Panel:
    return reading.hand_in_reading(assignment=fill_in(seat, level, **levels), acting_person=seat.rater)


def hand_in(version: Any, designer: Person, note: str = "") -> Review:
    return handing_in.hand_in(version=version, note=note, acting_person=designer)
