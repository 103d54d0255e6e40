"""Figures of versions and issuers: added up, with intervals, and nothing of few."""

from __future__ import annotations

import csv
from datetime import date
from html import unescape
from io import StringIO

import pytest
from django.utils import timezone

from longleaf.directory.models import Organisation
from longleaf.directory.status import Role
from longleaf.quality.monitoring import wording
from longleaf.quality.monitoring.equity import divisions_of
from longleaf.quality.monitoring.figures import Figures
from longleaf.quality.monitoring.shares import Share
from longleaf.quality.monitoring.sources import Cohort
from longleaf.quality.monitoring.windows import Window, up_to, whole_months
from longleaf.quality.oversight import complaining
from longleaf.quality.tests.monitoring import told
from tests import cast

TODAY = date(2026, 11, 29)


@pytest.fixture
def issuing_officer(issuer):
    return cast.make_person("Ira Issuer", (issuer, Role.ISSUER))


# --- What is worked out ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "months", "live", "whole"),
    [
        (TODAY, 12, (date(2025, 11, 29), TODAY), (date(2025, 11, 1), date(2026, 10, 31))),
        (date(2028, 2, 29), 12, (date(2027, 2, 28), date(2028, 2, 29)), (date(2027, 2, 1), date(2028, 1, 31))),
        (date(2026, 1, 31), 2, (date(2025, 11, 30), date(2026, 1, 31)), (date(2025, 11, 1), date(2025, 12, 31))),
    ],
)
def test_months_end_today_or_with_the_last_whole_one(today, months, live, whole):
    assert up_to(today, months=months) == Window(*live)
    assert whole_months(today, months=months) == Window(*whole)


@pytest.mark.parametrize(
    # By Newcombe (1998, table I, method 3).
    ("part", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(part, of, low, high):
    assert Share(part, of).interval(0.95) == pytest.approx((low, high), abs=5e-5)


def test_an_interval_ends_where_shares_do():
    assert Share(0, 0).interval(0.95) == (0.0, 1.0)
    assert Share(30, 30).interval(0.99)[1] == 1.0


def test_the_median_is_the_day_by_which_every_second_was_decided():
    window = up_to(TODAY)
    assert Figures(window, days={3: 2, 5: 2, 20: 1}).median_days == 5
    assert Figures(window).median_days is None


def test_words_never_round_to_all_or_none():
    assert wording.told(Share(999, 1000), 10) == "over 99% of 1,000"
    assert wording.told(Share(1, 1000), 10) == "under 1% of 1,000"
    assert wording.told(Share(40, 40), 10) == "100% of 40"
    assert wording.told(Share(3, 9), 10) == "Fewer than 10"
    assert wording.told(Share(), 10) == "None yet"


def test_a_small_group_is_not_told_and_cannot_be_worked_out():
    places = {
        key: Organisation(pk=key, region=region, kind="district", facts=facts)
        for key, region, facts in [
            (1, "North", {"place": {"locale": "rural", "locale_standing": "inferred", "tiers": []}}),
            (
                2,
                "South",
                {"place": {"locale": "city", "tiers": [{"year": 2026, "tier": 1}, {"year": 2030, "tier": 3}]}},
            ),
            (3, "West", {}),
        ]
    }
    cohorts = [Cohort(7, 1, 40, 20, 30), Cohort(7, 2, 12, 6, 6), Cohort(8, 2, 3, 3, 3), Cohort(7, 3, 2, 0, 0)]
    by = {each.title: each for each in divisions_of(cohorts, places, smallest=10, today=TODAY)}
    told_of = {group.name: group.attempts for group in by["Region"].groups}
    # West has two, and South goes with it: else 57 in all would tell how many it has.
    assert told_of == {"North": 40, "South": None, "West": None}
    assert by["Locale"].standings == ("inferred",)
    assert [group.name for group in by["Tier"].groups] == ["Tier 1", "Not known"]


# --- Who sees it -----------------------------------------------------------------------------------------------------


def test_officers_of_the_agency_see_all_and_those_of_an_issuer_their_own(
    version, agency, state_officer, issuing_officer, designer, educator, client_of
):
    told.tell(version)
    officer, theirs = client_of(state_officer), client_of(issuing_officer)
    page = unescape(officer.get("/quality/agencies/").content.decode())
    assert "50% of 40" in page
    assert "/quality/agencies/ISSUER/" in page
    assert theirs.get("/quality/agencies/").status_code == 404
    assert theirs.get("/quality/agencies/AGENCY/").status_code == 404
    assert officer.get("/quality/agencies/NOBODY/").status_code == 404
    for somebody in (designer, educator):
        for end in ("", "figures.csv", "figures.json"):
            assert client_of(somebody).get(f"/quality/agencies/ISSUER/{end}").status_code == 404
    assert "/quality/agencies/ISSUER/" in theirs.get("/quality/").content.decode()
    mine = unescape(theirs.get("/quality/agencies/ISSUER/").content.decode())
    assert "by whole months" in mine
    assert "95% of 40" in mine


def test_figures_are_files_too(version, agency, state_officer, educator, client_of):
    told.tell(version, attempts=40, promised=6, kept=6)
    officer = client_of(state_officer)
    rows = list(
        csv.DictReader(StringIO(officer.get("/quality/agencies/ISSUER/figures.csv").content.decode("utf-8-sig")))
    )
    assert [row["of"] for row in rows] == ["ISSUER", version.micro_credential.slug]
    assert (rows[1]["attempts_decided"], rows[1]["demonstrated_first_time"]) == ("40", "0.5")
    assert (rows[1]["promised"], rows[1]["decided_by_promised_day"]) == ("", "")
    told_of = officer.get("/quality/agencies/ISSUER/figures.json").json()
    assert told_of["moves_by"] == "day"
    assert told_of["issuer"]["decided_by_promised_day"] is None
    assert [each["by"] for each in told_of["groups"]] == ["Region", "Tier", "Locale", "Kind of workplace"]


def test_complaints_are_counted_with_the_version_they_are_about(version, agency, state_officer, educator, client_of):
    told.tell(version)
    for _ in range(10):
        made = complaining.complain(subject=version, text="Broken.", acting_person=educator)
        complaining.answer(complaint=made, upheld=True, text="So it was.", acting_person=state_officer)
    assert "100% of 10" in client_of(state_officer).get("/quality/agencies/").content.decode()


def test_everybody_learns_how_an_issuer_keeps_up_unless_it_tells_of_few(version, issuer, client):
    at = f"/catalog/issuers/{issuer.slug}/"
    told.tell(version, attempts=8)
    assert "How it keeps up" not in client.get(at).content.decode()
    told.tell(version)
    page = unescape(client.get(at).content.decode())
    assert "it decided on 40 pieces of work, half of it within 4 business days" in page
    assert "By the promised day: 95% of 40." in page


def test_figures_ask_the_database_as_often_for_20_micro_credentials_as_for_2(
    version, state, agency, issuer, items, state_officer, client_of, django_assert_max_num_queries
):
    told.tell(version)
    officer, counts = client_of(state_officer), []
    for number in (2, 20):
        for place in range(1, number):
            cast.publish(state, issuer, cast.make_document(f"another-{place}"), [items["MTS-2"]])
        for at in ("/quality/agencies/", "/quality/agencies/ISSUER/"):
            officer.get(at)
            with django_assert_max_num_queries(40) as asked:
                assert officer.get(at).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert timezone.localdate()
