"""The pages of the catalog, as anybody and as somebody signed in."""

from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785
from django.test import Client

from tests import cast

SLUG = "feedback-that-moves-learning"


@pytest.fixture
def older_and_newer(version, state, issuer, items):
    newer = cast.publish(
        state, issuer, cast.make_document(competency="The educator does something new."), [items["MTS-1A"]]
    )
    return version, newer


@pytest.mark.parametrize(
    "address",
    [
        "/catalog/",
        "/catalog/?q=feedback&role=teacher&framework=mts&standard=MTS-2",
        f"/catalog/{SLUG}/",
        f"/catalog/{SLUG}/packet/",
        f"/catalog/{SLUG}/badge.svg",
        f"/catalog/{SLUG}/document.json",
        "/catalog/issuers/prairie-institute/",
    ],
)
def test_every_page_opens_for_anybody_and_for_somebody_signed_in(address, version, educator, client_of):
    for person in (None, educator):
        response = client_of(person).get(address)
        assert response.status_code == 200
        assert b"style=" not in response.content or address.endswith(".svg")


@pytest.mark.parametrize(
    "address",
    ["/catalog/nothing-here/", f"/catalog/{SLUG}/?version=7", f"/catalog/{SLUG}/?version=one", "/catalog/stacks/none/"],
)
def test_an_address_of_nothing_is_not_found(address, version, client):
    assert client.get(address).status_code == 404


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_micro_credential_shows_everything_that_an_earner_is_judged_by(version, document, client):
    page = text_of(client, f"/catalog/{SLUG}/")
    asked = [document["competency"], document["matters"], document["method"]["name"], *document["method"]["steps"]]
    asked += [each["prompt"] for each in document["requirements"]]
    asked += [sign["text"] for each in document["requirements"] for sign in each["completion"]]
    asked += [text for each in document["rubric"]["criteria"] for text in each["levels"].values()]
    asked += ["Writing, 5 to 200 words.", "Up to 3 files (PDF or image), at most 5 MB each.", "MTS-2"]
    asked += ["Two assessors who do not know you read it independently; where they differ, a third decides."]
    assert [words for words in asked if words not in page] == []


def test_the_packet_shows_it_all_on_paper(version, document, client):
    page = text_of(client, f"/catalog/{SLUG}/packet/")
    asked = [document["competency"], *document["method"]["steps"], "http://localhost:8000/catalog/" + SLUG]
    asked += [each["prompt"] for each in document["requirements"]]
    asked += [text for each in document["rubric"]["criteria"] for text in each["levels"].values()]
    assert [words for words in asked if words not in page] == []
    # R1 takes 200 words and R3 150: twenty and fifteen lines to write on; R2 and R3 take 3 files and 1: two lines each.
    assert page.count('class="packet-line"') == 20 + 15 + 2 * 3 + 2 * 1


def test_what_an_author_wrote_is_never_markup(state, issuer, client):
    cast.publish(state, issuer, cast.make_document(title="<b>Bold</b>", matters="<script>alert(1)</script> *so*"))
    page = text_of(client, f"/catalog/{SLUG}/")
    assert "<script>alert" not in page
    assert "<b>Bold" not in page
    assert "<em>so</em>" in page


def test_an_earlier_version_stays_readable_and_says_so(older_and_newer, client):
    older, newer = older_and_newer
    page = text_of(client, f"/catalog/{SLUG}/?version=1")
    assert older.competency in page
    assert "You are reading version 1" in page
    assert newer.competency not in page
    current = text_of(client, f"/catalog/{SLUG}/")
    assert newer.competency in current
    assert "You are reading version" not in current
    assert "?version=1" in current


def test_the_document_can_be_checked_by_anybody(older_and_newer, client):
    older, newer = older_and_newer
    for address, version in (("?version=1", older), ("", newer)):
        told = json.loads(client.get(f"/catalog/{SLUG}/document.json{address}").content)
        assert told["digest"] == version.digest
        assert hashlib.sha256(rfc8785.dumps(told["document"])).hexdigest() == version.digest


def test_an_unchanged_document_is_not_sent_twice(version, client):
    tag = client.get(f"/catalog/{SLUG}/document.json").headers["ETag"]
    assert client.get(f"/catalog/{SLUG}/document.json", headers={"If-None-Match": tag}).status_code == 304


def test_a_script_gets_the_facets_to_put_in_their_place_and_a_tidy_address(version, client):
    whole = client.get("/catalog/?q=&role=teacher")
    assert b"hx-swap-oob" not in whole.content
    part = client.get("/catalog/?q=&role=teacher", headers={"HX-Request": "true"})
    assert part.content.count(b'id="facets" hx-swap-oob="true"') == 1
    assert part.headers["HX-Push-Url"] == "/catalog/?role=teacher"
    assert "HX-Request" in part.headers["Vary"]
    restored = client.get("/catalog/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"hx-swap-oob" not in restored.content


def test_an_empty_result_says_what_to_do(version, client):
    assert "Nothing fits all of this" in text_of(client, "/catalog/?q=zeppelin")


def test_an_empty_catalog_teaches(state, client):
    page = text_of(client, "/catalog/")
    assert "Nothing is offered yet" in page
    assert "Nothing fits all of this" not in page


def test_before_a_pack_is_loaded_the_catalog_is_empty_and_not_broken(db, client):
    assert client.get("/catalog/").status_code == 200


def test_a_strange_address_does_no_harm(version, client):
    for address in ("?q=%00%27%22*", "?page=0", "?page=99999999999", "?role=%00", "?q=" + "a " * 500, "?standard='"):
        assert client.get("/catalog/" + address).status_code == 200


def test_a_stack_shows_its_members_in_their_order(state, issuer, client):
    from longleaf.catalog import publishing

    for slug in ("b-first", "a-second"):
        cast.publish(state, issuer, cast.make_document(slug, title=f"Title of {slug}"))
    publishing.gather_stack(
        state=state,
        issuer=issuer,
        slug="two",
        members=["b-first", "a-second"],
        title="Two together",
        standing="synthetic",
    )
    page = text_of(client, "/catalog/stacks/two/")
    assert page.index("Title of b-first") < page.index("Title of a-second")
    assert "20 hours" in page
    assert "Two together" in text_of(client, "/catalog/b-first/")
    assert "Two together" in text_of(client, "/catalog/issuers/prairie-institute/")


def test_an_organisation_that_offers_nothing_has_a_page_that_says_so(version, client):
    assert "It offers no micro-credentials" in text_of(client, "/catalog/issuers/rivertown/")


def test_the_badge_is_an_image_with_the_level_that_it_stands_for(version, client):
    response = client.get(f"/catalog/{SLUG}/badge.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert b"Demonstrated" in response.content
