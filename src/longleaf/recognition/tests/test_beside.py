"""What a policy gives and asks beside credits, wherever it is told: page, what if, certificate, roster, export."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf.recognition import ledgers, what_if
from longleaf.recognition.beside import beside
from longleaf.recognition.certificates import stating
from longleaf.recognition.models import CreditCertificate, Licence
from longleaf.recognition.roster import queries
from longleaf.recognition.tests.factories import TODAY, badge, given_beside, license_for, load, workshop, worth_each
from tests import cast

SLUG = "feedback-that-moves-learning"


@pytest.fixture(autouse=True)
def licence(state: Any, educator: Any, district: Any, psu_officer: Any, version: Any) -> Any:
    load(state, **given_beside(version))
    worth_each(district, psu_officer, credits=Decimal(2))
    return license_for(educator, state)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_results_and_obligations_are_told_with_why_by_what_and_what_is_missing(educator, version) -> None:
    badge(educator, version)
    found = beside(ledgers.standing_of(educator, on=TODAY).ledger)
    given = {each.rule.id: each for each in found.given}
    assert [(each.rule.id, each.met) for each in found.given] == [
        ("MD-waived", True), ("MD-rank", False), ("MD-exam", False),
    ]  # fmt: skip
    assert given["MD-waived"].credits == ("Feedback that moves learning (synthetic)",)
    assert given["MD-rank"].what == "Rank II, from rank III"
    assert given["MD-rank"].missing == "1 more: a credit of the kind micro credential."
    assert given["MD-exam"].reasons == (
        "1 of 1: a credit of the kind micro credential.", "No score on pedagogy is recorded.",
    )  # fmt: skip
    asked = [(each.rule.id, each.by_day, each.met, each.is_late) for each in found.asked]
    assert asked == [
        ("MD-first-year", date(2025, 6, 30), False, True),
        ("MD-third-year", date(2027, 6, 30), False, False),
    ]
    [lanes] = found.climbs
    assert (lanes.reached, lanes.missing) == (("Lane 2",), 2)


def test_the_ledger_page_tells_them_with_their_rules(client_of, educator, psu_officer, version) -> None:
    badge(educator, version)
    for person, path in ((educator, "/renewal/"), (psu_officer, f"/renewal/of/{educator.ref}/")):
        page = text_of(client_of(person).get(f"{path}?on=2026-10-01"))
        for words in (
            "Beside credits", "Requirement: a course on feedback", "Rank II, from rank III", "Overdue", "June 30, 2025",
            "June 30, 2027", "Missing: 1 more: a credit of the kind micro credential.", "Step reached: Lane 2.",
            "2 credits more to “Lane 3”.", 'href="#rule-MD-rank"', 'id="rule-MD-rank"', 'id="rule-MD-lanes"',
        ):  # fmt: skip
            assert words in page
        assert page.count('id="rule-MD-lanes"') == 1


def test_what_is_left_over_is_told_with_its_day(client_of, educator) -> None:
    workshop(educator, hours="120")
    page = text_of(client_of(educator).get("/renewal/?on=2026-10-01"))
    assert "What is left over, and until when" in page
    assert "after June 30, 2029 they count nowhere" in page


def test_a_settled_license_still_tells_them(client_of, educator, state, version) -> None:
    Licence.objects.filter(person=educator).update(kind="LIFE")
    badge(educator, version)
    page = text_of(client_of(educator).get("/renewal/?on=2026-10-01"))
    for words in ("A license for life stays.", "Requirement: a course on feedback", 'id="rule-MD-waived"'):
        assert words in page
    assert "Rank II, from rank III" in text_of(client_of(educator).get(f"/renewal/what-if/?add={SLUG}"))


def test_without_results_there_is_no_such_section(client_of, educator, state) -> None:
    load(state)
    assert "Beside credits" not in text_of(client_of(educator).get("/renewal/"))


def test_what_if_says_which_would_be_met(client_of, educator, version) -> None:
    badge(educator, version)
    cast.publish(version.micro_credential.state, version.micro_credential.issuer, cast.make_document("aloud"), [])
    found = what_if.if_earned(educator, ["aloud"], words="", on=TODAY)
    turns = {turn.rule.id: (turn.before, turn.after, turn.is_new) for turn in found.comparison.turns}
    assert turns == {
        "MD-waived": ("Met", "Met", False),
        "MD-rank": ("Not yet", "Met", True),
        "MD-exam": ("Not yet", "Not yet", False),
        "MD-first-year": ("Not yet", "Not yet", False),
        "MD-third-year": ("Not yet", "Met", True),
        "MD-lanes": ("Lane 2, 2 credits", "Lane 3, 4 credits", True),
    }
    page = text_of(client_of(educator).get("/renewal/what-if/?add=aloud&on=2026-10-01"))
    assert "What the policy gives or asks" in page
    assert '<span class="rec-gain">Lane 3, 4 credits</span>' in page


def test_who_issues_it_counts_in_what_if_too(educator, version) -> None:
    found = what_if.if_earned(educator, [SLUG], words="", on=TODAY)
    assert next(turn for turn in found.comparison.turns if turn.rule.id == "MD-waived").is_new


def test_the_certificate_tells_them_and_without_any_is_as_before(client_of, client, educator, version, state) -> None:
    badge(educator, version)
    response = client_of(educator).post("/renewal/certificates/", follow=True)
    certificate = CreditCertificate.objects.get()
    for page in (text_of(response), text_of(client.get(f"/renewal/certificates/{certificate.ref}/verify/"))):
        for words in (
            "Beside credits",
            "A rank for two badges: not yet.",
            "[MD-rank]",
            "due on June 30, 2025: overdue",
        ):
            assert words in page
    assert {"MD-rank", "MD-lanes"} <= {rule["id"] for rule in certificate.document["rules"]}
    load(state)
    assert "beside" not in stating.state(acting_person=educator).document


def test_the_roster_tells_what_is_owed_and_reached(client_of, educator, psu_officer, district, version) -> None:
    badge(educator, version)
    line = next(each for each in queries.gathered([district.pk], TODAY).lines if each.ref == educator.ref)
    assert line.given == ("Requirement: a course on feedback", "Lanes of pay: Lane 2")
    assert [(each.title, each.due, each.is_late) for each in line.owed] == [
        ("A workshop in the first year", date(2025, 6, 30), True),
        ("A badge in the third year", date(2027, 6, 30), False),
    ]
    page = text_of(client_of(psu_officer).get("/renewal/roster/?on=2026-10-01"))
    for words in ("To do: A badge in the third year, by June 30, 2027", "Reached: Lanes of pay: Lane 2", "Overdue"):
        assert words in page


def test_the_export_tells_them_in_columns_and_in_json(client_of, educator, psu_officer, version) -> None:
    badge(educator, version)
    client = client_of(psu_officer)
    told = [
        b"".join(client.get(f"/renewal/roster/licensure.{way}?on=2026-10-01").streaming_content).decode()
        for way in ("csv", "json")
    ]
    row = next(each for each in csv.DictReader(io.StringIO(told[0])) if each["educator"] == educator.ref)
    assert {name: row[name] for name in list(row)[-6:-1]} == {
        "results_met": "MD-waived",
        "results_open": "MD-rank MD-exam",
        "obligations_met": "",
        "obligations_open": "MD-first-year=2025-06-30 MD-third-year=2027-06-30",
        "ladders": "MD-lanes=2",
    }
    person = next(each for each in json.loads(told[1])["educators"] if each["educator"] == educator.ref)
    assert person["results"][1]["gives"] == {"kind": "rank", "to": "II", "from": "III"}
    assert person["obligations"][0] == {
        "rule": "MD-first-year", "title": "A workshop in the first year", "standing": "synthetic", "sources": [],
        "met": False, "reasons": ["0 of 1: a credit of the kind clock hour in year 1 of the license."],
        "missing": "1 more: a credit of the kind clock hour in year 1 of the license.", "credits": [],
        "due": "2025-06-30", "late": True,
    }  # fmt: skip
    assert person["ladders"][0]["reached"] == ["Lane 2"]


def test_the_ledger_costs_as_many_queries_with_them_as_without(client_of, educator, version, state) -> None:
    badge(educator, version)
    client, measured = client_of(educator), []
    for changes in (given_beside(version), {}):
        load(state, **changes)
        client.get("/renewal/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/renewal/")
        measured.append(len(asked))
    assert measured[0] == measured[1]
