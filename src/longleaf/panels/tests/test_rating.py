"""Taking up, rating, giving back, handing in, and what the readings come to."""

from __future__ import annotations

from typing import Any

import pytest

from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.journal.verifying import verify
from longleaf.panels import rating
from longleaf.panels.errors import (
    CommentTooLong,
    IncompleteReading,
    NoSuchReading,
    ReadingIsOver,
    ReadingNotTakenUp,
    ReasonMissing,
    StaleRating,
    UnknownCriterion,
    UnknownLevel,
)
from longleaf.panels.models import Assignment, Panel, Rating
from longleaf.panels.status import AssignmentStatus, PanelStatus
from longleaf.panels.tests.factories import (
    MEETS,
    NOT_YET,
    at_the_same_moment,
    convene,
    fill_in,
    raters_of,
    read,
    seat_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person) -> Panel:
    return convene(issuer)


@pytest.fixture
def seat(panel: Panel, first_assessor: Person) -> Assignment:
    return rating.take_up(assignment=seat_of(panel, first_assessor), acting_person=first_assessor)


def rate(seat: Assignment, **changes: Any) -> Rating:
    return rating.rate(**{"assignment": seat, "criterion": "A", "revision": 0, "acting_person": seat.rater, **changes})


def test_taking_up_starts_the_reading_once(panel: Panel, first_assessor: Person) -> None:
    seat = seat_of(panel, first_assessor)
    taken = rating.take_up(assignment=seat, acting_person=first_assessor)
    again = rating.take_up(assignment=seat, acting_person=first_assessor)
    assert taken.status == again.status == AssignmentStatus.STARTED
    assert taken.started_at == again.started_at
    assert JournalLine.objects.filter(event="panel:seat:taken-up", subject=f"reading:{seat.ref}").count() == 1


def test_level_and_comment_are_saved_apart_and_count_their_own_saves(seat: Assignment) -> None:
    rate(seat, level=MEETS)
    rate(seat, comment="It names the aim.")
    kept = rate(seat, comment="It names the aim and how.", revision=1)
    assert (kept.level, kept.level_revision) == (MEETS, 1)
    assert (kept.comment, kept.comment_revision) == ("It names the aim and how.", 2)


def test_an_outdated_save_is_refused_and_told_what_is_kept(seat: Assignment) -> None:
    rate(seat, comment="From the phone.")
    with pytest.raises(StaleRating) as refused:
        rate(seat, comment="From the laptop.")
    assert (refused.value.rating.comment, refused.value.rating.comment_revision) == ("From the phone.", 1)
    assert Rating.objects.get().comment == "From the phone."


def test_saving_again_what_is_kept_is_always_fine(seat: Assignment) -> None:
    rate(seat, comment="One\ntwo.")
    assert rate(seat, comment="One\r\ntwo.").comment_revision == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"criterion": "Z", "level": MEETS}, UnknownCriterion),
        ({"level": "splendid"}, UnknownLevel),
        ({"comment": "x" * 10_001}, CommentTooLong),
    ],
)
def test_it_refuses_what_the_rubric_does_not_know(
    seat: Assignment, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rate(seat, **changes)
    assert Rating.objects.count() == 0


def test_what_was_met_before_is_not_rated_again(issuer: Organisation, first_assessor: Person) -> None:
    seat = seat_of(convene(issuer, met_before=["A"]), first_assessor)
    rating.take_up(assignment=seat, acting_person=first_assessor)
    with pytest.raises(UnknownCriterion):
        rate(seat, level=MEETS)
    assert rating.missing_in(seat) == {"level-B": "Choose a level for “The learner used it”."}


def test_rating_needs_the_reading_taken_up(panel: Panel, first_assessor: Person) -> None:
    with pytest.raises(ReadingNotTakenUp):
        rate(seat_of(panel, first_assessor), level=MEETS)
    with pytest.raises(ReadingNotTakenUp):
        rating.submit_reading(assignment=seat_of(panel, first_assessor), acting_person=first_assessor)


def test_an_unfinished_reading_is_not_handed_in(seat: Assignment) -> None:
    rate(seat, level=NOT_YET, comment="   ")
    with pytest.raises(IncompleteReading) as refused:
        rating.submit_reading(assignment=seat, acting_person=seat.rater)
    assert refused.value.fields == {
        "comment-A": "Say what would have to change for “Feedback is specific”.",
        "level-B": "Choose a level for “The learner used it”.",
    }
    seat.refresh_from_db()
    assert seat.status == AssignmentStatus.STARTED


def test_a_level_that_meets_needs_no_comment(seat: Assignment) -> None:
    rate(seat, level=MEETS)
    rate(seat, criterion="B", level=MEETS)
    rating.submit_reading(assignment=seat, acting_person=seat.rater)
    seat.refresh_from_db()
    assert seat.status == AssignmentStatus.SUBMITTED


def test_what_is_handed_in_stays_as_it_is(seat: Assignment) -> None:
    read(seat)
    for act in (
        lambda: rate(seat, level=NOT_YET, revision=1),
        lambda: rating.submit_reading(assignment=seat, acting_person=seat.rater),
        lambda: rating.decline(assignment=seat, reason="I know it.", acting_person=seat.rater),
        lambda: rating.take_up(assignment=seat, acting_person=seat.rater),
    ):
        with pytest.raises(ReadingIsOver):
            act()
    assert set(seat.ratings.values_list("level", flat=True)) == {MEETS}


def test_nobody_else_touches_a_reading(
    seat: Assignment, second_assessor: Person, third_assessor: Person, lead_assessor: Person, stranger: Person
) -> None:
    for person in (second_assessor, third_assessor, lead_assessor, stranger):
        for act in (
            lambda who: rating.take_up(assignment=seat, acting_person=who),
            lambda who: rate(seat, level=MEETS, acting_person=who),
            lambda who: rating.decline(assignment=seat, reason="No.", acting_person=who),
            lambda who: rating.submit_reading(assignment=seat, acting_person=who),
        ):
            with pytest.raises(NoSuchReading):
                act(person)
    assert Rating.objects.count() == 0


def test_somebody_who_is_no_assessor_any_more_rates_nothing(seat: Assignment, issuer: Organisation) -> None:
    held = seat.rater.roles.get(organisation=issuer, role=Role.ASSESSOR)
    enrolling.end_role(held=held, acting_person=None, until=held.since)
    with pytest.raises(NoSuchReading):
        rate(seat, level=MEETS)


def test_a_conflict_gives_the_seat_to_another_and_stays_out_of_the_journal(
    panel: Panel, seat: Assignment, first_assessor: Person
) -> None:
    rating.decline(assignment=seat, reason="I taught with Erin Earner.", acting_person=first_assessor)
    seat.refresh_from_db()
    assert (seat.status, seat.declined_because) == (AssignmentStatus.DECLINED, "I taught with Erin Earner.")
    assert raters_of(panel) == ["Cleo Third", "Ben Second"]
    assert not any("Erin" in str(line.data) for line in JournalLine.objects.filter(subject=f"reading:{seat.ref}"))
    with pytest.raises(NoSuchReading):
        rating.take_up(assignment=seat, acting_person=first_assessor)


def test_a_conflict_needs_a_reason(seat: Assignment) -> None:
    with pytest.raises(ReasonMissing):
        rating.decline(assignment=seat, reason="  ", acting_person=seat.rater)
    seat.refresh_from_db()
    assert seat.status == AssignmentStatus.STARTED


def test_two_who_agree_decide(panel: Panel, first_assessor: Person, second_assessor: Person) -> None:
    assert read(seat_of(panel, first_assessor)).status == PanelStatus.OPEN
    decided = read(seat_of(panel, second_assessor))
    assert decided.status == PanelStatus.DECIDED
    assert decided.outcome["verdict"] == "demonstrated"
    assert len(decided.outcome["readings"]) == 2
    assert [each["decided_by"] for each in decided.outcome["criteria"]] == ["agreement", "agreement"]
    assert verify().first_break is None


def test_where_two_differ_a_third_who_knows_nothing_of_it_decides(
    panel: Panel, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    read(seat_of(panel, first_assessor), B=NOT_YET)
    waiting = read(seat_of(panel, second_assessor))
    assert waiting.status == PanelStatus.OPEN
    assert raters_of(panel) == ["Ada First", "Ben Second", "Cleo Third"]
    third = seat_of(panel, third_assessor)
    # The third rates everything: being asked for one criterion only would tell that the others differ on it.
    assert rating.missing_in(third).keys() == {"level-A", "level-B"}
    decided = read(third, A=NOT_YET, B=NOT_YET)
    outcome = {each["code"]: (each["met"], each["decided_by"]) for each in decided.outcome["criteria"]}
    assert outcome == {"A": (True, "agreement"), "B": (False, "third")}
    assert decided.outcome["verdict"] == "not_yet"


def test_a_third_is_seated_later_where_nobody_is_free_now(
    issuer: Organisation, first_assessor: Person, second_assessor: Person, third_assessor: Person
) -> None:
    panel = convene(issuer, barred_people=[third_assessor])
    read(seat_of(panel, first_assessor), B=NOT_YET)
    waiting = read(seat_of(panel, second_assessor))
    assert (waiting.status, waiting.seats, len(raters_of(panel))) == (PanelStatus.OPEN, 3, 2)


def test_one_reader_decides_alone_where_the_rule_says_so(issuer: Organisation, first_assessor: Person) -> None:
    panel = convene(issuer, rule={"readers": 1})
    assert read(seat_of(panel, first_assessor), A=NOT_YET).outcome["verdict"] == "not_yet"


@pytest.mark.django_db(transaction=True)
def test_two_readings_handed_in_at_the_same_moment_leave_one_outcome(
    panel: Panel, first_assessor: Person, second_assessor: Person
) -> None:
    seats = [fill_in(seat_of(panel, person)) for person in (first_assessor, second_assessor)]
    results = at_the_same_moment(
        *(lambda seat=seat: rating.submit_reading(assignment=seat, acting_person=seat.rater) for seat in seats)
    )
    assert sorted(result.status for result in results) == [PanelStatus.DECIDED, PanelStatus.OPEN]
    panel.refresh_from_db()
    assert panel.status == PanelStatus.DECIDED
    assert len(panel.outcome["readings"]) == 2
    assert JournalLine.objects.filter(event="panel:judgement:decided").count() == 1
    assert verify().first_break is None


@pytest.mark.django_db(transaction=True)
def test_a_reading_handed_in_twice_at_the_same_moment_counts_once(panel: Panel, first_assessor: Person) -> None:
    seat = fill_in(seat_of(panel, first_assessor))
    results = at_the_same_moment(
        *(lambda: rating.submit_reading(assignment=seat, acting_person=first_assessor) for _ in range(4))
    )
    assert sum(isinstance(result, ReadingIsOver) for result in results) == 3
    assert JournalLine.objects.filter(event="panel:reading:handed-in").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_differ_at_the_same_moment_call_one_third(
    panel: Panel, first_assessor: Person, second_assessor: Person
) -> None:
    seats = [
        fill_in(seat_of(panel, first_assessor), level=MEETS),
        fill_in(seat_of(panel, second_assessor), level=NOT_YET),
    ]
    at_the_same_moment(
        *(lambda seat=seat: rating.submit_reading(assignment=seat, acting_person=seat.rater) for seat in seats)
    )
    assert raters_of(panel) == ["Ada First", "Ben Second", "Cleo Third"]
