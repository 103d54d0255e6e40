"""Pages for people: what they say, that nothing typed is lost, and that lists cost the same however long they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from longleaf.awards import revoking
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.sharing import pictures
from longleaf.awards.status import AwardStatus
from longleaf.awards.tests.conftest import MakeAward
from longleaf.directory import enrolling
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.journal.models import JournalLine

ClientOf = Callable[[Person | None], Client]
REASON = "The recording shows another educator's class."


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_badge_page_tells_what_was_earned_how_it_was_judged_and_that_it_verifies(
    award: Award, client: Client
) -> None:
    page = text_of(client.get(f"/badges/{award.uuid}/"))
    for said in (
        "Feedback that moves learning",
        "<strong>Erin Earner</strong>",
        "Synthetic",
        "Awarded by Prairie Institute on <time",
        "The educator gives feedback on a piece of work and shows how the learner used it.",
        "<strong>MTS-2</strong> Helps learners grow",
        "Names what to change and how.",
        "Two assessors judged the evidence by the published rubric",
        "The evidence is kept private.",
        "This badge is valid",
        "Nothing was changed since it was signed",
        f"http://testserver/badges/{award.uuid}/",
        f"/badges/{award.uuid}/qr.svg",
        f"/badges/{award.uuid}/badge.png?download",
    ):
        assert said in page, said


def test_it_shows_evidence_only_as_released_and_never_as_markup(
    key: IssuingKey, make_award: MakeAward, client: Client
) -> None:
    evidence = [{"name": "<b>Plan</b>", "url": "https://example.org/plan", "narrative": "It worked."}]
    page = text_of(client.get(f"/badges/{make_award(evidence=evidence).uuid}/"))
    assert '<a href="https://example.org/plan" rel="noopener nofollow">&lt;b&gt;Plan&lt;/b&gt;</a>' in page
    assert "It worked." in page
    assert "The evidence is kept private." not in page


def test_a_revoked_badge_says_so_first_and_why(award: Award, issuing_officer: Person, client: Client) -> None:
    revoking.revoke(award=award, reason=REASON, acting_person=issuing_officer)
    page = text_of(client.get(f"/badges/{award.uuid}/"))
    assert page.index("The issuer has revoked this badge") < page.index("<h1>")
    assert "The recording shows another educator&#39;s class." in page
    assert "This badge is not valid" in page


def test_a_badge_that_waits_for_its_signature_says_so(make_award: MakeAward, client: Client) -> None:
    page = text_of(client.get(f"/badges/{make_award().uuid}/"))
    assert "This badge is being issued" in page
    assert "?download" not in page


def test_the_state_s_recognition_is_a_step(award: Award, client: Client, settings: Any) -> None:
    settings.RECOGNISER = "longleaf.awards.tests.registers.has_withdrawn"
    page = text_of(client.get(f"/badges/{award.uuid}/"))
    assert "Meadow withdrew its recognition on May 1, 2026. That says nothing against the credential itself." in page


def test_asides_of_upper_floors_stand_beside_a_badge(award: Award, client: Client, settings: Any) -> None:
    settings.BADGE_ASIDES = ["longleaf.awards.tests.registers.aside"]
    assert f"An aside on {award.uuid}." in text_of(client.get(f"/badges/{award.uuid}/"))


@pytest.mark.parametrize("address", ["/my/badges/", "/issued/"])
def test_own_lists_ask_for_a_sign_in(state: Any, client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={address}")


def test_an_earner_sees_every_badge_and_nobody_else_s(
    award: Award, make_award: MakeAward, client_of: ClientOf, educator: Person, other_educator: Person
) -> None:
    Award.objects.update(visibility="private")
    assert f"/badges/{award.uuid}/" in text_of(client_of(educator).get("/my/badges/"))
    other = text_of(client_of(other_educator).get("/my/badges/"))
    assert str(award.uuid) not in other
    assert "No badges yet" in other


def test_an_officer_sees_what_the_organisation_issued_and_no_other(
    award: Award, client_of: ClientOf, issuing_officer: Person, agency: Organisation, stranger: Person
) -> None:
    enrolling.give_role(person=stranger, organisation=agency, role=Role.ISSUER, acting_person=None)
    assert f"/badges/{award.uuid}/revoke/" in text_of(client_of(issuing_officer).get("/issued/"))
    assert "Nothing issued yet" in text_of(client_of(stranger).get("/issued/"))


@pytest.mark.parametrize(("address", "who"), [("/my/badges/", "educator"), ("/issued/", "issuing_officer")])
def test_a_longer_list_asks_the_database_no_more_often(
    key: IssuingKey,
    make_award: MakeAward,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    django_assert_num_queries: Any,
    address: str,
    who: str,
) -> None:
    client = client_of(request.getfixturevalue(who))
    make_award("attempt:0")
    with django_assert_num_queries(20, exact=False) as first:
        client.get(address)
    for number in range(1, 4):
        make_award(f"attempt:{number}")
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(address)


def test_long_lists_have_pages_and_every_badge_stands_on_one(
    key: IssuingKey, make_award: MakeAward, client_of: ClientOf, issuing_officer: Person
) -> None:
    made = {str(make_award(f"attempt:{number}").uuid) for number in range(30)}
    client = client_of(issuing_officer)
    address, seen = "/issued/", list[str]()
    while address:
        answer: Any = client.get(address)
        page = text_of(answer)
        seen += [award for award in made if f"/badges/{award}/revoke/" in page]
        following = page.partition('rel="next"')[0].rpartition('href="')[2] if 'rel="next"' in page else ""
        address = f"/issued/{following.partition(chr(34))[0]}" if following else ""
    assert sorted(seen) == sorted(made)


def test_revoking_by_the_form(award: Award, client_of: ClientOf, issuing_officer: Person) -> None:
    answer = client_of(issuing_officer).post(f"/badges/{award.uuid}/revoke/", {"reason": REASON}, follow=True)
    award.refresh_from_db()
    assert (award.status, award.revocation_reason) == (AwardStatus.REVOKED, REASON)
    assert "The badge is revoked." in text_of(answer)


def test_revoking_twice_is_a_conflict_not_an_error(award: Award, client_of: ClientOf, issuing_officer: Person) -> None:
    client = client_of(issuing_officer)
    first, second = (client.post(f"/badges/{award.uuid}/revoke/", {"reason": REASON}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert JournalLine.objects.filter(event="badge:award:revoked").count() == 1


def test_a_reason_that_is_too_long_is_not_lost(award: Award, client_of: ClientOf, issuing_officer: Person) -> None:
    reason = "word " * 500
    answer: Any = client_of(issuing_officer).post(f"/badges/{award.uuid}/revoke/", {"reason": reason})
    assert answer.status_code == 422
    assert reason.strip() in answer.content.decode()


@pytest.mark.parametrize("how", ["text", "file", "png", "svg", "address", "page"])
def test_a_badge_may_be_given_as_text_file_picture_or_address(award: Award, client: Client, how: str) -> None:
    written = json.dumps(award.credential)
    given = {
        "text": {"text": written},
        "file": {"file": SimpleUploadedFile("my badge (2).json", written.encode())},
        "png": {"file": SimpleUploadedFile("badge.png", pictures.baked_png(award))},
        "svg": {"file": SimpleUploadedFile("badge.svg", pictures.baked_svg(award))},
        "address": {"address": f"http://testserver/badges/{award.uuid}/credential.json"},
        "page": {"address": f"http://testserver/badges/{award.uuid}/"},
    }
    answer = client.post("/verify/", given[how])
    page = text_of(answer)
    assert answer.status_code == 200
    assert "This badge is valid" in page
    assert "Nothing was changed since it was signed" in page
    assert "It calls itself <strong>Feedback that moves learning</strong>" in page


def test_a_badge_that_is_not_valid_is_an_answer_not_an_error(award: Award, client: Client) -> None:
    answer = client.post("/verify/", {"text": json.dumps({**(award.credential or {}), "name": "Another"})})
    assert answer.status_code == 200
    assert "This badge is not valid" in text_of(answer)


@pytest.mark.parametrize("nonsense", ["{}", "[]", "null", "hello", "{" * 5000, '{"a": 1, "a": 2}', "\x00"])
def test_nonsense_gets_a_report(state: Any, client: Client, nonsense: str) -> None:
    answer = client.post("/verify/", {"text": nonsense})
    assert answer.status_code in {200, 422}
    assert "This badge is valid" not in text_of(answer)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Give the badge in one of the three ways."),
        (
            {"text": "{}", "address": "https://x.example/"},
            "Give the badge in one way only",
        ),
        ({"address": "not an address"}, "This is not an address of the web. It should begin with https://."),
        ({"address": "http://169.254.169.254/latest"}, "it leads to a network address that no public document has."),
        ({"file": SimpleUploadedFile("empty.json", b"")}, "This file is empty. Choose the badge&#39;s own file."),
    ],
)
def test_what_cannot_be_verified_is_asked_for_again(state: Any, client: Client, given: Any, said: str) -> None:
    answer = client.post("/verify/", given)
    assert answer.status_code == 422
    page = text_of(answer)
    assert said in page
    for name in ("address", "text"):
        assert given.get(name, "") in page


def test_a_link_fills_the_form_and_fetches_nothing(state: Any, client: Client) -> None:
    answer = client.get("/verify/", {"address": "http://169.254.169.254/latest"})
    assert answer.status_code == 200
    assert 'value="http://169.254.169.254/latest"' in text_of(answer)


def test_a_private_badge_is_not_verified_by_its_address_for_others(
    award: Award, client_of: ClientOf, educator: Person
) -> None:
    Award.objects.update(visibility="private")
    address = f"http://testserver/badges/{award.uuid}/"
    assert client_of(None).post("/verify/", {"address": address}).status_code == 422
    assert "This badge is valid" in text_of(client_of(educator).post("/verify/", {"address": address}))


def test_no_page_of_badges_has_script_or_style_of_its_own() -> None:
    for template in (Path(__file__).resolve().parents[1] / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|style=|onclick|onload", text), template
