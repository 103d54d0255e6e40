"""A state that lets districts set plans up, and short ways to have one written, approved and reported on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.quality.agencies import submitting
from longleaf.quality.models import Application
from longleaf.quality.reviewing import deciding
from longleaf.quality.status import Judges, Outcome
from longleaf.quality.tests.agencies import stage
from longleaf.quality.tests.reviewing import stage as reviewing
from longleaf.recognition.models import LocalPlan
from longleaf.recognition.plans import writing
from longleaf.recognition.plans.document import Measure, PlanText
from longleaf.recognition.plans.document import Outcome as Shown
from longleaf.recognition.tests.factories import SURE, license_for, load

PLANS = {"id": "MD-plans", "title": "A district's plan", "may_waive": ["free"], "reviewed": True, **SURE}


@pytest.fixture
def foreseen(state: Any) -> None:
    """The policy lets plans set the free choice aside, and the criteria of the example judge them."""
    load(state, plans=PLANS)
    stage.publish(state, stage.of_pack("example"), Judges.PLAN)


@pytest.fixture
def licence(foreseen: None, educator: Any, state: Any) -> Any:
    return license_for(educator, state, issued=date(2024, 7, 1), expires=timezone.localdate() + timedelta(days=900))


@pytest.fixture
def reviewers(agency: Any) -> list[Any]:
    signing_keys.create_key(organisation=agency, acting_person=None)
    return reviewing.make_reviewers(agency)


@pytest.fixture
def text(version: Any) -> PlanText:
    """Two pieces of work in place of six credits, for a year from tomorrow on."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return PlanText(
        title="Rivertown learns",
        first=tomorrow,
        until=tomorrow + timedelta(days=365),
        roles=(),
        schools=(),
        sets_aside=("free",),
        outcomes=(Shown("Feedback that is used", 2, (version.micro_credential.slug,)),),
        measures=(Measure("used", "Feedback used by learners", None, "%"),),
    )


@pytest.fixture
def application(foreseen: None, district: Any, psu_officer: Any) -> Application:
    return stage.begin(district, psu_officer, Judges.PLAN)


@pytest.fixture
def plan(application: Application, text: PlanText, psu_officer: Any) -> LocalPlan:
    return writing.write(application=application, text=text, revision=0, acting_person=psu_officer)


@pytest.fixture
def approve(reviewers: Any, psu_officer: Any, state_officer: Any) -> Callable[..., Any]:
    """Have a plan handed in, read and recognised."""

    def approved(plan: LocalPlan, **facts: Any) -> Any:
        stage.show(plan.application, psu_officer)
        review = stage.read_all(submitting.submit(application=plan.application, acting_person=psu_officer))
        told = {"letter": "Read.", "valid_until": timezone.localdate() + timedelta(days=700), **facts}
        return deciding.decide(review=review, outcome=Outcome.RECOGNISED, acting_person=state_officer, **told).decision

    return approved
