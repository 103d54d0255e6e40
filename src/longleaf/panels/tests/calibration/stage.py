"""A pool with anchors, and assessors who read as they are told to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels import convening, rating
from longleaf.panels.calibration import anchors, editions, gating, standing, testing
from longleaf.panels.instruments import Instrument
from longleaf.panels.models import Anchor, Assignment, Certification, Panel, RubricEdition, Sitting
from longleaf.panels.status import AnchorUse, AssignmentStatus
from longleaf.panels.tests.factories import KIND, MEETS, NOT_YET, in_days
from tests import cast

FEEDBACK = Instrument("feedback", "Feedback that moves learning")
# A small gate, so that a test is read in a moment. It asks the same as the default one otherwise.
SMALL: Mapping[str, Any] = {
    "certification": "required",
    "training": {"anchors": 1},
    "test": {"anchors": 4},
    "seeding": {"one_in": 3},
}
Reads = Callable[[str, str], str]


def make_edition(pool: Organisation, **changes: Any) -> RubricEdition:
    document = cast.make_document(**changes)
    return editions.register(
        pool=pool,
        kind=KIND,
        instrument=FEEDBACK,
        rubric=document["rubric"],
        rule=document["panel_rule"],
        acting_person=None,
    )


def set_gate(pool: Organisation, document: Mapping[str, Any] = SMALL) -> None:
    gating.set_gate(state=pool.state, pool=pool, document=document, acting_person=None)


def convene_live(pool: Organisation, subject: str, **changes: Any) -> Panel:
    document = cast.make_document()
    facts: dict[str, Any] = {
        "kind": KIND,
        "rubric": document["rubric"],
        "rule": document["panel_rule"],
        "instrument": FEEDBACK,
        "due_at": in_days(15),
        "acting_person": None,
    }
    return convening.convene(subject=subject, pool=pool, **{**facts, **changes})


def make_anchor(edition: RubricEdition, lead: Person, number: int, use: AnchorUse = AnchorUse.UNSEEN) -> Anchor:
    """In use, with levels that the lead set: A is met by every other one, B by the others."""
    anchor = anchors.draft(
        edition=edition, evidence=f"SUB-KEPT-{use}-{number}", title=f"Sample {number}", use=use, acting_person=lead
    )
    met = {"A": number % 2 == 0, "B": number % 2 == 1}
    read(
        anchors.read_to_set(anchor=anchor, acting_person=lead), {code: MEETS if met[code] else NOT_YET for code in met}
    )
    return anchors.put_in_use(anchor=anchor, because="Written to be so.", acting_person=lead)


def make_anchors(edition: RubricEdition, lead: Person, unseen: int, training: int = 1) -> list[Anchor]:
    made = [make_anchor(edition, lead, number, AnchorUse.TRAINING) for number in range(training)]
    return made + [make_anchor(edition, lead, number) for number in range(unseen)]


def read(seat: Assignment, levels: Mapping[str, str]) -> Panel:
    """Take up where it was only offered, rate as told, hand in."""
    seat.refresh_from_db()
    if seat.status == AssignmentStatus.OFFERED:
        rating.take_up(assignment=seat, acting_person=seat.rater)
    for criterion, level in levels.items():
        rating.rate(
            assignment=seat,
            criterion=criterion,
            level=level,
            comment=f"About {criterion}.",
            revision=0,
            acting_person=seat.rater,
        )
    return rating.submit_reading(assignment=seat, acting_person=seat.rater)


def truth_of(seat: Assignment) -> dict[str, str]:
    anchor = seat.panel.check_reading.anchor
    assert anchor is not None
    return {code: each["level"] for code, each in anchor.truth.items()}


def train(edition: RubricEdition, person: Person, times: int = 1) -> Certification:
    held = standing.enter_training(edition=edition, acting_person=person)
    for _ in range(times):
        seat = testing.next_in_training(certification=held, acting_person=person)
        read(seat, truth_of(seat))
    return held


def readings_of(sitting: Sitting) -> list[Assignment]:
    return list(Assignment.objects.filter(panel__check_reading__sitting=sitting).order_by("pk"))


def sit(held: Certification, person: Person, wrong: Iterable[str] = ()) -> Sitting:
    """A whole test. Levels of the criteria in `wrong` are turned round."""
    sitting = testing.begin_test(certification=held, acting_person=person)
    for seat in readings_of(sitting):
        read(seat, {code: turned(level) if code in set(wrong) else level for code, level in truth_of(seat).items()})
    sitting.refresh_from_db()
    return sitting


def turned(level: str) -> str:
    return NOT_YET if level == MEETS else MEETS


def certify(edition: RubricEdition, person: Person) -> Certification:
    held = train(edition, person)
    sit(held, person)
    held.refresh_from_db()
    return held


def make_assessor(pool: Organisation, name: str) -> Person:
    return cast.make_person(name, (pool, Role.ASSESSOR))
