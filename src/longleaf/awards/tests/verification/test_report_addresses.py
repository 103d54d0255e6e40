"""What a verification says, asked by programs: every kind of material, the rights of private badges, and limits."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from longleaf.awards import revoking
from longleaf.awards.models import Award
from longleaf.awards.sharing import pictures, tokens
from longleaf.awards.status import Visibility
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification import views as report_views
from longleaf.directory.models import Person

REPORT = "/verify/report.json"
ClientOf = Callable[[Person | None], Client]


def posted(material: bytes | str, kind: str = "application/octet-stream", **more: Any) -> Any:
    return Client(enforce_csrf_checks=True).post(REPORT, material, content_type=kind, **more)


def own_address(award: Award) -> str:
    return f"http://testserver/badges/{award.uuid}/"


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (lambda award: json.dumps(award.credential), "application/json"),
        (lambda award: json.dumps(award.credential), "text/plain"),
        (tokens.token_of, "application/vc+jwt"),
        (pictures.baked_png, "image/png"),
        (pictures.baked_svg, "image/svg+xml"),
    ],
    ids=["json", "text", "token", "png", "svg"],
)
def test_every_kind_of_material_is_posted_as_it_is(
    award: Award, made: Callable[[Award], bytes | str], kind: str
) -> None:
    answer = posted(made(award), kind)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "application/json",
        "no-store",
    )
    assert answer.json()["verdict"] == "valid"


def test_what_stands_at_an_address_is_verified_too(award: Award, client: Client) -> None:
    answer = client.get(REPORT, {"address": own_address(award)})
    assert (answer.status_code, answer.json()["verdict"]) == (200, "valid")
    assert client.head(REPORT, {"address": own_address(award)}).status_code == 200


def test_an_altered_badge_is_invalid(award: Award) -> None:
    altered = json.dumps({**(award.credential or {}), "name": "Another"})
    assert posted(altered, "application/json").json()["verdict"] == "invalid"


@pytest.mark.parametrize("material", ["no badge", "{}", b"\x89PNG\r\n\x1a\n", b"\xff\xfe"])
def test_what_cannot_be_read_is_a_report_and_never_a_valid_one(db: None, material: bytes | str) -> None:
    answer = posted(material)
    assert (answer.status_code, answer.json()["verdict"] in ("invalid", "unknown")) == (200, True)


def test_what_cannot_be_had_is_unknown(db: None, client: Client) -> None:
    answer = client.get(REPORT, {"address": "https://127.0.0.1/badge.json"})
    assert (answer.status_code, answer.json()["verdict"]) == (200, "unknown")


def test_it_is_asked_as_of_a_moment(award: Award, client: Client) -> None:
    for at, verdict in [("2020-01-01T00:00:00Z", "invalid"), ("2099-01-01T00:00:00+02:00", "valid")]:
        assert client.get(REPORT, {"address": own_address(award), "at": at}).json()["verdict"] == verdict
        # Nobody escapes the plus of a time zone.
        assert client.get(f"{REPORT}?address={own_address(award)}&at={at}").json()["verdict"] == verdict
        asked = Client().post(f"{REPORT}?at={at}", json.dumps(award.credential), content_type="application/json")
        assert asked.json()["verdict"] == verdict


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "nothing-to-verify"),
        ({"address": " "}, "nothing-to-verify"),
        ({"address": "not an address"}, "not-an-address"),
        ({"address": "file:///etc/passwd"}, "not-an-address"),
        ({"address": f"https://a.example/{'x' * 2000}"}, "not-an-address"),
        ({"address": "https://a.example/", "at": "yesterday"}, "not-a-moment"),
        ({"address": "https://a.example/", "at": "0001-01-01T00:00:00+14:00"}, "not-a-moment"),
    ],
)
def test_what_is_not_asked_properly_is_told_by_a_code(
    db: None, client: Client, asked: dict[str, str], code: str
) -> None:
    answer = client.get(REPORT, asked)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (422, "*")
    told = answer.json()
    assert (list(told), told["code"], bool(told["error"])) == (["code", "error", "fields"], code, True)


def test_an_empty_body_a_form_and_too_much_are_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_views, "MAX_MATERIAL_BYTES", 100)
    assert [(posted(" ").status_code, posted(" ").json()["code"])] == [(422, "nothing-to-verify")]
    assert posted("x" * 100).status_code == 200
    larger = posted("x" * 101)
    assert (larger.status_code, larger.json()["code"]) == (413, "larger-than-any-badge")
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        form = posted("a=b", kind)
        assert (form.status_code, form.json()["code"]) == (415, "not-the-badge-itself")


def test_who_asks_too_often_is_told_when_to_come_back(db: None, settings: Any) -> None:
    settings.VERIFICATIONS_A_MINUTE = 1
    limited = [answer for answer in (posted("x") for _ in range(4)) if answer.status_code == 429]
    assert limited
    assert limited[0].json()["code"] == "asks-too-often"
    assert 1 <= int(limited[0]["Retry-After"]) <= 60
    assert limited[0]["Access-Control-Allow-Origin"] == "*"


def test_nobody_waits_at_a_slow_server_while_others_do(award: Award, client: Client, settings: Any) -> None:
    settings.VERIFICATIONS_OUT_AT_ONCE = 0
    busy = client.get(REPORT, {"address": "https://elsewhere.example/badge.json"})
    assert (busy.status_code, busy["Retry-After"], busy.json()["code"]) == (503, "15", "others-are-waiting")
    assert client.get(REPORT, {"address": own_address(award)}).json()["verdict"] == "valid"


def test_scripts_of_any_origin_may_ask(award: Award, client: Client) -> None:
    asked_first = client.options(REPORT, headers={"Origin": "https://a.example"})
    assert (asked_first.status_code, asked_first["Access-Control-Allow-Origin"]) == (204, "*")
    assert "POST" in asked_first["Access-Control-Allow-Methods"]
    assert asked_first["Access-Control-Allow-Headers"] == "Content-Type"
    for answer in (client.get(REPORT, {"address": own_address(award)}), client.get(f"{own_address(award)}report.json")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    assert client.put(REPORT).status_code == 405


def test_a_badge_has_its_report_at_an_address_of_its_own(award: Award, client: Client) -> None:
    address = f"/badges/{award.uuid}/report.json"
    answer = client.get(address)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-cache")
    assert answer.json()["verdict"] == "valid"
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
    assert client.post(address).status_code == 405


def test_it_changes_at_once_when_the_badge_is_revoked(award: Award, client: Client, issuing_officer: Person) -> None:
    address = f"/badges/{award.uuid}/report.json"
    before = client.get(address)
    revoking.revoke(award=award, reason="By mistake.", acting_person=issuing_officer)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after.json()["verdict"]) == (200, "invalid")
    assert "By mistake." in after.content.decode()


def test_a_badge_that_waits_for_its_signature_has_no_report_yet(make_award: MakeAward, client: Client) -> None:
    answer = client.get(f"/badges/{make_award().uuid}/report.json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not-issued-yet")


@pytest.mark.parametrize(
    ("visibility", "who", "status"),
    [
        (Visibility.PUBLIC, None, 200),
        (Visibility.LINK, None, 200),
        (Visibility.PRIVATE, None, 404),
        (Visibility.PRIVATE, "stranger", 404),
        (Visibility.PRIVATE, "issuing_officer", 404),
        (Visibility.PRIVATE, "educator", 200),
    ],
)
def test_only_who_may_open_a_badge_gets_its_report(
    award: Award, client_of: ClientOf, request: pytest.FixtureRequest, visibility: Visibility, who: str, status: int
) -> None:
    Award.objects.update(visibility=visibility)
    client = client_of(request.getfixturevalue(who) if who else None)
    answer = client.get(f"/badges/{award.uuid}/report.json")
    assert answer.status_code == status
    if status == 404:
        assert answer.json()["code"] == "no-such-badge"
    elif visibility == Visibility.PRIVATE:
        assert answer["Cache-Control"] == "private, no-store"


def test_a_private_badge_is_not_had_by_its_address_even_with_its_earners_cookie(
    award: Award, client_of: ClientOf, educator: Person
) -> None:
    Award.objects.update(visibility=Visibility.PRIVATE)
    for client in (client_of(None), client_of(educator)):
        answer = client.get(REPORT, {"address": own_address(award)})
        assert answer.json()["verdict"] == "unknown"
        assert "Cookie" not in answer.get("Vary", "")
    # Whoever was given a copy may ask about it all the same.
    assert posted(json.dumps(award.credential)).json()["verdict"] == "valid"


# --- what the register says ----------------------------------------------------------------------------------


def test_of_what_is_not_in_the_register_the_answer_is_null(award: Award, client: Client) -> None:
    assert client.get(f"/badges/{award.uuid}/report.json").json()["recognition"] == {
        "recognised": None,
        "by": None,
        "from": None,
        "until": None,
        "statements": [],
        "sentence": "This achievement is not in the register of Meadow.",
    }


def test_where_no_register_could_be_asked_there_is_no_such_member(award: Award) -> None:
    altered = json.dumps({**(award.credential or {}), "name": "Another"})
    assert "recognition" not in posted(altered).json()
