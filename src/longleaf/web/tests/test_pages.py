"""The roof: who is shown what, and the pages that belong to the whole house."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longleaf import __version__
from longleaf.assessment import starting
from longleaf.assessment.tests.desk.factories import hand_in
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine
from longleaf.quality.oversight import complaining
from longleaf.web.tests.reading import here_of, links_of, main_of, navigation_of, require_strict, text_of
from tests import cast

EVERYBODY = ["Catalog", "Verify a badge"]
EDUCATOR = ["Catalog", "My work", "My badges", "Renewal", "My rewards", "Bring a badge", "Verify a badge"]
PUBLIC = ["/", "/glossary/", "/standards/", "/accessibility/", "/privacy/", "/catalog/", "/verify/", "/sign-in/"]


# --- Navigation and home ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "places"),
    [
        (None, EVERYBODY),
        ("stranger", EVERYBODY),
        ("educator", EDUCATOR),
        ("second_assessor", ["Catalog", "Assess", "Assessors", "Verify a badge"]),
        ("first_assessor", [*EDUCATOR[:-1], "Assess", "Assessors", "Verify a badge"]),
        ("lead_assessor", ["Catalog", "Assess", "Appeals", "Assessors", "Verify a badge"]),
        (
            "issuing_officer",
            ["Catalog", "Studio", "Issued badges", "Signing keys", "Quality reviews", "Applications", "Verify a badge"],
        ),
        (
            "psu_officer",
            [
                "Catalog",
                "Credit desk",
                "Roster",
                "Licenses",
                "Local values",
                "Renewal plans",
                "Rewards",
                "Recognize",
                "Meetings",
                "Applications",
                "Verify a badge",
            ],
        ),
        (
            "state_officer",
            [
                "Catalog",
                "Appeals",
                "Credit desk",
                "Licenses",
                "Renewal in numbers",
                "Renewal policy",
                "Appeals about credit",
                "Renewal plans",
                "Rewards",
                "Recognize",
                "Quality reviews",
                "Holds",
                "Journal",
                "Verify a badge",
            ],
        ),
        ("designer", ["Catalog", "Studio", "Quality reviews", "Verify a badge"]),
    ],
)
def test_navigation_shows_each_role_its_own_places_and_each_opens(who, places, request, client_of, version):
    client = client_of(request.getfixturevalue(who) if who else None)
    home = client.get("/")
    assert navigation_of(home) == places
    for place in links_of(home):
        response = client.get(place["url"])
        assert response.status_code == 200, place
        assert here_of(response) == [place["title"]]
        require_strict(response)


@pytest.mark.parametrize(
    ("who", "groups"),
    [
        ("state_officer", ["Credit and rewards", "Records"]),
        ("psu_officer", ["Credit and rewards"]),
        ("first_assessor", ["My learning"]),
        ("educator", []),
        ("issuing_officer", []),
    ],
)
def test_the_row_stays_short_and_what_is_many_stands_in_groups(who, groups, request, client_of, version):
    client = client_of(request.getfixturevalue(who))
    page = text_of(client.get("/"))
    row = re.search(r'<nav class="ll-nav".*?</nav>', page, re.DOTALL)[0]
    folds = re.findall(r"<details.*?</details>", row, re.DOTALL)
    assert [re.search(r"<summary[^>]*>([^<]+)<", fold)[1] for fold in folds] == groups
    for fold in folds:
        assert fold.count("<a ") > 1
        row = row.replace(fold, "<a ")
    assert row.count("<a ") <= 7
    assert "where you are" not in page


def test_a_group_says_that_the_page_is_in_it(client_of, state_officer, version):
    page = text_of(client_of(state_officer).get("/journal/"))
    assert re.search(r'<summary[^>]*is-current[^>]*>Records<span class="usa-sr-only">, where you are</span>', page)
    assert page.count("where you are") == 1
    assert here_of(client_of(state_officer).get("/journal/")) == ["Journal"]


def test_a_visitor_is_told_what_this_is_and_how_to_come_in(client, version):
    page = client.get("/")
    assert "Show what you can do in your classroom." in text_of(page)
    assert "Feedback that moves learning" in text_of(page)
    assert 'href="/sign-in/"' in text_of(page)
    assert "Sign out" not in text_of(page)


def test_before_any_pack_is_loaded_every_public_page_opens(client, db):
    for path in PUBLIC:
        response = client.get(path)
        assert response.status_code == 200, path
        require_strict(response)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_open_for_a_visitor(path, client, version):
    response = client.get(path)
    assert response.status_code == 200
    require_strict(response)


def test_an_educator_who_has_nothing_yet_is_told_where_to_begin(client_of, educator, version):
    page = main_of(client_of(educator).get("/"))
    for words in ("Good to see you, Erin", "Choose what you would like to show next.", "Your first badge", "renewal"):
        assert words in page


def test_an_educator_is_told_what_is_asked_of_them_now(client_of, educator, version):
    attempt = starting.start(version=version, acting_person=educator)
    page = main_of(client_of(educator).get("/"))
    assert "Continue “Feedback that moves learning (synthetic)”" in page
    assert f"/work/{attempt.ref}/" in page


def test_an_assessor_is_told_what_waits(client_of, second_assessor, version):
    page = main_of(client_of(second_assessor).get("/"))
    assert "Nothing waits" in page
    assert 'href="/assess/"' in page
    assert 'href="/renewal/"' not in page


def test_somebody_who_does_both_sees_both(client_of, first_assessor, version):
    page = main_of(client_of(first_assessor).get("/"))
    assert 'href="/assess/"' in page
    assert 'href="/renewal/"' in page


def test_an_officer_is_told_what_waits(client_of, state_officer, educator, version, agency):
    assert "Nothing waits for you." in main_of(client_of(state_officer).get("/"))
    complaining.complain(subject=version, text="Nobody answers.", acting_person=educator)
    page = main_of(client_of(state_officer).get("/"))
    assert '<a href="/quality/oversight/">1 complaint waits</a>' in page
    oversight = main_of(client_of(state_officer).get("/quality/oversight/"))
    assert "Look into 1 complaint." in oversight
    assert "1 complaint waits" not in main_of(client_of(educator).get("/"))


@pytest.mark.parametrize("who", ["psu_officer", "state_officer", "issuing_officer", "designer", "stranger"])
def test_everybody_else_sees_the_doors_that_are_theirs(who, request, client_of, version):
    home = client_of(request.getfixturevalue(who)).get("/")
    assert "Good to see you" in main_of(home)
    for place in links_of(home):
        assert f'href="{place["url"]}"' in main_of(home)


def test_a_role_that_has_ended_opens_nothing(client_of, educator):
    held = educator.roles.get()
    held.until = held.since + timedelta(days=1)
    held.save()
    assert navigation_of(client_of(educator).get("/")) == EVERYBODY


def test_the_frame_says_who_is_signed_in_and_as_what(client_of, first_assessor):
    page = text_of(client_of(first_assessor).get("/privacy/"))
    assert "Ada First" in page
    assert "Educator, Hillside Schools; Assessor, Prairie Institute" in page


def test_roles_and_state_are_read_once_a_request(client_of, educator, version):
    client = client_of(educator)
    with CaptureQueriesContext(connection) as counted:
        client.get("/privacy/")
    asked = [query["sql"] for query in counted]
    assert sum("directory_roleheld" in sql for sql in asked) == 1
    assert sum('FROM "directory_state"' in sql for sql in asked) == 1


def test_home_costs_as_many_queries_for_many_attempts_as_for_one(client_of, educator, state, issuer, items):
    client, counted = client_of(educator), []
    for number in range(6):
        made = cast.publish(state, issuer, cast.make_document(f"one-of-many-{number}"), [items["MTS-2"]])
        starting.start(version=made, acting_person=educator)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counted.append(len(queries))
    assert len(set(counted)) == 1, counted


# --- Words and standards ---------------------------------------------------------------------------------------------


def test_the_glossary_is_the_states_own_in_order(client, state):
    state.glossary = [
        {"code": "stack", "term": "Stack", "also_called": ["pathway"], "definition": "Several that belong together."},
        {"code": "badge", "term": "badge", "also_called": [], "definition": "What is <shown>."},
    ]
    state.save()
    response = client.get("/glossary/")
    page = main_of(response)
    assert page.index("badge") < page.index("Stack")
    assert "also pathway" in page
    assert "What is &lt;shown&gt;." in response.content.decode()
    assert 'id="stack"' in page


def test_standards_are_shown_as_trees(client, items):
    page = main_of(client.get("/standards/"))
    for words in ("Meadow Teaching Standards", "MTS-1A", "Explains it well", "/catalog/?framework=mts"):
        assert words in page


# --- The journal -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 302),
        ("educator", 403),
        ("psu_officer", 403),
        ("issuing_officer", 403),
        ("stranger", 403),
        ("state_officer", 200),
    ],
)
def test_the_journal_is_for_the_state_agency(who, status, request, client_of, version):
    response = client_of(request.getfixturevalue(who) if who else None).get("/journal/")
    assert response.status_code == status
    if who is None:
        assert response.url == "/sign-in/?next=/journal/"


def test_the_journal_can_be_narrowed_to_one_subject(client_of, state_officer, educator, version):
    client = client_of(state_officer)
    everything, narrowed = client.get("/journal/"), client.get("/journal/", {"subject": f" person:{educator.ref} "})
    assert "version" in main_of(everything)
    assert f"person:{educator.ref}" in main_of(narrowed)
    assert "micro-credential:" not in main_of(narrowed)
    assert "No line on this subject" in main_of(client.get("/journal/", {"subject": "person:nobody"}))


def test_the_journal_is_read_page_by_page(client_of, state_officer, district):
    for number in range(20):
        cast.make_person(f"Educator {number}", (district, Role.EDUCATOR))
    client = client_of(state_officer)
    newest = JournalLine.objects.order_by("-number").first()
    assert str(newest.digest[:12]) in main_of(client.get("/journal/"))
    assert str(newest.digest[:12]) not in main_of(client.get("/journal/?page=2"))


# --- Style sheet and health ------------------------------------------------------------------------------------------


def test_the_states_style_sheet_carries_its_colours(client, state):
    response = client.get("/state.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert response.content.decode() == ":root {\n  --ll-pine: #1f4d3a;\n}\n"
    assert "max-age" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "value",
    [
        "red",
        "#fff",
        "#1f4d3a;} body{display:none",
        "url(https://elsewhere.example)",
        "#1f4d3a\n",
        "",
        None,
        7,
        "#12345g",
    ],
)
def test_it_lets_nothing_through_but_colours(value, client, state):
    state.colours = {"primary": value, "secondary": "#6a8f3c", "no-such-name": "#000000", "--ll-pine": "#000000"}
    state.save()
    assert client.get("/state.css").content.decode() == ":root {\n  --ll-needle: #6a8f3c;\n}\n"


def test_without_a_state_it_is_an_empty_rule(client, db):
    assert client.get("/state.css").content.decode().split() == [":root", "{", "}"]


def test_health_answers_when_the_database_does(client, db):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "version": __version__}


@pytest.mark.parametrize("path", ["/", "/glossary/", "/standards/", "/state.css", "/health", "/privacy/"])
def test_pages_that_only_tell_take_nothing(path, client, db):
    assert client.post(path).status_code == 405


def test_the_home_of_a_lead_assessor_says_how_many_wait_to_be_checked(
    client_of, version, educator, other_educator, lead_assessor
):
    client = client_of(lead_assessor)
    assert "checked for completeness" not in client.get("/").content.decode()
    hand_in(version, educator)
    assert "1 submission waits to be checked for completeness." in client.get("/").content.decode()
    hand_in(version, other_educator)
    assert "2 submissions wait to be checked for completeness." in client.get("/").content.decode()
