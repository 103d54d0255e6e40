"""What a school unit grants for badges and people reaches the ledger: beforehand, afterwards, and as a signature."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.assessment import starting
from longleaf.recognition import ledgers, records
from longleaf.recognition.credit_requests import appealing, deciding
from longleaf.recognition.credit_requests.soundness import Grant
from longleaf.recognition.errors import UnusableDecision, UnusableRequest
from longleaf.recognition.models import CreditRequest, OtherCredit
from longleaf.recognition.tests.factories import SURE, badge, draft_of, license_for, load, request_for_credit
from longleaf.recognition.tests.test_work_behind_badges import worked_for

BEFOREHAND = {
    "id": "MD-ahead", "title": "Approved beforehand", "of": ["micro_credential"], "when": {"kind": "prior_approval"},
    "otherwise": "It was not approved beforehand.", **SURE,
}  # fmt: skip
EACH = {"id": "MD-each", "title": "Each", "of": "micro_credential", "worth": {"kind": "fixed", "credits": 1}, **SURE}
ONCE_APPROVED = {
    "id": "MD-asked", "title": "Once approved", "of": "micro_credential", **SURE,
    "worth": {"kind": "by_approval", "until": "Ask for it.", "worth": {"kind": "fixed", "credits": 1}},
}  # fmt: skip
RECORDED = {"id": "MD-growth", "title": "As recorded", "when": {"kind": "recorded"}, **SURE}
ANYTHING = {"id": "MD-any", "title": "Anything", "when": {"kind": "anything"}, **SURE}
SIGNED = {"kind": "approval", "code": "form-7", "title": "the form of the director"}
RANK = {"id": "MD-rank", "title": "A rank", "gives": {"kind": "rank", "to": "II"}, "needs": SIGNED, **SURE}
EMPTY = {"kind": "", "amount": None, "earned_on": None}


@pytest.fixture(autouse=True)
def licence(state: Any, educator: Any) -> Any:
    load(state)
    return license_for(educator, state)


def ledger_of(person: Any, on: date | None = None) -> Any:
    return ledgers.standing_of(person, on=on or timezone.localdate()).ledger


def ask(educator: Any, sort: str, **facts: Any) -> CreditRequest:
    return request_for_credit(educator, sort=sort, title="", **{**EMPTY, **facts})


def approved_ahead(educator: Any, version: Any, officer: Any, on: date) -> CreditRequest:
    with time_machine.travel(datetime(on.year, on.month, on.day, 15, tzinfo=UTC)):
        sent = ask(educator, "prior_approval", micro_credential=version.micro_credential)
        return deciding.approve(request=sent, reason="It fits our plan.", acting_person=officer)


# --- Beforehand ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "counted"), [(date(2026, 1, 1), 1), (date(2026, 1, 2), 0)])
def test_a_micro_credential_counts_where_it_was_approved_before_it_was_begun(
    educator, version, state, psu_officer, day, counted
):
    """The work was begun on the first of January."""
    load(state, admissions=[BEFOREHAND], values=[EACH])
    worked_for(educator, version)
    assert ledger_of(educator).total_counted == 0
    approved = approved_ahead(educator, version, psu_officer, day)
    assert ledger_of(educator).total_counted == counted
    assert approved.title == version.title
    assert OtherCredit.objects.count() == 0


def test_what_is_begun_already_can_be_approved_beforehand_no_more(educator, version):
    starting.start(version=version, acting_person=educator)
    with pytest.raises(UnusableRequest) as refused:
        ask(educator, "prior_approval", micro_credential=version.micro_credential)
    assert "too late" in refused.value.fields["micro_credential"]


def test_a_refusal_approves_nothing_beforehand(educator, version, state, psu_officer):
    load(state, admissions=[BEFOREHAND], values=[EACH])
    sent = ask(educator, "prior_approval", micro_credential=version.micro_credential)
    deciding.refuse(request=sent, reason="Not this year.", acting_person=psu_officer)
    badge(educator, version, earned_at=timezone.now())
    assert ledger_of(educator).total_counted == 0


def test_a_refused_request_is_no_approval_of_other_learning_either(educator, psu_officer):
    ahead = request_for_credit(educator, sort="prior_approval", begins_on=timezone.localdate(), earned_on=None)
    deciding.refuse(request=ahead, reason="Not this year.", acting_person=psu_officer)
    with pytest.raises(UnusableRequest) as refused:
        draft_of(educator, approved_before=ahead)
    assert "approved_before" in refused.value.fields


def test_what_if_and_worth_know_what_was_approved(educator, version, state, psu_officer):
    from longleaf.recognition import what_if

    load(state, admissions=[BEFOREHAND], values=[EACH])
    today = timezone.localdate()
    assert "not approved beforehand" in ledgers.worth_to(educator, version, on=today).sentence
    approved_ahead(educator, version, psu_officer, today)
    assert "It would count" in ledgers.worth_to(educator, version, on=today).sentence
    after = what_if.if_earned(educator, [version.micro_credential.slug], words="", on=today).comparison.after
    assert after.total_counted == 1


# --- Afterwards ------------------------------------------------------------------------------------------------------


def test_a_badge_that_waits_for_approval_counts_once_it_is_approved(educator, version, state, psu_officer):
    load(state, values=[ONCE_APPROVED])
    award = badge(educator, version)
    [line] = ledger_of(educator).lines
    assert line.why_not == "Ask for it."
    sent = ask(educator, "badge", badge=award)
    [line] = ledger_of(educator).lines
    assert line.why_not == "Ask for it. Rivertown Schools has not decided yet."
    deciding.approve(request=sent, reason="We saw it at work.", acting_person=psu_officer)
    [line] = ledger_of(educator).lines
    assert (line.counted, "Rivertown Schools approved it" in line.reason) == (1, True)
    assert sent.title == version.title
    # What was decided today was not known yesterday.
    assert ledger_of(educator, timezone.localdate() - timedelta(days=1)).total_counted == 0


def test_an_approval_may_say_how_much_and_for_what(educator, version, state, psu_officer):
    load(state, values=[ONCE_APPROVED], eligibility=[RECORDED, ANYTHING])
    award = badge(educator, version)
    grant = Grant(amount=Decimal("2.5"), category="growth")
    sent = ask(educator, "badge", badge=award, amount=Decimal(3))
    decided = deciding.approve(request=sent, reason="As for others.", grant=grant, acting_person=psu_officer)
    growth, free = ledger_of(educator).categories
    assert (growth.counted, free.counted, decided.is_as_asked) == (Decimal("2.5"), 0, False)
    with pytest.raises(UnusableDecision) as refused:
        deciding.approve(
            request=ask(educator, "badge", badge=award),
            reason="So.",
            grant=Grant(amount=Decimal(0)),
            acting_person=psu_officer,
        )
    assert set(refused.value.fields) == {"amount"}


def test_a_refused_badge_counts_once_the_agency_grants_it(educator, version, state, psu_officer, state_officer):
    load(state, values=[ONCE_APPROVED])
    sent = ask(educator, "badge", badge=badge(educator, version))
    deciding.refuse(request=sent, reason="Not our field.", acting_person=psu_officer)
    [line] = ledger_of(educator).lines
    assert "did not approve it" in line.why_not
    appealing.appeal(request=sent, text="It is.", acting_person=educator)
    appealing.rule(request=sent, is_granted=True, ruling="It is.", acting_person=state_officer)
    [line] = ledger_of(educator).lines
    assert (line.counted, "The state's agency approved it" in line.reason) == (1, True)


def test_a_later_decision_stands_and_what_waits_takes_nothing_away(educator, version, state, psu_officer):
    load(state, values=[ONCE_APPROVED])
    award = badge(educator, version)
    first = ask(educator, "badge", badge=award)
    deciding.approve(request=first, reason="Yes.", acting_person=psu_officer)
    second = ask(educator, "badge", badge=award, category="growth")
    assert ledger_of(educator).total_counted == 1
    deciding.refuse(request=second, reason="No.", acting_person=psu_officer)
    assert ledger_of(educator).total_counted == 0


def test_nobody_asks_about_the_badge_of_another(educator, other_educator, version):
    with pytest.raises(UnusableRequest) as refused:
        draft_of(educator, sort="badge", badge=badge(other_educator, version))
    assert set(refused.value.fields) == {"badge"}


# --- Signatures ------------------------------------------------------------------------------------------------------


def test_what_the_office_signs_is_met(educator, state, psu_officer):
    load(state, results=[RANK])
    [answer] = ledger_of(educator).answers.results
    assert (answer.met, answer.finding.missing) == (False, "To be signed: the form of the director.")
    sent = ask(educator, "signature", signature="form-7")
    assert (sent.title, ledger_of(educator).answers.results[0].met) == ("the form of the director", False)
    deciding.approve(request=sent, reason="The director signed.", acting_person=psu_officer)
    [answer] = ledger_of(educator).answers.results
    assert (answer.met, "Rivertown Schools" in answer.finding.says) == (True, True)
    assert not ledger_of(educator, timezone.localdate() - timedelta(days=1)).answers.results[0].met


def test_only_what_the_policy_asks_for_is_signed(educator):
    with pytest.raises(UnusableRequest) as refused:
        ask(educator, "signature", signature="form-8")
    assert set(refused.value.fields) == {"signature", "title"}


def test_many_grants_take_as_many_queries_as_one(educator, version, licence, psu_officer):
    awards = [badge(educator, version) for _ in range(4)]

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            records.record_of(educator, licence)
        return len(asked)

    before = queries()
    for award in awards:
        sent = ask(educator, "badge", badge=award)
        deciding.approve(request=sent, reason="Yes.", acting_person=psu_officer)
    assert queries() == before
