"""Who looks at an appeal: the nearest circle without a part in it, so that none waits for people who may not look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment import retrying
from longleaf.assessment.appeals import admitting, ruling
from longleaf.assessment.appeals.access import everybody_with_a_part, may_look_at
from longleaf.assessment.appeals.lookers import Circle, lookers_of
from longleaf.assessment.errors import NoSuchAppeal, UnusableAppealPractice
from longleaf.assessment.models import Appeal, Attempt, CopyFlag, Submission
from longleaf.assessment.status import AppealStatus, FlagFinding, LikenessKind
from longleaf.assessment.tests.appeals import factories
from longleaf.assessment.tests.desk.factories import hand_in_again, send_to_panel
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels.pool import joining, telling
from longleaf.panels.pool import ruling as pool_ruling
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]


@pytest.fixture
def other_pool(state: Any, other_district: Organisation) -> Organisation:
    ruling.set_practice(state=state, looked_at_by=other_district, acting_person=None)
    return other_district


@pytest.fixture
def other_lead(other_pool: Organisation) -> Person:
    return cast.make_person("Otto Outside", (other_pool, Role.LEAD_ASSESSOR))


def circle_of(appeal: Appeal) -> tuple[Circle | None, set[int]]:
    found = lookers_of([appeal.pk])[appeal.pk]
    return found.circle, set(found.people)


def test_a_lead_of_the_issuer_without_a_part_goes_before_all_others(
    appeal: Appeal, new_lead: Person, other_lead: Person, state_officer: Person
) -> None:
    assert circle_of(appeal) == (Circle.ISSUER, {new_lead.pk})
    assert [may_look_at(each, appeal) for each in (other_lead, state_officer)] == [False, False]


def test_where_the_only_lead_took_part_the_pool_that_the_state_names_looks(
    appeal: Appeal, lead_assessor: Person, other_lead: Person, state_officer: Person
) -> None:
    assert circle_of(appeal) == (Circle.NAMED_POOL, {other_lead.pk})
    assert not may_look_at(lead_assessor, appeal)
    assert not may_look_at(state_officer, appeal)
    assert admitting.admit(appeal=appeal, acting_person=other_lead).status == AppealStatus.READING


def test_where_the_state_names_none_the_agency_looks(
    appeal: Appeal, not_yet: Attempt, state_officer: Person, new_readers: list[Person]
) -> None:
    assert circle_of(appeal) == (Circle.AGENCY, {state_officer.pk})
    reread = factories.admitted(appeal, state_officer)
    assert reread.panel
    assert state_officer.ref in reread.panel.barred_people
    assert may_look_at(state_officer, Appeal.objects.get())


def test_the_pool_that_reads_for_the_issuer_goes_before_the_one_that_the_state_names(
    appeal: Appeal, issuer: Organisation, agency: Organisation, other_lead: Person
) -> None:
    pool_ruling.set_rules(organisation=issuer, rules={}, read_by=agency, acting_person=None)
    theirs = cast.make_person("Rita Reading", (agency, Role.LEAD_ASSESSOR))
    assert circle_of(appeal) == (Circle.READING_POOL, {theirs.pk})


def test_without_anybody_it_is_told_that_nobody_may_look(appeal: Appeal) -> None:
    assert circle_of(appeal) == (None, set())


def works_with_the_earner(appeal: Appeal, person: Person) -> None:
    place = appeal.submission.attempt.earner.roles.get().organisation
    enrolling.give_role(person=person, organisation=place, role=Role.COACH, acting_person=None, since=cast.SINCE)


def declared_a_conflict(appeal: Appeal, person: Person) -> None:
    joining.assessor_of(person)
    pool = person.roles.get().organisation
    enrolling.give_role(person=person, organisation=pool, role=Role.ASSESSOR, acting_person=None, since=cast.SINCE)
    earner = appeal.submission.attempt.earner
    telling.declare_conflict(address=earner.email.upper(), reason="A friend.", acting_person=person)


def found_a_likeness(appeal: Appeal, person: Person) -> None:
    judged = appeal.submission
    other = Submission.objects.create(attempt=judged.attempt, round=9)
    CopyFlag.objects.create(
        issuer=judged.attempt.micro_credential.issuer, submission=other, place="R1", other=judged, other_place="R1",
        kind=LikenessKind.TEXT, percent=80, finding=FlagFinding.COINCIDENCE, found_by=person, found_at=timezone.now(),
    )  # fmt: skip


def read_it_as_an_anchor(appeal: Appeal, person: Person) -> None:
    """As a seat on a panel that checks a reader and keeps its evidence under the reference of the work."""
    judged = appeal.submission.panel
    assert judged
    seat = judged.assignments.order_by("pk")[0]
    check, seat.pk = judged, None
    check.pk, check.ref, check.kind, check.subject = None, "PAN-CHECK", "submission-check", "SUB-CHECK"
    check.evidence = appeal.submission.ref
    check.save(force_insert=True)
    seat.panel, seat.rater, seat.ref = check, person, "RDG-CHECK"
    seat.save(force_insert=True)


@pytest.mark.parametrize(
    "part",
    [works_with_the_earner, declared_a_conflict, found_a_likeness, read_it_as_an_anchor],
    ids=lambda f: f.__name__,
)
def test_whoever_had_any_part_or_knows_whose_it_is_gives_way(
    appeal: Appeal, new_lead: Person, state_officer: Person, part: Callable[[Appeal, Person], None]
) -> None:
    assert circle_of(appeal)[0] is Circle.ISSUER
    part(appeal, new_lead)
    assert circle_of(appeal) == (Circle.AGENCY, {state_officer.pk})
    with pytest.raises(NoSuchAppeal):
        admitting.admit(appeal=appeal, acting_person=new_lead)


def test_everybody_with_a_part_is_kept_off_the_new_reading(
    appeal: Appeal, not_yet: Attempt, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    expected = {not_yet.earner, lead_assessor, first_assessor, second_assessor}
    assert set(everybody_with_a_part(not_yet)) == expected


def test_who_could_look_at_an_appeal_is_no_reader_to_whom_it_is_new(
    appeal: Appeal, new_lead: Person, issuer: Organisation, new_readers: list[Person]
) -> None:
    """The page of the appeal shows what was found and what is objected to, also to whoever leaves it to another."""
    onlooker = cast.make_person("Olga Onlooker", (issuer, Role.LEAD_ASSESSOR), (issuer, Role.ASSESSOR))
    reread = factories.admitted(appeal, new_lead)
    assert reread.panel
    assert onlooker.ref in reread.panel.read_before
    assert onlooker not in {seat.rater for seat in reread.panel.assignments.all()}


def test_who_did_not_admit_an_appeal_is_no_reader_to_whom_the_next_round_is_new(
    appeal: Appeal, not_yet: Attempt, lead_assessor: Person, new_lead: Person
) -> None:
    admitting.refuse(appeal=appeal, reason="No.", acting_person=new_lead)
    submission = retrying.open_round(attempt=not_yet, acting_person=not_yet.earner)
    panel = send_to_panel(hand_in_again(submission), lead_assessor).panel
    assert panel
    assert new_lead.ref in panel.read_before


def test_the_agency_lists_what_nobody_else_may_look_at_and_nothing_else(
    appeal: Appeal, state_officer: Person, issuer: Organisation, client_of: Signed
) -> None:
    client = client_of(state_officer)
    waiting, look = reverse("appeals:waiting"), reverse("appeals:look", kwargs={"ref": appeal.ref})
    page = client.get(waiting).content.decode()
    assert appeal.ref in page
    assert "nobody else may look at" in page
    assert client.get(look).status_code == 200
    factories.new_lead(issuer)
    assert appeal.ref not in client.get(waiting).content.decode()
    assert client.get(look).status_code == 404
    assert client.post(look, {"answer": "admit"}).status_code == 404


def test_the_journal_does_not_tell_an_officer_whose_work_they_are_about_to_look_at(
    appeal: Appeal, not_yet: Attempt, state_officer: Person, client_of: Signed
) -> None:
    client = client_of(state_officer)
    address = f"{reverse('journal')}?subject=attempt:{not_yet.ref}"
    page = client.get(address).content.decode()
    assert not_yet.earner.name not in page
    assert "left out until you have answered" in page
    admitting.refuse(appeal=appeal, reason="No.", acting_person=state_officer)
    assert not_yet.earner.name in client.get(address).content.decode()


def test_it_asks_as_much_for_two_as_for_one(
    appeal: Appeal, version: Any, other_educator: Person, lead_assessor: Person, other_lead: Person,
    django_assert_max_num_queries: Any, django_assert_num_queries: Any,
) -> None:  # fmt: skip
    with django_assert_max_num_queries(20) as asked:
        lookers_of([appeal.pk])
    second = factories.lodged(factories.judged_not_yet(version, other_educator, lead_assessor))
    with django_assert_num_queries(len(asked)):
        lookers_of([appeal.pk, second.pk])


def test_what_a_state_says_of_appeals_is_journalled_once_and_checked(state: Any, issuer: Organisation) -> None:
    for _ in range(2):
        ruling.set_practice(state=state, looked_at_by=issuer, smallest_told=5, acting_person=None)
    assert JournalLine.objects.filter(event="state:appeals:set").count() == 1
    assert ruling.smallest_told() == 5
    with pytest.raises(UnusableAppealPractice):
        ruling.set_practice(state=state, smallest_told=0, acting_person=None)
