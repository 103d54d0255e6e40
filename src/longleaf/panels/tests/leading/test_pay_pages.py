"""The pages of work and pay: who gets them, what they keep, and what nobody learns from them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels.leading.fees import Fee, set_fees
from longleaf.panels.leading.work_file import written
from longleaf.panels.leading.workload import Period, Work
from longleaf.panels.models import Panel, Payment
from longleaf.panels.tests.leading.judged import judge
from tests import cast

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def pool(issuer: Organisation, first_assessor: Person, second_assessor: Person) -> Organisation:
    set_fees(pool=issuer, wanted=[Fee(date(2020, 1, 1), Decimal("25.00"), "USD")], acting_person=None)
    return issuer


@pytest.fixture
def panel(pool: Organisation, educator: Person) -> Panel:
    return judge(pool, "0001", of=educator)


def page(name: str, pool: Organisation, **kwargs: str) -> str:
    return reverse(f"leading:{name}", kwargs={"slug": pool.slug, **kwargs})


def pages(pool: Organisation, person: Person) -> list[str]:
    return [page("workload", pool), page("workload_file", pool), page("assessor", pool, ref=person.ref)]


PEOPLE = {
    # Who: pages of the lead, recording a payment, their own page.
    "nobody": (302, 302, 302),
    "stranger": (404, 404, 404),
    "educator": (404, 404, 404),
    "state_officer": (404, 404, 404),
    "second_assessor": (404, 404, 200),
    "lead_elsewhere": (404, 404, 404),
    "lead_assessor": (200, 409, 404),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_which_page(
    who: str,
    pool: Organisation,
    panel: Panel,
    first_assessor: Person,
    client_as: Callable[[str], Client],
) -> None:
    client, (read, recorded, own) = client_as(who), PEOPLE[who]
    assert [client.get(address).status_code for address in pages(pool, first_assessor)] == [read] * 3
    answer = client.post(page("pay", pool, ref=first_assessor.ref), {"readings": "9"})
    assert answer.status_code == recorded
    assert client.get(reverse("leading:my_work")).status_code == own
    assert Payment.objects.count() == 0


def test_a_lead_records_a_payment_and_takes_it_back(
    pool: Organisation, panel: Panel, first_assessor: Person, lead_assessor: Person, client_of: ClientOf
) -> None:
    client, address = client_of(lead_assessor), page("assessor", pool, ref=first_assessor.ref)
    assert "25.00 USD" in client.get(address).content.decode()
    days = {"begins": timezone.localdate().isoformat(), "ends": timezone.localdate().isoformat()}
    assert client.post(page("pay", pool, ref=first_assessor.ref), {**days, "readings": "1"}).status_code == 302
    payment = Payment.objects.get()
    back = page("take_back", pool, ref=first_assessor.ref, payment=payment.ref)
    refused = client.post(back, {"reason": " "})
    assert (refused.status_code, "Say in a few words" in refused.content.decode()) == (422, True)
    assert client.post(back, {"reason": "Wrong month."}).status_code == 302
    assert "Wrong month." in client.get(address).content.decode()


def test_a_payment_is_taken_back_only_where_it_stands(
    pool: Organisation,
    panel: Panel,
    first_assessor: Person,
    second_assessor: Person,
    lead_assessor: Person,
    client_of: ClientOf,
) -> None:
    client = client_of(lead_assessor)
    client.post(page("pay", pool, ref=first_assessor.ref), {"readings": "1"})
    other = page("take_back", pool, ref=second_assessor.ref, payment=Payment.objects.get().ref)
    assert client.post(other, {"reason": "Wrong."}).status_code == 404


@pytest.mark.parametrize("name", ["workload", "assessor"])
def test_a_period_that_cannot_be_is_told_and_kept(
    name: str, pool: Organisation, panel: Panel, first_assessor: Person, lead_assessor: Person, client_of: ClientOf
) -> None:
    address = page(name, pool, **({"ref": first_assessor.ref} if name == "assessor" else {}))
    answer = client_of(lead_assessor).get(address, {"begins": "2026-05-01", "ends": "2026-04-01"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="2026-05-01"' in shown
    assert "ends on or after the day" in shown
    file = client_of(lead_assessor).get(page("workload_file", pool), {"begins": "soon", "ends": "2026-04-01"})
    assert file.status_code == 422


def test_an_assessor_sees_their_own_and_nobody_elses(
    pool: Organisation, panel: Panel, first_assessor: Person, second_assessor: Person, client_of: ClientOf
) -> None:
    shown = client_of(first_assessor).get(reverse("leading:my_work")).content.decode()
    assert "25.00 USD" in shown
    assert second_assessor.name not in shown


def test_no_page_and_no_file_tells_of_an_earner_or_of_what_was_found(
    pool: Organisation,
    district: Organisation,
    panel: Panel,
    educator: Person,
    first_assessor: Person,
    lead_assessor: Person,
    client_of: ClientOf,
) -> None:
    lead, own = client_of(lead_assessor), client_of(first_assessor)
    answers = [lead.get(address) for address in pages(pool, first_assessor)] + [own.get(reverse("leading:my_work"))]
    shown = [f"{answer.headers} {answer.content.decode()}" for answer in answers]
    hidden = (educator.name, educator.ref, educator.email, district.name, panel.subject, panel.ref, "emonstrated")
    assert [word for word in hidden if any(word in each for each in shown)] == []


def test_the_file_holds_a_line_for_each_assessor(
    pool: Organisation, panel: Panel, lead_assessor: Person, client_of: ClientOf
) -> None:
    answer = client_of(lead_assessor).get(page("workload_file", pool))
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["name"], row["handed_in"], row["owed"], row["currency"]) for row in rows] == [
        ("Ada First", "1", "25.00", "USD"),
        ("Ben Second", "1", "25.00", "USD"),
    ]
    assert answer["Cache-Control"] == "private, no-store"


def test_the_file_and_the_page_count_what_somebody_adjudicated(
    pool: Organisation, panel: Panel, first_assessor: Person, lead_assessor: Person, client_of: ClientOf
) -> None:
    panel.assignments.filter(rater=first_assessor).update(adjudicates=True)
    client = client_of(lead_assessor)
    rows = csv.DictReader(StringIO(client.get(page("workload_file", pool)).content.decode("utf-8-sig")))
    assert [(row["handed_in"], row["adjudicated"]) for row in rows] == [("1", "1"), ("1", "0")]
    assert "Adjudicated" in client.get(page("workload", pool)).content.decode()


def test_a_name_is_never_taken_for_a_formula() -> None:
    row = list(csv.reader(StringIO(written([Work(Person(ref="P-1", name="=1+1"))]))))[1]
    assert row[1] == "'=1+1"


def test_the_number_of_questions_does_not_grow(
    pool: Organisation, panel: Panel, first_assessor: Person, lead_assessor: Person, client_of: ClientOf
) -> None:
    clients = [(client_of(lead_assessor), address) for address in pages(pool, first_assessor)]
    clients.append((client_of(first_assessor), reverse("leading:my_work")))
    counts = []
    for number in range(2):
        for client, address in clients:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        cast.make_person(f"Newly Come {number}", (pool, Role.ASSESSOR))
        for more in range(2):
            judge(pool, f"MORE-{number}-{more}")
    assert counts[:4] == counts[4:]


def test_this_month_is_what_is_shown_first() -> None:
    assert Period.this_month(date(2026, 11, 25)) == Period(date(2026, 11, 1), date(2026, 11, 25))
