"""Two who act at the same moment: a test is closed once, an anchor drawn once."""

from __future__ import annotations

from itertools import count

import pytest

from longleaf.directory.models import Organisation, Person
from longleaf.journal.models import JournalLine
from longleaf.panels import rating
from longleaf.panels.calibration import seeding, testing
from longleaf.panels.models import CheckReading
from longleaf.panels.status import Purpose
from longleaf.panels.tests.calibration.stage import (
    certify,
    convene_live,
    make_anchors,
    make_edition,
    readings_of,
    set_gate,
    train,
    truth_of,
)
from longleaf.panels.tests.factories import at_the_same_moment, in_days

pytestmark = pytest.mark.django_db(transaction=True)
GATE = {"certification": "required", "training": {"anchors": 1}, "test": {"anchors": 2}, "seeding": {"one_in": 2}}


def test_the_last_two_readings_of_a_test_close_it_once(
    issuer: Organisation, lead_assessor: Person, first_assessor: Person
) -> None:
    edition = make_edition(issuer)
    set_gate(issuer, GATE)
    make_anchors(edition, lead_assessor, unseen=2)
    held = train(edition, first_assessor)
    sitting = testing.begin_test(certification=held, acting_person=first_assessor)
    first, second = readings_of(sitting)
    for seat in (first, second):
        for criterion, level in truth_of(seat).items():
            rating.rate(
                assignment=seat,
                criterion=criterion,
                level=level,
                comment="So.",
                revision=0,
                acting_person=first_assessor,
            )
    done = at_the_same_moment(
        lambda: rating.submit_reading(assignment=first, acting_person=first_assessor),
        lambda: rating.submit_reading(assignment=second, acting_person=first_assessor),
    )
    assert not [each for each in done if isinstance(each, Exception)]
    sitting.refresh_from_db()
    assert sitting.passed is True
    assert JournalLine.objects.filter(event="calibration:test:closed").count() == 1


def test_two_workers_draw_one_anchor(issuer: Organisation, lead_assessor: Person, first_assessor: Person) -> None:
    edition = make_edition(issuer)
    set_gate(issuer, GATE)
    make_anchors(edition, lead_assessor, unseen=4)
    certify(edition, first_assessor)
    convene_live(issuer, "SUB-1")
    numbers, later = count(), in_days(3)

    def work() -> int:
        return seeding.seed(new_subject=lambda: f"SUB-LIKE-{next(numbers)}", secret="s", now=later)

    assert sorted(at_the_same_moment(work, work), key=str) == [0, 1]
    assert CheckReading.objects.filter(purpose=Purpose.SEEDED).count() == 1
