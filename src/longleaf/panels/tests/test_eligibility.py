"""Who may be asked for a panel, and by which rule somebody else is kept out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.directory import enrolling, registering
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import OrganisationKind, Role
from longleaf.journal.models import JournalLine
from longleaf.panels import convening, eligibility, rating, standing_aside
from longleaf.panels.errors import NoSuchReading
from longleaf.panels.models import Assignment, Panel, PoolMember
from longleaf.panels.pool import joining, leading, ruling, telling
from longleaf.panels.tests.factories import convene, raters_of, read, seat_of
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(issuer: Organisation, second_assessor: Person, third_assessor: Person) -> list[Person]:
    """Ben and Cleo, who work nowhere else."""
    return [second_assessor, third_assessor]


def against(person: Person, panel: Panel) -> list[str]:
    return [rule.code for rule in eligibility.why_not(person, panel)]


def empty_panel(issuer: Organisation, **facts: object) -> Panel:
    """A panel on which nobody sits: everybody was still away when it was convened."""
    members = PoolMember.objects.filter(pool=issuer, status="active")
    keys = list(members.values_list("pk", flat=True))
    members.update(status="paused")
    panel = convene(issuer, **facts)
    PoolMember.objects.filter(pk__in=keys).update(status="active")
    return panel


def work_there(person: Person, organisation: Organisation, *, days_ago: int | None = None) -> None:
    held = enrolling.give_role(
        person=person, organisation=organisation, role=Role.EDUCATOR, acting_person=None, since=cast.SINCE
    )
    if days_ago is not None:
        until = timezone.localdate() - timedelta(days=days_ago)
        enrolling.end_role(held=held, acting_person=None, until=until)


def test_who_may_be_asked_are_those_whom_nothing_keeps_out(issuer: Organisation, pool: list[Person]) -> None:
    panel = empty_panel(issuer, barred_people=[pool[0]])
    assert list(eligibility.who_may_be_asked(panel)) == [pool[1]]
    assert (against(pool[0], panel), against(pool[1], panel)) == (["took-part"], [])


def test_whoever_is_in_no_pool_is_told_just_that(issuer: Organisation, pool: list[Person], stranger: Person) -> None:
    assert against(stranger, empty_panel(issuer)) == ["not-active"]


def test_membership_without_the_role_is_not_enough(issuer: Organisation, pool: list[Person]) -> None:
    held = pool[0].roles.get(role=Role.ASSESSOR)
    enrolling.end_role(held=held, acting_person=None, until=cast.SINCE)
    assert against(pool[0], empty_panel(issuer)) == ["not-active"]


def test_a_paused_member_is_not_asked(issuer: Organisation, pool: list[Person], lead_assessor: Person) -> None:
    member = PoolMember.objects.get(pool=issuer, assessor=pool[0].pk)
    panel = empty_panel(issuer)
    leading.pause(member=member, acting_person=lead_assessor)
    assert against(pool[0], panel) == ["not-active"]
    leading.resume(member=member, acting_person=lead_assessor)
    assert against(pool[0], panel) == []


def test_whoever_left_is_not_asked_until_they_are_given_the_role_again(
    issuer: Organisation, pool: list[Person]
) -> None:
    panel = empty_panel(issuer)
    member = PoolMember.objects.get(pool=issuer, assessor=pool[0].pk)
    joining.leave(member=member, acting_person=pool[0])
    assert against(pool[0], panel) == ["not-active"]
    held = pool[0].roles.get(role=Role.ASSESSOR)
    enrolling.end_role(held=held, acting_person=None, until=timezone.localdate())
    enrolling.give_role(person=pool[0], organisation=issuer, role=Role.ASSESSOR, acting_person=None)
    assert against(pool[0], panel) == []


@pytest.mark.parametrize(("begins", "ends", "is_kept_out"), [(0, 0, True), (3, 9, True), (4, 9, False)])
def test_nobody_is_asked_who_is_away_before_they_could_take_it_up(
    issuer: Organisation, pool: list[Person], begins: int, ends: int, is_kept_out: bool
) -> None:
    today = timezone.localdate()
    telling.enter_absence(
        begins=today + timedelta(days=begins), ends=today + timedelta(days=ends), acting_person=pool[0]
    )
    assert (against(pool[0], empty_panel(issuer)) == ["away"]) is is_kept_out


@pytest.mark.parametrize(
    ("begins", "ends", "is_kept_out"),
    # Due in 15 days, of which 5 are to be left to read: who leaves after four days is not asked, after five is.
    [(4, 60, True), (5, 60, False), (4, 15, True), (4, 14, False), (20, 60, False)],
)
def test_nobody_is_asked_who_is_away_for_too_many_of_the_days_to_read(
    issuer: Organisation, pool: list[Person], begins: int, ends: int, is_kept_out: bool
) -> None:
    today = timezone.localdate()
    telling.enter_absence(
        begins=today + timedelta(days=begins), ends=today + timedelta(days=ends), acting_person=pool[0]
    )
    assert (against(pool[0], empty_panel(issuer)) == ["away-too-long"]) is is_kept_out


def tell(person: Person, **facts: object) -> None:
    told = {"at_a_time": 10, "a_month": 40, "languages": ["en"], "qualifications": [], **facts}
    telling.tell(**told, acting_person=person)  # type: ignore[arg-type]


def test_nobody_is_asked_for_more_than_they_take_at_a_time(issuer: Organisation, pool: list[Person]) -> None:
    tell(pool[0], at_a_time=1)
    convene(issuer, subject="SUB-1")
    assert against(pool[0], empty_panel(issuer, subject="SUB-2")) == ["full"]
    assert raters_of(convene(issuer, subject="SUB-3")) == ["Cleo Third"]


def test_nobody_is_asked_more_often_in_a_month_than_they_take_and_declining_does_not_help(
    issuer: Organisation, pool: list[Person]
) -> None:
    tell(pool[0], a_month=1)
    seat = seat_of(convene(issuer, subject="SUB-1"), pool[0])
    rating.decline(assignment=seat, reason="No time.", acting_person=pool[0])
    assert against(pool[0], empty_panel(issuer, subject="SUB-2")) == ["asked-enough"]


def test_work_in_a_language_is_read_only_by_those_who_read_it(issuer: Organisation, pool: list[Person]) -> None:
    tell(pool[0], languages=["en", "es"])
    panel = empty_panel(issuer, language="es")
    assert (against(pool[0], panel), against(pool[1], panel)) == ([], ["language"])


def test_whoever_works_or_lately_worked_where_the_author_does_is_kept_out(
    issuer: Organisation, district: Organisation, pool: list[Person], educator: Person
) -> None:
    work_there(pool[0], district, days_ago=1_000)
    work_there(pool[1], district, days_ago=1_200)
    panel = empty_panel(issuer, work_of=[educator])
    assert (against(pool[0], panel), against(pool[1], panel)) == (["same-place"], [])
    ruling.set_rules(organisation=issuer, rules={"colleague_within_days": 900}, acting_person=None)
    assert against(pool[0], panel) == []


def test_where_the_author_lately_worked_counts_as_well(
    issuer: Organisation, other_district: Organisation, pool: list[Person], educator: Person
) -> None:
    work_there(educator, other_district, days_ago=30)
    work_there(pool[0], other_district)
    assert against(pool[0], empty_panel(issuer, work_of=[educator])) == ["same-place"]


@pytest.fixture
def schools(district: Organisation) -> list[Organisation]:
    """Two schools of the district."""
    rows = {
        f"D1-{number}": {
            "slug": f"school-{number}",
            "kind": OrganisationKind.SCHOOL,
            "name": f"School {number}",
            "parent": district,
            "standing": "synthetic",
        }
        for number in (1, 2)
    }
    registering.register_organisations(state=district.state, organisations=rows)
    return list(district.schools.order_by("code"))


def test_two_schools_of_one_district_are_one_place(
    issuer: Organisation, district: Organisation, schools: list[Organisation], pool: list[Person], stranger: Person
) -> None:
    work_there(stranger, schools[0])
    work_there(pool[0], schools[1])
    work_there(pool[1], district)
    panel = empty_panel(issuer, work_of=[stranger])
    assert (against(pool[0], panel), against(pool[1], panel)) == (["same-place"], ["same-place"])


def test_colleagues_in_the_pool_itself_may_read_each_other_unless_it_employs_them(
    issuer: Organisation, district: Organisation, pool: list[Person]
) -> None:
    assert against(pool[1], empty_panel(issuer, work_of=[pool[0]])) == []
    assert against(pool[0], empty_panel(issuer, subject="SUB-2", work_of=[pool[0]])) == ["own-work"]
    for person in pool:
        enrolling.give_role(person=person, organisation=district, role=Role.ASSESSOR, acting_person=None)
    assert against(pool[1], empty_panel(district, subject="SUB-3", work_of=[pool[0]])) == ["same-place"]


def test_judging_for_a_unit_is_no_tie_to_it_where_its_panel_is_of_outsiders(
    district: Organisation, schools: list[Organisation], educator: Person, pool: list[Person]
) -> None:
    for person in pool:
        enrolling.give_role(person=person, organisation=district, role=Role.ASSESSOR, acting_person=None)
    work_there(pool[1], schools[0])
    panels = [
        empty_panel(district, subject=f"SUB-{outside}", work_of=[educator], of_outsiders=outside)
        for outside in (False, True)
    ]
    assert [against(pool[0], each) for each in panels] == [["same-place"], []]
    assert [against(pool[1], each) for each in panels] == [["same-place"], ["same-place"]]


def test_a_declared_conflict_with_a_person_keeps_out(
    issuer: Organisation, pool: list[Person], educator: Person, other_educator: Person
) -> None:
    telling.declare_conflict(address=educator.email.upper(), reason="My sister.", acting_person=pool[0])
    panels = [empty_panel(issuer, subject=f"SUB-{who.pk}", work_of=[who]) for who in (educator, other_educator)]
    assert [against(pool[0], panel) for panel in panels] == [["declared-conflict"], []]


def test_a_declared_conflict_with_a_district_holds_for_its_schools(
    issuer: Organisation, district: Organisation, schools: list[Organisation], pool: list[Person], stranger: Person
) -> None:
    work_there(stranger, schools[0])
    telling.declare_conflict(organisation=district, reason="I sit on its board.", acting_person=pool[0])
    assert against(pool[0], empty_panel(issuer, work_of=[stranger])) == ["declared-conflict"]


def test_whose_work_somebody_read_does_not_read_theirs(
    issuer: Organisation, pool: list[Person], third_assessor: Person
) -> None:
    """Cleo read Ben's work, so Ben does not read Cleo's."""
    first = convene(issuer, subject="SUB-1", work_of=[pool[0]])
    assert raters_of(first) == ["Cleo Third"]
    read(seat_of(first, third_assessor))
    back = empty_panel(issuer, subject="SUB-2", work_of=[third_assessor])
    assert against(pool[0], back) == ["mutual-reading"]
    ruling.set_rules(organisation=issuer, rules={"mutual_reading_days": 0}, acting_person=None)
    assert against(pool[0], back) == []


def test_whoever_read_an_earlier_round_is_asked_only_where_nobody_else_could_be(
    issuer: Organisation, pool: list[Person], first_assessor: Person, lead_assessor: Person
) -> None:
    panel = convene(issuer, read_before=pool)
    assert raters_of(panel) == ["Ada First", "Ben Second"]
    with_ada_only = empty_panel(issuer, subject="SUB-2", read_before=pool)
    assert against(pool[0], with_ada_only) == ["read-earlier-round"]
    member = PoolMember.objects.get(pool=issuer, assessor=first_assessor.pk)
    leading.pause(member=member, acting_person=lead_assessor)
    assert against(pool[0], with_ada_only) == []


def test_a_pool_may_let_the_same_readers_read_each_round(
    issuer: Organisation, pool: list[Person], first_assessor: Person
) -> None:
    ruling.set_rules(organisation=issuer, rules={"fresh_readers_each_round": False}, acting_person=None)
    assert against(pool[0], empty_panel(issuer, read_before=[pool[0]])) == []


def test_whoever_lately_read_the_same_person_gives_way_to_others(
    issuer: Organisation, pool: list[Person], first_assessor: Person, educator: Person
) -> None:
    one = convene(issuer, subject="SUB-1", work_of=[educator])
    assert raters_of(one) == ["Ben Second", "Cleo Third"]
    two = empty_panel(issuer, subject="SUB-2", work_of=[educator])
    assert against(pool[0], two) == ["read-same-author"]
    assert list(eligibility.who_may_be_asked(two)) == [first_assessor]


def test_the_number_of_questions_does_not_grow_with_the_pool(
    issuer: Organisation, pool: list[Person], educator: Person
) -> None:
    panel = empty_panel(issuer, work_of=[educator])

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            eligibility.standing(panel)
        return len(asked)

    with_two = questions()
    for number in range(4):
        newcomer = cast.make_person(f"Newly Come {number}", (issuer, Role.ASSESSOR))
        telling.declare_conflict(address="someone@example.test", reason="A friend.", acting_person=newcomer)
    # Looking up whom declared addresses mean takes three, however many there are.
    assert questions() == with_two + 3


def _declare(person: Person, author: Person) -> None:
    telling.declare_conflict(address=author.email, organisation=None, reason="A friend.", acting_person=person)


def _help(panel: Panel, person: Person) -> None:
    convening.keep_off(subjects=[panel.subject], person=person)


@pytest.mark.parametrize("arises", ["declared", "same place", "helped", "mutual"])
def test_a_conflict_that_arises_after_seating_gives_the_seat_to_somebody_else(
    issuer: Organisation,
    district: Organisation,
    pool: list[Person],
    first_assessor: Person,
    educator: Person,
    arises: str,
) -> None:
    author = first_assessor if arises == "mutual" else educator
    keep_away = PoolMember.objects.filter(assessor=first_assessor.pk)
    keep_away.update(status="paused")
    offered, begun = (convene(issuer, subject=f"SUB-{number}", work_of=[author]) for number in (1, 2))
    rating.take_up(assignment=seat_of(begun, pool[0]), acting_person=pool[0])
    assert standing_aside.release_conflicted() == 0
    if arises == "declared":
        _declare(pool[0], educator)
    elif arises == "same place":
        work_there(pool[0], district)
    elif arises == "helped":
        _help(offered, pool[0])
        _help(begun, pool[0])
    else:
        own = convene(issuer, subject="SUB-OWN", work_of=[pool[0]])
        own.assignments.all().delete()
        now = timezone.now()
        read_before = {"status": "submitted", "started_at": now, "submitted_at": now}
        Assignment.objects.create(panel=own, rater=author, seat=1, take_up_by=now, due_at=now, **read_before)
    with pytest.raises(NoSuchReading):
        rating.take_up(assignment=seat_of(offered, pool[0]), acting_person=pool[0])
    assert standing_aside.release_conflicted() == 2
    assert standing_aside.release_conflicted() == 0
    assert {seat_of(panel, pool[0]).status for panel in (offered, begun)} == {"taken_back"}
    lines = JournalLine.objects.filter(event="panel:seat:taken-back")
    assert lines.count() == 2
    assert not any("conflict" in str(line.data) for line in lines)


def test_looking_for_conflicts_costs_the_same_for_many_seats(
    issuer: Organisation, pool: list[Person], educator: Person
) -> None:
    costs = []
    for few in ([1], [2, 3, 4]):
        for number in few:
            convene(issuer, subject=f"SUB-{number}", work_of=[educator])
        with CaptureQueriesContext(connection) as asked:
            assert standing_aside.release_conflicted() == 0
        costs.append(len(asked))
    assert costs[0] == costs[1]
