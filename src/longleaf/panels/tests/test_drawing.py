"""Many panels at once: the same rules as for one, no seat given twice, nobody asked for more than they take."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.journal.verifying import verify
from longleaf.panels import convening, drawing, eligibility
from longleaf.panels.assigning.matching import match
from longleaf.panels.models import Assessor, Assignment, Panel, PoolMember
from longleaf.panels.pool import telling
from longleaf.panels.pool.rules import DEFAULTS
from longleaf.panels.status import AT_WORK
from longleaf.panels.tests.factories import at_the_same_moment, convene, in_days, raters_of
from tests import cast

pytestmark = pytest.mark.django_db


def waiting_panels(issuer: Organisation, many: int, **facts: object) -> list[Panel]:
    """Panels convened while nobody could be asked; afterwards everybody can be."""
    PoolMember.objects.filter(pool=issuer).update(status="paused")
    panels = [convene(issuer, subject=f"SUB-{number}", **facts) for number in range(many)]
    PoolMember.objects.filter(pool=issuer).update(status="active")
    assert Assignment.objects.count() == 0
    return panels


def make_pool(issuer: Organisation, many: int, **facts: object) -> list[Person]:
    people = [cast.make_person(f"Assessor {number}", (issuer, Role.ASSESSOR)) for number in range(many)]
    Assessor.objects.filter(pk__in=[person.pk for person in people]).update(**facts)
    return people


def loads() -> Counter[int]:
    return Counter(Assignment.objects.filter(status__in=AT_WORK).values_list("rater", flat=True))


def test_every_seat_is_filled_evenly(issuer: Organisation) -> None:
    make_pool(issuer, 4)
    waiting_panels(issuer, 8)
    assert drawing.assign_waiting() == 16
    assert set(loads().values()) == {4}
    assert drawing.assign_waiting() == 0
    assert verify().first_break is None


def test_many_at_once_follow_the_same_rules_as_one(
    issuer: Organisation, district: Organisation, educator: Person
) -> None:
    outside, inside, barred = make_pool(issuer, 3)
    telling.declare_conflict(organisation=district, reason="My old school.", acting_person=inside)
    panels = waiting_panels(issuer, 3, work_of=[educator], barred_people=[barred])
    allowed = {panel.pk: {person.pk for person in eligibility.who_may_be_asked(panel)} for panel in panels}
    assert set(map(frozenset, allowed.values())) == {frozenset({outside.pk})}
    assert drawing.assign_waiting() == 3
    assert {seat.rater_id for seat in Assignment.objects.all()} == {outside.pk}


def test_what_is_due_first_is_filled_first(issuer: Organisation) -> None:
    PoolMember.objects.filter(pool=issuer).update(status="paused")
    late, soon = (convene(issuer, subject=f"SUB-{days}", due_at=in_days(days)) for days in (20, 4))
    make_pool(issuer, 2, at_a_time=1)
    assert drawing.assign_waiting() == 2
    assert (len(raters_of(soon)), len(raters_of(late))) == (2, 0)


def test_each_seat_that_is_offered_has_its_line_and_its_reason(issuer: Organisation) -> None:
    make_pool(issuer, 2)
    (panel,) = waiting_panels(issuer, 1)
    drawing.assign_waiting()
    lines = JournalLine.objects.filter(event="panel:seat:offered", subject=f"panel:{panel.ref}")
    assert sorted(line.data["reading"] for line in lines) == sorted(seat.ref for seat in panel.assignments.all())
    assert all(seat.why_chosen.startswith("Stands outside by every rule") for seat in panel.assignments.all())


def test_a_match_that_no_longer_holds_is_left_for_the_next_round(issuer: Organisation) -> None:
    """Between reading and writing, one of the two goes on leave."""
    away, there = make_pool(issuer, 2)
    (panel,) = waiting_panels(issuer, 1)
    found = eligibility.standing(panel)
    matches = match([found.vacancy], found.raters, rules=DEFAULTS)
    assert {each.rater.person for each in matches} == {away.pk, there.pk}
    today = timezone.localdate()
    telling.enter_absence(begins=today, ends=today + timedelta(days=5), acting_person=away)
    written = drawing.write_down(matches, raters=found.raters, pool_id=issuer.pk, rules=DEFAULTS, now=timezone.now())
    assert written == 1
    assert [seat.rater_id for seat in panel.assignments.all()] == [there.pk]


def test_the_number_of_questions_does_not_grow_with_the_panels(issuer: Organisation) -> None:
    make_pool(issuer, 6, at_a_time=50, a_month=500)

    def questions(many: int) -> int:
        Assignment.objects.all().delete()
        Panel.objects.all().delete()
        waiting_panels(issuer, many)
        with CaptureQueriesContext(connection) as asked:
            assert drawing.assign_waiting() == 2 * many
        return len(asked)

    assert questions(1) == questions(9)


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_fill_each_seat_once_and_overfill_nobody(issuer: Organisation) -> None:
    make_pool(issuer, 6, at_a_time=3)
    waiting_panels(issuer, 12)
    offered = at_the_same_moment(*(drawing.assign_waiting for _ in range(4)))
    assert sum(offered) == 18
    assert set(loads().values()) == {3}
    assert Counter(Assignment.objects.values_list("panel", "seat")).most_common(1)[0][1] == 1
    assert verify().first_break is None


@pytest.mark.django_db(transaction=True)
def test_one_panel_at_a_time_from_many_threads_overfills_nobody(issuer: Organisation) -> None:
    make_pool(issuer, 2, at_a_time=2)
    panels = waiting_panels(issuer, 6)
    fills = [lambda panel=panel: convening.fill_seats(panel=panel) for panel in panels]
    filled = at_the_same_moment(*fills, drawing.assign_waiting)
    assert sum(filled) == 4
    assert set(loads().values()) == {2}
