"""Oversight of organisations: complained about, drawn for an audit, their application read anew."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.panels.errors import ReasonMissing
from longleaf.panels.models import Assignment
from longleaf.quality import deciding, queries
from longleaf.quality.agencies.queries import latest_review_of
from longleaf.quality.agencies.reminding import updates
from longleaf.quality.errors import (
    ApplicationUnderWay,
    MayNotDecide,
    NothingToReadAnew,
    ReviewUnderWay,
    TooEarlyToRenew,
    UnusableDay,
)
from longleaf.quality.models import Review
from longleaf.quality.monitoring.queries import everything
from longleaf.quality.monitoring.windows import up_to
from longleaf.quality.oversight import auditing, complaining
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.reviewing import deciding as reviewing
from longleaf.quality.status import Cause, Judges, Outcome
from longleaf.quality.tests.agencies import stage
from longleaf.quality.tests.reviewing import stage as reviews
from tests import cast

LATER = timezone.localdate() + timedelta(days=400)


@pytest.fixture
def subject(issuer):
    return AsWhat(issuer, Judges.AGENCY)


@pytest.fixture
def approved(state, agency, issuer, issuing_officer, state_officer):
    """An issuer that was approved by its application."""
    signing_keys.create_key(organisation=agency, acting_person=None)
    stage.publish(state)
    reviews.make_reviewers(agency)
    review = stage.read_all(stage.handed_in(issuer, issuing_officer))
    facts = {"letter": "It was read.", "valid_until": LATER, "acting_person": state_officer}
    return reviewing.decide(review=review, outcome=Outcome.RECOGNISED, **facts)


def test_a_complaint_about_an_organisation_is_made_from_its_report_and_answered(
    approved, issuer, educator, other_educator, issuing_officer, state_officer, client_of, version
):
    report, at = f"/register/organizations/{issuer.slug}/", f"/quality/oversight/complaints/about/{issuer.slug}/agency/"
    client, officer = client_of(educator), client_of(state_officer)
    assert at in client.get(report).content.decode()
    assert client.get(at.replace("agency", "design")).status_code == 404
    assert client.post(at, {"text": " "}).status_code == 422
    made = client.post(at, {"text": "Nobody answers."})["Location"]
    for other in (other_educator, issuing_officer):
        assert client_of(other).get(made).status_code == 404
    assert f"{issuer.name} (Issuer)" in unescape(client.get("/quality/oversight/complaints/").content.decode())
    look_after = f"/quality/oversight/organizations/{issuer.slug}/agency/"
    assert "1 complaint about it waits" in officer.get(look_after).content.decode()
    assert look_after in officer.get(made).content.decode()
    assert officer.post(made, {"upheld": "yes", "answer": "So it was."}).status_code == 302
    line = JournalLine.objects.get(event="quality:complaint:made")
    assert line.data == {"organisation": issuer.code, "judged_as": "agency"}
    assert line.actor != educator.ref
    # It counts among the figures of the issuer, and of none of its versions.
    seen = everything(up_to(timezone.localdate()))
    assert [figures.complaints_made for _, figures in seen.by_issuer] == [1]
    assert [figures.complaints_made for _, figures in seen.by_version] == [0]


def test_what_is_said_of_a_local_plan_does_not_count_against_what_is_issued(issuer, educator, agency, version):
    complaining.complain(subject=AsWhat(issuer, Judges.PLAN), text="It is not kept.", acting_person=educator)
    assert [figures.complaints_made for _, figures in everything(up_to(timezone.localdate())).by_issuer] == [0]


def test_an_application_is_read_anew_and_stays_decided(
    approved, subject, issuer, issuing_officer, state_officer, client_of
):
    application = approved.application
    facts = {"subject": subject, "cause": Cause.COMPLAINT, "note": "Nobody answers.", "acting_person": state_officer}
    with pytest.raises(MayNotDecide):
        auditing.call_in(**facts | {"acting_person": issuing_officer})
    officer = client_of(state_officer)
    at = f"/quality/oversight/organizations/{issuer.slug}/agency/"
    called_in = officer.post(f"{at}?because=complaint", {"action": "call_in", "reason": "Nobody answers."})
    anew = Review.objects.get(cause=Cause.COMPLAINT)
    assert called_in["Location"] == f"/quality/reviews/{anew.ref}/"
    assert (anew.design_id, anew.application) == (approved.design_id, application)
    with pytest.raises(ReviewUnderWay):
        auditing.call_in(**facts)
    late = officer.post(at, {"action": "call_in", "reason": "Typed for a long time."})
    assert late.status_code == 409
    assert "Typed for a long time." in late.content.decode()
    # The organisation keeps its letter, and learns why it is read anew.
    assert latest_review_of(application) == approved
    told = client_of(issuing_officer).get(f"/quality/reviews/{anew.ref}/").content.decode()
    assert "Called in after a complaint" in told
    assert "Take it back" not in told
    stage.read_all(anew, PROMISE_1="open")
    end = timezone.localdate() + timedelta(days=30)
    asked = [reviewing.Asked("Name somebody.", end)]
    given = {"letter": "It was read.", "valid_until": LATER, "conditions": asked, "acting_person": state_officer}
    reviewing.decide(review=anew, outcome=Outcome.CONDITIONS, **given)
    application.refresh_from_db()
    assert application.status == "decided"
    (holding,) = queries.holding_on_organisation(issuer, timezone.localdate())
    assert holding.decision.outcome == Outcome.CONDITIONS


def test_a_sample_of_organisations_leaves_out_what_is_in_review_or_came_without_an_application(
    approved, state, agency, district, state_officer, client_of
):
    deciding.record_decision(
        state=state, decided_by=agency, organisation=district, outcome=Outcome.RECOGNISED,
        valid_from=date(2026, 1, 1), acting_person=None,
    )  # fmt: skip
    with pytest.raises(NothingToReadAnew):
        auditing.call_in(subject=AsWhat(district, Judges.AGENCY), cause=Cause.AUDIT, acting_person=state_officer)
    officer = client_of(state_officer)
    assert "1 organization can be drawn" in unescape(officer.get("/quality/oversight/").content.decode())
    sent = {"number": "9", "what": "organizations"}
    assert officer.post("/quality/oversight/sample/", sent).status_code == 302
    drawn = Review.objects.get(cause=Cause.AUDIT)
    assert drawn.application == approved.application
    assert JournalLine.objects.get(event="quality:sample:drawn").data == {"asked": 9, "out_of": 1}
    facts = {"agency": agency, "number": 1, "of_organisations": True, "acting_person": state_officer}
    assert auditing.draw_sample(**facts) == []
    (seat,) = stage.seats(drawn)
    assert "udit" not in client_of(seat.rater).get(f"/quality/readings/{seat.ref}/").content.decode()


def test_an_officer_who_reads_an_application_is_told_of_none_that_is_under_way(
    approved, agency, district, subject, issuer, state_officer, client_of
):
    both = cast.make_person("Bo Both", (agency, Role.REVIEWER), (agency, Role.STATE_OFFICER))
    at = f"/quality/oversight/organizations/{issuer.slug}/agency/"
    quiet, client = "nothing is said here", client_of(both)
    assert "Have it reviewed" in client.get(at).content.decode()
    assert quiet not in client.get(at).content.decode()
    review = auditing.call_in(subject=subject, cause=Cause.AUDIT, acting_person=state_officer)
    seat = stage.seats(review)[0]
    Assignment.objects.filter(pk=seat.pk).update(rater=both)
    others = f"/quality/oversight/organizations/{district.slug}/agency/"
    for page in (at, others):
        told = client.get(page).content.decode()
        assert quiet in told
        assert "An application is under way" not in told
        assert "Have it reviewed" not in told
    for act in ({"action": "call_in"}, {"action": "ask_to_update", "by": LATER.isoformat()}):
        refused = client.post(at, {**act, "reason": "Nobody answers."})
        assert refused.status_code == 403
        assert "Nobody answers." in refused.content.decode()
    # How many can be drawn, and which are, would tell it as well.
    assert "can be drawn" not in client.get("/quality/oversight/").content.decode()
    drawing = client.post("/quality/oversight/sample/", {"number": "9", "what": "organizations"})
    assert drawing.status_code == 403
    assert "until that is over another officer" in drawing.content.decode()
    assert Review.objects.filter(cause=Cause.AUDIT).get() == review


def test_an_organisation_brings_its_application_up_to_date_first_and_that_is_read(
    approved, subject, issuer, issuing_officer, state_officer, client_of
):
    by = timezone.localdate() + timedelta(days=30)
    facts = {"subject": subject, "by": by, "reason": "Two years have passed.", "acting_person": state_officer}
    with pytest.raises(TooEarlyToRenew):
        stage.begin(issuer, issuing_officer)
    for wrong, error in [
        ({"acting_person": issuing_officer}, MayNotDecide),
        ({"by": timezone.localdate()}, UnusableDay),
        ({"by": None}, UnusableDay),
        ({"reason": " "}, ReasonMissing),
    ]:
        with pytest.raises(error):
            auditing.ask_to_update(**facts | wrong)
    asked = auditing.ask_to_update(**facts)
    line = JournalLine.objects.get(event="quality:application:update-asked")
    assert (line.data["by"], line.subject) == (by.isoformat(), f"application:{asked.ref}")
    # Its officers are told where they begin, and in time.
    page = unescape(client_of(issuing_officer).get("/quality/applications/").content.decode())
    assert "The state agency asks you to bring it up to date" in page
    assert "Two years have passed." in page
    (due,) = updates(timezone.now())
    assert (due.person, due.due) == (issuing_officer.pk, by)
    # What it hands in carries on what it showed, says what was changed, and is read as any.
    renewal = stage.begin(issuer, issuing_officer)
    assert renewal.renews == asked
    assert list(updates(timezone.now())) == []
    with pytest.raises(ApplicationUnderWay):
        auditing.ask_to_update(**facts)
    first = renewal.showings.order_by("criterion").first()
    stage.applying.save_showing(
        application=renewal, criterion=first.criterion, field="text", text="A named person answers within a day",
        revision=first.text_revision, acting_person=issuing_officer,
    )  # fmt: skip
    review = stage.submitting.submit(application=renewal, acting_person=issuing_officer)
    told = {each["code"]: each["unchanged"] for each in review.design.document["showings"]}
    assert told.pop(first.criterion) is False
    assert set(told.values()) == {True}
    given = {"letter": "It was read.", "valid_until": LATER, "acting_person": state_officer}
    reviewing.decide(review=stage.read_all(review), outcome=Outcome.RECOGNISED, **given)
    # What was asked is done with: the next renewal waits for its time.
    with pytest.raises(TooEarlyToRenew):
        stage.begin(issuer, issuing_officer)


def test_the_page_asks_for_it_and_keeps_what_was_typed(approved, issuer, state_officer, client_of):
    officer, at = client_of(state_officer), f"/quality/oversight/organizations/{issuer.slug}/agency/"
    sent = {"action": "ask_to_update", "reason": "Two years have passed.", "by": "soon"}
    refused = officer.post(at, sent)
    assert refused.status_code == 422
    page = unescape(refused.content.decode())
    assert "Give a day to come" in page
    assert "Two years have passed." in page
    assert 'value="soon"' in page
    by = timezone.localdate() + timedelta(days=30)
    assert officer.post(at, {**sent, "by": by.isoformat()}).status_code == 302
    assert "Asked to bring its application up to date" in officer.get(at).content.decode()
