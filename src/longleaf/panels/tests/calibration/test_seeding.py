"""Anchors among live work: how many, when, which; and that nothing about one tells it apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from statistics import fmean

import pytest
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.panels import expiring, queries, rating
from longleaf.panels.calibration import anchors, editions, seeding
from longleaf.panels.calibration.choosing import anchors_for
from longleaf.panels.models import Assignment, Certification, CheckReading, Observation, RubricEdition
from longleaf.panels.pool import telling
from longleaf.panels.status import AnchorUse, AssignmentStatus, PanelStatus, Purpose
from longleaf.panels.tests.calibration.stage import (
    certify,
    convene_live,
    make_anchors,
    make_edition,
    read,
    set_gate,
    truth_of,
    turned,
)
from longleaf.panels.tests.factories import KIND, MEETS, in_days
from tests import cast

SECRET = "of this test"


@pytest.fixture
def edition(db: None, issuer: Organisation, lead_assessor: Person) -> RubricEdition:
    made = make_edition(issuer)
    set_gate(issuer)
    make_anchors(made, lead_assessor, unseen=8)
    return made


@pytest.fixture
def held(edition: RubricEdition, first_assessor: Person) -> Certification:
    return certify(edition, first_assessor)


@pytest.fixture
def subjects() -> Iterator[str]:
    return (f"SUB-LIKE-{number}" for number in count())


def seed(subjects: Iterator[str], days: float = 3) -> int:
    return seeding.seed(new_subject=lambda: next(subjects), secret=SECRET, now=in_days(days))


def seeded() -> list[Assignment]:
    return list(Assignment.objects.filter(panel__check_reading__purpose=Purpose.SEEDED).order_by("pk"))


@pytest.mark.parametrize("one_in", [2, 3, 15])
def test_one_reading_in_so_many_is_an_anchor(one_in: int) -> None:
    gaps = [seeding.gap_before(number, one_in=one_in, secret=SECRET, ref="CRT-1")[0] for number in range(4_000)]
    assert {min(gaps), max(gaps)} == {1, max(1, 2 * (one_in - 1) - 1)}
    assert fmean(gaps) == pytest.approx(one_in - 1, rel=0.05)


def test_the_draw_is_the_same_for_the_same_secret_and_another_for_another() -> None:
    def drawn(secret: str) -> list[tuple[int, timedelta]]:
        return [seeding.gap_before(number, one_in=15, secret=secret, ref="CRT-1") for number in range(20)]

    assert drawn("one") == drawn("one") != drawn("two")
    assert all(timedelta(0) <= wait <= timedelta(hours=48) for _, wait in drawn("one"))


def test_an_anchor_comes_after_as_many_live_readings_as_were_drawn(
    held: Certification, issuer: Organisation, subjects: Iterator[str]
) -> None:
    wanted, wait = seeding.gap_before(0, one_in=3, secret=SECRET, ref=held.ref)
    for number in range(wanted):
        assert seed(subjects) == 0
        convene_live(issuer, f"SUB-{number}")
    assert seed(subjects, days=wait.total_seconds() / 86_400 - 0.01) == 0
    assert seed(subjects) == 1
    assert seed(subjects) == 0
    assert CheckReading.objects.filter(purpose=Purpose.SEEDED).count() == 1


def test_nobody_gets_an_anchor_that_they_met_before(
    held: Certification, issuer: Organisation, subjects: Iterator[str]
) -> None:
    for number in range(20):
        panel = convene_live(issuer, f"SUB-{number}")
        panel.assignments.update(status=AssignmentStatus.EXPIRED, offered_at=in_days(10 * number))
        seed(subjects, days=10 * number + 3)
        for seat in seeded():
            Assignment.objects.filter(pk=seat.pk).update(status=AssignmentStatus.EXPIRED)
    met = CheckReading.objects.exclude(anchor=None).filter(reader=held.person).values_list("anchor", flat=True)
    # Four of the eight were in the test, so four were left; then no more came.
    assert len(seeded()) == 4
    assert len(met) == len(set(met))


def test_a_seeded_anchor_is_like_any_other_offer(
    held: Certification, issuer: Organisation, first_assessor: Person, subjects: Iterator[str]
) -> None:
    for number in range(3):
        convene_live(issuer, f"SUB-{number}", due_at=in_days(15))
    seed(subjects)
    rows = list(queries.queue_of(first_assessor, kind=KIND))
    [anchor] = seeded()
    assert len(rows) == 4
    assert anchor in rows
    told = [
        {field.name for field in Assignment._meta.fields if getattr(row, field.name) not in (None, "")} for row in rows
    ]
    assert all(each == told[0] for each in told)
    assert len({(row.status, row.seat, row.due_at, row.panel.rubric_id, row.panel.kind) for row in rows}) == 1


def test_its_levels_are_kept_as_observations_and_decide_nothing(
    held: Certification, issuer: Organisation, subjects: Iterator[str]
) -> None:
    for number in range(3):
        convene_live(issuer, f"SUB-{number}")
    seed(subjects)
    [seat] = seeded()
    panel = read(seat, {"A": turned(truth_of(seat)["A"]), "B": truth_of(seat)["B"]})
    assert (panel.status, panel.outcome) == (PanelStatus.DISSOLVED, None)
    errors = dict(Observation.objects.values_list("criterion", "error"))
    assert errors["B"] == 0
    assert abs(errors["A"]) == 1


def test_it_expires_and_is_given_back_as_live_work_is(
    held: Certification,
    edition: RubricEdition,
    issuer: Organisation,
    second_assessor: Person,
    subjects: Iterator[str],
) -> None:
    for number in range(3):
        convene_live(issuer, f"SUB-{number}")
    seed(subjects)
    [seat] = seeded()
    certify(edition, second_assessor)
    rating.take_up(assignment=seat, acting_person=seat.rater)
    given = rating.decline(assignment=seat, reason="I know this class.", acting_person=seat.rater)
    assert given.status == AssignmentStatus.DECLINED
    assert seat.panel.assignments.count() == 1

    CheckReading.objects.filter(purpose=Purpose.SEEDED).update(drawn_at=timezone.now() - timedelta(days=1))
    seed(subjects, days=4)
    waiting = [each for each in seeded() if each.status == AssignmentStatus.OFFERED]
    assert len(waiting) == 1
    expiring.release_expired(now=in_days(30))
    waiting[0].refresh_from_db()
    assert waiting[0].status == AssignmentStatus.EXPIRED
    assert waiting[0].panel.assignments.count() == 1


def test_whoever_has_no_room_gets_no_anchor(
    held: Certification, issuer: Organisation, first_assessor: Person, subjects: Iterator[str]
) -> None:
    for number in range(3):
        convene_live(issuer, f"SUB-{number}")
    first_assessor.assessor.at_a_time = 3
    first_assessor.assessor.save()
    assert seed(subjects) == 0
    first_assessor.assessor.at_a_time = 4
    first_assessor.assessor.save()
    assert seed(subjects) == 1


def test_whoever_leaves_too_soon_for_live_work_gets_no_anchor_that_would_be_told_by_it(
    held: Certification, issuer: Organisation, first_assessor: Person, subjects: Iterator[str]
) -> None:
    for number in range(3):
        convene_live(issuer, f"SUB-{number}")
    # Seen three days from now: four are left to read.
    today = timezone.localdate()
    telling.enter_absence(
        begins=today + timedelta(days=7), ends=today + timedelta(days=60), acting_person=first_assessor
    )
    assert seed(subjects) == 0
    first_assessor.assessor.absences.all().delete()
    assert seed(subjects) == 1


def test_a_new_version_of_an_anchor_is_no_unseen_one_to_those_who_met_the_old(
    held: Certification, edition: RubricEdition, lead_assessor: Person, second_assessor: Person
) -> None:
    check = CheckReading.objects.filter(reader=held.person, purpose=Purpose.TEST).first()
    assert check is not None
    assert check.anchor is not None
    anchors.retire(anchor=check.anchor, because="Better words.", acting_person=lead_assessor)
    again = anchors.draft(
        edition=edition,
        evidence=check.anchor.evidence,
        title="Again",
        use=AnchorUse.UNSEEN,
        replaces=check.anchor,
        acting_person=lead_assessor,
    )
    read(anchors.read_to_set(anchor=again, acting_person=lead_assessor), {"A": MEETS, "B": MEETS})
    anchors.put_in_use(anchor=again, because="Read anew.", acting_person=lead_assessor)
    unseen = {"key": "any", "unseen_only": True}
    assert again not in anchors_for(held.person, edition, AnchorUse.UNSEEN, **unseen)  # type: ignore[arg-type]
    assert again in anchors_for(second_assessor, edition, AnchorUse.UNSEEN, **unseen)  # type: ignore[arg-type]


def test_after_an_editorial_change_it_is_read_by_the_newer_words(
    held: Certification, issuer: Organisation, lead_assessor: Person, subjects: Iterator[str]
) -> None:
    reworded = cast.make_document()["rubric"]
    reworded["criteria"][0]["title"] = "Feedback is specific, and kind"
    newer = make_edition(issuer, rubric=reworded)
    editions.mark_editorial(edition=newer, because="Two words.", acting_person=lead_assessor)
    for number in range(3):
        convene_live(issuer, f"SUB-{number}", rubric=reworded)
    assert seed(subjects) == 1
    assert seeded()[0].panel.rubric_id == newer.rubric_id
