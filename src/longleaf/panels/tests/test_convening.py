"""Who is seated on a panel, and why."""

from __future__ import annotations

import pytest
import time_machine

from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels import convening, drawing, eligibility, queries, rating
from longleaf.panels.errors import AlreadyConvened
from longleaf.panels.models import Assignment, Panel, RubricText
from longleaf.panels.tests.factories import KIND, convene, raters_of, read, seat_of
from tests import cast

pytestmark = pytest.mark.django_db


def test_it_seats_as_many_as_the_rule_asks_for(
    issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    assert raters_of(convene(issuer)) == ["Ada First", "Ben Second"]


def test_it_stores_the_same_rubric_once(issuer: Organisation) -> None:
    panels = [convene(issuer, subject=f"SUB-{number}") for number in range(3)]
    assert RubricText.objects.count() == 1
    assert {panel.rubric_id for panel in panels} == {RubricText.objects.get().digest}


def test_nobody_with_any_role_in_a_barred_organisation_is_seated(
    issuer: Organisation,
    other_district: Organisation,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> None:
    """Ada also teaches in the barred district; it does not matter as what."""
    panel = convene(issuer, barred_organisations=[other_district])
    assert raters_of(panel) == ["Ben Second", "Cleo Third"]


def test_somebody_who_has_left_the_barred_organisation_may_be_seated(
    issuer: Organisation, other_district: Organisation, first_assessor: Person, second_assessor: Person
) -> None:
    held = first_assessor.roles.get(organisation=other_district)
    enrolling.end_role(held=held, acting_person=None, until=cast.SINCE)
    panel = convene(issuer, barred_organisations=[other_district])
    assert raters_of(panel) == ["Ada First", "Ben Second"]


def test_nobody_barred_by_name_is_seated(
    issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    panel = convene(issuer, barred_people=[second_assessor])
    assert raters_of(panel) == ["Ada First", "Cleo Third"]


def test_only_active_assessors_of_the_pool_are_seated(
    issuer: Organisation, agency: Organisation, lead_assessor: Person, designer: Person, first_assessor: Person
) -> None:
    cast.make_person("Elsewhere Assessor", (agency, Role.ASSESSOR))
    gone = cast.make_person("Gone Assessor", (issuer, Role.ASSESSOR))
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    assert raters_of(convene(issuer)) == ["Ada First"]


def test_whoever_has_least_under_way_is_asked_first_then_whoever_was_asked_longest_ago(
    issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    with time_machine.travel("2026-03-02T12:00:00Z"):
        one = convene(issuer, subject="SUB-1")
    with time_machine.travel("2026-03-03T12:00:00Z"):
        two = convene(issuer, subject="SUB-2")
    with time_machine.travel("2026-03-04T12:00:00Z"):
        three = convene(issuer, subject="SUB-3")
    assert raters_of(one) == ["Ada First", "Ben Second"]
    assert raters_of(two) == ["Cleo Third", "Ada First"]
    assert raters_of(three) == ["Ben Second", "Cleo Third"]


def test_the_same_data_gives_the_same_seats(
    issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    panel = convene(issuer)
    order = [person.name for person in eligibility.who_may_be_asked(panel)]
    assert [[person.name for person in eligibility.who_may_be_asked(panel)] for _ in range(5)] == [order] * 5


def test_each_seat_says_why_it_was_offered(issuer: Organisation, first_assessor: Person) -> None:
    with time_machine.travel("2026-03-02T12:00:00Z"):
        first = seat_of(convene(issuer, subject="SUB-1"), first_assessor)
        second = seat_of(convene(issuer, subject="SUB-2"), first_assessor)
    outside = "Stands outside by every rule of the pool; "
    assert first.why_chosen == (f"{outside}has no reading under way, 10 at most; was not asked in the last 30 days.")
    assert second.why_chosen == (
        f"{outside}has 1 reading under way, 10 at most; was asked 1 time in 30 days, 40 at most, last on March 2, 2026."
    )


def test_a_subject_has_one_panel(issuer: Organisation, first_assessor: Person) -> None:
    convene(issuer)
    with pytest.raises(AlreadyConvened):
        convene(issuer)
    assert Panel.objects.count() == 1
    assert Assignment.objects.count() == 1


def test_a_panel_that_is_short_begins_and_is_filled_when_somebody_comes(
    issuer: Organisation, first_assessor: Person
) -> None:
    panel = convene(issuer)
    assert raters_of(panel) == ["Ada First"]
    assert [(short.ref, short.taken, short.seats) for short in queries.short_panels()] == [(panel.ref, 1, 2)]
    assert drawing.assign_waiting() == 0
    cast.make_person("Newly Come", (issuer, Role.ASSESSOR))
    assert drawing.assign_waiting() == 1
    assert raters_of(panel) == ["Ada First", "Newly Come"]
    assert list(queries.short_panels()) == []
    assert drawing.assign_waiting() == 0


def test_a_panel_that_ended_is_not_filled(
    issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    panel = convene(issuer)
    read(seat_of(panel, first_assessor))
    read(seat_of(panel, second_assessor))
    Panel.objects.filter(pk=panel.pk).update(seats=3)
    assert convening.fill_seats(panel=panel) == 0


def test_the_lead_assessor_sees_which_panels_are_short(
    issuer: Organisation, lead_assessor: Person, first_assessor: Person, stranger: Person
) -> None:
    panel = convene(issuer)
    watched = [(each.ref, each.seats - each.taken) for each in queries.panels_to_watch(lead_assessor, kind=KIND)]
    assert watched == [(panel.ref, 1)]
    assert list(queries.panels_to_watch(first_assessor, kind=KIND)) == []
    assert list(queries.panels_to_watch(stranger, kind=KIND)) == []
    convene(issuer, subject="SUB-TEST-OWN1", work_of=[lead_assessor])
    assert [each.ref for each in queries.panels_to_watch(lead_assessor, kind=KIND)] == [panel.ref]


def test_a_late_third_reader_gets_time_to_read(
    issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        panel = convene(issuer)
        read(seat_of(panel, first_assessor))
        clock.move_to("2026-03-30T12:00:00Z")
        read(seat_of(panel, second_assessor), A="not-yet")
    third = seat_of(panel, third_assessor)
    # Five days later, at the end of that day where the state is.
    assert third.due_at.isoformat() == "2026-04-05T03:59:00+00:00"
    assert rating.missing_in(third).keys() == {"level-A", "level-B"}
