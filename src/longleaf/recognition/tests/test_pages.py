"""The pages of recognition: who may open them, what they tell, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.recognition import policies
from longleaf.recognition.models import LocalValue
from longleaf.recognition.tests.factories import (
    UNSET,
    badge,
    license_for,
    load,
    make_policy_document,
    unsigned_badges,
    workshop,
    worth_each,
)
from tests import cast

LEDGER, VALUES = "/renewal/", "/renewal/values/"
CATALOG_PAGE = "/catalog/feedback-that-moves-learning/"


@pytest.fixture
def licence(state: Any, educator: Any) -> Any:
    load(state)
    return license_for(educator, state)


@pytest.fixture
def neighbour(other_district: Any) -> Any:
    return cast.make_person("Nora Neighbour", (other_district, Role.PSU_OFFICER))


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def without_token(response: Any) -> str:
    return re.sub(r'value="\w{64}"', "", text_of(response))


# --- Who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "own", "of_the_educator", "values"),
    [
        (None, 302, 302, 302),
        ("educator", 200, 404, 403),
        ("other_educator", 200, 404, 403),
        ("psu_officer", 200, 200, 200),
        ("neighbour", 200, 404, 200),
        ("state_officer", 200, 404, 403),
        ("first_assessor", 200, 404, 403),
        ("stranger", 200, 404, 403),
    ],
)
def test_each_page_opens_for_whom_it_should(
    who, own, of_the_educator, values, request, client_of, licence, educator, neighbour
):
    client = client_of(request.getfixturevalue(who) if who else None)
    found = [client.get(path).status_code for path in (LEDGER, f"/renewal/of/{educator.ref}/", VALUES)]
    assert found == [own, of_the_educator, values]


def test_nobody_is_sent_to_sign_in_and_back(client):
    assert client.get(LEDGER).url == f"/sign-in/?next={LEDGER}"


def test_an_address_that_never_was_looks_like_one_that_is_not_open(client_of, neighbour, educator, licence):
    client = client_of(neighbour)
    hidden, missing = client.get(f"/renewal/of/{educator.ref}/"), client.get("/renewal/of/P-2222-2222-2222/")
    assert hidden.status_code == missing.status_code == 404
    assert without_token(hidden) == without_token(missing)


def test_an_officer_sees_no_ledger_of_somebody_who_has_left(client_of, psu_officer, educator, licence):
    held = educator.roles.get()
    held.until = timezone.localdate() - timedelta(days=1)
    held.save()
    assert client_of(psu_officer).get(f"/renewal/of/{educator.ref}/").status_code == 404


@pytest.mark.parametrize("who", ["educator", "state_officer", "stranger"])
def test_somebody_without_the_office_sets_nothing(who, request, client_of, licence):
    response = client_of(request.getfixturevalue(who)).post(VALUES, filled())
    assert response.status_code == 403
    assert not LocalValue.objects.exists()


@pytest.mark.parametrize("path", [LEDGER, VALUES])
def test_a_method_that_means_nothing_here_is_refused(path, client_of, psu_officer):
    assert client_of(psu_officer).delete(path).status_code == 405


# --- The ledger ------------------------------------------------------------------------------------------------------


def test_the_ledger_says_line_by_line_what_counts_and_why(client_of, educator, version, licence, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(2), valid_from=date(2024, 7, 1))
    badge(educator, version)
    workshop(educator, title="Long ago", earned_on=date(2020, 1, 1))
    page = text_of(client_of(educator).get(f"{LEDGER}?on=2026-10-01"))
    for words in (
        "Your cycle runs from July 1, 2024 to June 30, 2029.",
        "Erin Earner (synthetic)",
        "Feedback that moves learning",
        "Rivertown Schools gives 2 credits",
        "Helping learners grow",
        "It was earned before this cycle began on July 1, 2024.",
        "Does not count",
        "The school unit sets the value",
        "Reckoned as of October 1, 2026.",
        "Synthetic",
    ):
        assert words in page


def test_an_officer_reads_the_same_ledger_in_the_third_person(client_of, educator, licence, psu_officer):
    page = text_of(client_of(psu_officer).get(f"/renewal/of/{educator.ref}/"))
    assert "Where they stand" in page
    assert "Erin Earner" in page
    assert "Find micro-credentials that count" not in page


def test_it_can_be_reckoned_on_another_day(client_of, educator, licence, state):
    license_for(educator, state, issued=date(2019, 7, 1), expires=date(2024, 6, 30))
    client = client_of(educator)
    assert "June 30, 2024" in text_of(client.get(f"{LEDGER}?on=2023-05-05"))
    assert "June 30, 2029" in text_of(client.get(f"{LEDGER}?on=2024-07-01"))


@pytest.mark.parametrize("on", ["", "tomorrow", "2026-13-40", "31.12.2026"])
def test_a_day_that_is_none_is_today(on, client_of, educator, licence):
    today = timezone.localdate()
    assert f"Reckoned as of {today:%B} {today.day}, {today.year}." in text_of(
        client_of(educator).get(f"{LEDGER}?on={on}")
    )


@pytest.mark.parametrize("on", ["0001-01-01", "1969-07-20", "2300-01-01", "9999-12-31"])
def test_a_day_far_away_still_answers(on, client_of, educator, licence):
    assert client_of(educator).get(f"{LEDGER}?on={on}").status_code == 200


def test_without_a_licence_the_page_says_what_to_do(client_of, educator, state):
    load(state)
    page = text_of(client_of(educator).get(LEDGER))
    assert "No ledger yet" in page
    assert "licensure office" in page


def test_before_any_pack_is_loaded_the_page_still_opens(client_of, stranger):
    assert "No ledger yet" in text_of(client_of(stranger).get(LEDGER))


def test_a_settled_licence_asks_for_nothing(client_of, educator, state):
    load(state)
    license_for(educator, state, kind="LIFE")
    assert "A license for life stays." in text_of(client_of(educator).get(LEDGER))


def test_a_full_ledger_says_that_nothing_is_missing(client_of, educator, licence, version, district, psu_officer):
    worth_each(district, psu_officer, credits=Decimal(12))
    badge(educator, version)
    assert "Nothing is missing in this cycle." in text_of(client_of(educator).get(LEDGER))


@pytest.mark.parametrize("path", [LEDGER, CATALOG_PAGE, "/"])
def test_a_page_costs_as_many_queries_for_thirty_badges_as_for_one(
    path, client_of, educator, licence, version, district, psu_officer
):
    worth_each(district, psu_officer, credits=Decimal(1))
    client = client_of(educator)
    client.get(path)  # the first reader of a policy pays for reading it
    counted = []
    for further in (1, 2, 27):
        unsigned_badges(educator, version, further)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2]


def test_an_officers_page_costs_as_many_queries_for_thirty_educators_as_for_one(
    client_of, district, psu_officer, version, educator
):
    client, counted = client_of(psu_officer), []
    for number in (1, 30):
        for each in range(number):
            cast.make_person(f"Educator {number} {each}", (district, Role.EDUCATOR))
            if LocalValue.objects.count() < number:
                LocalValue.objects.create(
                    organisation=district, credits=1, valid_from=date(2020, 1, 1), decided_by=psu_officer,
                    micro_credential=version.micro_credential,
                )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            client.get(VALUES)
        counted.append(len(queries))
    assert counted[0] == counted[1]


# --- What it is worth to a reader of the catalog ---------------------------------------------------------------------


def test_a_visitor_is_told_how_to_find_out_what_it_is_worth(client, version):
    assert "Sign in to see what it would count for" in text_of(client.get(CATALOG_PAGE))


def test_an_educator_is_told_what_it_is_worth_before_beginning(
    client_of, educator, licence, version, district, psu_officer
):
    worth_each(district, psu_officer, credits=Decimal(2))
    page = text_of(client_of(educator).get(CATALOG_PAGE))
    for words in ("It would count 2 credits for Helping learners grow.", "Its value", "until June 30, 2029"):
        assert words in page


def test_an_educator_is_told_that_no_value_is_set(client_of, educator, licence, version):
    assert UNSET in text_of(client_of(educator).get(CATALOG_PAGE))


# --- Setting a value -------------------------------------------------------------------------------------------------


def filled(**changes: str) -> dict[str, str]:
    return {
        "micro_credential": "",
        "way": "fixed",
        "credits": "2",
        "valid_from": timezone.localdate().isoformat(),
        "reason": "As for a course",
        **changes,
    }


def test_the_general_rule_is_set_by_its_form(client_of, psu_officer, district, version):
    response = client_of(psu_officer).post(VALUES, filled(), follow=True)
    assert response.redirect_chain == [(VALUES, 302)]
    value = LocalValue.objects.get()
    assert (value.organisation, value.micro_credential, value.credits) == (district, None, 2)
    page = text_of(response)
    assert "The value is set." in page
    assert "As for a course" in page
    assert JournalLine.objects.filter(subject="organisation:D1").count() == 1


def test_a_value_of_one_micro_credential_by_the_hour_is_set_by_its_form(client_of, psu_officer, version):
    changes = {"micro_credential": "feedback-that-moves-learning", "way": "hourly", "credits": "0.1"}
    client_of(psu_officer).post(VALUES, filled(**changes))
    value = LocalValue.objects.get()
    assert value.micro_credential == version.micro_credential
    assert (value.credits, value.credits_per_effort_hour) == (None, Decimal("0.1"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"credits": ""}, "credits"),
        ({"credits": "many"}, "credits"),
        ({"credits": "21"}, "credits"),
        ({"credits": "-1"}, "credits"),
        ({"credits": "1.2345"}, "credits"),
        ({"way": "by-weight"}, "way"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"valid_from": ""}, "valid_from"),
        ({"reason": ""}, "reason"),
        ({"reason": "long " * 80}, "reason"),
        ({"micro_credential": "nowhere-to-be-found"}, "micro_credential"),
        ({"micro_credential": "no slug at all"}, "micro_credential"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(changes, field, client_of, psu_officer, version):
    sent = filled(**{"reason": "Said “so” & kept", "credits": "1.5", **changes})
    response = client_of(psu_officer).post(VALUES, sent)
    assert response.status_code == 422
    assert not LocalValue.objects.exists()
    page = text_of(response)
    assert f'id="id_{field}_error"' in page
    assert f'href="#id_{field}' in page
    for name in ("credits", "valid_from", "reason"):
        assert f'value="{sent[name].strip()}"' in page or sent[name].strip() in page


def test_a_value_that_would_change_what_was_earned_is_told_at_its_field(client_of, psu_officer, district):
    worth_each(district, psu_officer, credits=Decimal(2))
    response = client_of(psu_officer).post(VALUES, filled(valid_from="2026-01-15", reason="Mended"))
    assert response.status_code == 422
    page = text_of(response)
    assert "What was earned under the value set before keeps it." in page
    assert 'value="2026-01-15"' in page


def test_an_empty_form_is_bad_input(client_of, psu_officer):
    assert client_of(psu_officer).post(VALUES, {}).status_code == 422


def test_under_a_policy_that_asks_for_no_credits_the_ledger_still_tells_what_was_earned(client, educator, state):
    document = make_policy_document()
    del document["versions"]
    policies.load_policy(state=state, code=policies.RENEWAL, document=document, acting_person=None)
    license_for(educator, state)
    workshop(educator)
    client.force_login(educator)
    page = text_of(client.get(LEDGER))
    assert "Meadow renewal (synthetic) asks for no credits in a cycle." in page
    assert "A workshop" in page
    assert "Where you stand" not in page
