"""An appeal from its first word to its answer: who may, by when, who reads anew, and what it changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from longleaf.assessment import retrying, scoring, withdrawing
from longleaf.assessment.appeals import admitting, lodging
from longleaf.assessment.appeals.queries import last_day_to_appeal, told_appeal
from longleaf.assessment.errors import (
    AppealedAlready,
    AppealIncomplete,
    MayNotAppeal,
    NoSuchAppeal,
    NoSuchAttempt,
)
from longleaf.assessment.evidence import badge_evidence
from longleaf.assessment.models import Appeal, Artifact, Attempt, Submission
from longleaf.assessment.queries import current_submission, decisions_of, my_attempts, rounds_left
from longleaf.assessment.status import APPEAL_MOVES, AppealStatus, AttemptStatus
from longleaf.assessment.tests.appeals import factories
from longleaf.assessment.tests.calibrated import calibrate
from longleaf.assessment.tests.desk.factories import hand_in, seats_of, send_to_panel, take_up
from longleaf.awards.models import Award
from longleaf.catalog.models import Version
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.journal.queries import lines_about
from longleaf.journal.verifying import verify
from longleaf.kit.errors import WrongState
from longleaf.panels import rating
from longleaf.panels.calibration import back_reading
from longleaf.panels.tests.factories import at_the_same_moment
from tests import cast

pytestmark = pytest.mark.django_db
WORDS = {"B": factories.OBJECTION}


def lodge(attempt: Attempt, **changes: Any) -> Appeal:
    given: dict[str, Any] = {"grounds": ["procedure"], "words": WORDS, "acting_person": attempt.earner}
    return lodging.lodge(attempt=attempt, **{**given, **changes})


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def told(attempt: Attempt) -> list[str]:
    return [line.event for line in lines_about(f"attempt:{attempt.ref}")]


# --- lodging ---------------------------------------------------------------------------------------------------------


def test_it_is_lodged_with_its_grounds_and_the_day_by_which_somebody_looks(not_yet: Attempt) -> None:
    appeal = lodge(not_yet, grounds=["other", "overlooked"])
    assert (appeal.status, appeal.grounds, appeal.words) == (AppealStatus.LODGED, ["overlooked", "other"], WORDS)
    assert timezone.now() + timedelta(days=4) < appeal.due_at < timezone.now() + timedelta(days=12)
    assert fresh(not_yet).status == AttemptStatus.APPEALED
    line = lines_about(f"attempt:{not_yet.ref}").last()
    assert line
    assert line.event == "attempt:appeal:lodged"
    assert factories.OBJECTION not in str(line.data)


def test_appealing_twice_appeals_once(not_yet: Attempt) -> None:
    assert lodge(not_yet) == lodge(not_yet, words={"B": "Something else."})
    assert (Appeal.objects.count(), told(not_yet).count("attempt:appeal:lodged")) == (1, 1)


def test_the_database_holds_to_one_appeal_a_decision(appeal: Appeal) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(submission=appeal.submission, grounds=["other"], words=WORDS, due_at=timezone.now())


@pytest.mark.parametrize("status", [AppealStatus.READING, AppealStatus.STANDS, AppealStatus.NOT_ADMITTED])
def test_the_database_refuses_an_answer_without_what_belongs_to_it(appeal: Appeal, status: AppealStatus) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(status=status, answered_at=timezone.now())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"grounds": []}, "grounds"),
        ({"grounds": ["because"]}, "grounds"),
        ({"words": {}}, "words-B"),
        ({"words": {"B": "   "}}, "words-B"),
        # A was met: nothing to object to.
        ({"words": {"A": "No."}}, "words-B"),
        ({"words": {"B": "x" * (lodging.LONGEST_WORDS + 1)}}, "words-B"),
    ],
)
def test_it_says_which_field_is_incomplete(not_yet: Attempt, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(AppealIncomplete) as refusal:
        lodge(not_yet, **changes)
    assert list(refusal.value.fields) == [field]
    assert (Appeal.objects.count(), fresh(not_yet).status) == (0, AttemptStatus.NOT_YET)


def test_after_the_last_day_it_is_too_late(not_yet: Attempt) -> None:
    judged = current_submission(not_yet)
    Submission.objects.filter(pk=judged.pk).update(decided_at=timezone.now() - timedelta(days=90))
    with pytest.raises(MayNotAppeal):
        lodge(not_yet)


def test_the_clock_is_data_of_the_version_and_counts_business_days_of_the_state(not_yet: Attempt) -> None:
    judged = current_submission(not_yet)
    # The day before a Thursday that is a holiday in Meadow: Friday, Monday.
    judged.decided_at = timezone.datetime.fromisoformat("2026-11-25T12:00:00-05:00")  # type: ignore[attr-defined]
    not_yet.version.document["appeals"] = {"lodge_within_business_days": 2}
    assert timezone.localdate(last_day_to_appeal(not_yet, judged)).isoformat() == "2026-11-30"


def test_a_version_may_let_only_the_last_round_be_appealed(
    state: Any, issuer: Organisation, educator: Person, lead_assessor: Person, first_assessor: Person,
    second_assessor: Person,
) -> None:  # fmt: skip
    rules = {"last_round_only": True}
    for slug, attempts in (("two-rounds", 2), ("one-round", 1)):
        document = cast.make_document(slug, attempts=attempts, appeals=rules)
        attempt = factories.judged_not_yet(cast.publish(state, issuer, document), educator, lead_assessor)
        if attempts == 2:
            with pytest.raises(MayNotAppeal):
                lodge(attempt)
        else:
            assert lodge(attempt).status == AppealStatus.LODGED


@pytest.mark.parametrize("who", ["other_educator", "first_assessor", "lead_assessor", "stranger"])
def test_nobody_else_appeals_or_takes_it_back(not_yet: Attempt, who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(NoSuchAttempt):
        lodge(not_yet, acting_person=person)
    with pytest.raises(NoSuchAttempt):
        lodging.withdraw(attempt=not_yet, acting_person=person)


@pytest.mark.parametrize("status", [each for each in AttemptStatus if each != AttemptStatus.NOT_YET])
def test_only_not_yet_is_appealed(not_yet: Attempt, status: AttemptStatus) -> None:
    Attempt.objects.filter(pk=not_yet.pk).update(status=status)
    with pytest.raises(WrongState):
        lodge(not_yet)
    assert Appeal.objects.count() == 0


def test_no_round_opens_and_nothing_is_withdrawn_while_it_is_under_way(appeal: Appeal, not_yet: Attempt) -> None:
    for verb in (retrying.open_round, withdrawing.withdraw):
        with pytest.raises(WrongState):
            verb(attempt=not_yet, acting_person=not_yet.earner)
    assert fresh(not_yet).status == AttemptStatus.APPEALED


def test_it_is_taken_back_once_and_the_decision_is_not_appealed_again(appeal: Appeal, not_yet: Attempt) -> None:
    for _ in range(2):
        assert lodging.withdraw(attempt=not_yet, acting_person=not_yet.earner).status == AppealStatus.WITHDRAWN
    assert told(not_yet).count("attempt:appeal:withdrawn") == 1
    assert fresh(not_yet).status == AttemptStatus.NOT_YET
    with pytest.raises(AppealedAlready):
        lodge(not_yet)


def test_there_is_nothing_to_take_back_where_nobody_appealed(not_yet: Attempt) -> None:
    with pytest.raises(NoSuchAppeal):
        lodging.withdraw(attempt=not_yet, acting_person=not_yet.earner)


# --- looking at it ---------------------------------------------------------------------------------------------------


def test_not_admitting_says_why_and_leaves_the_decision(appeal: Appeal, not_yet: Attempt, new_lead: Person) -> None:
    answered = admitting.refuse(appeal=appeal, reason=" Nothing was left out. ", acting_person=new_lead)
    assert (answered.status, answered.reason) == (AppealStatus.NOT_ADMITTED, "Nothing was left out.")
    assert (fresh(not_yet).status, Submission.objects.count()) == (AttemptStatus.NOT_YET, 1)
    assert retrying.open_round(attempt=not_yet, acting_person=not_yet.earner).round == 2


def test_not_admitting_needs_a_reason(appeal: Appeal, new_lead: Person) -> None:
    with pytest.raises(AppealIncomplete):
        admitting.refuse(appeal=appeal, reason="  ", acting_person=new_lead)
    assert fresh(appeal).status == AppealStatus.LODGED


def test_the_earner_never_reads_who_looked(appeal: Appeal, not_yet: Attempt, new_lead: Person) -> None:
    admitting.refuse(appeal=appeal, reason="No.", acting_person=new_lead)
    earners = list(lines_about(f"attempt:{not_yet.ref}"))
    assert [line for line in earners if new_lead.name in str((line.actor_name, line.data))] == []
    judging = JournalLine.objects.get(event="submission:appeal:looked-at")
    assert judging.actor_name == new_lead.name


@pytest.mark.parametrize("who", ["lead_assessor", "first_assessor", "designer", "educator", "psu_officer", "stranger"])
def test_whoever_had_a_part_or_leads_nothing_does_not_look(
    appeal: Appeal, who: str, request: pytest.FixtureRequest
) -> None:
    # The lead of the cast looked whether everything was there.
    person = request.getfixturevalue(who)
    for answer in (
        lambda: admitting.admit(appeal=appeal, acting_person=person),
        lambda: admitting.refuse(appeal=appeal, reason="No.", acting_person=person),
    ):
        with pytest.raises(NoSuchAppeal):
            answer()


def test_a_lead_who_read_it_does_not_look(appeal: Appeal, issuer: Organisation, first_assessor: Person) -> None:
    enrolling.give_role(
        person=first_assessor, organisation=issuer, role=Role.LEAD_ASSESSOR, acting_person=None, since=cast.SINCE
    )
    with pytest.raises(NoSuchAppeal):
        admitting.admit(appeal=appeal, acting_person=first_assessor)


@pytest.mark.parametrize("status", [each for each in AppealStatus if AppealStatus.READING not in APPEAL_MOVES[each]])
def test_what_was_looked_at_is_not_looked_at_again(appeal: Appeal, new_lead: Person, status: AppealStatus) -> None:
    if status == AppealStatus.READING:
        admitting.admit(appeal=appeal, acting_person=new_lead)
    elif status == AppealStatus.WITHDRAWN:
        lodging.withdraw(attempt=appeal.submission.attempt, acting_person=appeal.submission.attempt.earner)
    else:
        admitting.refuse(appeal=appeal, reason="No.", acting_person=new_lead)
    with pytest.raises(WrongState):
        admitting.admit(appeal=appeal, acting_person=new_lead)
    with pytest.raises(WrongState):
        admitting.refuse(appeal=appeal, reason="No.", acting_person=new_lead)


# --- reading anew ----------------------------------------------------------------------------------------------------


def test_others_read_a_copy_under_a_new_reference_and_only_what_was_not_met(
    appeal: Appeal, new_lead: Person, new_readers: list[Person], lead_assessor: Person
) -> None:
    reread = factories.admitted(appeal, new_lead)
    judged = appeal.submission
    assert reread.panel
    assert judged.panel
    assert reread.ref != judged.ref
    assert (reread.panel.subject, reread.panel.met_before) == (reread.ref, ["A"])
    assert reread.panel.rubric_id == judged.panel.rubric_id
    assert {seat.rater for seat in seats_of(reread)} <= set(new_readers)
    barred = set(reread.panel.barred_people)
    first_readers = {seat.rater.ref for seat in judged.panel.assignments.all()}
    assert barred == {judged.attempt.earner.ref, lead_assessor.ref, new_lead.ref} | first_readers
    texts = [list(each.responses.order_by("requirement").values_list("text", flat=True)) for each in (judged, reread)]
    assert texts[0] == texts[1] != []


def test_where_nobody_new_is_there_the_seats_wait(appeal: Appeal, new_lead: Person) -> None:
    reread = factories.admitted(appeal, new_lead)
    assert seats_of(reread) == []


def test_a_changed_decision_demonstrates_and_issues_the_badge_once(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person]
) -> None:
    reread = factories.admitted(appeal, new_lead)
    for seat in seats_of(reread):
        factories.read_only(seat, B="demonstrated")
    assert (fresh(appeal).status, fresh(not_yet).status) == (AppealStatus.CHANGED, AttemptStatus.DEMONSTRATED)
    award = Award.objects.get()
    assert award.occasion == f"attempt:{not_yet.ref}"
    assert [(each["code"], each["met"]) for each in award.finding["criteria"]] == [("A", True), ("B", True)]
    # The first decision stays as it was judged.
    assert (fresh(appeal.submission).outcome or {})["verdict"] == "not_yet"
    assert verify().first_break is None


def test_where_the_same_is_found_the_decision_stands_and_the_next_round_opens(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person]
) -> None:
    reread = factories.admitted(appeal, new_lead)
    for seat in seats_of(reread):
        factories.read_only(seat, B="not-yet")
    assert (fresh(appeal).status, fresh(not_yet).status) == (AppealStatus.STANDS, AttemptStatus.NOT_YET)
    assert Award.objects.count() == 0
    assert told(not_yet)[-1] == "attempt:appeal:stands"
    opened = retrying.open_round(attempt=not_yet, acting_person=not_yet.earner)
    assert (opened.round, opened.met_before) == (2, ["A"])


def test_an_appeal_never_makes_it_worse(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person]
) -> None:
    reread = factories.admitted(appeal, new_lead)
    for seat in seats_of(reread):
        factories.read_only(seat, B="not-yet")
    answer = told_appeal(appeal.submission)
    assert answer
    found = {each.code: (each.met, each.level) for each in answer.findings}
    assert found == {"A": (True, "demonstrated"), "B": (False, "not-yet")}


def test_a_copy_that_is_read_anew_is_no_round(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person]
) -> None:
    reread = factories.admitted(appeal, new_lead)
    for seat in seats_of(reread):
        factories.read_only(seat, B="not-yet")
    assert current_submission(fresh(not_yet)) == appeal.submission
    assert [each.submission for each in decisions_of(not_yet)] == [appeal.submission]
    assert [line.submission for line in my_attempts(not_yet.earner)] == [appeal.submission]


def test_an_appeal_costs_no_round_and_a_changed_decision_gives_one_back(
    state: Any, issuer: Organisation, educator: Person, lead_assessor: Person, first_assessor: Person,
    second_assessor: Person, new_lead: Person,
) -> None:  # fmt: skip
    document = cast.make_document(attempts=2)
    document["rubric"]["criteria"].append({**document["rubric"]["criteria"][1], "code": "C", "title": "It lasted"})
    version = cast.publish(state, issuer, document)
    submission = send_to_panel(hand_in(version, educator), lead_assessor)
    for seat in seats_of(submission):
        factories.read_only(seat, A="demonstrated", B="not-yet", C="not-yet")
    assert rounds_left(educator, version) == 1
    appeal = factories.lodged(Attempt.objects.get(pk=submission.attempt_id))
    factories.new_readers(issuer)
    reread = factories.admitted(appeal, new_lead)
    assert rounds_left(educator, version) == 1
    for seat in seats_of(reread):
        factories.read_only(seat, B="demonstrated", C="not-yet")
    attempt = Attempt.objects.get(pk=submission.attempt_id)
    assert (fresh(appeal).status, attempt.status) == (AppealStatus.CHANGED, AttemptStatus.NOT_YET)
    assert rounds_left(educator, version) == 2
    assert retrying.open_round(attempt=attempt, acting_person=educator).met_before == ["A", "B"]


def test_a_decided_reading_decides_once(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person]
) -> None:
    reread = factories.admitted(appeal, new_lead)
    for seat in seats_of(reread):
        factories.read_only(seat, B="not-yet")
    for closed in (reread, appeal.submission):
        with pytest.raises(WrongState):
            scoring.decide(submission=closed, acting_person=None)


def test_whoever_read_it_again_as_a_check_neither_answers_nor_reads_anew(
    version: Version,
    educator: Person,
    issuer: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    new_lead: Person,
) -> None:
    calibrate(version, lead_assessor, first_assessor, second_assessor)
    appeal = factories.lodged(factories.judged_not_yet(version, educator, lead_assessor))
    checking = cast.make_person("Bea Both", (issuer, Role.LEAD_ASSESSOR), (issuer, Role.ASSESSOR))
    back_reading.draw(certification=first_assessor.certifications.get(), acting_person=checking)
    with pytest.raises(NoSuchAppeal):
        admitting.admit(appeal=appeal, acting_person=checking)
    panel = factories.admitted(appeal, new_lead).panel
    assert panel
    assert checking.ref in panel.barred_people


def test_a_badge_tells_of_the_copy_that_was_demonstrated_and_of_no_other(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person]
) -> None:
    reread = factories.admitted(appeal, new_lead)
    for seat in seats_of(reread):
        factories.read_only(seat, B="demonstrated")
    pieces = badge_evidence.pieces_of(f"attempt:{not_yet.ref}")
    told = {int(number) for piece in pieces if (number := piece["key"].rpartition(".")[2]).isdigit()}
    assert told == set(Artifact.objects.filter(response__submission=reread).values_list("pk", flat=True)) != set()


# --- at the same moment ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_appealing_in_two_tabs_and_opening_a_round_leave_one_of_the_two(not_yet: Attempt) -> None:
    at_the_same_moment(
        lambda: lodge(not_yet),
        lambda: lodge(not_yet),
        lambda: retrying.open_round(attempt=not_yet, acting_person=not_yet.earner),
    )
    now = fresh(not_yet)
    made = (Appeal.objects.count(), Submission.objects.count(), now.status)
    assert made in {(1, 1, AttemptStatus.APPEALED), (0, 2, AttemptStatus.DRAFT)}
    assert told(not_yet).count("attempt:appeal:lodged") + told(not_yet).count("attempt:round:opened") == 1
    assert verify().first_break is None


@pytest.mark.django_db(transaction=True)
def test_two_leads_and_the_earner_at_the_same_moment_give_one_answer(
    appeal: Appeal, not_yet: Attempt, issuer: Organisation, new_lead: Person
) -> None:
    other_lead = cast.make_person("Olga Other", (issuer, Role.LEAD_ASSESSOR))
    results = at_the_same_moment(
        lambda: admitting.admit(appeal=appeal, acting_person=new_lead),
        lambda: admitting.refuse(appeal=appeal, reason="No.", acting_person=other_lead),
        lambda: lodging.withdraw(attempt=not_yet, acting_person=not_yet.earner),
    )
    assert [isinstance(result, WrongState) for result in results].count(True) == 2
    is_read = fresh(appeal).status == AppealStatus.READING
    assert Submission.objects.filter(reread_of__isnull=False).count() == is_read
    assert (fresh(not_yet).status == AttemptStatus.APPEALED) == is_read
    assert verify().first_break is None


@pytest.mark.django_db(transaction=True)
def test_the_last_two_new_readings_at_the_same_moment_answer_and_award_once(
    appeal: Appeal, not_yet: Attempt, new_lead: Person, new_readers: list[Person]
) -> None:
    seats = seats_of(factories.admitted(appeal, new_lead))
    for seat in seats:
        take_up(seat)
        rating.rate(
            assignment=seat, criterion="B", level="demonstrated", comment="", revision=0, acting_person=seat.rater
        )
    at_the_same_moment(
        *(lambda seat=seat: scoring.submit_reading(assignment=seat, acting_person=seat.rater) for seat in seats * 2)
    )
    assert (fresh(appeal).status, fresh(not_yet).status) == (AppealStatus.CHANGED, AttemptStatus.DEMONSTRATED)
    assert (Award.objects.count(), told(not_yet).count("attempt:appeal:changed")) == (1, 1)
    assert verify().first_break is None
