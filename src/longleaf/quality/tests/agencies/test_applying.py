"""An application while it is written, and what becomes of it when it is handed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from longleaf.catalog.errors import StaleField
from longleaf.directory.status import Role
from longleaf.panels.models import Assignment
from longleaf.quality import deciding
from longleaf.quality.agencies import applying, submitting
from longleaf.quality.agencies.queries import file_of
from longleaf.quality.errors import (
    ApplicationNotDraft,
    ApplicationUnderWay,
    IncompleteApplication,
    MayNotApply,
    NoSuchApplication,
    NothingToReviewBy,
    TooEarlyToRenew,
)
from longleaf.quality.reviewing import deciding as reviewing
from longleaf.quality.reviewing.handing_in import take_back
from longleaf.quality.status import Judges, Outcome
from longleaf.quality.tests.agencies import stage
from tests import cast

LATER = timezone.localdate() + timedelta(days=400)


def test_officers_of_an_organisation_begin_one_at_a_time(criteria, issuer, issuing_officer, designer, psu_officer):
    for stranger in (designer, psu_officer):
        with pytest.raises(MayNotApply):
            stage.begin(issuer, stranger)
    with pytest.raises(NothingToReviewBy):
        stage.begin(issuer, issuing_officer, Judges.PLAN)
    draft = stage.begin(issuer, issuing_officer)
    with pytest.raises(ApplicationUnderWay):
        stage.begin(issuer, issuing_officer)
    with pytest.raises(NoSuchApplication):
        applying.give_up(application=draft, acting_person=designer)
    applying.give_up(application=draft, acting_person=issuing_officer)
    with pytest.raises(ApplicationNotDraft):
        stage.show(draft, issuing_officer)
    stage.begin(issuer, issuing_officer)


def test_criteria_name_the_kinds_of_organisations_they_are_for(state, issuer, issuing_officer, psu_officer, district):
    stage.publish(state, stage.of_pack("example") | {"applicants": ["district"]}, Judges.PATHWAY)
    stage.publish(state, stage.of_pack("example"), Judges.PLAN)
    for judged_as in (Judges.PATHWAY, Judges.PLAN):
        with pytest.raises(MayNotApply):
            stage.begin(issuer, issuing_officer, judged_as)
        stage.begin(district, psu_officer, judged_as)


def test_what_is_typed_is_kept_and_nothing_overwritten_unseen(draft, issuing_officer):
    def save(text, revision, **facts):
        return applying.save_showing(
            application=draft,
            criterion="PROMISE-1",
            field="text",
            text=text,
            revision=revision,
            acting_person=issuing_officer,
            **facts,
        )

    assert save("First.\r\nLine", 0, page="one").text == "First.\nLine"
    with pytest.raises(StaleField) as stale:
        save("Second.", 0)
    assert stale.value.theirs == "First.\nLine"
    assert save("Its own form.", 0, page="one", is_last_word=True).text_revision == 2


def test_what_is_missing_is_named_and_what_is_not_required_is_not_missed(draft, issuing_officer, reviewers):
    applying.save_showing(
        application=draft,
        criterion="PROMISE-2",
        field="links",
        text="https://example.org/ok\nno address",
        revision=0,
        acting_person=issuing_officer,
    )
    with pytest.raises(IncompleteApplication) as refusal:
        submitting.submit(application=draft, acting_person=issuing_officer)
    assert sorted(refusal.value.fields) == ["links-PROMISE-2", "scope", "shown-PROMISE-1"]
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_it_is_frozen_when_it_is_handed_in_and_a_draft_again_when_it_is_taken_back(
    draft, issuing_officer, reviewers, issuer
):
    # Nobody of the organisation is asked, not even where they review for the agency too.
    insider = reviewers[0]
    cast.enrolling.give_role(
        person=insider, organisation=issuer, role=Role.ASSESSOR, acting_person=None, since=cast.SINCE
    )
    stage.show(draft, issuing_officer, "PROMISE-1")
    review = submitting.submit(application=draft, note="In a word.", acting_person=issuing_officer)
    assert review.design.document["showings"][0]["text"] == stage.WORDS
    assert not Assignment.objects.filter(panel=review.panel, rater=insider).exists()
    with pytest.raises(ApplicationNotDraft):
        stage.show(draft, issuing_officer, "PROMISE-2")
    take_back(review=review, acting_person=issuing_officer)
    draft.refresh_from_db()
    assert draft.status == "draft"
    stage.show(draft, issuing_officer, "PROMISE-2")
    submitting.submit(application=draft, acting_person=issuing_officer)


def test_a_renewal_carries_on_what_was_shown_and_begins_near_the_end(
    draft, issuer, issuing_officer, reviewers, state_officer
):
    stage.show(draft, issuing_officer)
    review = stage.read_all(submitting.submit(application=draft, acting_person=issuing_officer))
    facts = {"letter": "It was read.", "scope": draft.scope, "acting_person": state_officer}
    reviewing.decide(review=review, outcome=Outcome.RECOGNISED, valid_until=LATER, **facts)
    with pytest.raises(TooEarlyToRenew) as refusal:
        stage.begin(issuer, issuing_officer)
    assert "holds" in refusal.value.sentence
    # Its term is over soon.
    cast_off = {"valid_from": timezone.localdate() + timedelta(days=1), "valid_until": LATER - timedelta(days=300)}
    deciding.record_decision(
        state=issuer.state,
        decided_by=review.agency,
        organisation=issuer,
        instrument=review.instrument,
        outcome=Outcome.RECOGNISED,
        acting_person=None,
        **cast_off,
    )
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        renewal = stage.begin(issuer, issuing_officer)
        assert (renewal.renews, renewal.scope) == (draft, "Feedback in grades 3 to 5.")
        stage.show(renewal, issuing_officer, "PROMISE-2", text="Changed since.")
        carried = {each.criterion.code: each.is_carried for each in file_of(renewal).criteria}
        assert carried == {"PROMISE-1": True, "PROMISE-2": False}
