"""What the clock takes from one rater and gives to another."""

from __future__ import annotations

import pytest

from longleaf.directory.models import Organisation, Person
from longleaf.journal.models import JournalLine
from longleaf.panels import expiring, rating
from longleaf.panels.models import Panel
from longleaf.panels.status import AssignmentStatus
from longleaf.panels.tests.factories import at_the_same_moment, convene, in_days, raters_of, read, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person) -> Panel:
    return convene(issuer)


def test_an_offer_nobody_opens_goes_to_another(panel: Panel, first_assessor: Person, second_assessor: Person) -> None:
    rating.take_up(assignment=seat_of(panel, second_assessor), acting_person=second_assessor)
    assert expiring.release_expired(now=in_days(2.9)) == 0
    assert expiring.release_expired(now=in_days(3.1)) == 1
    assert raters_of(panel) == ["Cleo Third", "Ben Second"]
    assert seat_of(panel, first_assessor).status == AssignmentStatus.EXPIRED
    assert expiring.release_expired(now=in_days(3.1)) == 0


def test_a_new_offer_has_its_own_time_to_be_opened(
    panel: Panel, second_assessor: Person, third_assessor: Person
) -> None:
    rating.take_up(assignment=seat_of(panel, second_assessor), acting_person=second_assessor)
    expiring.release_expired(now=in_days(3.1))
    assert seat_of(panel, third_assessor).take_up_by > in_days(6)


def test_an_offer_stays_where_nobody_else_could_read(issuer: Organisation, first_assessor: Person) -> None:
    panel = convene(issuer)
    assert expiring.release_expired(now=in_days(30)) == 0
    assert raters_of(panel) == ["Ada First"]


def test_a_reading_that_was_begun_is_given_a_week_beyond_its_day(
    panel: Panel, first_assessor: Person, second_assessor: Person
) -> None:
    for person in (first_assessor, second_assessor):
        rating.take_up(assignment=seat_of(panel, person), acting_person=person)
    assert expiring.release_expired(now=in_days(21.9)) == 0
    # One of the two is released; for the other nobody else is left.
    assert expiring.release_expired(now=in_days(23)) == 1
    assert len(raters_of(panel)) == 2


def test_what_was_handed_in_never_expires(panel: Panel, first_assessor: Person, second_assessor: Person) -> None:
    read(seat_of(panel, first_assessor))
    read(seat_of(panel, second_assessor))
    assert expiring.release_expired(now=in_days(365)) == 0


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_release_a_seat_once(panel: Panel, second_assessor: Person) -> None:
    rating.take_up(assignment=seat_of(panel, second_assessor), acting_person=second_assessor)
    now = in_days(4)
    released = at_the_same_moment(*(lambda: expiring.release_expired(now=now) for _ in range(3)))
    assert sorted(released) == [0, 0, 1]
    assert JournalLine.objects.filter(event="panel:seat:expired").count() == 1
    assert raters_of(panel) == ["Cleo Third", "Ben Second"]
