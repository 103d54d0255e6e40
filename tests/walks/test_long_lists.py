"""Every list of earners, mentors and those who judge asks the database as often for a hundred rows as for ten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longleaf.assessment.models import (
    Appeal,
    Attempt,
    CoachMeeting,
    CopyFlag,
    Mentorship,
    Phrase,
    Response,
    Submission,
    Team,
    TeamMember,
)
from longleaf.assessment.status import AttemptStatus, FlagFinding, MemberOfTeam, MentorStatus
from longleaf.catalog.models import MicroCredential, Version
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.kit import keeping
from longleaf.panels.instruments import keep_rubric
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.status import AssignmentStatus
from tests import cast
from tests.walks.rows import NOW, TODAY, Rows

pytestmark = pytest.mark.django_db
Fill = Callable[[Rows, Person], object]


def attempt_of(rows: Rows, earner: Person, status: AttemptStatus = AttemptStatus.WITHDRAWN) -> Attempt:
    attempt = rows.new(Attempt, earner=earner, status=status)
    rows.new(Submission, attempt=attempt, round=1, submitted_at=NOW, due_at=NOW)
    assert isinstance(attempt, Attempt)
    return attempt


def somebodys(rows: Rows, status: AttemptStatus = AttemptStatus.DRAFT) -> Attempt:
    """An attempt of somebody else each time."""
    return attempt_of(rows, rows.new(Person, email=f"p{rows.made}@example.test", name=f"P {rows.made}"), status)


def own_attempt(rows: Rows, person: Person) -> None:
    submission = attempt_of(rows, person).submissions.get()
    rows.new(Response, submission=submission, requirement="R1", text="What I wrote.")


def work_to_check(rows: Rows, person: Person) -> None:
    somebodys(rows, AttemptStatus.SUBMITTED)


def mentored(rows: Rows, person: Person) -> None:
    accepted = {"mentor": person, "status": MentorStatus.ACCEPTED, "accepted_at": NOW, "requirements": ["R1"]}
    rows.new(Mentorship, attempt=somebodys(rows), round=1, **accepted)
    rows.new(Mentorship, attempt=somebodys(rows), round=1, mentor=person, requirements=["R1"])


def teamed(rows: Rows, person: Person) -> None:
    own = attempt_of(rows, person)
    for status in (MemberOfTeam.JOINED, MemberOfTeam.INVITED):
        team = rows.new(Team, requirement="R2")
        rows.new(TeamMember, team=team, person=person, attempt=own, status=status, asked_by=somebodys(rows).earner)


def met(rows: Rows, person: Person) -> None:
    rows.new(CoachMeeting, attempt=somebodys(rows), coach=person, met_on=TODAY)


def reading(rows: Rows, person: Person, **changes: object) -> None:
    document = rows.one(Version).document
    submission = somebodys(rows, AttemptStatus.IN_REVIEW).submissions.get()
    panel = rows.new(
        Panel, kind="submission", subject=submission.ref, rubric=keep_rubric(document["rubric"]),
        rule=document["panel_rule"], seats=2,
    )  # fmt: skip
    rows.new(Assignment, panel=panel, rater=person, seat=1, **changes)


def finished(rows: Rows, person: Person) -> None:
    reading(rows, person, status=AssignmentStatus.SUBMITTED, submitted_at=NOW)


def appealed(rows: Rows, person: Person) -> None:
    rows.new(Appeal, submission=somebodys(rows, AttemptStatus.APPEALED).submissions.get())


def alike(rows: Rows, person: Person) -> None:
    pair = {"submission": somebodys(rows).submissions.get(), "other": somebodys(rows).submissions.get(), "percent": 80}
    seen = {"finding": FlagFinding.COINCIDENCE, "found_by": rows.one(Person), "found_at": NOW}
    rows.new(CopyFlag, place="R1", **pair)
    rows.new(CopyFlag, place="R3", **pair, **seen)


def phrase(rows: Rows, person: Person) -> None:
    rows.new(Phrase, owner=person)


LISTS: dict[str, tuple[Role, Fill]] = {
    "assessment:list": (Role.EDUCATOR, own_attempt),
    "assessment:kept": (Role.EDUCATOR, own_attempt),
    "teams:mine": (Role.EDUCATOR, teamed),
    "mentoring:people": (Role.COACH, mentored),
    "meetings:waiting": (Role.COACH, met),
    "desk:queue": (Role.ASSESSOR, reading),
    "desk:finished": (Role.ASSESSOR, finished),
    "desk:phrases": (Role.ASSESSOR, phrase),
    "desk:flags": (Role.LEAD_ASSESSOR, alike),
    "appeals:waiting": (Role.LEAD_ASSESSOR, appealed),
}
# The queue of a lead is the page of an assessor with what waits to be checked; what is being read has its own.
QUEUES_OF_A_LEAD = {"desk:queue": work_to_check, "desk:being_read": reading}


@pytest.fixture
def rows(state: State, issuer: Organisation, version: Version, other_district: Organisation) -> Rows:
    person = cast.make_person("Ola Other", (other_district, Role.EDUCATOR))
    of = {State: state, Organisation: issuer, Version: version, MicroCredential: version.micro_credential}
    return Rows({**of, Person: person})


def cost(client: Client, page: str) -> tuple[int, int]:
    """How often the page asks, and how long it is; what is kept between requests is forgotten before."""
    client.get(page)
    keeping.forget()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    assert answer.status_code == 200
    return len(asked), len(answer.content)


def costs_with(rows: Rows, client: Client, page: str, fill: Fill, person: Person) -> list[int]:
    found, longer = [], [cost(client, page)[1]]
    for more in (10, 90):
        for _ in range(more):
            fill(rows, person)
        asked, long = cost(client, page)
        found.append(asked)
        longer.append(long)
    # Else nothing of it stands on the page, and the count says nothing.
    assert longer[0] < longer[1]
    return found


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_a_hundred_rows(
    name: str, rows: Rows, issuer: Organisation, district: Organisation, client_of: Callable[[Person], Client]
) -> None:
    role, fill = LISTS[name]
    place = issuer if role in {Role.ASSESSOR, Role.LEAD_ASSESSOR} else district
    person = cast.make_person("Lia Listed", (place, role))
    ten, hundred = costs_with(rows, client_of(person), reverse(name), fill, person)
    assert ten == hundred


@pytest.mark.parametrize("name", QUEUES_OF_A_LEAD)
def test_so_do_the_queues_of_a_lead(
    name: str, rows: Rows, issuer: Organisation, lead_assessor: Person, client_of: Callable[[Person], Client]
) -> None:
    reader = cast.make_person("Rae Reader", (issuer, Role.ASSESSOR))
    ten, hundred = costs_with(rows, client_of(lead_assessor), reverse(name), QUEUES_OF_A_LEAD[name], reader)
    assert ten == hundred
