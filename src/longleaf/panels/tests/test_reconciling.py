"""Readers who differ: they see what the others found and not who they are, and what was given blind stays."""

from __future__ import annotations

import pytest
from django.utils import timezone

from longleaf.panels import reconciling, room
from longleaf.panels.errors import NoSuchReading, NothingSaid, ReasonMissing, TalkIsOver, UnknownCriterion, UnknownLevel
from longleaf.panels.tests import factories
from longleaf.panels.tests.factories import MEETS, NOT_YET
from tests import cast


@pytest.fixture
def panel(issuer, first_assessor, second_assessor, third_assessor):
    rule = {**cast.make_document()["panel_rule"], "reconciliation": {"days": 7}}
    return factories.convene(issuer, rule=rule)


@pytest.fixture
def seats(panel):
    """Two readings that differ on B alone."""
    first, second = panel.assignments.order_by("seat")
    factories.read(first)
    factories.read(second, B=NOT_YET)
    return first, second


def revise(seat, level, reason="The second page shows it.", criterion="B"):
    return reconciling.revise(
        assignment=seat, criterion=criterion, level=level, reason=reason, acting_person=seat.rater
    )


def settle(seat):
    return reconciling.settle(assignment=seat, acting_person=seat.rater)


def test_readers_who_agree_do_not_meet(panel):
    for seat in panel.assignments.order_by("seat"):
        done = factories.read(seat)
    assert (done.status, done.talk_until) == ("decided", None)


def test_readers_who_differ_talk_it_over_and_may_come_to_one_level(panel, seats):
    first, second = seats
    panel.refresh_from_db()
    assert panel.status == "reconciling"
    assert panel.assignments.count() == 2
    reconciling.say(assignment=first, criterion="B", text="Look at page two.", acting_person=first.rater)
    revise(second, MEETS)
    assert settle(first).status == "reconciling"
    done = settle(second)
    assert (done.status, done.outcome["verdict"]) == ("decided", "demonstrated")
    assert second.ratings.get(criterion="B").level == NOT_YET
    with pytest.raises(TalkIsOver):
        revise(second, NOT_YET)


def test_where_they_still_differ_a_third_decides_who_never_enters_the_room(panel, seats):
    for seat in seats:
        settle(seat)
    panel.refresh_from_db()
    assert panel.status == "open"
    third = panel.assignments.get(seat=3)
    with pytest.raises(NoSuchReading):
        room.room_of(third.rater, third.ref, kind=factories.KIND)
    done = factories.read(third, B=NOT_YET)
    assert (done.status, done.outcome["verdict"]) == ("decided", "not_yet")
    with pytest.raises(NoSuchReading):
        reconciling.say(assignment=third, criterion="B", text="x", acting_person=third.rater)


def test_the_room_tells_what_was_found_and_not_by_whom(seats):
    first, second = seats
    reconciling.say(assignment=first, criterion="B", text="Look at page two.", acting_person=first.rater)
    seen = room.room_of(second.rater, second.ref, kind=factories.KIND)
    (difference,) = seen.differences
    assert difference.criterion.code == "B"
    assert {(each.reader, each.level.code) for each in difference.findings} == {("You", NOT_YET), ("Reader A", MEETS)}
    assert [(each.reader, each.text) for each in difference.said] == [("Reader A", "Look at page two.")]
    with pytest.raises(NoSuchReading):
        room.room_of(first.rater, second.ref, kind=factories.KIND)


def test_what_is_said_or_changed_is_asked_for_properly(seats):
    first, _ = seats
    with pytest.raises(NothingSaid):
        reconciling.say(assignment=first, criterion="B", text="  ", acting_person=first.rater)
    with pytest.raises(UnknownCriterion):
        revise(first, NOT_YET, criterion="A")
    with pytest.raises(UnknownLevel):
        revise(first, MEETS)
    with pytest.raises(ReasonMissing):
        revise(first, NOT_YET, reason="")


def test_when_the_time_is_over_the_rule_goes_on_by_itself(panel, seats):
    panel.refresh_from_db()
    assert reconciling.close_when_over(panel=panel, now=timezone.now()).status == "reconciling"
    assert reconciling.close_when_over(panel=panel, now=factories.in_days(9)).status == "open"
    assert reconciling.close_when_over(panel=panel, now=factories.in_days(9)).status == "open"
    assert panel.assignments.filter(seat=3).exists()
