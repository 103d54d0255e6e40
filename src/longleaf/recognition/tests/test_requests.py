"""Requests for credit: sent, asked back, decided by another, appealed once; what follows from them, and who may."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from longleaf.directory import enrolling
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.kit.errors import WrongState
from longleaf.recognition import ledgers, records, ruling
from longleaf.recognition.credit_requests import appealing, asking, deciding, documents, queries, reminding
from longleaf.recognition.credit_requests.soundness import Grant
from longleaf.recognition.errors import AppealOver, MayNotAsk, NoSuchRequest, UnusableDecision, UnusableRequest
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditRequest, OtherCredit
from longleaf.recognition.status import REQUEST_MOVES, RequestStatus
from longleaf.recognition.tests.factories import SURE, draft_of, license_for, load, request_for_credit, workshop
from tests import cast

DESK = "/renewal/desk/"


@pytest.fixture(autouse=True)
def licence(state: Any, educator: Any) -> Any:
    load(state)
    return license_for(educator, state)


@pytest.fixture
def sent(educator: Any) -> CreditRequest:
    return request_for_credit(educator)


@pytest.fixture
def neighbour(other_district: Any) -> Any:
    return cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def counted(person: Any) -> Decimal:
    return ledgers.standing_of(person, on=date(2026, 10, 1)).ledger.total_counted


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_a_request_is_due_in_business_days_of_the_state(sent):
    assert sent.status == RequestStatus.SENT
    assert sent.due_on > timezone.localdate() + timedelta(days=11)
    line = JournalLine.objects.get(event=Event.REQUEST_SENT)
    assert (line.subject, line.actor_name) == (f"credit-request:{sent.ref}", "Erin Earner")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"kind": "unknown"}, "kind"),
        ({"amount": None}, "amount"),
        ({"earned_on": None}, "earned_on"),
        ({"earned_on": date(2090, 1, 1)}, "earned_on"),
        ({"begins_on": date(2026, 3, 1)}, "earned_on"),
        ({"category": "unknown"}, "category"),
        ({"statement": ""}, "statement"),
        ({"sort": "prior_approval", "begins_on": date(2026, 2, 1)}, "begins_on"),
        ({"sort": "prior_approval", "begins_on": None}, "begins_on"),
        ({"sort": "category", "category": "growth"}, "about"),
        ({"sort": "other", "statement": ""}, "statement"),
    ],
)
def test_what_lacks_something_stays_a_draft_and_says_what(facts, field, educator):
    draft = draft_of(educator, **facts)
    with pytest.raises(UnusableRequest) as refused:
        asking.send(request=draft, acting_person=educator)
    assert set(refused.value.fields) == {field}
    draft.refresh_from_db()
    assert draft.status == RequestStatus.DRAFT


def test_nobody_asks_without_a_school_unit_nor_about_somebody_elses_credit(educator, other_educator, stranger):
    with pytest.raises(MayNotAsk):
        draft_of(stranger)
    with pytest.raises(UnusableRequest) as refused:
        draft_of(educator, about=workshop(other_educator))
    assert "about" in refused.value.fields


def test_a_draft_that_is_taken_back_is_gone_and_what_was_sent_is_not(educator, sent):
    asking.withdraw(request=draft_of(educator), acting_person=educator)
    asking.withdraw(request=sent, acting_person=educator)
    assert CreditRequest.objects.get().status == RequestStatus.WITHDRAWN
    with pytest.raises(WrongState):
        asking.send(request=sent, acting_person=educator)


# --- Deciding --------------------------------------------------------------------------------------------------------


def test_what_is_approved_is_a_line_of_the_ledger_once(sent, educator, psu_officer):
    assert counted(educator) == 0
    deciding.approve(request=sent, reason="The certificate shows it.", acting_person=psu_officer)
    assert counted(educator) == 1
    with pytest.raises(WrongState):
        deciding.approve(request=sent, reason="Again.", acting_person=psu_officer)
    assert OtherCredit.objects.count() == 1


def test_something_else_than_asked_may_be_approved(sent, educator, psu_officer):
    grant = Grant("clock_hour", Decimal(5), "growth")
    decided = deciding.approve(request=sent, reason="Half a day each.", grant=grant, acting_person=psu_officer)
    assert not decided.is_as_asked
    assert counted(educator) == Decimal("0.5")
    assert decided.credit.categories_claimed == ["growth"]
    with pytest.raises(UnusableDecision):
        deciding.approve(
            request=request_for_credit(educator), reason="So.", grant=Grant("", None, "?"), acting_person=psu_officer
        )


def test_a_category_is_added_to_the_credit_it_is_about(educator, psu_officer):
    credit = workshop(educator)
    sent = request_for_credit(educator, sort="category", about=credit, category="growth", kind="", amount=None)
    deciding.approve(request=sent, reason="It was on growth.", acting_person=psu_officer)
    credit.refresh_from_db()
    assert credit.categories_claimed == ["growth"]
    assert OtherCredit.objects.count() == 1
    assert JournalLine.objects.get(event=Event.CREDIT_AMENDED).data["before"]["categories"] == []


CARRY = {"id": "MD-carry", "title": "Up to two of the last six months", "at_most": 2, "months": 6, **SURE}
WINDOW = {"id": "MD-window", "title": "Inside the cycle, or carried over", "carry_over": CARRY, **SURE}
EARLIER = date(2024, 5, 1)


def test_what_is_carried_over_counts_without_what_counted_before(state, educator, psu_officer, state_officer):
    load(state, window=WINDOW)
    with pytest.raises(UnusableRequest) as refused:
        request_for_credit(educator, sort="carried_over", earned_on=EARLIER, amount=Decimal(20))
    assert set(refused.value.fields) == {"counted_before"}
    facts = {"sort": "carried_over", "earned_on": EARLIER, "amount": Decimal(20), "counted_before": Decimal("0.5")}
    sent = request_for_credit(educator, **facts)
    comparison = queries.if_approved(sent, deciding.asked_grant(sent), on=timezone.localdate())
    assert comparison is not None
    decided = deciding.approve(request=sent, reason="The earlier ledger shows it.", acting_person=psu_officer)
    assert decided.is_as_asked
    assert counted(educator) == comparison.after.total_counted == Decimal("1.5")
    less = request_for_credit(educator, **facts)
    grant = Grant("clock_hour", Decimal(20), "", Decimal(2))
    less = deciding.approve(request=less, reason="All of it counted.", grant=grant, acting_person=psu_officer)
    assert counted(educator) == Decimal("1.5")
    appealed = appealing.appeal(request=less, text="Half of it did not.", acting_person=educator)
    appealing.rule(request=appealed, is_granted=True, ruling="So it is.", acting_person=state_officer)
    assert counted(educator) == 2, "no more than two are carried over"


def test_what_counted_before_is_noted_on_a_credit_that_is_on_record(state, educator, psu_officer):
    load(state, window=WINDOW)
    credit = workshop(educator, hours="20", earned_on=EARLIER)
    assert counted(educator) == 2
    facts = {"kind": "", "amount": None, "earned_on": None, "about": credit, "counted_before": Decimal("1.25")}
    sent = request_for_credit(educator, sort="carried_over", **facts)
    deciding.approve(request=sent, reason="The earlier ledger shows it.", acting_person=psu_officer)
    assert counted(educator) == Decimal("0.75")
    assert OtherCredit.objects.count() == 1
    assert JournalLine.objects.get(event=Event.CREDIT_AMENDED).data["after"]["counted_before"] == "1.25"
    # In the cycle in which it was earned nothing is taken from it.
    earlier = license_for(educator, state, issued=date(2019, 7, 1), expires=date(2024, 6, 30))
    assert ledgers.standing_of(educator, on=timezone.localdate(), licence=earlier).ledger.total_counted == 2


def test_the_desk_asks_what_counted_before(client_of, educator, psu_officer, state):
    sent = request_for_credit(educator, sort="carried_over", earned_on=EARLIER, counted_before=Decimal(0))
    client, address = client_of(psu_officer), f"/renewal/desk/requests/{sent.ref}/"
    assert "credits that counted in the earlier cycle" in client.get(address).content.decode()
    given = {"action": "approve", "reason": "So.", "kind": "clock_hour", "amount": "10", "category": ""}
    assert client.post(address, given).status_code == 422
    assert client.post(address, {**given, "counted_before": "1"}).status_code == 302
    assert OtherCredit.objects.get().counted_before == 1


def test_an_approval_before_the_beginning_changes_no_ledger_and_can_be_named_later(educator, psu_officer):
    ahead = timezone.localdate() + timedelta(days=30)
    early = request_for_credit(educator, sort="prior_approval", begins_on=ahead, earned_on=None)
    approved = deciding.approve(request=early, reason="It fits.", acting_person=psu_officer)
    assert counted(educator) == 0
    assert list(queries.approvals_of(educator)) == [approved]
    later = request_for_credit(educator, approved_before=approved, begins_on=date(2026, 1, 31))
    deciding.approve(request=later, reason="As approved.", acting_person=psu_officer)
    [licence] = records.licences_of([educator.pk], ahead).values()
    [credit] = records.record_of(educator, licence).credits
    assert (credit.begun_on, credit.approved_on) == (date(2026, 1, 31), timezone.localdate())


def test_a_question_stops_the_clock_and_the_answer_starts_it_anew(sent, educator, psu_officer):
    CreditRequest.objects.filter(pk=sent.pk).update(due_on=date(2026, 1, 1))
    asked = deciding.ask_back(request=sent, question="Which two days?", acting_person=psu_officer)
    with pytest.raises(WrongState):
        deciding.approve(request=asked, reason="Well.", acting_person=psu_officer)
    with pytest.raises(UnusableRequest) as refused:
        asking.send(request=asked, acting_person=educator)
    assert "answer" in refused.value.fields
    again = asking.send(request=asked, answer="The first two of March.", acting_person=educator)
    assert again.due_on > timezone.localdate()
    assert [note.is_question for note in again.notes.all()] == [True, False]


@pytest.mark.parametrize("who", ["educator", "other_educator", "neighbour", "state_officer", "stranger"])
def test_only_an_officer_of_the_unit_decides(who, request, sent):
    with pytest.raises(NoSuchRequest):
        deciding.refuse(request=sent, reason="No.", acting_person=request.getfixturevalue(who))


def test_an_officer_never_decides_on_their_own(psu_officer, district, state):
    enrolling.give_role(person=psu_officer, organisation=district, role=Role.EDUCATOR, acting_person=None)
    license_for(psu_officer, state)
    own = request_for_credit(psu_officer)
    assert not queries.queue(psu_officer, None, queries.Asked()).exists()
    with pytest.raises(NoSuchRequest):
        deciding.approve(request=own, reason="Of course.", acting_person=psu_officer)
    with pytest.raises(IntegrityError, match="decided_by_another"), transaction.atomic():
        CreditRequest.objects.filter(pk=own.pk).update(decided_by=psu_officer)


def test_several_are_approved_each_by_itself_and_what_cannot_be_is_told(
    sent, educator, other_educator, psu_officer, district
):
    left = request_for_credit(other_educator)
    asking.withdraw(request=left, acting_person=other_educator)
    not_done = deciding.approve_as_asked(requests=[sent, left], reason="All took part.", acting_person=psu_officer)
    assert [each.request for each in not_done] == [left]
    assert counted(educator) == 1


@pytest.mark.parametrize("old", list(RequestStatus))
@pytest.mark.parametrize("new", list(RequestStatus))
def test_no_status_ends_anywhere_but_where_the_table_says(old, new):
    assert (new in REQUEST_MOVES[old]) == (
        (old, new)
        in {
            ("draft", "sent"), ("draft", "withdrawn"),
            ("sent", "asked_back"), ("sent", "approved"), ("sent", "refused"), ("sent", "withdrawn"),
            ("asked_back", "sent"), ("asked_back", "refused"), ("asked_back", "withdrawn"),
            ("approved", "appealed"), ("refused", "appealed"), ("appealed", "granted"), ("appealed", "upheld"),
        }
    )  # fmt: skip


# --- Appealing -------------------------------------------------------------------------------------------------------


def test_a_refusal_is_appealed_once_and_what_is_granted_is_recorded(sent, educator, psu_officer, state_officer):
    refused = deciding.refuse(request=sent, reason="No certificate.", acting_person=psu_officer)
    appealed = appealing.appeal(request=refused, text="It was attached.", acting_person=educator)
    ruled = appealing.rule(
        request=appealed, is_granted=True, ruling="It was attached indeed.", acting_person=state_officer
    )
    assert ruled.status == RequestStatus.GRANTED
    assert counted(educator) == 1
    with pytest.raises(WrongState):
        appealing.appeal(request=ruled, text="More.", acting_person=educator)


def test_what_was_approved_in_part_is_raised_on_appeal_and_not_doubled(sent, educator, psu_officer, state_officer):
    part = deciding.approve(
        request=sent, reason="Half.", grant=Grant("clock_hour", Decimal(5)), acting_person=psu_officer
    )
    appealed = appealing.appeal(request=part, text="Both days.", acting_person=educator)
    appealing.rule(request=appealed, is_granted=True, ruling="Both days.", acting_person=state_officer)
    assert counted(educator) == 1
    assert OtherCredit.objects.count() == 1


def test_neither_what_was_given_whole_nor_what_is_long_decided_is_appealed(sent, educator, psu_officer):
    whole = deciding.approve(request=sent, reason="Yes.", acting_person=psu_officer)
    with pytest.raises(AppealOver):
        appealing.appeal(request=whole, text="More.", acting_person=educator)
    refused = deciding.refuse(request=request_for_credit(educator), reason="No.", acting_person=psu_officer)
    CreditRequest.objects.filter(pk=refused.pk).update(decided_at=timezone.now() - timedelta(days=31))
    with pytest.raises(AppealOver):
        appealing.appeal(request=refused, text="Too late.", acting_person=educator)


@pytest.mark.parametrize("who", ["educator", "psu_officer", "neighbour"])
def test_only_an_officer_of_the_agency_rules(who, request, sent, educator, psu_officer):
    refused = deciding.refuse(request=sent, reason="No.", acting_person=psu_officer)
    appealed = appealing.appeal(request=refused, text="Yes.", acting_person=educator)
    with pytest.raises(NoSuchRequest):
        appealing.rule(request=appealed, is_granted=True, ruling="So.", acting_person=request.getfixturevalue(who))


# --- Documents and reminders -----------------------------------------------------------------------------------------


def picture(name: str = "certificate.png") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/png")


def test_a_document_is_seen_by_its_educator_and_the_office_alone(
    client_of, educator, psu_officer, neighbour, state_officer, other_educator
):
    draft = draft_of(educator, statement="")
    kept = documents.add(request=draft, file=picture(), acting_person=educator)
    sent = asking.send(request=draft, acting_person=educator)
    address = f"/renewal/requests/{sent.ref}/documents/{kept.pk}/"
    statuses = {
        who.name: client_of(who).get(address).status_code
        for who in (educator, psu_officer, neighbour, state_officer, other_educator)
    }
    assert statuses == {
        "Erin Earner": 200,
        "Petra Officer": 200,
        "Nora Neighbour": 404,
        "Saul State": 404,
        "Oscar Otherwise": 404,
    }
    with pytest.raises(WrongState):
        documents.add(request=sent, file=picture(), acting_person=educator)


def test_who_is_waited_for_is_reminded(sent, educator, psu_officer, state_officer):
    now = timezone.now()
    assert [due.person for due in reminding.requests_to_decide(now)] == [psu_officer.pk]
    asked = deciding.ask_back(request=sent, question="When?", acting_person=psu_officer)
    assert [due.person for due in reminding.questions_to_answer(now)] == [educator.pk]
    refused = deciding.refuse(request=asked, reason="No answer came.", acting_person=psu_officer)
    assert [due.person for due in reminding.decisions_to_read(timezone.now())] == [educator.pk]
    appealing.appeal(request=refused, text="I was away.", acting_person=educator)
    assert [due.person for due in reminding.appeals_to_rule_on(now)] == [state_officer.pk]


def test_the_figures_are_those_of_the_state(state, educator):
    ruling.set_practice(state=state, figures={"answer_within": 1}, standing="synthetic", acting_person=None)
    assert request_for_credit(educator).due_on <= timezone.localdate() + timedelta(days=4)


# --- Pages -----------------------------------------------------------------------------------------------------------


def filled(**changes: str) -> dict[str, str]:
    return {
        "sort": "credit", "title": "Reading together", "kind": "clock_hour", "amount": "10", "begins_on": "",
        "earned_on": "2026-02-01", "category": "", "statement": "Two days.", "action": "send", **changes,
    }  # fmt: skip


def test_an_educator_writes_sends_and_reads_a_request(client_of, educator, psu_officer):
    client = client_of(educator)
    assert "Ask Rivertown Schools for a decision." in text_of(client.get("/renewal/requests/"))
    response = client.post("/renewal/requests/new/", {**filled(), "file": picture()}, follow=True)
    asked = CreditRequest.objects.get()
    assert response.redirect_chain[-1][0] == f"/renewal/requests/{asked.ref}/"
    assert "Rivertown Schools decides." in text_of(response)
    assert "certificate.png" in text_of(response)
    deciding.refuse(request=asked, reason="It was a sales event.", acting_person=psu_officer)
    page = text_of(client.get(f"/renewal/requests/{asked.ref}/"))
    assert "It was a sales event." in page
    assert "You may appeal once, until" in page
    assert "may be appealed once" in text_of(client.get(f"/renewal/requests/{asked.ref}/letter/"))
    assert client.post(f"/renewal/requests/{asked.ref}/appeal/", {"appeal": " "}).status_code == 422
    client.post(f"/renewal/requests/{asked.ref}/appeal/", {"appeal": "It was not."})
    assert CreditRequest.objects.get().status == RequestStatus.APPEALED


def test_nothing_typed_is_lost(client_of, educator):
    client = client_of(educator)
    response = client.post("/renewal/requests/new/", filled(amount="many", statement="Said “so” & kept"))
    assert response.status_code == 422
    assert "Said “so” & kept" in text_of(response)
    assert not CreditRequest.objects.exists()
    response = client.post("/renewal/requests/new/", filled(earned_on="", statement="Kept too"))
    assert response.status_code == 422
    draft = CreditRequest.objects.get()
    assert (draft.status, draft.statement) == (RequestStatus.DRAFT, "Kept too")
    assert "Say on which day it ended." in text_of(response)
    assert f"/renewal/requests/{draft.ref}/" in text_of(response)


def test_a_desk_day(client_of, educator, other_educator, psu_officer, state):
    license_for(other_educator, state)
    first, second = request_for_credit(educator), request_for_credit(other_educator, title="Counting together")
    client = client_of(psu_officer)
    queue = text_of(client.get(DESK))
    assert "Reading together" in queue
    assert "Counting together" in queue
    page = text_of(client.get(f"{DESK}requests/{first.ref}/"))
    for words in ("What it would count", "(+1)", "Two days with a reading coach.", "Next: Counting together"):
        assert words in page
    response = client.post(f"{DESK}requests/{first.ref}/", {"kind": "clock_hour", "amount": "10", "reason": ""})
    assert response.status_code == 404
    wrong = {"kind": "clock_hour", "amount": "10", "category": "", "reason": "", "action": "approve"}
    response = client.post(f"{DESK}requests/{first.ref}/", wrong)
    assert response.status_code == 422
    response = client.post(f"{DESK}requests/{first.ref}/", {**wrong, "reason": "The list says so."})
    assert response.url == f"{DESK}requests/{second.ref}/"
    response = client.post(f"{DESK}requests/{second.ref}/", {**wrong, "reason": "Which day?", "action": "ask"})
    assert response.url == DESK
    assert counted(educator) == 1
    assert "Nothing waits here." in text_of(client.get(DESK))
    assert "Counting together" in text_of(client.get(f"{DESK}?show=asked"))
    assert "Reading together" in text_of(client.get(f"{DESK}?show=decided&q=Erin"))


def test_what_is_ticked_is_approved_with_one_reason(client_of, educator, psu_officer, sent):
    client = client_of(psu_officer)
    response = client.post(f"{DESK}approve/", {"request": [sent.ref], "reason": ""})
    assert response.status_code == 422
    assert f'value="{sent.ref}" checked' in text_of(response)
    client.post(f"{DESK}approve/", {"request": [sent.ref], "reason": "All took part."})
    assert counted(educator) == 1


def test_an_officer_of_two_units_works_for_both(client_of, psu_officer, educator, other_district, state, sent):
    enrolling.give_role(person=psu_officer, organisation=other_district, role=Role.PSU_OFFICER, acting_person=None)
    elsewhere = cast.make_person("Ella Elsewhere", (other_district, Role.EDUCATOR))
    license_for(elsewhere, state)
    request_for_credit(elsewhere, title="Hillside reads")
    client = client_of(psu_officer)
    both, one = text_of(client.get(DESK)), text_of(client.get(f"{DESK}?unit=hillside"))
    assert ("Reading together" in both, "Hillside reads" in both) == (True, True)
    assert ("Reading together" in one, "Hillside reads" in one) == (False, True)
    client.post("/renewal/values/", {
        "unit": "hillside", "micro_credential": "", "way": "fixed", "credits": "2",
        "valid_from": timezone.localdate().isoformat(), "reason": "As for a course",
    })  # fmt: skip
    assert [value.organisation for value in other_district.local_values.all()] == [other_district]


@pytest.mark.parametrize(
    ("who", "desk", "appeals", "own"),
    [(None, 302, 302, 302), ("educator", 403, 404, 200), ("psu_officer", 200, 404, 200), ("neighbour", 200, 404, 200),
     ("state_officer", 200, 200, 200), ("stranger", 403, 404, 200)],
)  # fmt: skip
def test_each_page_opens_for_whom_it_should(who, desk, appeals, own, request, client_of):
    client = client_of(request.getfixturevalue(who) if who else None)
    found = [client.get(path).status_code for path in (DESK, "/renewal/appeals/", "/renewal/requests/")]
    assert found == [desk, appeals, own]


@pytest.mark.parametrize("path", [DESK, "/renewal/requests/"])
def test_a_list_costs_as_many_queries_for_twenty_as_for_two(path, client_of, educator, psu_officer):
    client, measured = client_of(psu_officer if path == DESK else educator), []
    for further in (2, 18):
        for number in range(further):
            request_for_credit(educator, title=f"Workshop {further} {number}")
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        measured.append(len(asked))
    assert measured[0] == measured[1]
