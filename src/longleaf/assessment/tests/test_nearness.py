"""Who came near to an attempt learns nothing of who reads it, and who had a part in judging it answers no appeal."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.assessment import nearness, withdrawing
from longleaf.assessment.appeals import admitting
from longleaf.assessment.appeals.lookers import lookers_of, parts_in
from longleaf.assessment.desk import led
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.queries import current_submission
from longleaf.assessment.tests import earner_cast
from longleaf.assessment.tests.appeals import factories as appeals
from longleaf.assessment.tests.desk.factories import seats_of, send_to_panel
from longleaf.assessment.tests.mentoring import factories as mentoring
from longleaf.assessment.tests.teams import factories as teams
from longleaf.catalog.models import Version
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.panels import queries as panels
from longleaf.panels.errors import NoSuchPanel
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def coach(district: Organisation) -> Person:
    return cast.make_person("Cleo Coach", (district, Role.COACH))


@pytest.fixture
def of_teams(state: State, issuer: Organisation, items: dict[str, Any]) -> Version:
    return teams.made_in_teams(state, issuer, items)


@pytest.fixture
def pair(of_teams: Version, educator: Person, other_educator: Person) -> tuple[Attempt, Attempt]:
    """Two attempts of one team, with its artifact."""
    own, other = teams.at_work(of_teams, educator), teams.at_work(of_teams, other_educator, "So it was with mine.")
    teams.team_of_two(own, other)
    return own, other


def comes_to_lead(person: Person, issuer: Organisation) -> None:
    enrolling.give_role(person=person, organisation=issuer, role=Role.LEAD_ASSESSOR, acting_person=None)


def panels_seen(person: Person) -> list[str]:
    return [each.subject for each in panels.panels_to_be_told_of(person)]


def require_hidden(person: Person, submission: Submission, lead: Person) -> None:
    """Not in the lists of one lead while in those of another, and not at its own address."""
    assert submission.panel
    assert (panels_seen(person), panels_seen(lead)) == ([], [submission.ref])
    assert led.panels_to_watch(person)[:50] == []
    with pytest.raises(NoSuchPanel):
        led.panel_to_lead(person, submission.panel.ref)


def test_a_mentor_who_came_to_lead_sees_no_readers_of_that_work(
    version: Version, educator: Person, coach: Person, issuer: Organisation, lead_assessor: Person,
    first_assessor: Person, second_assessor: Person,
) -> None:  # fmt: skip
    attempt = earner_cast.filled(version, educator)
    mentoring.accepted(attempt, coach)
    earner_cast.submit(attempt)
    submission = send_to_panel(current_submission(attempt), lead_assessor)
    comes_to_lead(coach, issuer)
    require_hidden(coach, submission, lead_assessor)


def test_nor_of_what_is_begun_anew(
    version: Version, educator: Person, coach: Person, issuer: Organisation, lead_assessor: Person,
    first_assessor: Person, second_assessor: Person,
) -> None:  # fmt: skip
    attempt = earner_cast.filled(version, educator)
    mentoring.accepted(attempt, coach)
    withdrawing.withdraw(attempt=attempt, acting_person=educator)
    submission = send_to_panel(current_submission(earner_cast.submitted(version, educator)), lead_assessor)
    comes_to_lead(coach, issuer)
    require_hidden(coach, submission, lead_assessor)


def test_a_teammate_who_came_to_lead_sees_no_readers_of_the_others(
    pair: tuple[Attempt, Attempt], issuer: Organisation, lead_assessor: Person, first_assessor: Person,
    second_assessor: Person,
) -> None:  # fmt: skip
    own, other = pair
    earner_cast.submit(own)
    submission = send_to_panel(current_submission(own), lead_assessor)
    comes_to_lead(other.earner, issuer)
    require_hidden(other.earner, submission, lead_assessor)


def test_nor_of_a_copy_of_it_that_checks_a_reader(
    version: Version, educator: Person, coach: Person, issuer: Organisation, lead_assessor: Person,
    first_assessor: Person, second_assessor: Person,
) -> None:  # fmt: skip
    attempt = earner_cast.filled(version, educator)
    mentoring.accepted(attempt, coach)
    earner_cast.submit(attempt)
    panel = send_to_panel(current_submission(attempt), lead_assessor).panel
    assert panel
    type(panel).objects.create(
        kind=panel.kind, subject="SUB-ANCHOR", evidence=panel.subject, pool=panel.pool, rubric=panel.rubric,
        rule=panel.rule, seats=1, due_at=panel.due_at,
    )  # fmt: skip
    comes_to_lead(coach, issuer)
    assert (panels_seen(coach), len(panels_seen(lead_assessor))) == ([], 2)


def test_the_lists_of_a_lead_ask_as_much_near_to_much_as_near_to_little(
    version: Version, district: Organisation, issuer: Organisation
) -> None:
    costs = []
    for name, near in (("Cleo Coach", 2), ("Cara Coach", 12)):
        coach = cast.make_person(name, (district, Role.COACH))
        for place in range(near):
            earner = cast.make_person(f"Earner Of{name[:4]}{place}", (district, Role.EDUCATOR))
            mentoring.accepted(earner_cast.filled(version, earner), coach)
        comes_to_lead(coach, issuer)
        with CaptureQueriesContext(connection) as asked:
            list(panels.panels_to_be_told_of(coach))
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 5


def test_who_looked_at_an_appeal_has_judged_it(
    version: Version, educator: Person, issuer: Organisation, lead_assessor: Person, first_assessor: Person,
    second_assessor: Person,
) -> None:  # fmt: skip
    attempt = appeals.judged_not_yet(version, educator, lead_assessor)
    appeal, looked = appeals.lodged(attempt), appeals.new_lead(issuer)
    admitting.refuse(appeal=appeal, reason="No.", acting_person=looked)
    assert looked.pk in nearness.judges_of([attempt.pk])[attempt.pk]
    assert looked.pk in parts_in([attempt.pk])[attempt.pk]


def test_who_looked_at_an_appeal_is_no_teammate(
    of_teams: Version, educator: Person, other_educator: Person, issuer: Organisation, lead_assessor: Person,
    first_assessor: Person, second_assessor: Person,
) -> None:  # fmt: skip
    judged = teams.at_work(of_teams, educator)
    earner_cast.uploaded(judged, "mine.png", earner_cast.picture("PNG"))
    earner_cast.submit(judged)
    for seat in seats_of(send_to_panel(current_submission(judged), lead_assessor)):
        appeals.read_only(seat, A="demonstrated", B="not-yet")
    appeal, looked = appeals.lodged(Attempt.objects.get(pk=judged.pk)), appeals.new_lead(issuer)
    admitting.refuse(appeal=appeal, reason="No.", acting_person=looked)
    enrolling.end_role(held=looked.roles.get(), acting_person=None)
    enrolling.give_role(person=looked, organisation=issuer, role=Role.EDUCATOR, acting_person=None, since=cast.SINCE)
    theirs = teams.at_work(of_teams, looked)
    withdrawing.withdraw(attempt=Attempt.objects.get(pk=judged.pk), acting_person=educator)
    anew = teams.at_work(of_teams, educator)
    asked = teams.asked(teams.begun(anew), looked)
    assert (asked.person, theirs.earner) == (None, looked)


def test_who_judged_a_teammate_looks_at_no_appeal(
    pair: tuple[Attempt, Attempt], issuer: Organisation, lead_assessor: Person, first_assessor: Person,
    second_assessor: Person,
) -> None:  # fmt: skip
    own, other = pair
    for attempt in (own, other):
        earner_cast.submit(attempt)
    for seat in seats_of(send_to_panel(current_submission(own), lead_assessor)):
        appeals.read_only(seat, A="demonstrated", B="not-yet")
    appeal, checked, free = appeals.lodged(Attempt.objects.get(pk=own.pk)), appeals.new_lead(issuer), None
    send_to_panel(current_submission(other), checked)
    free = cast.make_person("Fran Free", (issuer, Role.LEAD_ASSESSOR))
    assert set(lookers_of([appeal.pk])[appeal.pk].people) == {free.pk}


def test_the_journal_tells_an_officer_nothing_of_mentors_and_teams_of_what_they_look_at(
    pair: tuple[Attempt, Attempt], coach: Person, issuer: Organisation, lead_assessor: Person, state_officer: Person,
    first_assessor: Person, second_assessor: Person, client_of: Any,
) -> None:  # fmt: skip
    own, other = pair
    mentorship = mentoring.accepted(own, coach)
    earner_cast.submit(own)
    for seat in seats_of(send_to_panel(current_submission(own), lead_assessor)):
        appeals.read_only(seat, A="demonstrated", B="not-yet")
    appeals.lodged(Attempt.objects.get(pk=own.pk))
    team = own.team_memberships.get().team
    client = client_of(state_officer)
    for subject in (f"mentoring:{mentorship.ref}", f"team:{team.ref}"):
        page = client.get(f"{reverse('journal')}?subject={subject}").content.decode()
        assert [person.name for person in (own.earner, other.earner, coach) if person.name in page] == [], subject
