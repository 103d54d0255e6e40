"""Is everything there? Asked before anybody judges, by somebody who does not know whose work it is."""

from __future__ import annotations

import pytest

from longleaf.assessment import completeness, retrying
from longleaf.assessment.errors import CheckedAlready, NoSuchSubmission, UnknownIndicator
from longleaf.assessment.models import Attempt, CompletenessCheck, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests.desk.factories import hand_in, hand_in_again, read, seats_of, send_to_panel
from longleaf.catalog.models import Version
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.journal.verifying import verify
from longleaf.kit.errors import WrongState
from longleaf.panels.models import Panel
from longleaf.panels.pool import ruling
from longleaf.panels.tests.factories import at_the_same_moment
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(version: Version, educator: Person) -> Submission:
    return hand_in(version, educator)


def status_of(submission: Submission) -> str:
    return Attempt.objects.get(pk=submission.attempt_id).status


def test_what_is_complete_goes_to_a_panel_of_two_outside(
    submission: Submission,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> None:
    sent = send_to_panel(submission, lead_assessor)
    assert status_of(sent) == AttemptStatus.IN_REVIEW
    assert [seat.rater.name for seat in seats_of(sent)] == ["Ada First", "Ben Second"]
    assert (sent.panel.subject, sent.panel.due_at) == (sent.ref, sent.due_at)
    assert verify().first_break is None


def test_what_is_missing_goes_back_and_costs_no_attempt(submission: Submission, lead_assessor: Person) -> None:
    looked = completeness.check(
        submission=submission, missing=["R2.1"], note="Bring both pieces.", acting_person=lead_assessor
    )
    assert (looked.complete, looked.missing, looked.note) == (False, ["R2.1"], "Bring both pieces.")
    assert status_of(submission) == AttemptStatus.RETURNED
    assert Panel.objects.count() == 0
    again = hand_in_again(submission)
    assert (again.pk, again.round) == (submission.pk, 1)
    send_to_panel(again, lead_assessor)
    assert status_of(submission) == AttemptStatus.IN_REVIEW


def test_nobody_who_works_with_the_earner_reads_nor_whoever_checked(
    submission: Submission,
    issuer: Organisation,
    district: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
) -> None:
    cast.make_person("Near Colleague", (issuer, Role.ASSESSOR), (district, Role.COACH))
    enrolling.give_role(
        person=lead_assessor, organisation=issuer, role=Role.ASSESSOR, acting_person=None, since=cast.SINCE
    )
    sent = send_to_panel(submission, lead_assessor)
    assert [seat.rater.name for seat in seats_of(sent)] == ["Ada First", "Ben Second"]


def test_an_earner_who_is_an_assessor_is_read_by_the_others(
    version: Version,
    issuer: Organisation,
    district: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> None:
    enrolling.give_role(
        person=second_assessor, organisation=district, role=Role.EDUCATOR, acting_person=None, since=cast.SINCE
    )
    sent = send_to_panel(hand_in(version, second_assessor), lead_assessor)
    assert [seat.rater.name for seat in seats_of(sent)] == ["Ada First", "Cleo Third"]


def test_only_a_lead_assessor_of_the_issuer_checks(
    submission: Submission,
    educator: Person,
    agency: Organisation,
    first_assessor: Person,
    designer: Person,
    psu_officer: Person,
    state_officer: Person,
    stranger: Person,
) -> None:
    elsewhere = cast.make_person("Lead Elsewhere", (agency, Role.LEAD_ASSESSOR))
    for person in (educator, elsewhere, first_assessor, designer, psu_officer, state_officer, stranger):
        with pytest.raises(NoSuchSubmission):
            completeness.check(submission=submission, missing=[], note="", acting_person=person)
    assert status_of(submission) == AttemptStatus.SUBMITTED
    assert CompletenessCheck.objects.count() == 0


def test_nobody_checks_their_own_work(version: Version, issuer: Organisation, educator: Person) -> None:
    enrolling.give_role(
        person=educator, organisation=issuer, role=Role.LEAD_ASSESSOR, acting_person=None, since=cast.SINCE
    )
    with pytest.raises(NoSuchSubmission):
        completeness.check(submission=hand_in(version, educator), missing=[], note="", acting_person=educator)


def test_it_refuses_an_indicator_that_is_not_asked_for(submission: Submission, lead_assessor: Person) -> None:
    with pytest.raises(UnknownIndicator):
        completeness.check(submission=submission, missing=["R9.9"], note="", acting_person=lead_assessor)
    assert status_of(submission) == AttemptStatus.SUBMITTED


def test_whoever_comes_second_is_told_so(
    submission: Submission, issuer: Organisation, lead_assessor: Person, first_assessor: Person
) -> None:
    other = cast.make_person("Other Lead", (issuer, Role.LEAD_ASSESSOR))
    send_to_panel(submission, lead_assessor)
    for person in (lead_assessor, other):
        with pytest.raises(CheckedAlready):
            completeness.check(submission=submission, missing=["R1.1"], note="", acting_person=person)
    assert status_of(submission) == AttemptStatus.IN_REVIEW


@pytest.mark.parametrize("status", set(AttemptStatus) - {AttemptStatus.SUBMITTED})
def test_only_what_was_handed_in_can_be_checked(
    submission: Submission, lead_assessor: Person, status: AttemptStatus
) -> None:
    Attempt.objects.filter(pk=submission.attempt_id).update(status=status)
    with pytest.raises(WrongState):
        completeness.check(submission=submission, missing=[], note="", acting_person=lead_assessor)
    assert status_of(submission) == status


def test_the_earners_journal_lines_name_nobody_who_looked(submission: Submission, lead_assessor: Person) -> None:
    completeness.check(submission=submission, missing=["R1.1"], note="Name the aim.", acting_person=lead_assessor)
    told = JournalLine.objects.filter(subject=f"attempt:{submission.attempt.ref}").exclude(
        actor=submission.attempt.earner.ref
    )
    assert [(line.event, line.actor) for line in told] == [("attempt:completeness:returned", "")]
    seen = JournalLine.objects.get(subject=f"submission:{submission.ref}")
    assert (seen.actor, seen.data) == (lead_assessor.ref, {"complete": False, "missing": ["R1.1"]})


@pytest.mark.django_db(transaction=True)
def test_two_lead_assessors_at_the_same_moment_convene_one_panel(
    submission: Submission, issuer: Organisation, lead_assessor: Person, first_assessor: Person
) -> None:
    other = cast.make_person("Other Lead", (issuer, Role.LEAD_ASSESSOR))
    results = at_the_same_moment(
        *(
            lambda person=person: completeness.check(submission=submission, missing=[], note="", acting_person=person)
            for person in (lead_assessor, other)
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["CheckedAlready", "CompletenessCheck"]
    assert Panel.objects.count() == 1


def test_whoever_found_something_missing_does_not_read_it_later_either(
    submission: Submission, issuer: Organisation, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> None:
    earlier = cast.make_person("Ann Earlier", (issuer, Role.LEAD_ASSESSOR), (issuer, Role.ASSESSOR))
    completeness.check(submission=submission, missing=["R1.1"], note="Name the aim.", acting_person=earlier)
    sent = send_to_panel(hand_in_again(submission), lead_assessor)
    assert [seat.rater.name for seat in seats_of(sent)] == ["Ada First", "Ben Second"]
    assert sent.panel
    assert {submission.attempt.earner.ref, lead_assessor.ref, earlier.ref} == set(sent.panel.barred_people)


def test_a_further_round_is_read_by_others_as_long_as_there_are_any(
    submission: Submission,
    issuer: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
) -> None:
    first_round = send_to_panel(submission, lead_assessor)
    for seat in seats_of(first_round):
        read(seat, level="not-yet")
    fourth = cast.make_person("Dan Fourth", (issuer, Role.ASSESSOR))
    attempt = Attempt.objects.get(pk=submission.attempt_id)
    retrying.open_round(attempt=attempt, acting_person=attempt.earner)
    second_round = send_to_panel(hand_in_again(attempt.submissions.get(round=2)), lead_assessor)
    readers = [{seat.rater_id for seat in seats_of(each)} for each in (first_round, second_round)]
    assert readers == [{first_assessor.pk, second_assessor.pk}, {third_assessor.pk, fourth.pk}]


def test_the_panel_is_told_the_language_and_what_the_work_is_about(
    submission: Submission, lead_assessor: Person, first_assessor: Person
) -> None:
    panel = send_to_panel(submission, lead_assessor).panel
    assert panel
    assert (panel.language, panel.tags) == ("en", ["grade_bands:k-5", "roles:teacher", "topics:feedback"])
    assert [author.person_id for author in panel.authors.all()] == [submission.attempt.earner_id]


def test_a_states_pool_reads_what_an_issuer_was_handed(
    submission: Submission, issuer: Organisation, agency: Organisation, lead_assessor: Person, first_assessor: Person
) -> None:
    ruling.set_rules(organisation=issuer, rules={}, read_by=agency, acting_person=None)
    statewide = cast.make_person("Wide Assessor", (agency, Role.ASSESSOR))
    sent = send_to_panel(submission, lead_assessor)
    assert [seat.rater for seat in seats_of(sent)] == [statewide]
