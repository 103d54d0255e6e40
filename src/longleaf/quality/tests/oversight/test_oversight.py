"""After a recognition: suspended, lifted, withdrawn; complained about; drawn for an audit."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Endorsement
from longleaf.catalog.studio import drafting, going_public
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.panels.errors import ReasonMissing
from longleaf.panels.models import Assignment
from longleaf.quality import deciding, queries
from longleaf.quality.errors import (
    ComplainedThemselves,
    MayNotDecide,
    NoSuchComplaint,
    NothingToEnd,
    NothingToLift,
    ReadsDesigns,
    UnusableComplaint,
    UnusableSample,
)
from longleaf.quality.models import Complaint, Review
from longleaf.quality.oversight import auditing, complaining, suspending
from longleaf.quality.reviewing.handing_in import call_in
from longleaf.quality.status import Cause, Outcome
from longleaf.quality.tests.reviewing import stage
from tests import cast

JANUARY, LATER = date(2026, 1, 1), date(2099, 1, 1)


@pytest.fixture
def recognise(state, agency):
    signing_keys.create_key(organisation=agency, acting_person=None)

    def recorded(version, outcome=Outcome.RECOGNISED, **facts):
        facts = {"valid_from": JANUARY, "valid_until": LATER, **facts}
        return deciding.record_decision(
            state=state, decided_by=agency, version=version, outcome=outcome, acting_person=None, **facts
        )

    return recorded


@pytest.fixture
def act(agency, version, state_officer):
    def done(verb, acting_person=state_officer, reason="It shows pupils' names."):
        return verb(subject=version, agency=agency, reason=reason, acting_person=acting_person)

    return done


def tomorrow():
    return time_machine.travel(timezone.now() + timedelta(days=1), tick=False)


def test_a_suspension_ends_the_statement_until_it_is_lifted_and_the_catalog_says_so(recognise, version, act, client):
    recognise(version, Outcome.CONDITIONS, conditions="Add a glossary.")
    at = f"/catalog/{version.micro_credential.slug}/"
    assert "Sign in to begin" in client.get(at).content.decode()
    act(suspending.suspend)
    assert Endorsement.objects.get().status == "ended"
    page = unescape(client.get(at).content.decode())
    assert "Sign in to begin" not in page
    assert "Nobody begins on it until that is lifted." in page
    with tomorrow():
        again = act(suspending.lift)
        assert (again.outcome, again.conditions, again.valid_until) == ("conditions", "Add a glossary.", LATER)
        assert Endorsement.objects.filter(status="issued").count() == 1
        assert queries.closed_by(version, timezone.localdate()) is None


def test_only_what_holds_is_ended_by_officers_who_say_why(recognise, version, act, designer):
    with pytest.raises(NothingToEnd):
        act(suspending.suspend)
    recognise(version)
    with pytest.raises(MayNotDecide):
        act(suspending.suspend, acting_person=designer)
    with pytest.raises(ReasonMissing):
        act(suspending.withdraw, reason=" ")
    with pytest.raises(NothingToLift):
        act(suspending.lift)
    act(suspending.suspend)
    with tomorrow():
        act(suspending.withdraw)
        with pytest.raises(NothingToEnd):
            act(suspending.withdraw)


def test_an_officer_ends_a_recognition_on_a_page_and_the_register_says_why(
    recognise, version, client_of, state_officer, educator, client
):
    recognise(version)
    officer, at = client_of(state_officer), f"/quality/oversight/of/{version.micro_credential.slug}/"
    report = f"/register/{version.micro_credential.slug}/"
    assert at in officer.get(report).content.decode()
    assert at not in client_of(educator).get(report).content.decode()
    assert client_of(educator).get(at).status_code == 404
    assert client_of(educator).get("/quality/oversight/").status_code == 404
    assert officer.post(at, {"action": "suspend", "reason": ""}).status_code == 422
    assert officer.post(at, {"action": "suspend", "reason": "It shows names."}).status_code == 302
    page = client.get(report).content.decode()
    assert "Recognition suspended" in page
    assert "It shows names." in page
    assert client.get("/register/register.json", {"state": "suspended"}).json()["entries"]


def test_a_complaint_is_answered_and_nobody_else_learns_of_it(
    version, educator, other_educator, designer, state_officer, client_of
):
    at = f"/quality/oversight/complaints/about/{version.micro_credential.slug}/"
    assert client_of(None).get(at).status_code == 302
    client = client_of(educator)
    assert client.post(at, {"text": " "}).status_code == 422
    made = client.post(at, {"text": "The link is *dead*."})["Location"]
    assert "<em>dead</em>" in client.get(made).content.decode()
    for other in (other_educator, designer):
        assert client_of(other).get(made).status_code == 404
    assert client.post(made, {"upheld": "yes", "answer": "Mine."}).status_code == 404
    officer = client_of(state_officer)
    assert educator.name in officer.get(made).content.decode()
    assert made in officer.get("/quality/oversight/").content.decode()
    assert officer.post(made, {"answer": "We looked."}).status_code == 422
    assert officer.post(made, {"upheld": "yes", "answer": "We looked."}).status_code == 302
    told = client.get(made).content.decode()
    assert "We looked." in told
    assert state_officer.name not in told
    assert not JournalLine.objects.filter(event="quality:complaint:made", actor=educator.ref).exists()


def test_a_complaint_is_about_the_version_that_is_recognized_or_named(
    recognise, version, state, issuer, educator, state_officer, client_of
):
    recognise(version)
    slug = version.micro_credential.slug
    cast.publish(state, issuer, cast.make_document(title="Feedback, told anew"))
    at = f"/quality/oversight/complaints/about/{slug}/"

    def about(address: str) -> int:
        made = client_of(educator).post(address, {"text": "The link is dead."})["Location"]
        page = client_of(state_officer).get(made).content.decode()
        number = Complaint.objects.get(ref=made.rstrip("/").rpartition("/")[2]).version.number
        assert f"/quality/oversight/of/{slug}/?version={number}" in page
        return number

    assert [about(at), about(f"{at}?version=2"), about(f"{at}?version=1")] == [1, 2, 1]


def test_a_complaint_is_answered_once_by_an_officer(version, educator, designer, state_officer):
    complaint = complaining.complain(subject=version, text="The link is dead.", acting_person=educator)
    facts = {"complaint": complaint, "upheld": False}
    with pytest.raises(NoSuchComplaint):
        complaining.answer(text="No.", acting_person=designer, **facts)
    with pytest.raises(UnusableComplaint):
        complaining.answer(text=" ", acting_person=state_officer, **facts)
    complaining.answer(text="It works.", acting_person=state_officer, **facts)
    with pytest.raises(WrongState):
        complaining.answer(text="It works.", acting_person=state_officer, **facts)


def test_nobody_answers_their_own_complaint(version, state_officer, agency, client_of):
    complaint = complaining.complain(subject=version, text="The link is dead.", acting_person=state_officer)
    with pytest.raises(ComplainedThemselves):
        complaining.answer(complaint=complaint, upheld=True, text="So it is.", acting_person=state_officer)
    at, own = f"/quality/oversight/complaints/{complaint.ref}/", client_of(state_officer)
    assert "Is it upheld?" not in own.get(at).content.decode()
    assert own.post(at, {"upheld": "yes", "answer": "So it is."}).status_code == 403
    other = cast.make_person("Ora Officer", (agency, Role.STATE_OFFICER))
    assert "Is it upheld?" in client_of(other).get(at).content.decode()
    assert complaining.answer(complaint=complaint, upheld=True, text="So it is.", acting_person=other).answer


def test_a_sample_of_what_is_recognised_is_read_anew(
    recognise, state, issuer, agency, version, client_of, state_officer
):
    stage.publish(state)
    stage.make_reviewers(agency)
    recognise(version)
    cast.publish(state, issuer, cast.make_document(slug="unknown", title="Never recognized"))
    with pytest.raises(UnusableSample):
        auditing.draw_sample(agency=agency, number=0, acting_person=state_officer)
    client = client_of(state_officer)
    assert client.post("/quality/oversight/sample/", {"number": "many"}).status_code == 422
    assert client.post("/quality/oversight/sample/", {"number": "9"}).status_code == 302
    review = Review.objects.get()
    assert (review.version, review.cause) == (version, "audit")
    assert JournalLine.objects.get(event="quality:sample:drawn").data["out_of"] == 1
    # What is in review already is not drawn again.
    assert auditing.draw_sample(agency=agency, number=1, acting_person=state_officer) == []
    seat = stage.seats(review)[0]
    assert "udit" not in client_of(seat.rater).get(f"/quality/readings/{seat.ref}/").content.decode()


def test_officers_pages_and_a_drawn_sample_ask_as_much_of_many_as_of_few(
    recognise, state, issuer, agency, state_officer, educator, client_of
):
    def asked():
        with CaptureQueriesContext(connection) as page:
            told = client.get("/quality/oversight/").content.decode()
        with CaptureQueriesContext(connection) as draw:
            (review,) = auditing.draw_sample(agency=agency, number=1, acting_person=state_officer)
        assert review.cause == Cause.AUDIT
        return len(page), len(draw), len(told)

    def more(count):
        for number in range(count):
            made = cast.publish(state, issuer, cast.make_document(slug=f"made-{count}-{number}"))
            recognise(made)
            complaining.complain(subject=made, text="Broken.", acting_person=educator)

    stage.publish(state)
    stage.make_reviewers(agency)
    client = client_of(state_officer)
    more(3)
    # The first one also keeps the rubric that all are read by.
    asked()
    few, many = asked(), (more(12), asked())[1]
    assert few[:2] == many[:2]
    assert few[2] < many[2]
    assert JournalLine.objects.filter(event="quality:sample:drawn").last().data["out_of"] == 13


def test_an_officer_who_reads_a_design_calls_none_in_so_that_no_answer_tells_which_are_in_review(
    recognise, state, issuer, agency, version, client_of, state_officer
):
    stage.publish(state)
    stage.make_reviewers(agency)
    recognise(version)
    other = cast.publish(state, issuer, cast.make_document(slug="unread", title="Never read"))
    both = cast.make_person("Bo Both", (agency, Role.REVIEWER), (agency, Role.STATE_OFFICER))
    review = auditing.call_in(subject=version, cause=Cause.AUDIT, acting_person=state_officer)
    Assignment.objects.filter(pk=stage.seats(review)[0].pk).update(rater=both)
    client, answers = client_of(both), set()
    for each in (version, other):
        at = f"/quality/oversight/of/{each.micro_credential.slug}/"
        assert "Call it in for review" not in client.get(at).content.decode()
        refused = client.post(at, {"action": "call_in", "reason": "Pupils are named."})
        assert "Pupils are named." in refused.content.decode()
        with pytest.raises(ReadsDesigns) as refusal:
            auditing.call_in(subject=each, cause=Cause.AUDIT, acting_person=both)
        answers.add((refused.status_code, str(refusal.value)))
    assert len(answers) == 1
    # What is drawn and what is not would tell it as well.
    assert client.post("/quality/oversight/sample/", {"number": "9"}).status_code == 403
    assert Review.objects.count() == 1


def test_what_was_closed_is_not_opened_by_a_design_that_was_returned(
    recognise, version, act, designer, issuing_officer, state, agency
):
    recognise(version)
    act(suspending.suspend)
    draft = drafting.begin_next(version=version, acting_person=designer)
    newer = going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    with tomorrow():
        for each in (version, newer):
            deciding.record_decision(
                state=state,
                decided_by=agency,
                version=each,
                outcome=Outcome.RETURNED,
                valid_from=timezone.localdate(),
                acting_person=None,
            )
            assert queries.closed_by(newer, timezone.localdate()).outcome == Outcome.SUSPENDED
        assert queries.closed_by(version, timezone.localdate()).outcome == Outcome.SUSPENDED


def test_an_issuer_is_not_told_what_one_officer_writes_to_another(
    state, agency, version, state_officer, designer, client_of
):
    stage.publish(state)
    stage.make_reviewers(agency)
    called = call_in(version=version, cause=Cause.COMPLAINT, note="Pupils are named.", acting_person=state_officer)
    at = f"/quality/reviews/{called.ref}/"
    page = client_of(state_officer).get(at).content.decode()
    assert "Why the agency called it in" in page
    assert "Pupils are named." in page
    theirs = client_of(designer).get(at).content.decode()
    assert "Called in after a complaint" in theirs
    assert "Why the agency called it in" not in theirs
    assert "Pupils are named." not in theirs


@pytest.mark.parametrize(
    ("because", "cause"),
    [("", Cause.CALLED_IN), ("complaint", Cause.COMPLAINT), ("alarm", Cause.ALARM), ("audit", Cause.CALLED_IN)],
)
def test_a_review_tells_after_what_it_was_called_in(because, cause, state, agency, version, state_officer, client_of):
    stage.publish(state)
    stage.make_reviewers(agency)
    at = f"/quality/oversight/of/{version.micro_credential.slug}/?because={because}"
    client_of(state_officer).post(at, {"action": "call_in", "reason": "Look at it."})
    assert Review.objects.get().cause == cause


# --- Several decisions on one day ------------------------------------------------------------------------------------


def test_what_was_decided_today_can_be_ended_today_and_let_hold_again(recognise, version, act, client):
    recognise(version, valid_from=timezone.localdate())
    for verb, closed in ((suspending.suspend, True), (suspending.lift, False), (suspending.suspend, True)):
        act(verb)
        assert bool(queries.closed_by(version, timezone.localdate())) is closed
    act(suspending.withdraw)
    told = client.get("/register/register.json").json()["entries"]
    assert [each["status"] for each in told] == ["withdrawn"]
    # The feeds tell each of them, the last one first.
    titles = [each["title"] for each in client.get("/register/feed.json").json()["items"]]
    assert [title.rpartition(": ")[2] for title in titles] == [
        "Withdrawn", "Recognition suspended", "Recognized", "Recognition suspended", "Recognized",
    ]  # fmt: skip
    assert Endorsement.objects.filter(status="issued").count() == 0


def test_a_reason_that_comes_too_late_is_not_lost(recognise, version, act, client_of, state_officer):
    recognise(version)
    at, officer = f"/quality/oversight/of/{version.micro_credential.slug}/", client_of(state_officer)
    act(suspending.withdraw)
    late = officer.post(at, {"action": "suspend", "reason": "Typed for a long time."})
    assert late.status_code == 409
    assert "Typed for a long time." in late.content.decode()
    assert "does not recognize" in unescape(late.content.decode())


def test_an_earlier_version_is_looked_after_too(
    recognise, version, act, designer, issuing_officer, client_of, state_officer
):
    recognise(version)
    draft = drafting.begin_next(version=version, acting_person=designer)
    newer = going_public.publish_draft(draft=draft, acting_person=issuing_officer)
    recognise(newer)
    at, officer = f"/quality/oversight/of/{version.micro_credential.slug}/", client_of(state_officer)
    assert f"{at}?version=1" in officer.get(f"/register/{version.micro_credential.slug}/").content.decode()
    assert "version 1" in officer.get(f"{at}?version=1").content.decode()
    done = officer.post(f"{at}?version=1", {"action": "suspend", "reason": "It shows names."})
    assert done["Location"] == f"{at}?version=1"
    today = timezone.localdate()
    (first,), (second,) = queries.holding_on_version(version, today), queries.holding_on_version(newer, today)
    assert (first.decision.outcome, second.decision.outcome) == (Outcome.SUSPENDED, Outcome.RECOGNISED)
    assert officer.get(f"{at}?version=9").status_code == 404


def test_the_catalog_marks_what_nobody_begins_on(recognise, version, act, issuer, client, state, items):
    cast.publish(state, issuer, cast.make_document("another"), [items["MTS-2"]])
    recognise(version)
    act(suspending.suspend)
    for at in ("/catalog/", f"/catalog/issuers/{issuer.slug}/"):
        assert client.get(at).content.decode().count("Recognition suspended") == 1
