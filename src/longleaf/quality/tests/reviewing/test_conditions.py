"""A condition is reported as met, and confirmed or returned; and whoever has to do something is reminded of it."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Endorsement
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import BadInput
from longleaf.panels.errors import ReasonMissing
from longleaf.quality import deciding as decisions
from longleaf.quality import stating
from longleaf.quality.errors import (
    ConditionIsMet,
    NoReportWaits,
    NoSuchCondition,
    OtherReportWaits,
    ReportedItThemselves,
    ReportWaits,
    UnusableReport,
)
from longleaf.quality.models import Condition, ConditionReport, Review
from longleaf.quality.oversight import suspending
from longleaf.quality.queries import holding_on_version
from longleaf.quality.reviewing import conditions, deciding, reminding
from longleaf.quality.reviewing.deciding import Asked
from longleaf.quality.status import Outcome
from longleaf.quality.tests.reviewing import stage
from longleaf.reminders import reminding as reminders
from longleaf.reminders.models import Reminder
from tests import cast

TODAY = timezone.localdate()
UNTIL, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=300)


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (20, 20), "green").save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture
def decided(review: Review, agency, state_officer) -> Review:
    signing_keys.create_key(organisation=agency, acting_person=None)
    for seat in stage.seats(review):
        stage.read(seat, S2_a=stage.NOT_YET)
    review.refresh_from_db()
    return deciding.decide(
        review=review,
        outcome=Outcome.CONDITIONS,
        letter="It was read with care.",
        valid_until=LATER,
        conditions=[Asked("Add a glossary.", UNTIL), Asked("Add captions.", UNTIL)],
        acting_person=state_officer,
    )


@pytest.fixture
def condition(decided: Review) -> Condition:
    return Condition.objects.get(review=decided, number=1)


def report(condition, person, text="The glossary is on page 3.", **facts):
    return conditions.report_met(condition=condition, text=text, acting_person=person, **facts)


def test_an_issuer_reports_and_the_agency_returns_with_a_reason_and_then_confirms(
    condition, designer, state_officer, stranger
):
    for outsider in (state_officer, stranger):
        with pytest.raises(NoSuchCondition):
            report(condition, outsider)
    with pytest.raises(UnusableReport):
        report(condition, designer, text="  ")
    first = report(condition, designer)
    with pytest.raises(ReportWaits):
        report(condition, designer)
    assert [each.is_reported for each in conditions.open_conditions(state_officer)] == [True, False]
    with pytest.raises(NoSuchCondition):
        conditions.return_report(condition=condition, report=first.ref, reason="No.", acting_person=designer)
    with pytest.raises(ReasonMissing):
        conditions.return_report(condition=condition, report=first.ref, reason=" ", acting_person=state_officer)
    conditions.return_report(
        condition=condition, report=first.ref, reason="Page 3 has none.", acting_person=state_officer
    )
    with pytest.raises(NoReportWaits):
        conditions.return_report(condition=condition, report="", reason="Again.", acting_person=state_officer)
    second = report(condition, designer, text="Now it has one.")
    conditions.note_met(condition=condition, report=second.ref, note="Seen on page 3.", acting_person=state_officer)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.answer) == ("returned", "Page 3 has none.")
    assert (second.status, second.answer, second.answered_by) == ("confirmed", "Seen on page 3.", state_officer)
    with pytest.raises(ConditionIsMet):
        report(condition, designer)
    told = list(JournalLine.objects.filter(event__startswith="quality:condition:").values_list("event", flat=True))
    reported = "quality:condition:reported-met"
    assert told == [reported, "quality:condition:not-met-yet", reported, "quality:condition:met"]


def test_a_file_comes_in_cleaned_and_goes_out_to_be_kept_and_a_refused_one_leaves_nothing(
    condition, designer, state_officer, stranger, client_of
):
    with pytest.raises(BadInput):
        report(condition, designer, file=io.BytesIO(b"MZ not welcome"), name="a.pdf", size=14)
    with pytest.raises(UnusableReport):
        report(condition, designer, file=io.BytesIO(b""), name="a.pdf", size=30_000_000)
    assert not ConditionReport.objects.exists()
    at = f"/quality/reviews/{condition.review.ref}/conditions/1/"
    posted = {"text": "See the picture.", "file": SimpleUploadedFile("page.png", picture())}
    assert client_of(designer).post(at, posted).status_code == 302
    kept = ConditionReport.objects.get()
    assert default_storage.exists(kept.stored_as)
    address = f"{at}{kept.ref}/file/"
    for reader in (designer, state_officer):
        response = client_of(reader).get(address)
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Content-Type"] == "image/png"
        assert b"".join(response.streaming_content)
    assert client_of(stranger).get(address).status_code == 404


def test_the_pages_report_answer_and_write_a_letter_and_nothing_typed_is_lost(
    condition, designer, state_officer, stranger, client_of
):
    client, officer = client_of(designer), client_of(state_officer)
    review = f"/quality/reviews/{condition.review.ref}/"
    at = f"{review}conditions/1/"
    assert at in client.get(review).content.decode()
    assert "Report that it is met" in client.get(at).content.decode()
    refused = client.post(at, {"text": "It is there.", "file": SimpleUploadedFile("a.pdf", b"MZ no")})
    assert refused.status_code == 422
    assert "It is there." in refused.content.decode()
    client.post(at, {"text": "The glossary is on page 3."})
    waiting = ConditionReport.objects.get()
    assert client_of(designer).get(f"{at}{waiting.ref}/letter/").status_code == 404
    assert '<form method="post" action="' + at not in client.get(at).content.decode()
    assert "The glossary is on page 3." in officer.get("/quality/follow-up/").content.decode()
    seen = {"report": waiting.ref}
    assert f'name="report" value="{waiting.ref}"' in officer.get("/quality/follow-up/").content.decode()
    assert officer.post(f"{at}met/", {**seen, "act": "return", "note": ""}).status_code == 422
    assert officer.post(f"{at}met/", {**seen, "act": "return", "note": "There is none."}).status_code == 302
    letter = unescape(client.get(f"{at}{waiting.ref}/letter/").content.decode())
    assert "is not met yet" in letter
    assert "There is none." in letter
    client.post(at, {"text": "Now there is."})
    seen = {"report": ConditionReport.objects.get(status="waiting").ref}
    officer.post(f"{at}met/", {**seen, "act": "met", "note": "Seen."})
    confirmed = ConditionReport.objects.get(status="confirmed")
    assert "It is met. Seen." in unescape(client.get(f"{at}{confirmed.ref}/letter/").content.decode())
    for address in (at, f"{at}{confirmed.ref}/letter/"):
        assert client_of(stranger).get(address).status_code == 404
        assert officer.get(address).status_code == 200


def test_the_home_page_of_an_officer_counts_what_is_reported(condition, designer, state_officer, client_of):
    client, told = client_of(state_officer), "1 condition reported as met waits"
    assert told not in unescape(client.get("/").content.decode())
    report(condition, designer)
    assert told in unescape(client.get("/").content.decode())


def test_an_officer_answers_the_report_they_saw_and_no_other(condition, designer, issuing_officer, state_officer):
    facts = {"condition": condition, "acting_person": state_officer}
    first = report(condition, designer)
    with pytest.raises(OtherReportWaits):
        conditions.note_met(note="Seen without a report.", **facts)
    conditions.return_report(report=first.ref, reason="Page 3 has none.", **facts)
    second = report(condition, designer, text="Now it has one.")
    with pytest.raises(OtherReportWaits):
        conditions.note_met(report=first.ref, note="Seen.", **facts)
    with pytest.raises(OtherReportWaits):
        conditions.return_report(report=first.ref, reason="There is none.", **facts)
    second.refresh_from_db()
    assert second.status == "waiting"


def test_whoever_reported_it_does_not_confirm_it(condition, issuer, agency):
    both = cast.make_person("Bo Both", (issuer, Role.DESIGNER), (agency, Role.STATE_OFFICER))
    said = report(condition, both)
    with pytest.raises(ReportedItThemselves):
        conditions.note_met(condition=condition, report=said.ref, note="Seen.", acting_person=both)
    condition.refresh_from_db()
    assert condition.met_on is None


def test_whoever_was_slower_finds_what_they_typed_on_the_page_as_it_is_now(
    condition, designer, state_officer, client_of
):
    at, officer = f"/quality/reviews/{condition.review.ref}/conditions/1/", client_of(state_officer)
    report(condition, designer)
    refused = officer.post(f"{at}met/", {"note": "I saw it in class."})
    assert refused.status_code == 409
    told = unescape(refused.content.decode())
    assert "I saw it in class.</textarea>" in told
    assert "The glossary is on page 3." in told
    refused = client_of(designer).post(at, {"text": "It is on page 4."})
    assert refused.status_code == 409
    assert "It is on page 4." in refused.content.decode()
    said = ConditionReport.objects.get()
    conditions.note_met(condition=condition, report=said.ref, note="Seen.", acting_person=state_officer)
    for typed in ({"report": said.ref, "act": "return"}, {"report": said.ref}):
        refused = officer.post(f"{at}met/", {**typed, "note": "It is not on page 3."})
        assert refused.status_code == 409
        assert "It is not on page 3." in refused.content.decode()


def told(gather, now: datetime | None = None) -> set[tuple[int, str]]:
    return {(due.person, due.about) for due in gather(now or timezone.now())}


def test_conditions_are_told_to_the_issuer_until_reported_and_then_to_the_agency(
    condition, designer, issuing_officer, state_officer
):
    about = [f"condition:{condition.review.ref}/{number}" for number in (1, 2)]
    both = {(person.pk, each) for person in (designer, issuing_officer) for each in about}
    assert told(reminding.conditions_due) == both
    assert told(reminding.conditions_overdue) == {(state_officer.pk, each) for each in about}
    assert told(reminding.conditions_reported) == set()
    said = report(condition, designer)
    assert told(reminding.conditions_due) == {(pk, each) for pk, each in both if each == about[1]}
    assert told(reminding.conditions_reported) == {(state_officer.pk, f"report:{said.ref}")}
    conditions.note_met(condition=condition, report=said.ref, note="Seen.", acting_person=state_officer)
    assert told(reminding.conditions_reported) == set()


def test_they_are_reminded_before_the_day_and_after_it(condition, designer, state_officer):
    def of(person, kind, days):
        reminders.remind(now=timezone.now() + timedelta(days=days))
        return {each.says for each in Reminder.objects.filter(person=person, kind=kind, settled_at__isnull=True)}

    assert any("is to be met by" in says for says in of(designer, "condition-due", 15))
    assert of(state_officer, "condition-overdue", 15) == set()
    assert any("was to be met by" in says for says in of(designer, "condition-due", 24))
    assert any("was to be met by" in says for says in of(state_officer, "condition-overdue", 24))


def test_conditions_hold_through_a_suspension_and_end_with_what_is_decided_anew(
    condition, version, agency, state_officer, designer
):
    both = list(Condition.objects.order_by("pk"))
    facts = {"subject": version, "agency": agency, "acting_person": state_officer}
    suspending.suspend(reason="A complaint.", **facts)
    assert conditions.in_force(TODAY) == both
    suspending.lift(reason="It was none.", **facts)
    assert conditions.in_force(TODAY) == both
    suspending.withdraw(reason="It is gone.", **facts)
    assert conditions.in_force(TODAY) == []


def test_a_further_review_ends_the_conditions_of_the_one_before(condition, version, designer, state_officer):
    again = stage.hand_in(version, designer)
    for seat in stage.seats(again):
        stage.read(seat)
    again.refresh_from_db()
    deciding.decide(
        review=again, outcome=Outcome.RECOGNISED, letter="Good.", valid_until=LATER, acting_person=state_officer
    )
    assert conditions.in_force(TODAY) == []


def test_recognitions_that_end_are_told_unless_they_are_in_review_again(
    decided, version, designer, issuing_officer, state_officer, agency
):
    assert told(reminding.recognitions_end) == set()
    soon = timezone.now() + timedelta(days=200)
    about = f"quality-decision:{decided.decision_id}"
    assert told(reminding.recognitions_end, soon) == {(designer.pk, about), (issuing_officer.pk, about)}
    assert told(reminding.recognitions_end_for_agency, soon) == {(state_officer.pk, about)}
    after = timezone.now() + timedelta(days=320)
    assert {due.late for due in reminding.recognitions_end(after)} != set()
    stage.hand_in(version, designer)
    assert told(reminding.recognitions_end, soon) == set()


def test_what_says_that_it_is_looked_at_again_is_told_to_issuer_and_recognizing_agency(
    decided, version, designer, issuing_officer, state_officer
):
    by = version.review_by
    assert by.isoformat() == version.document["review_by"]
    near = datetime(by.year, by.month, by.day, 12, tzinfo=UTC) - timedelta(days=100)
    about = f"version:{version.uuid}"
    assert told(reminding.designs_to_look_at, near) == {(designer.pk, about), (issuing_officer.pk, about)}
    # The recognition has ended by then, so the agency has nothing to look after any more.
    assert told(reminding.designs_to_look_at_for_agency, near) == set()
    decisions.record_decision(
        state=version.micro_credential.state, decided_by=decided.agency, version=version, outcome=Outcome.RECOGNISED,
        valid_from=TODAY, valid_until=None, instrument=decided.instrument, acting_person=state_officer, anew=True,
    )  # fmt: skip
    assert told(reminding.designs_to_look_at_for_agency, near) == {(state_officer.pk, about)}


def test_questions_do_not_grow_with_the_conditions_or_the_recognitions(
    decided, state, issuer, agency, instrument, designer, issuing_officer, client_of, state_officer
):
    soon = timezone.now() + timedelta(days=200)
    sources = [
        reminding.conditions_due, reminding.conditions_overdue, reminding.conditions_reported,
        reminding.recognitions_end, reminding.recognitions_end_for_agency,
        reminding.designs_to_look_at, reminding.designs_to_look_at_for_agency,
    ]  # fmt: skip

    def asked() -> list[int]:
        found = []
        for gather in sources:
            with CaptureQueriesContext(connection) as queries:
                list(gather(soon))
            found.append(len(queries))
        client = client_of(state_officer)
        client.get("/quality/follow-up/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/quality/follow-up/").status_code == 200
        return [*found, len(queries)]

    report(Condition.objects.get(number=1), designer)
    few = asked()
    for number in range(8):
        made = cast.publish(state, issuer, cast.make_document(slug=f"further-{number}"))
        decisions.record_decision(
            state=state, decided_by=agency, version=made, outcome=Outcome.RECOGNISED, valid_from=TODAY,
            valid_until=LATER, instrument=instrument, acting_person=state_officer,
        )  # fmt: skip
    review = Condition.objects.get(number=1).review
    for number in range(3, 12):
        further = Condition.objects.create(review=review, number=number, what="More.", until=UNTIL)
        if number % 2:
            report(further, designer)
    assert asked() == few


def meet(review: Review, officer, *numbers: int) -> None:
    for each in Condition.objects.filter(review=review, number__in=numbers):
        conditions.note_met(condition=each, note="Seen.", acting_person=officer)


def test_the_last_condition_met_is_recognised_without_any_for_the_same_term(decided, version, state_officer):
    before = decided.decision
    meet(decided, state_officer, 1)
    assert holding_on_version(version, TODAY)[0].decision == before
    meet(decided, state_officer, 2)
    (holding,) = holding_on_version(version, TODAY)
    now = holding.decision
    assert (now.outcome, now.conditions, now.valid_until) == ("recognised", "", before.valid_until)
    assert (now.instrument, now.standing) == (before.instrument, before.standing)
    statement = stating.stated(holding)
    assert statement is not None
    assert statement.stands
    assert Endorsement.objects.get(occasion=stating.occasion_of(before)).status == "ended"
    assert "with conditions" not in Endorsement.objects.get(occasion=stating.occasion_of(now)).comment


def test_what_was_suspended_comes_back_without_conditions_that_were_met_meanwhile(
    decided, version, agency, state_officer
):
    facts = {"subject": version, "agency": agency, "acting_person": state_officer}
    suspending.suspend(reason="A complaint.", **facts)
    meet(decided, state_officer, 1, 2)
    assert [each.decision.outcome for each in holding_on_version(version, TODAY)] == ["suspended"]
    back = suspending.lift(reason="It was none.", **facts)
    assert (back.outcome, back.conditions, back.valid_until) == ("recognised", "", LATER)


def test_what_nobody_asks_for_any_more_is_not_listed_as_open(decided, version, agency, state_officer):
    assert conditions.open_conditions(state_officer).count() == 2
    suspending.withdraw(subject=version, agency=agency, reason="It is gone.", acting_person=state_officer)
    assert not conditions.open_conditions(state_officer).exists()


def test_the_register_tells_open_and_overdue_conditions_on_its_page_and_in_its_files(
    decided, version, state_officer, client
):
    Condition.objects.filter(number=2).update(until=TODAY - timedelta(days=3))
    (entry,) = client.get("/register/register.json").json()["entries"]
    assert (entry["conditions_open"], entry["conditions_overdue"]) == (2, 1)
    page = client.get(f"/register/{version.micro_credential.slug}/").content.decode()
    assert "Overdue" in page
    assert page.count(">Open<") == 1
    meet(decided, state_officer, 1, 2)
    (entry,) = client.get("/register/register.json").json()["entries"]
    assert (entry["status"], entry["conditions_open"], entry["conditions_overdue"]) == ("recognised", 0, 0)
