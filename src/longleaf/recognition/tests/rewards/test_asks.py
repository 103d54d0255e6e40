"""Rewards for whole stacks, and for what an educator has reached under the policy of their own unit."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.assessment import starting
from longleaf.awards import revoking
from longleaf.catalog.models import Stack, Version
from longleaf.catalog.publishing import gather_stack
from longleaf.recognition import ledgers, overlays
from longleaf.recognition.models import RewardOffer, RewardPromise
from longleaf.recognition.rewards import offering, promising, queries, settling
from longleaf.recognition.rewards.errors import UnusableOffer
from longleaf.recognition.rewards.status import PromiseStatus
from longleaf.recognition.tests.factories import SURE, license_for, load, worth_each
from longleaf.recognition.tests.rewards.offers import earn, money
from tests import cast

RANK = {
    "id": "rank",
    "title": "Leads in reading",
    "gives": {"kind": "rank", "to": "Lead", "from": "Teacher"},
    "needs": {"kind": "credits", "at_least": 2, "when": {"kind": "anything"}},
    **SURE,
}
LADDER = {
    "id": "ladder",
    "title": "Salary lanes",
    "counts": {"kind": "anything"},
    "steps": [{"title": "Lane B", "credits": 4}],
    **SURE,
}


@pytest.fixture
def source(district: Any, psu_officer: Any) -> Any:
    return money(district, psu_officer)


@pytest.fixture
def pieces(state: Any, issuer: Any) -> list[Version]:
    return [cast.publish(state, issuer, cast.make_document(name), []) for name in ("second", "third-one")]


@pytest.fixture
def stack(state: Any, issuer: Any, pieces: list[Version]) -> Stack:
    slugs = [each.micro_credential.slug for each in pieces]
    facts = {"title": "Reading well", "summary": "", "standing": "synthetic"}
    return gather_stack(state=state, issuer=issuer, slug="reading-well", members=slugs, **facts)


@pytest.fixture
def policy(state: Any, district: Any, educator: Any, psu_officer: Any) -> None:
    load(state)
    license_for(educator, state)
    worth_each(district, psu_officer, credits=Decimal(2))
    document = {"overlay_of": "MD-renewal", "by": "Ours", "id": "D1", "title": "Ours", **SURE}
    overlays.load_overlay(
        organisation=district, document={**document, "results": [RANK], "ladders": [LADDER]}, acting_person=None
    )


def offer_of(
    district: Any, officer: Any, source: Any, *versions: Version, stacks: Any = (), **facts: Any
) -> RewardOffer:
    today = timezone.localdate()
    told = {"kind": "stipend", "title": "Stipend", "amount": Decimal(500), "valid_from": today, "valid_until": today}
    return offering.offer(
        organisation=district,
        wording=offering.Wording(**{**told, "earn_by": today + timedelta(days=90), **facts}),
        among=offering.Among([each.micro_credential for each in versions], stacks=stacks),
        funding=source,
        acting_person=officer,
    )


def text_of(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def settled() -> RewardPromise:
    settling.see_what_is_earned()
    return RewardPromise.objects.get()


def test_a_stack_is_earned_when_all_its_pieces_are(
    district, psu_officer, source, stack, pieces, educator, issuing_officer
):
    offer = offer_of(district, psu_officer, source, stacks=[stack])
    assert (offer.needed, offer.micro_credentials.count()) == (1, 2)
    starting.start(version=pieces[0], acting_person=educator)
    assert settled().status == PromiseStatus.PROMISED
    earn(educator, pieces[0])
    assert settled().status == PromiseStatus.PROMISED
    last = earn(educator, pieces[1])
    assert settled().status == PromiseStatus.DUE
    revoking.revoke(award=last, reason="Issued in error.", acting_person=issuing_officer)
    assert settled().status == PromiseStatus.PROMISED


def test_a_stack_counts_as_one_and_its_pieces_not_beside_it(
    district, psu_officer, source, stack, pieces, version, educator
):
    offer = offer_of(district, psu_officer, source, version, pieces[0], stacks=[stack], needed=1)
    promising.ask(offer=offer, acting_person=educator)
    earn(educator, pieces[0])
    assert settled().status == PromiseStatus.PROMISED
    earn(educator, version)
    assert settled().status == PromiseStatus.DUE
    with pytest.raises(UnusableOffer) as refused:
        offer_of(district, psu_officer, source, version, pieces[0], stacks=[stack], needed=3)
    assert "needed" in refused.value.fields


def test_a_promise_keeps_the_pieces_of_its_day(district, psu_officer, source, stack, pieces, version, educator, issuer):
    promising.ask(offer=offer_of(district, psu_officer, source, stacks=[stack]), acting_person=educator)
    slugs = [each.micro_credential.slug for each in (*pieces, version)]
    gather_stack(state=stack.state, issuer=issuer, slug=stack.slug, members=slugs, title="Reading well")
    for piece in pieces:
        earn(educator, piece)
    assert settled().status == PromiseStatus.DUE


def test_an_offer_asks_for_the_pieces_of_its_day_whatever_becomes_of_the_stack(
    district, psu_officer, source, stack, pieces, version, educator, issuer, client_of
):
    offer = offer_of(district, psu_officer, source, stacks=[stack])
    facts = {"title": "Reading better", "summary": "", "standing": "synthetic"}
    gather_stack(state=stack.state, issuer=issuer, slug=stack.slug, members=[version.micro_credential.slug], **facts)
    promising.ask(offer=offer, acting_person=educator)
    earn(educator, pieces[0])
    assert settled().status == PromiseStatus.PROMISED
    page = text_of(client_of(educator).get(reverse("rewards:offer", args=[offer.ref])))
    assert "Reading well</a>, 2 micro-credentials" in page
    earn(educator, pieces[1])
    assert settled().status == PromiseStatus.DUE


def test_no_ledger_is_reckoned_before_the_badges_are_there(
    policy, district, psu_officer, source, version, educator, monkeypatch
):
    reckoned = []
    standings_of = ledgers.standings_of
    monkeypatch.setattr(ledgers, "standings_of", lambda keys, **on: reckoned.extend(keys) or standings_of(keys, **on))
    promising.ask(offer=offer_of(district, psu_officer, source, version, result="rank"), acting_person=educator)
    settling.see_what_is_earned()
    assert reckoned == []
    earn(educator, version)
    assert settled().status == PromiseStatus.DUE
    assert reckoned == [educator.pk]


@pytest.mark.parametrize(("code", "badges"), [("rank", 1), ("ladder/Lane B", 2)])
def test_it_is_due_once_the_result_is_reached_under_the_policy_of_the_unit(
    code, badges, policy, district, psu_officer, source, version, pieces, educator
):
    offer = offer_of(district, psu_officer, source, version, pieces[0], result=code, needed=1)
    promising.ask(offer=offer, acting_person=educator)
    assert queries.mine(educator)[0].progress.lacks
    for piece in (version, pieces[0])[: badges - 1]:
        earn(educator, piece)
    assert settled().status == PromiseStatus.PROMISED
    earn(educator, pieces[1] if badges == 1 else pieces[0])
    if badges == 1:
        assert queries.mine(educator)[0].progress.lacks == ""
        assert settled().status == PromiseStatus.PROMISED, "the result alone is not the badge"
        earn(educator, version)
    promise = settled()
    assert (promise.status, promise.due_on) == (PromiseStatus.DUE, timezone.localdate())


def test_what_is_due_stays_due_when_a_result_is_reached_no_more(
    policy, district, psu_officer, source, version, educator
):
    offer = offer_of(district, psu_officer, source, version, result="rank")
    promising.ask(offer=offer, acting_person=educator)
    earn(educator, version)
    assert settled().status == PromiseStatus.DUE
    document = {"overlay_of": "MD-renewal", "by": "Ours", "id": "D1", "title": "Ours", **SURE}
    overlays.load_overlay(organisation=district, document=document, acting_person=None)
    assert settled().status == PromiseStatus.DUE


def test_only_what_the_policy_of_the_payer_knows_can_be_asked_for(policy, district, psu_officer, source, version):
    with pytest.raises(UnusableOffer) as refused:
        offer_of(district, psu_officer, source, version, result="unknown")
    assert set(refused.value.fields) == {"result"}


def test_what_it_asks_for_is_read_before_anybody_begins(
    policy, district, psu_officer, source, stack, pieces, educator, client_of
):
    office, today = client_of(psu_officer), timezone.localdate().isoformat()
    form = {"kind": "stipend", "title": "For readers", "amount": "500", "funding": str(source.pk), "result": "rank"}
    form |= {"stacks": [stack.slug], "valid_from": today, "valid_until": today, "earn_by": today}
    nothing = office.post(reverse("rewards:offer-make"), {**form, "stacks": []})
    assert (nothing.status_code, "Choose at least one, or a stack." in text_of(nothing)) == (422, True)
    made = office.post(reverse("rewards:offer-make"), form, follow=True)
    assert "Reading well</a>, 2 micro-credentials" in text_of(made)
    assert "Leads in reading, by your own ledger" in text_of(made)
    mine = client_of(educator)
    page = text_of(mine.get(reverse("catalog:show", args=[pieces[0].micro_credential.slug])))
    assert "the whole stack Reading well, once Leads in reading is reached." in page
    promising.ask(offer=RewardOffer.objects.get(), acting_person=educator)
    assert "Still to be reached: Leads in reading." in text_of(mine.get(reverse("rewards:mine")))


def test_many_promises_with_a_result_ask_as_often_as_few(policy, district, psu_officer, version, state):
    source = money(district, psu_officer, budget=50_000)

    def asked(number: int, word: str) -> int:
        offer = offer_of(district, psu_officer, source, version, result="ladder/Lane B")
        for each in range(number):
            person = cast.make_person(f"{word} {each}", (district, cast.Role.EDUCATOR))
            license_for(person, state)
            promising.ask(offer=offer, acting_person=person)
            earn(person, version)
        with CaptureQueriesContext(connection) as captured:
            settling.see_what_is_earned()
        return len(captured)

    few = asked(2, "First")
    assert asked(12, "Second") == few
