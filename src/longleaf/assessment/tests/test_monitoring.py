"""What assessment tells of its work: by version, as much as was decided in a time, and of nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from longleaf.assessment import monitoring, retrying
from longleaf.assessment.models import Appeal, Submission
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.tests import earner_cast
from longleaf.directory.status import Role
from longleaf.quality.monitoring import queries
from longleaf.quality.monitoring.sources import Appealed, Cohort, Promised
from longleaf.quality.monitoring.windows import Window, up_to
from tests import cast

ALL, NONE = ("A", "B"), ()


def window(days: int = 0) -> Window:
    return up_to(timezone.localdate() + timedelta(days=days), months=12)


def test_an_attempt_counts_once_by_its_first_round_and_by_what_came_of_it(version, educator, other_educator, district):
    earner_cast.decided(version, other_educator, met=ALL)
    attempt = earner_cast.decided(version, educator, met=NONE)
    assert monitoring.work_in(window()).cohorts == [Cohort(version.pk, district.pk, 2, 1, 1)]
    retrying.open_round(attempt=attempt, acting_person=educator)
    attempt.refresh_from_db()
    earner_cast.submit(attempt)
    earner_cast.decide(attempt, met=ALL)
    told = monitoring.work_in(window())
    assert told.cohorts == [Cohort(version.pk, district.pk, 2, 1, 2)]
    assert sum(each.rounds for each in told.taken) == 3
    # Samples for assessors are nobody's attempts, and what lies outside the time does not count.
    earner_cast.put(attempt, AttemptStatus.SAMPLE)
    assert monitoring.work_in(window()).cohorts == [Cohort(version.pk, district.pk, 1, 1, 1)]
    assert monitoring.work_in(Window(*(timezone.localdate() - timedelta(days=each) for each in (9, 2)))).cohorts == []


def test_a_decision_that_is_late_and_not_made_is_a_broken_promise(version, educator, other_educator, issuer):
    earner_cast.decided(version, other_educator, met=ALL)
    late = earner_cast.submitted(version, educator)
    assert monitoring.work_in(window(60)).promised == []
    with time_machine.travel(timezone.now() + timedelta(days=50), tick=False):
        assert monitoring.work_in(window()).promised == [Promised(version.pk, 2, 1)]
        earner_cast.put(late, AttemptStatus.WITHDRAWN)
        assert monitoring.work_in(window(), issuer=issuer.pk).promised == [Promised(version.pk, 1, 1)]
        assert monitoring.work_in(window(), issuer=0).promised == []


def test_days_to_a_decision_are_business_days(version, educator):
    attempt = earner_cast.submitted(version, educator)
    round_ = current_submission(attempt)
    with time_machine.travel(round_.submitted_at + timedelta(days=7), tick=False):
        earner_cast.decide(attempt, met=ALL)
        (taken,) = monitoring.work_in(window()).taken
    assert (taken.business_days, taken.rounds) in {(4, 1), (5, 1)}


def test_answered_appeals_count_by_what_they_changed(version, educator, agency):
    judged = current_submission(earner_cast.decided(version, educator, met=NONE))
    facts = {"submission": judged, "grounds": ["other"], "words": {}, "due_at": timezone.now(), "reason": "No ground."}
    Appeal.objects.create(status="not_admitted", answered_at=timezone.now(), **facts)
    assert monitoring.work_in(window()).appealed == [Appealed(version.pk, 1, 0)]


def test_a_school_counts_for_the_district_that_runs_it(version, educator, state, district):
    school = type(district).objects.create(
        state=state,
        code="S1",
        slug="river-school",
        kind="school",
        name="River School",
        parent=district,
        standing="synthetic",
    )
    teacher = cast.make_person("Sam School", (school, Role.EDUCATOR))
    retired = cast.make_person("Rae Retired")
    earner_cast.decided(version, teacher, met=ALL)
    submission = current_submission(earner_cast.decided(version, educator, met=ALL))
    Submission.objects.filter(pk=submission.pk).update(outcome={**submission.outcome, "verdict": "not_yet"})
    assert monitoring.work_in(window()).cohorts == [Cohort(version.pk, district.pk, 2, 1, 2)]
    submission.attempt.__class__.objects.filter(pk=submission.attempt_id).update(earner=retired)
    assert {each.workplace for each in monitoring.work_in(window()).cohorts} == {district.pk, None}


def test_it_tells_all_in_so_many_queries(version, educator, other_educator, django_assert_num_queries):
    with django_assert_num_queries(6):
        monitoring.work_in(window())
    for person in (educator, other_educator):
        earner_cast.decided(version, person, met=ALL)
    with django_assert_num_queries(6):
        monitoring.work_in(window())


@pytest.mark.usefixtures("agency")
def test_the_page_of_figures_stands_on_it(version, educator, state_officer, client_of, issuer):
    earner_cast.decided(version, educator, met=ALL)
    assert queries.monitored(state_officer, "ISSUER", today=timezone.localdate()).figures.decided == 1
    page = client_of(state_officer).get("/quality/agencies/ISSUER/").content.decode()
    assert "Fewer than 10" in page
