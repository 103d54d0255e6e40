"""A small pool with planted readers, through the real verbs: who reads otherwise than the work loses live work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from random import Random

import pytest

from longleaf.directory.models import Organisation, Person
from longleaf.panels.calibration import seeding
from longleaf.panels.models import Assignment, Certification
from longleaf.panels.status import AssignmentStatus, CertificationStatus, PanelStatus, Purpose
from longleaf.panels.tests.calibration.stage import (
    certify,
    convene_live,
    make_anchors,
    make_assessor,
    make_edition,
    read,
    set_gate,
    truth_of,
    turned,
)
from longleaf.panels.tests.factories import MEETS, NOT_YET, in_days

pytestmark = pytest.mark.django_db
Reader = Callable[[str, int, Random], str]
PANELS = 48


def careful(true: str, number: int, chance: Random) -> str:
    """Errs in one level of twelve, in either direction."""
    return turned(true) if chance.random() < 1 / 12 else true


def severe(true: str, number: int, chance: Random) -> str:
    """Finds hardly anything met."""
    return NOT_YET if chance.random() < 0.9 else true


def erratic(true: str, number: int, chance: Random) -> str:
    """Finds everything met in one work and nothing in the next, so is too low as often as too high."""
    return MEETS if number % 2 else NOT_YET


def drifting(true: str, number: int, chance: Random) -> str:
    """Reads with care at first, and then lets nearly everything pass."""
    return careful(true, number, chance) if number < 3 else (MEETS if chance.random() < 0.9 else true)


POOL: Mapping[str, Reader] = {
    "Sven Severe": severe,
    "Dina Drifting": drifting,
    "Cara One": careful,
    "Carl Two": careful,
    "Cleo Three": careful,
    "Colin Four": careful,
    "Cora Five": careful,
}


def test_severe_and_drifting_readers_lose_live_work_and_careful_ones_keep_it(
    issuer: Organisation, lead_assessor: Person
) -> None:
    edition = make_edition(issuer)
    set_gate(issuer, {"certification": "required", "training": {"anchors": 1}, "test": {"anchors": 4}})
    make_anchors(edition, lead_assessor, unseen=4)
    people = {name: make_assessor(issuer, name) for name in POOL}
    for person in people.values():
        certify(edition, person)
    _live_work(issuer, Random(20261125))
    suspended = {each.person.name for each in Certification.objects.filter(status=CertificationStatus.SUSPENDED)}
    assert suspended == {"Sven Severe", "Dina Drifting"}
    offered = Assignment.objects.filter(panel=convene_live(issuer, "SUB-AFTER"))
    assert offered.count() == 2
    assert suspended.isdisjoint(seat.rater.name for seat in offered)


# Nobody can be further off than one step here and few anchors are read, so of size less is borne than by default.
LESS_BORNE = {"anchors": {"target": "0.1", "limit": "6"}}


@pytest.mark.parametrize(("finds", "scatter", "chart"), [(severe, {}, "drift"), (erratic, LESS_BORNE, "scatter")])
def test_anchors_alone_find_a_severe_reader_and_one_who_reads_at_random(
    finds: Reader,
    scatter: Mapping[str, object],
    chart: str,
    issuer: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
) -> None:
    edition = make_edition(issuer)
    gate = {"training": {"anchors": 1}, "test": {"anchors": 2}, "seeding": {"one_in": 2}}
    set_gate(issuer, {**gate, "drift": {"co_readers": {"off": True}}, "scatter": scatter})
    make_anchors(edition, lead_assessor, unseen=16)
    held, chance, subjects = certify(edition, first_assessor), Random(7), count()
    for number in range(14):
        panel = convene_live(issuer, f"SUB-{number}")
        panel.assignments.update(offered_at=in_days(5 * number), status=AssignmentStatus.EXPIRED)
        seeding.seed(new_subject=lambda: f"SUB-LIKE-{next(subjects)}", secret="s", now=in_days(5 * number + 3))
        for seat in Assignment.objects.filter(
            panel__check_reading__purpose=Purpose.SEEDED, status=AssignmentStatus.OFFERED
        ):
            read(seat, {code: finds(true, number, chance) for code, true in truth_of(seat).items()})
    held.refresh_from_db()
    assert held.status == CertificationStatus.SUSPENDED
    told = held.alarms.get().told
    assert told["chart"] == chart
    assert (told["direction"] == "below") is (chart == "drift")


def _live_work(issuer: Organisation, chance: Random) -> None:
    for number in range(PANELS):
        true = {code: chance.choice([MEETS, NOT_YET]) for code in ("A", "B")}
        panel = convene_live(issuer, f"SUB-{number}")
        while panel.status == PanelStatus.OPEN:
            seat = panel.assignments.filter(status=AssignmentStatus.OFFERED).first()
            assert seat is not None
            finds = POOL[seat.rater.name]
            done = seat.rater.assignments.filter(status=AssignmentStatus.SUBMITTED, panel__evidence="").count()
            panel = read(seat, {code: finds(level, done, chance) for code, level in true.items()})
