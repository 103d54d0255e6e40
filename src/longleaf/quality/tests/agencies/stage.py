"""Organisations that apply: the criteria of the packs, reviewers, and an application that shows everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from longleaf.directory.models import Organisation, Person, State
from longleaf.panels import rating
from longleaf.panels.instruments import criteria_to_rate
from longleaf.panels.models import Assignment
from longleaf.quality import publishing
from longleaf.quality.agencies import applying, submitting
from longleaf.quality.agencies.criteria import criteria_of
from longleaf.quality.models import Application, Instrument, Review
from longleaf.quality.reviewing import reading
from longleaf.quality.status import Judges

STATES = Path(__file__).resolve().parents[5] / "states"
WORDS = "A named person answers"


def of_pack(state: str, name: str = "agency-criteria") -> dict[str, Any]:
    return json.loads(json.dumps(yaml.safe_load((STATES / state / f"{name}.yaml").read_text()), default=str))


def publish(state: State, document: dict[str, Any] | None = None, judges: Judges = Judges.AGENCY) -> Instrument:
    """The criteria of the example, unless told: two promises, of which the first is asked, and one reader."""
    told = document or of_pack("example")
    return publishing.publish_instrument(
        state=state,
        code=told["code"],
        edition=told["version"],
        title=told["title"],
        document=told,
        standing=told["standing"],
        judges=judges,
    )


def begin(organisation: Organisation, officer: Person, judged_as: Judges = Judges.AGENCY) -> Application:
    return applying.begin(organisation=organisation, judged_as=judged_as, acting_person=officer)


def show(application: Application, officer: Person, *criteria: str, text: str = WORDS) -> Application:
    """Show the criteria that are named, or all, and say what is asked for."""
    for code in criteria or criteria_of(application.instrument.document):
        applying.save_showing(
            application=application, criterion=code, field="text", text=text, revision=0, acting_person=officer
        )
    return applying.save_scope(
        application=application, text="Feedback in grades 3 to 5.", revision=0, acting_person=officer
    )


def handed_in(organisation: Organisation, officer: Person, judged_as: Judges = Judges.AGENCY) -> Review:
    application = show(begin(organisation, officer, judged_as), officer)
    return submitting.submit(application=application, acting_person=officer)


def seats(review: Review) -> list[Assignment]:
    return list(Assignment.objects.filter(panel=review.panel_id, status__in=["offered", "started"]).order_by("seat"))


def read_all(review: Review, **levels: str) -> Review:
    """Hand every reading in that is asked for now; each criterion gets the level given by its code, or the best."""
    for seat in seats(review):
        reading.take_up(assignment=seat, declared=True, acting_person=seat.rater)
        best = review.instrument.document["levels"][-1]["code"]
        for each in criteria_to_rate(seat.panel):
            facts: dict[str, Any] = {"assignment": seat, "criterion": each.code, "revision": 0}
            level = levels.get(each.code.replace("-", "_"), best)
            rating.rate(level=level, comment="Seen.", acting_person=seat.rater, **facts)
            reading.quote(words=WORDS, acting_person=seat.rater, **facts)
        reading.hand_in_reading(assignment=seat, acting_person=seat.rater)
    review.refresh_from_db()
    return review
