"""The yes/no and the filter agree, for everybody and in every state of a reading."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels import access, queries
from longleaf.panels.errors import NoSuchReading
from longleaf.panels.instruments import bring_rubrics
from longleaf.panels.models import Assignment
from longleaf.panels.status import AssignmentStatus
from longleaf.panels.tests.factories import KIND, convene, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(issuer: Organisation, first_assessor: Person, second_assessor: Person) -> Assignment:
    return seat_of(convene(issuer), first_assessor)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (AssignmentStatus.OFFERED, True),
        (AssignmentStatus.STARTED, True),
        (AssignmentStatus.SUBMITTED, True),
        (AssignmentStatus.DECLINED, False),
        (AssignmentStatus.EXPIRED, False),
    ],
)
def test_a_rater_opens_their_own_reading_until_it_is_given_away(
    seat: Assignment, status: AssignmentStatus, expected: bool
) -> None:
    Assignment.objects.filter(pk=seat.pk).update(status=status, submitted_at=seat.offered_at)
    seat.refresh_from_db()
    assert access.may_read(seat.rater, seat) is expected
    assert access.assignments_visible_to(seat.rater).filter(pk=seat.pk).exists() is expected


def test_nobody_else_opens_it(
    seat: Assignment, second_assessor: Person, lead_assessor: Person, educator: Person, stranger: Person
) -> None:
    for person in (second_assessor, lead_assessor, educator, stranger, AnonymousUser()):
        assert access.may_read(person, seat) is False
        assert not access.assignments_visible_to(person).filter(pk=seat.pk).exists()


def test_a_reading_under_way_closes_with_the_role_and_a_finished_one_stays(seat: Assignment) -> None:
    held = seat.rater.roles.get(role=Role.ASSESSOR)
    enrolling.end_role(held=held, acting_person=None, until=held.since)
    assert access.may_read(seat.rater, seat) is False
    Assignment.objects.filter(pk=seat.pk).update(status=AssignmentStatus.SUBMITTED, submitted_at=seat.offered_at)
    seat.refresh_from_db()
    assert access.may_read(seat.rater, seat) is True


def test_a_reading_is_found_only_by_its_rater_and_under_its_own_kind(seat: Assignment, second_assessor: Person) -> None:
    assert queries.reading_for(seat.rater, seat.ref, kind=KIND) == seat
    for person, ref, kind in (
        (second_assessor, seat.ref, KIND),
        (seat.rater, seat.ref, "another-kind"),
        (seat.rater, "RDG-NONE", KIND),
    ):
        with pytest.raises(NoSuchReading):
            queries.reading_for(person, ref, kind=kind)


def test_a_lead_assessor_leads_the_panels_of_their_own_organisation(
    seat: Assignment, lead_assessor: Person, first_assessor: Person, agency: Organisation
) -> None:
    for person, expected in ((lead_assessor, True), (first_assessor, False)):
        assert access.may_lead(person, seat.panel) is expected
        assert access.panels_led_by(person).filter(pk=seat.panel_id).exists() is expected


def test_the_queue_costs_the_same_however_long_it_is(
    issuer: Organisation, first_assessor: Person, django_assert_num_queries: object
) -> None:
    for count in (1, 3):
        while Assignment.objects.count() < count:
            convene(issuer, subject=f"SUB-{Assignment.objects.count()}")
        # The roles of whoever asks, the list, and its rubrics, each text once.
        with django_assert_num_queries(3):  # type: ignore[operator]
            rows = list(queries.queue_of(first_assessor, kind=KIND))
            bring_rubrics([row.panel for row in rows])
            assert [row.panel.rubric.digest for row in rows] == [rows[0].panel.rubric_id] * count


def test_the_queue_does_not_tell_in_which_order_the_work_came(issuer: Organisation, first_assessor: Person) -> None:
    for number in range(8):
        convene(issuer, subject=f"SUB-{number}")
    refs = [row.ref for row in queries.queue_of(first_assessor, kind=KIND)]
    assert refs == sorted(refs)
