"""The pages of rewards: the journey from offer to payment, the payroll files, and what whom is shown."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.quality.monitoring.ruling import set_rules
from longleaf.recognition.models import RewardOffer, RewardPayment, RewardPromise, UnitCount
from longleaf.recognition.rewards import equity, promising, settling
from longleaf.recognition.rewards.equity import Group
from longleaf.recognition.rewards.status import PromiseStatus
from longleaf.recognition.tests.rewards.offers import earn, money, stipend
from tests import cast


def text_of(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def offer(district, psu_officer, version):
    return stipend(district, psu_officer, version, source=money(district, psu_officer))


def owed(offer: RewardOffer, version: Any, *people: Any) -> list[RewardPromise]:
    promises = [promising.ask(offer=offer, acting_person=person) for person in people]
    for person in people:
        earn(person, version)
    settling.see_what_is_earned()
    for each in promises:
        each.refresh_from_db()
    return promises


def test_the_journey_from_money_to_payment(district, psu_officer, educator, version, client_of):
    today = timezone.localdate()
    office, mine = client_of(psu_officer), client_of(educator)
    assert "No money is entered yet" in text_of(office.get(reverse("rewards:office")))
    office.post(reverse("rewards:funding"), {"name": "Title II, Part A", "kind": "federal", "fiscal_year": "2026-27",
                                             "budget": "600"})  # fmt: skip
    (source,) = district.funding_sources.all()
    told = {
        "kind": "stipend", "title": "Stipend for reading coaches", "amount": "500", "funding": str(source.pk),
        "micro_credentials": [version.micro_credential.slug], "conditions": "You lead one session for colleagues.",
        "valid_from": today.isoformat(), "valid_until": today.isoformat(), "earn_by": today.isoformat(),
    }  # fmt: skip
    wrong = office.post(reverse("rewards:offer-make"), {**told, "amount": "", "earn_by": "someday"})
    assert wrong.status_code == 422
    assert "You lead one session for colleagues." in text_of(wrong)
    made = office.post(reverse("rewards:offer-make"), told, follow=True)
    assert "$500" in text_of(made)

    page = text_of(mine.get(reverse("catalog:show", args=[version.micro_credential.slug])))
    assert "You lead one session for colleagues." in page
    assert "Promised to you when you start. Enough today for 1 educator." in page
    offer = RewardOffer.objects.get()
    asked = mine.post(reverse("rewards:ask", args=[offer.ref]), follow=True)
    assert "0 of 1 micro-credential earned" in text_of(asked)

    earn(educator, version)
    promise = RewardPromise.objects.get()
    listed = text_of(office.get(reverse("rewards:due")))
    assert promise.ref in listed
    nothing = office.post(reverse("rewards:due"), {"paid_on": today.isoformat(), "reference": "November"})
    assert nothing.status_code == 422
    assert "November" in text_of(nothing)
    office.post(reverse("rewards:due"), {"promise": [promise.ref], "paid_on": today.isoformat()})
    assert "Paid" in text_of(mine.get(reverse("rewards:mine")))
    payment = RewardPayment.objects.get()
    without = office.post(reverse("rewards:reverse", args=[payment.pk]), {"reason": " "})
    assert (without.status_code, "Say in a sentence why" in text_of(without)) == (422, True)
    ledger = office.post(reverse("rewards:reverse", args=[payment.pk]), {"reason": "It bounced."}, follow=True)
    assert "−$500" in text_of(ledger)
    assert "It bounced." in text_of(ledger)


def test_due_goes_to_payroll_and_comes_back_checked(offer, version, educator, other_educator, psu_officer, client_of):
    first, second = owed(offer, version, educator, other_educator)
    office, today = client_of(psu_officer), timezone.localdate().isoformat()
    lines = b"".join(office.get(reverse("rewards:due-csv")).streaming_content).decode().splitlines()
    assert lines[0].startswith("promise,educator,name,email,unit")
    assert len(lines) == 3
    text = (
        "promise,amount,paid_on,reference\n"
        f"{first.ref},500.00,{today},NOV\n{first.ref},500,{today},NOV\n{second.ref},501,{today},NOV\nPRM-NONE,1,,\n"
    )
    sent = SimpleUploadedFile("paid.csv", text.encode())
    dry = office.post(reverse("rewards:paid"), {"file": sent})
    told = text_of(dry)
    assert "1 payment can be recorded." in told
    assert "An earlier line pays the same." in told
    assert "$500 is due. Give that, or a part of it." in told
    assert "Nothing with this reference is due here." in told
    assert not RewardPayment.objects.exists()
    for _ in range(2):
        office.post(reverse("rewards:paid"), {"lines": text, "do": "record"})
    assert RewardPayment.objects.get().reference == "NOV"
    bad = office.post(reverse("rewards:paid"), {"lines": "promise\nx"})
    assert (bad.status_code, "must name the columns" in text_of(bad)) == (422, True)


def test_a_waiting_list_is_told_honestly(district, psu_officer, version, educator, other_educator, client_of):
    offer = stipend(district, psu_officer, version, source=money(district, psu_officer, budget=500))
    promising.ask(offer=offer, acting_person=other_educator)
    mine = client_of(educator)
    page = text_of(mine.get(reverse("rewards:offer", args=[offer.ref])))
    assert "Nothing is promised to whoever waits." in page
    told = text_of(mine.post(reverse("rewards:ask", args=[offer.ref]), follow=True))
    assert "Number 1 in line. Nothing is promised yet" in told
    promise = RewardPromise.objects.get(educator=educator)
    mine.post(reverse("rewards:give-up", args=[promise.ref]))
    promise.refresh_from_db()
    assert promise.status == PromiseStatus.GIVEN_UP


def test_visitors_read_offers_by_unit_and_nobody_elses_page(offer, version, educator, other_educator, client_of):
    promise = promising.ask(offer=offer, acting_person=educator)
    visitor = client_of(None)
    public = text_of(visitor.get(reverse("rewards:offers"), {"micro_credential": version.micro_credential.slug}))
    assert "Stipend for reading coaches" in public
    assert educator.name not in public
    assert visitor.get(reverse("rewards:offers"), {"micro_credential": "nowhere"}).status_code == 404
    assert visitor.get(reverse("rewards:mine")).status_code == 302
    stranger = client_of(other_educator)
    assert stranger.post(reverse("rewards:give-up", args=[promise.ref])).status_code == 404
    for name in ("office", "funding", "offer-make", "due", "due-csv", "paid", "payments", "state"):
        assert stranger.get(reverse(f"rewards:{name}")).status_code == 403, name


def test_an_officer_of_another_unit_reaches_none_of_it(offer, version, educator, other_district, psu_officer,
                                                       client_of):  # fmt: skip
    (promise,) = owed(offer, version, educator)
    neighbour = client_of(cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER)))
    # Whichever unit is asked for, they see their own.
    unit = {"unit": offer.organisation.slug}
    assert promise.ref not in text_of(neighbour.get(reverse("rewards:due"), unit))
    assert neighbour.post(reverse("rewards:offer-end", args=[offer.ref])).status_code == 404
    refused = neighbour.post(reverse("rewards:due"), {"promise": [promise.ref], "paid_on": "2026-01-01", **unit})
    assert refused.status_code == 422
    client_of(psu_officer).post(reverse("rewards:due"), {"promise": [promise.ref],
                                                         "paid_on": timezone.localdate().isoformat()})  # fmt: skip
    payment = RewardPayment.objects.get()
    assert neighbour.post(reverse("rewards:reverse", args=[payment.pk]), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["due", "payments", "office", "offers"])
def test_lists_ask_the_same_whatever_their_length(name, district, psu_officer, version, client_of):
    source = money(district, psu_officer, budget=20_000)
    office = client_of(psu_officer)

    def grow(number: int, word: str) -> None:
        people = [cast.make_person(f"{word} {n}", (district, Role.EDUCATOR)) for n in range(number)]
        promises = owed(stipend(district, psu_officer, version, source=source), version, *people)
        for _ in range(number - 1):
            stipend(district, psu_officer, version, source=source)
        if name == "payments":
            office.post(reverse("rewards:due"), {"promise": [each.ref for each in promises],
                                                 "paid_on": timezone.localdate().isoformat()})  # fmt: skip

    def asked() -> int:
        office.get(reverse(f"rewards:{name}"))
        with CaptureQueriesContext(connection) as queries:
            office.get(reverse(f"rewards:{name}"))
        return len(queries)

    grow(2, "First")
    few = asked()
    grow(12, "Second")
    assert asked() == few


def test_the_state_sees_groups_and_never_small_ones(
    offer, version, educator, district, other_district, state_officer, client_of
):
    owed(offer, version, educator)
    for unit, count in ((district, 40), (other_district, 60)):
        UnitCount.objects.update_or_create(
            organisation=unit, defaults={"counted_on": timezone.localdate(), "standings": {"on_track": count}}
        )
    page = client_of(state_officer).get(reverse("rewards:state"))
    assert page.status_code == 200
    assert "$500" in text_of(page)
    assert all(group.withheld for table in equity.tables(smallest=10) for group in table.groups if group.promised)


def test_a_single_small_group_takes_another_with_it():
    groups = equity.withheld([Group("A", 100, 50), Group("B", 40, 30), Group("C", 30, 3)], 10)
    assert [group.withheld for group in groups] == [False, True, True]


def test_how_small_a_group_is_told_is_the_states_word(state, state_officer, client_of):
    def page() -> str:
        return text_of(client_of(state_officer).get(reverse("rewards:state")))

    assert "fewer than 10 but some" in page()
    set_rules(state=state, document={"smallest_told": 25}, acting_person=None)
    assert "fewer than 25 but some" in page()


def test_whoever_started_under_an_offer_sees_it_after_the_offer_closed(offer, educator, client_of):
    promising.ask(offer=offer, acting_person=educator)
    RewardOffer.objects.update(valid_from=timezone.localdate() - timedelta(days=9),
                               valid_until=timezone.localdate() - timedelta(days=1))  # fmt: skip
    assert "Stipend for reading coaches" in text_of(client_of(educator).get(reverse("rewards:mine")))
