"""The pages of the studio: who is let in, that nothing typed is lost, and what each shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longleaf.catalog.models import Draft, Version
from longleaf.catalog.studio import drafting
from longleaf.catalog.studio.sections import SECTIONS
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from tests import cast

ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def draft(version: Version, designer: Person) -> Draft:
    return drafting.begin_next(version=version, acting_person=designer)


@pytest.fixture
def blank(version: Version, issuer: Organisation, designer: Person) -> Draft:
    return drafting.begin(issuer=issuer, acting_person=designer)


@pytest.fixture
def designer_elsewhere(agency: Organisation) -> Person:
    return cast.make_person("Dina Elsewhere", (agency, Role.DESIGNER))


def test_a_draft_is_for_its_designers_and_officers_and_nobody_else(
    draft: Draft,
    client_of: ClientOf,
    designer: Person,
    issuing_officer: Person,
    designer_elsewhere: Person,
    stranger: Person,
) -> None:
    address = f"/studio/{draft.ref}/"
    assert client_of(None).get(address).status_code == 302
    for outsider in (designer_elsewhere, stranger):
        for further in ("", "competency/", "preview/", "preview/assessor/", "badge.svg"):
            assert client_of(outsider).get(address + further).status_code == 404
        assert client_of(outsider).post(f"{address}save/?field=title", {"text": "x", "revision": 0}).status_code == 404
    assert client_of(designer).get(f"{address}competency/").status_code == 200
    # An officer reads and publishes, and does not write.
    assert client_of(issuing_officer).get(address).status_code == 200
    assert client_of(issuing_officer).get(f"{address}competency/").status_code == 302
    assert client_of(issuing_officer).post(f"{address}competency/", {}).status_code == 404


@pytest.mark.parametrize("which", ["draft", "blank"])
def test_every_part_and_preview_can_be_drawn_however_little_is_written(
    which: str, request: pytest.FixtureRequest, client_of: ClientOf, designer: Person
) -> None:
    draft: Draft = request.getfixturevalue(which)
    client = client_of(designer)
    addresses = ["", *(f"{section.code}/" for section in SECTIONS), "preview/", "preview/assessor/", "badge.svg"]
    assert {client.get(f"/studio/{draft.ref}/{each}").status_code for each in addresses} == {200}
    page = client.get(f"/studio/{draft.ref}/preview/").content.decode()
    assert ("Not written yet" in page) == (which == "blank")


def test_the_list_of_parts_speaks_of_going_and_of_no_buttons(
    draft: Draft, client_of: ClientOf, designer: Person
) -> None:
    page = client_of(designer).get(f"/studio/{draft.ref}/competency/").content.decode()
    assert "Going to another part saves this one first." in page
    assert "Each button" not in page


def test_a_preview_tells_what_was_typed_last(draft: Draft, client_of: ClientOf, designer: Person) -> None:
    client = client_of(designer)
    for number, text in enumerate(["The first wording.", "The second wording."]):
        client.post(f"/studio/{draft.ref}/save/?field=matters", {"text": text, "revision": number})
        assert text in client.get(f"/studio/{draft.ref}/preview/").content.decode()


def test_a_form_keeps_every_field_and_then_does_what_its_button_says(
    draft: Draft, client_of: ClientOf, designer: Person
) -> None:
    typed = {"page": "p", "title": "Typed by hand", "revision:title": "0", "act": "go:method"}
    answer = client_of(designer).post(f"/studio/{draft.ref}/competency/", typed)
    assert (answer.status_code, answer["Location"]) == (302, f"/studio/{draft.ref}/method/")
    rows = {
        "page": "p",
        "rubric/criteria/A/requirements": ["R1"],
        "revision:rubric/criteria/A/requirements": "0",
        "act": "down:rubric/criteria/A",
    }
    answer = client_of(designer).post(f"/studio/{draft.ref}/rubric/", rows)
    assert answer["Location"].endswith("#at_rubric/criteria/A")
    draft.refresh_from_db()
    assert draft.title == "Typed by hand"
    assert [row["id"] for row in draft.typed["rubric"]["criteria"]] == ["B", "A"]
    assert draft.typed["rubric"]["criteria"][1]["requirements"] == ["R1"]


def test_what_could_not_be_kept_is_shown_again_beside_what_is_kept(
    draft: Draft, client_of: ClientOf, designer: Person
) -> None:
    client = client_of(designer)
    client.post(f"/studio/{draft.ref}/save/?field=title&page=one", {"text": "Kept first", "revision": 0})
    typed = {
        "page": "two",
        "title": "Typed meanwhile",
        "revision:title": "0",
        "summary": "x" * 20_001,
        "revision:summary": "0",
        "requirements/R9/title": "Written where nothing is any more",
        "revision:requirements/R9/title": "0",
    }
    answer = client.post(f"/studio/{draft.ref}/competency/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    for text in ("Kept first", "Typed meanwhile", "x" * 20_001, "Written where nothing is any more"):
        assert text in page
    draft.refresh_from_db()
    assert draft.typed["title"] == "Kept first"


def test_a_script_is_told_what_is_kept_where_another_page_was_faster(
    draft: Draft, client_of: ClientOf, designer: Person
) -> None:
    client, address = client_of(designer), f"/studio/{draft.ref}/save/?field=title"
    assert client.post(f"{address}&page=one", {"text": "One", "revision": 0}).json()["revision"] == 1
    stale = client.post(f"{address}&page=two", {"text": "Two", "revision": 0})
    assert (stale.status_code, stale.json()["text"], stale.json()["revision"]) == (409, "One", 1)


def test_an_officer_publishes_from_the_page_and_a_problem_is_told_there(
    draft: Draft, blank: Draft, client_of: ClientOf, designer: Person, issuing_officer: Person
) -> None:
    client_of(designer).post(f"/studio/{draft.ref}/save/?field=title", {"text": "Second of its name", "revision": 0})
    assert client_of(designer).post(f"/studio/{draft.ref}/publish/").status_code == 403
    assert client_of(issuing_officer).post(f"/studio/{blank.ref}/publish/").status_code == 422
    published = client_of(issuing_officer).post(f"/studio/{draft.ref}/publish/")
    assert "Second of its name" in client_of(None).get(published["Location"]).content.decode()


def test_the_portfolio_asks_the_same_queries_however_many_drafts_there_are(
    draft: Draft,
    issuer: Organisation,
    designer: Person,
    client_of: ClientOf,
) -> None:
    client = client_of(designer)
    client.get("/studio/")
    with CaptureQueriesContext(connection) as few:
        client.get("/studio/")
    for _ in range(3):
        drafting.begin(issuer=issuer, acting_person=designer)
    client.get("/studio/")
    with CaptureQueriesContext(connection) as many:
        assert client.get("/studio/").content.decode().count("A draft without a title") == 3
    assert len(many) == len(few)


def test_a_draft_is_begun_anew_or_as_the_next_version(
    version: Version, client_of: ClientOf, designer: Person, stranger: Person
) -> None:
    client = client_of(designer)
    assert "/competency/" in client.post("/studio/begin/", {"issuer": "prairie-institute"})["Location"]
    client.post(f"/studio/published/{version.micro_credential.slug}/next/")
    assert sorted(Draft.objects.values_list("title", flat=True)) == ["", version.title]
    assert client_of(stranger).post("/studio/begin/", {"issuer": "prairie-institute"}).status_code == 403
    assert client_of(stranger).post(f"/studio/published/{version.micro_credential.slug}/next/").status_code == 403


def test_another_organisation_adopts_a_design_and_hears_when_it_has_gone_on(
    draft: Draft,
    version: Version,
    client_of: ClientOf,
    designer: Person,
    issuing_officer: Person,
    designer_elsewhere: Person,
    agency: Organisation,
) -> None:
    officer_elsewhere = cast.make_person("Otto Elsewhere", (agency, Role.ISSUER))
    address, adopter = f"/catalog/{version.micro_credential.slug}/", client_of(designer_elsewhere)
    assert "Adopt it for" in adopter.get(address).content.decode()
    assert "For designers" not in client_of(None).get(address).content.decode()
    whole = adopter.post(f"/studio/published/{version.micro_credential.slug}/adopt/", {"issuer": agency.slug})
    adopted = Draft.objects.get(issuer=agency)
    assert "has gone on" not in adopter.get(whole["Location"]).content.decode()
    adopter.post(f"/studio/{adopted.ref}/save/?field=slug", {"text": "feedback-of-ours", "revision": 0})
    client_of(officer_elsewhere).post(f"/studio/{adopted.ref}/publish/")
    page = client_of(None).get("/catalog/feedback-of-ours/").content.decode()
    assert "Adopted from “Feedback that moves learning”, version 1, of Prairie Institute." in page

    client_of(designer).post(f"/studio/{draft.ref}/save/?field=competency", {"text": "It moved on.", "revision": 0})
    client_of(issuing_officer).post(f"/studio/{draft.ref}/publish/")
    assert "Changed upstream" in adopter.get("/studio/").content.decode()
    assert "has gone on" in adopter.get(whole["Location"]).content.decode()
    changes = client_of(None).get(f"{address}changes/").content.decode()
    assert "It moved on." in changes.replace("</span>", "").replace('<span class="usa-sr-only">', "")


def test_a_draft_leaves_as_a_file_and_comes_in_as_another_draft(
    draft: Draft, client_of: ClientOf, designer: Person
) -> None:
    client = client_of(designer)
    taken = client.get(f"/studio/{draft.ref}/design.json")
    brought = client.post(
        "/studio/bring/", {"issuer": "prairie-institute", "file": SimpleUploadedFile("design.json", taken.content)}
    )
    again = client.get(f"{brought['Location']}design.json").json()["document"]
    assert {**again, "version": 2} == taken.json()["document"]
    broken = SimpleUploadedFile("design.json", b"{}")
    refused = client.post("/studio/bring/", {"issuer": "prairie-institute", "file": broken})
    assert refused.status_code == 422
    assert "The file holds no design" in refused.content.decode()
    assert client.get(f"/studio/{draft.ref}/changes/").status_code == 200


def test_readers_comment_on_parts_and_say_when_it_is_settled(
    draft: Draft, client_of: ClientOf, designer: Person, issuing_officer: Person, stranger: Person
) -> None:
    address, officer = f"/studio/{draft.ref}/comments/", client_of(issuing_officer)
    assert officer.post(address, {"section": "rubric", "comment": "Two levels read alike."}).status_code == 302
    assert client_of(stranger).post(address, {"section": "rubric", "comment": "Hello"}).status_code == 404
    refused = officer.post(address, {"section": "", "comment": "Kept on the page"})
    assert (refused.status_code, "Kept on the page" in refused.content.decode()) == (422, True)
    # Whichever button is pressed, what was said beside the fields is kept too.
    typed = {"page": "p", "act": "go:evidence", "comment": "I wrote them anew."}
    client_of(designer).post(f"/studio/{draft.ref}/rubric/", typed)
    page = client_of(designer).get(f"/studio/{draft.ref}/rubric/").content.decode()
    assert "Two levels read alike." in page
    assert "I wrote them anew." in page
    client_of(designer).post(address, {"settled": draft.comments.first().pk})  # type: ignore[union-attr]
    page = officer.get(f"/studio/{draft.ref}/").content.decode()
    assert "settled" in page.partition("Two levels read alike.")[2][:120]
    assert "1 comment is open" in page
    officer.post(address, {"opened": draft.comments.first().pk})  # type: ignore[union-attr]
    assert "2 comments are open" in officer.get(f"/studio/{draft.ref}/").content.decode()


def test_only_an_officer_is_asked_whether_to_offer_it_no_more(
    version: Version, client_of: ClientOf, designer: Person, issuing_officer: Person
) -> None:
    address = f"/studio/published/{version.micro_credential.slug}/retire/"
    assert client_of(designer).get(address).status_code == 403
    assert client_of(issuing_officer).get(address).status_code == 200
    assert client_of(issuing_officer).post(address)["Location"] == "/studio/"
    assert "offered no more" in client_of(None).get(f"/catalog/{version.micro_credential.slug}/").content.decode()
