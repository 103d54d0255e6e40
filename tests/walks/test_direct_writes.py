"""What no verb would write, written past all of them: the database itself refuses, by the constraint of that name.

Each constraint of the tables of panels and assessment has a case here, or the test fails: a row that is lawful, and the
change of it, or the second one beside it, that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from longleaf.assessment.models import Artifact, Attempt, Response, Submission, Upload
from longleaf.assessment.status import (
    AppealStatus,
    FlagFinding,
    MeetingStatus,
    MemberOfTeam,
    MentorStatus,
)
from longleaf.catalog.models import MicroCredential, Version
from longleaf.directory import registering
from longleaf.directory.models import Organisation, Person, State
from longleaf.directory.status import Role
from longleaf.panels.models import Anchor, Panel, RubricEdition, RubricText
from longleaf.panels.status import AnchorStatus, AssignmentStatus, CertificationStatus, PanelStatus
from tests import cast
from tests.walks.rows import NOW, TODAY, Rows

pytestmark = pytest.mark.django_db
Change = Callable[[Rows], dict[str, Any]]

# What a row of these needs beside what its columns ask for.
LAWFUL: dict[str, Change] = {
    "Artifact": lambda rows: {"link": f"https://example.org/{rows.made}"},
    "CheckReading": lambda rows: {"panel": rows.new(Panel), "purpose": "seeded", "anchor": rows.one(Anchor)},
    "CopyFlag": lambda rows: {"other": other_submission(rows), "percent": 80},
    "DeclaredConflict": lambda rows: {"address": f"a{rows.made}@example.test"},
    "Hold": lambda rows: {"attempt": rows.one(Attempt)},
    "Phrase": lambda rows: {"pool": rows.one(Organisation)},
    "Submission": lambda rows: {"round": rows.made},
    "GateSetting": lambda rows: {"pool": rows.one(Organisation)},
}


def other_submission(rows: Rows) -> Any:
    return rows.new(Submission)


def other_person(rows: Rows) -> Any:
    return cast.make_person(f"Person Number{rows.made}")


def no(**changes: Any) -> Change:
    return lambda rows: changes


# What is changed of a lawful row, told of it before where the second says so.
REFUSED_CHANGES: dict[str, Change | tuple[Change, Change]] = {
    "panel_decided_has_an_outcome": no(status=PanelStatus.DECIDED),
    "assignment_submitted_has_a_time": no(status=AssignmentStatus.SUBMITTED),
    "edition_editorial_was_marked_by_somebody": lambda rows: {"same_as": rows.one(RubricEdition)},
    "gate_of_an_instrument_names_its_pool": (no(instrument="a"), no(pool=None)),
    "anchor_in_use_has_a_time": no(status=AnchorStatus.IN_USE, in_use_since=None),
    "certification_in_force_has_its_days": no(status=CertificationStatus.CERTIFIED, certified_from=TODAY),
    "sitting_closed_has_a_result": no(closed_at=NOW, passed=True),
    "check_reading_is_of_an_anchor_or_again": no(anchor=None),
    "reading_fee_is_no_debt": no(amount=-1),
    "payment_ends_after_it_began": no(ends=TODAY.replace(year=2025)),
    "payment_is_for_a_reading": no(readings=0),
    "payment_is_taken_back_for_a_reason": no(taken_back_at=NOW),
    "pool_read_by_itself_is_told_by_nothing": no(read_by=models.F("organisation")),
    "absence_ends_after_it_began": no(ends=TODAY.replace(year=2025)),
    "conflict_is_with_a_person_or_a_place": no(address=""),
    "appeal_admitted_is_read_anew": no(status=AppealStatus.READING),
    "appeal_not_admitted_says_why": no(status=AppealStatus.NOT_ADMITTED, answered_at=NOW),
    "appeal_answered_has_a_time": no(answered_at=NOW),
    "appeal_practice_withholds_from_1": no(smallest_told=0),
    "copy_flag_is_between_two_submissions": lambda rows: {"other": rows.one(Submission)},
    "copy_flag_percent_from_1_to_100": no(percent=101),
    "copy_flag_finding_has_a_finder": no(finding=FlagFinding.COINCIDENCE, found_at=NOW),
    "upload_receives_no_more_than_announced": (no(size=1), no(received=2)),
    "artifact_is_a_file_or_a_link_or_gone": no(link=""),
    "artifact_with_a_transcript_is_a_file": lambda rows: {"transcript": rows.one(Upload)},
    "coach_meeting_answered_has_a_time": no(status=MeetingStatus.CONFIRMED),
    "coach_meeting_not_confirmed_says_why": no(status=MeetingStatus.NOT_CONFIRMED, answered_at=NOW),
    "mentorship_accepted_has_a_mentor": no(status=MentorStatus.ACCEPTED, accepted_at=NOW),
    "draft_comment_says_something": no(text=""),
    "draft_comment_answered_has_a_time": no(answer="Yes."),
    "phrase_is_somebodys_or_a_pools": lambda rows: {"owner": rows.one(Person)},
    "phrase_criterion_has_its_instrument": no(criterion="A"),
    "reading_note_is_at_one_place": no(second=1, page=1),
    "reading_note_pages_count_from_one": no(page=0),
    "hold_is_on_an_attempt_or_a_micro_credential": no(attempt=None),
    "hold_says_why": no(reason=""),
    "hold_ended_has_an_ender": no(ended_at=NOW),
    "team_closed_has_a_size": no(closed_at=NOW),
    "team_member_joined_is_somebody": no(status=MemberOfTeam.JOINED),
}

# What both of two rows say, where their columns alone would not meet, and what the second says otherwise, so that no
# other constraint is met before.
MEETING: dict[str, tuple[Change, Change]] = {
    "assignment_rater_sits_once": (no(), lambda rows: {"seat": 9}),
    "assignment_seat_is_taken_once": (no(), lambda rows: {"rater": other_person(rows)}),
    "edition_is_registered_once_a_text": (no(), no(number=9_000)),
    "edition_number_is_one": (
        no(),
        lambda rows: {"rubric": rows.new(RubricText)},
    ),
    "gate_is_set_once_a_state": (lambda rows: {"pool": None, "state": elsewhere()}, no()),
    "check_reading_meets_an_anchor_once": (no(), no()),
    "conflict_with_place_stands_once": (lambda rows: {"address": "", "organisation": rows.one(Organisation)}, no()),
    "submission_is_one_a_round": (no(), no()),
    "submission_is_reread_once": (lambda rows: {"reread_of": rows.one(Submission)}, no()),
    "ai_statement_is_one_an_artifact": (
        lambda rows: {"artifact": rows.one(Artifact)},
        lambda rows: {"response": rows.new(Response)},
    ),
    "attempt_under_way_is_one": (lambda rows: {"earner": once(rows)}, no()),
}


def once(rows: Rows) -> Any:
    """Somebody beside the person of the rows, the same each time: they have no attempt under way yet."""
    return Person.objects.filter(name="Ola Once").first() or cast.make_person("Ola Once")


def elsewhere() -> State:
    """A state that has set no gate yet, the same each time."""
    return registering.register_state(code="elsewhere", name="Elsewhere", time_zone="UTC")


def constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """Every named constraint of the two rooms."""
    return {
        each.name: (model, each)
        for label in ("panels", "assessment")
        for model in apps.get_app_config(label).get_models()
        for each in model._meta.constraints
    }


CHECKS = [name for name, (_, each) in constraints().items() if isinstance(each, models.CheckConstraint)]
UNIQUE = [name for name, (_, each) in constraints().items() if isinstance(each, models.UniqueConstraint)]


@pytest.fixture
def rows(state: State, issuer: Organisation, version: Version, district: Organisation) -> Rows:
    person = cast.make_person("Erin Earner", (district, Role.EDUCATOR))
    of = {
        State: state,
        Organisation: issuer,
        Version: version,
        MicroCredential: version.micro_credential,
        Person: person,
    }
    return Rows(of, LAWFUL)


def test_every_constraint_has_a_case() -> None:
    assert sorted(set(CHECKS) ^ set(REFUSED_CHANGES)) == []
    assert sorted(set(MEETING) - set(UNIQUE)) == []
    assert {type(each) for _, each in constraints().values()} == {models.CheckConstraint, models.UniqueConstraint}


@pytest.mark.parametrize("name", CHECKS)
def test_a_row_that_is_unlawful_by_itself_is_refused(name: str, rows: Rows) -> None:
    model, _ = constraints()[name]
    case = REFUSED_CHANGES[name]
    told, change = case if isinstance(case, tuple) else (no(), case)
    row = rows.new(model, **told(rows))
    changed = change(rows)
    before = model._default_manager.filter(pk=row.pk).values().get()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(**changed)
    assert model._default_manager.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("name", UNIQUE)
def test_a_second_row_that_may_not_stand_beside_the_first_is_refused(name: str, rows: Rows) -> None:
    model, constraint = constraints()[name]
    assert isinstance(constraint, models.UniqueConstraint)
    both, second = MEETING.get(name, (no(), no()))
    row = rows.new(model, **both(rows))
    same = {column: getattr(row, column) for column in constraint.fields}
    told = {**both(rows), **same, **second(rows)}
    number = model._default_manager.count()
    with pytest.raises(IntegrityError, match=said_of(model, constraint)), transaction.atomic():
        rows.new(model, **told)
    assert model._default_manager.count() == number


def said_of(model: type[models.Model], constraint: models.UniqueConstraint) -> str:
    """How the database tells which one it was: PostgreSQL by its name, SQLite by its columns."""
    if connection.vendor == "postgresql":
        return constraint.name
    columns = [f"{model._meta.db_table}.{model._meta.get_field(each).column}" for each in constraint.fields]
    return f"UNIQUE constraint failed: {', '.join(columns)}$"
