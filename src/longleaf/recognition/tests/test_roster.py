"""The roster of a school unit: who is at risk by the state's figures, exports that keep their columns, and numbers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.directory import registering
from longleaf.directory.status import OrganisationKind, Role
from longleaf.kit import keeping
from longleaf.recognition import overlays, policies, ruling
from longleaf.recognition.ledgers import standings_of
from longleaf.recognition.roster import counting, exporting, queries
from longleaf.recognition.roster.lines import months_after
from longleaf.recognition.roster.statewide import statewide
from longleaf.recognition.status import CycleStanding
from longleaf.recognition.tests.factories import SURE, badge, license_for, load, unsigned_badges, workshop, worth_each
from tests import cast

ROSTER, EXPORT = "/renewal/roster/", "/renewal/roster/licensure."
ON = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def policy(state: Any, district: Any, psu_officer: Any) -> None:
    load(state)
    worth_each(district, psu_officer, credits=Decimal(2))


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def told(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def standing_when(expires: date, person: Any, state: Any, district: Any) -> CycleStanding:
    license_for(person, state, issued=date(2020, 7, 1), expires=expires)
    return queries.roster_of([district], on=ON).lines[0].standing


@pytest.mark.parametrize(
    ("expires", "standing"),
    [
        (date(2026, 9, 30), CycleStanding.EXPIRED),
        (date(2026, 10, 1), CycleStanding.AT_RISK),
        (date(2027, 4, 1), CycleStanding.AT_RISK),
        (date(2027, 4, 2), CycleStanding.WATCH),
        (date(2028, 4, 1), CycleStanding.WATCH),
        (date(2028, 4, 2), CycleStanding.ON_TRACK),
    ],
)
def test_a_cycle_is_at_risk_by_the_end_that_is_near(expires, standing, educator, state, district):
    assert standing_when(expires, educator, state, district) == standing


def test_the_figures_are_those_of_the_state(educator, state, district):
    ruling.set_practice(
        state=state, figures={"at_risk_months": 20, "watch_months": 24}, standing="synthetic", acting_person=None
    )
    assert standing_when(date(2028, 4, 1), educator, state, district) == CycleStanding.AT_RISK


def test_who_lacks_nothing_is_complete_and_who_has_no_licence_says_so(
    educator, other_educator, version, state, district
):
    license_for(educator, state)
    for _ in range(5):
        badge(educator, version)
    found = {line.name: line for line in queries.roster_of([district], on=ON).lines}
    assert found["Erin Earner"].standing == CycleStanding.COMPLETE
    assert found["Oscar Otherwise"].standing == CycleStanding.NO_LICENCE
    assert found["Erin Earner"].spent.share_of_competency == 100


def test_what_the_unit_asks_on_top_keeps_no_licence_from_being_complete(educator, version, state, district):
    license_for(educator, state)
    for _ in range(5):
        badge(educator, version)
    salt = {"id": "on-salt", "title": "On salt", "when": {"kind": "topic", "among": ["salt"]}, **SURE}
    part = {"roles": ["teacher"], "category": "salt", "credits": 1, "takes": "on-salt"}
    overlay = {"overlay_of": "MD-renewal", "by": "Ours", "id": "D1", "title": "Ours", **SURE}
    overlay |= {"categories": [{"code": "salt", "title": "Salt"}], "eligibility": [salt], "parts": [part]}
    overlays.load_overlay(organisation=district, document=overlay, acting_person=None)
    today = timezone.localdate()
    ledger = standings_of([educator.pk], on=today)[educator.pk].ledger
    assert (ledger.complete, ledger.total_missing) == (False, 1), "the ledger asks for it"
    line = next(line for line in queries.roster_of([district], on=today).lines if line.ref == educator.ref)
    assert (line.standing, line.missing) == (CycleStanding.COMPLETE, 0)
    assert line.required == ledger.total_required - 1


def test_credits_are_told_apart_by_time_and_competency(educator, version, state, district):
    license_for(educator, state)
    badge(educator, version)
    workshop(educator, hours="20", earned_on=date(2025, 2, 1))
    [line] = queries.roster_of([district], on=ON).lines
    assert {year: (spent.time, spent.competency) for year, spent in line.by_year.items()} == {
        2025: (2, 0),
        2026: (0, 2),
    }
    assert line.spent.share_of_competency == 50


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2027, 8, 31), 6, date(2028, 2, 29)),
     (date(2026, 12, 31), 1, date(2027, 1, 31)), (date(2026, 1, 15), 24, date(2028, 1, 15))],
)  # fmt: skip
def test_months_end_on_days_that_there_are(day, months, then):
    assert months_after(day, months) == then


def test_a_school_of_the_unit_is_part_of_its_roster(state, district, psu_officer):
    registering.register_organisations(
        state=state,
        organisations={
            "S1": {
                "slug": "river-school", "kind": OrganisationKind.SCHOOL, "name": "River School",
                "standing": "synthetic", "parent": district,
            }
        },
    )  # fmt: skip
    school = state.organisations.get(code="S1")
    teacher = cast.make_person("Sue School", (school, Role.EDUCATOR))
    assert [line.name for line in queries.roster_of([district], on=ON).lines] == [teacher.name]


@pytest.mark.parametrize(
    ("who", "roster", "state_numbers"),
    [(None, 302, 302), ("educator", 403, 403), ("psu_officer", 200, 403), ("state_officer", 403, 200)],
)
def test_each_page_opens_for_whom_it_should(who, roster, state_numbers, request, client_of):
    client = client_of(request.getfixturevalue(who) if who else None)
    assert [client.get(path).status_code for path in (ROSTER, f"{EXPORT}csv", f"{EXPORT}json")] == [roster] * 3
    assert client.get("/renewal/state/").status_code == state_numbers


def test_the_page_tells_numbers_and_narrows(client_of, psu_officer, educator, other_educator, version, state):
    license_for(educator, state, expires=date(2026, 12, 31), issued=date(2022, 1, 1))
    badge(educator, version)
    license_for(other_educator, state)
    client = client_of(psu_officer)
    page = text_of(client.get(f"{ROSTER}?on=2026-10-01"))
    for words in ("At risk (1)", "On the way (1)", "2 of 10", "need you first", "100 %", "Proposed"):
        assert words in page
    narrowed = text_of(client.get(f"{ROSTER}?on=2026-10-01&standing=at_risk&ends_by=2027-06-30&q=erin&sort=missing"))
    assert ("Erin Earner" in narrowed, "Oscar Otherwise" in narrowed) == (True, False)
    assert "Nobody fits all of this." in text_of(client.get(f"{ROSTER}?q=nobody"))


def test_a_page_and_an_export_cost_as_many_queries_for_twenty_as_for_two(
    client_of, psu_officer, district, version, state
):
    client = client_of(psu_officer)
    client.get(ROSTER)
    policies.renewal_policy()  # it is read once and then kept
    measured = []
    for further in (2, 18):
        for number in range(further):
            person = cast.make_person(f"Educator {further} {number}", (district, Role.EDUCATOR))
            license_for(person, state)
            unsigned_badges(person, version, 1)
        with CaptureQueriesContext(connection) as asked:
            client.get(ROSTER)
        with CaptureQueriesContext(connection) as exported:
            told(client.get(f"{EXPORT}json"))
        measured.append((len(asked), len(exported)))
    assert measured[0] == measured[1]


def test_the_csv_has_its_columns_and_runs_no_formula(client_of, psu_officer, educator, version, district, state):
    license_for(educator, state)
    badge(educator, version)
    cast.make_person("=1+1", (district, Role.EDUCATOR))
    rows = list(csv.DictReader(io.StringIO(told(client_of(psu_officer).get(f"{EXPORT}csv?on=2026-10-01")))))
    assert rows[0]["name"] == "'=1+1"
    expected = {
        "educator": educator.ref, "synthetic": "no", "cycle_end": "2029-06-30", "as_of": "2026-10-01", "counted": "2",
        "required": "10", "missing": "8", "standing": "on_track", "growth_counted": "2", "free_missing": "6",
        "from_competency": "2", "policy_version": "MD-2020",
    }  # fmt: skip
    found = next(row for row in rows if row["educator"] == educator.ref)
    assert {name: found[name] for name in expected} == {**expected, "synthetic": found["synthetic"]}


def test_the_csv_has_columns_for_what_a_unit_asks_of_its_own(
    client_of, psu_officer, educator, version, district, state
):
    license_for(educator, state)
    badge(educator, version)
    salt = {"id": "on-salt", "title": "On salt", "when": {"kind": "anything"}, **SURE}
    part = {"roles": ["teacher"], "category": "salt", "credits": 7, "takes": "on-salt"}
    overlay = {"overlay_of": "MD-renewal", "by": "Ours", "id": "D1", "title": "Ours", **SURE}
    overlay |= {"categories": [{"code": "salt", "title": "Salt"}], "eligibility": [salt], "parts": [part]}
    overlays.load_overlay(organisation=district, document=overlay, acting_person=None)

    def columns_and_row(on: date) -> tuple[list[str], dict[str, str]]:
        file = told(client_of(psu_officer).get(f"{EXPORT}csv?on={on.isoformat()}"))
        reader = csv.DictReader(io.StringIO(file))
        return list(reader.fieldnames or ()), next(row for row in reader if row["educator"] == educator.ref)

    today = timezone.localdate()
    columns, row = columns_and_row(today)
    assert columns[-5:] == [exporting.BESIDE[-1], "salt_required", "salt_counted", "salt_missing", "unit"]
    assert row["unit"] == "D1"
    assert (row["salt_required"], row["salt_missing"], row["required"]) == ("7", "7", "10")
    before, _ = columns_and_row(today - timedelta(days=1))
    assert before == [*columns[:-4], "unit"]


def test_the_json_tells_every_line_with_its_rule(client_of, psu_officer, educator, version, state):
    license_for(educator, state)
    badge(educator, version)
    found = json.loads(told(client_of(psu_officer).get(f"{EXPORT}json?on=2026-10-01")))
    assert (found["format"], found["units"]) == (exporting.FORMAT, ["D1"])
    [person] = found["educators"]
    assert person["lines"][0]["value_rule"] == "MD-local"
    assert [part["missing"] for part in person["categories"]] == ["2", "6"]


def test_every_column_is_documented():
    page = (Path(__file__).parents[4] / "docs/reference/licensure-export.md").read_text()
    assert [column for column in (*exporting.COLUMNS, *exporting.BESIDE) if f"| `{column}` |" not in page] == []


def test_units_are_counted_once_a_day_and_added_up_by_region(
    educator, version, state, district, client_of, state_officer, django_assert_max_num_queries
):
    license_for(educator, state)
    badge(educator, version)
    assert counting.count_units() == 2
    assert counting.count_units() == 0
    district.region = "North"
    district.save()
    with django_assert_max_num_queries(1):
        found = statewide()
    assert [(region.name, region.educators) for region in found.regions] == [("North", 1)]
    assert found.whole.spent.competency == 2
    page = text_of(client_of(state_officer).get("/renewal/state/"))
    assert "North" in page
    assert "Erin" not in page


def test_the_numbers_of_the_state_count_what_a_unit_asks_on_top(educator, version, state, district):
    license_for(educator, state)
    for _ in range(5):
        badge(educator, version)
    counting.count_units()
    assert statewide().whole.standings == {CycleStanding.COMPLETE: 1}
    cap = {"id": "D1-cap", "title": "At most one", "of": ["micro_credential"], "at_most": 1, "per": "year", **SURE}
    overlay = {"overlay_of": "MD-renewal", "by": "Ours", "id": "D1", "title": "Ours", **SURE, "caps": [cap]}
    overlays.load_overlay(organisation=district, document=overlay, acting_person=None)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        counting.count_units()
    assert (statewide().whole.standings, statewide().whole.spent.competency) == ({CycleStanding.ON_TRACK: 1}, 1)


def test_without_a_policy_the_roster_still_opens(client_of, psu_officer, educator, monkeypatch):
    monkeypatch.setattr(policies, "renewal_policy", lambda on=None: None)
    page = text_of(client_of(psu_officer).get(ROSTER))
    assert "This state has not published a renewal policy here yet." in page or "No license on record" in page


def _kept_of(name: str) -> int:
    return sum(name in key for key in keeping.shelf._kept)


@pytest.mark.django_db(transaction=True)
def test_days_that_somebody_types_are_not_all_kept(client_of, psu_officer, educator, state, district):
    license_for(educator, state)
    client, ledger = client_of(psu_officer), f"/renewal/of/{educator.ref}/"
    pages = [ROSTER, ledger]
    for page in pages:
        client.get(page)
    held = [_kept_of(name) for name in ("roster", "standing", "overlays")]
    days = [ON + timedelta(days=number) for number in range(20)]
    for day in days:
        for page in pages:
            assert client.get(f"{page}?on={day.isoformat()}").status_code == 200
    assert [_kept_of(name) for name in ("roster", "standing", "overlays")] == held
    assert queries.of_another_day.cache_info().currsize <= queries.OTHER_DAYS


@pytest.mark.django_db(transaction=True)
def test_the_roster_of_another_day_is_reckoned_once_until_something_is_decided(educator, district, state):
    license_for(educator, state)
    first = queries.roster_of([district], on=ON)
    assert queries.roster_of([district], on=ON) is first
    workshop(educator)
    again = queries.roster_of([district], on=ON)
    assert (again is first, again.spent.time - first.spent.time) == (False, 1)
