"""Addresses that badges carry: media types, ETags, caching, and that they are where the badges say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from longleaf.awards import addresses, revoking
from longleaf.awards.endorsements import endorsing
from longleaf.awards.keys import compromises, signing_keys
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.tests.conftest import EARNED_AT, MakeAward
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges import status
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.keys import from_base64url, public_key_from_jwk, public_key_from_multikey
from longleaf.engines.openbadges.report import Verdict
from longleaf.engines.openbadges.verifying import verify

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class OverTheWire:
    """A loader that knows nothing but what the addresses answer."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def load(self, url: str) -> bytes:
        # A did:web always leads to https; the test's client speaks neither.
        if urlsplit(url).netloc != "testserver":
            raise DocumentUnavailable(url, "it is elsewhere.")
        answer = self.client.get(urlsplit(url).path)
        if answer.status_code != 200:
            raise DocumentUnavailable(url, f"the server answers {answer.status_code}.")
        return answer.content


def test_the_addresses_in_badges_are_those_of_the_pages(award: Award, version: Version, issuer: Organisation) -> None:
    assert award.status_list is not None
    pages = {
        addresses.badge(award.uuid): reverse("awards:badge", args=[award.uuid]),
        addresses.credential(award.uuid): reverse("awards:credential", args=[award.uuid]),
        addresses.status_list(award.status_list.uuid): reverse("awards:status-list", args=[award.status_list.uuid]),
        addresses.achievement(version): reverse("awards:achievement", args=[version.uuid]),
        addresses.achievement_picture(version): reverse("awards:achievement-png", args=[version.uuid]),
        addresses.profile(issuer): reverse("awards:issuer", args=[issuer.slug]),
    }
    assert pages == {address: address.removeprefix("http://testserver") for address in pages}
    standard = version.alignments.get().item
    assert addresses.framework_item(standard) == f"http://testserver{reverse('standards')}#MTS-2"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("credential.json", "application/vc"),
        ("badge.png", "image/png"),
        ("badge.svg", "image/svg+xml"),
        ("qr.svg", "image/svg+xml"),
    ],
)
def test_each_form_of_a_badge_has_its_type_and_an_etag(award: Award, client: Client, name: str, kind: str) -> None:
    address = f"/badges/{award.uuid}/{name}"
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, kind, "no-cache")
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200
    assert client.post(address).status_code == 405


def test_the_credential_is_what_was_signed(award: Award, client: Client) -> None:
    answer = client.get(f"/badges/{award.uuid}/credential.json")
    assert json.loads(answer.content) == award.credential
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.content.isascii()


def test_an_older_reader_gets_the_older_type(award: Award, client: Client) -> None:
    answer = client.get(f"/badges/{award.uuid}/credential.json", headers={"Accept": "application/vc+ld+json"})
    assert answer["Content-Type"] == "application/vc+ld+json"
    assert "Accept" in answer["Vary"]


@pytest.mark.parametrize("name", ["credential.json", "badge.png", "badge.svg"])
def test_every_form_verifies_with_nothing_but_what_the_addresses_answer(
    award: Award, client: Client, name: str
) -> None:
    material = client.get(f"/badges/{award.uuid}/{name}").content
    report = verify(material, documents=OverTheWire(client), now=datetime(2026, 12, 1, tzinfo=UTC))
    assert report.verdict is Verdict.VALID, report.as_dict()


def test_the_png_is_a_sound_picture(award: Award, client: Client) -> None:
    picture = Image.open(BytesIO(client.get(f"/badges/{award.uuid}/badge.png").content))
    picture.load()
    assert (picture.format, picture.size, picture.mode) == ("PNG", (512, 512), "RGBA")
    corner, ground = picture.getpixel((2, 2)), picture.getpixel((60, 256))
    assert isinstance(corner, tuple)
    assert isinstance(ground, tuple)
    assert (corner[3], ground[3]) == (0, 255)


def test_a_file_to_keep_has_a_plain_name(award: Award, client: Client) -> None:
    answer = client.get(f"/badges/{award.uuid}/badge.png?download")
    assert answer["Content-Disposition"] == f'attachment; filename="badge-{award.uuid}.png"'


def test_what_waits_for_its_signature_is_a_conflict_not_an_error(make_award: MakeAward, client: Client) -> None:
    waiting = make_award()
    for name in ("credential.json", "badge.png", "badge.svg"):
        assert client.get(f"/badges/{waiting.uuid}/{name}").status_code == 409
    assert client.get(f"/badges/{waiting.uuid}/").status_code == 200


def test_the_status_list_may_be_kept_for_a_minute(award: Award, client: Client) -> None:
    assert award.status_list is not None
    answer = client.get(f"/status/{award.status_list.uuid}")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/vc", "public, max-age=60")
    document = json.loads(answer.content)
    assert document["credentialSubject"]["statusPurpose"] == "revocation"
    assert document["credentialSubject"]["encodedList"].startswith("u")
    assert client.get(f"/status/{award.status_list.uuid}", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_an_achievement_is_a_document_for_machines_and_a_page_for_people(version: Version, client: Client) -> None:
    address = f"/achievements/{version.uuid}"
    for accept in ("application/ld+json", "application/json", "*/*", ""):
        answer = client.get(address, headers={"Accept": accept})
        asked_for = "application/json" if accept == "application/json" else "application/ld+json"
        assert answer["Content-Type"] == asked_for, accept
        assert json.loads(answer.content)["name"] == version.title
    page = client.get(address, headers={"Accept": BROWSER})
    assert (page.status_code, page["Location"]) == (302, "/catalog/feedback-that-moves-learning/?version=1")
    assert "Accept" in page["Vary"]
    assert client.get(page["Location"]).status_code == 200


def test_the_achievement_is_the_one_inside_the_badge(award: Award, client: Client) -> None:
    published = json.loads(client.get(f"/achievements/{award.version.uuid}").content)
    assert award.credential is not None
    inside = award.credential["credentialSubject"]["achievement"]
    # Inside the badge the issuer stands in full already, so there its creator is told by name of key alone.
    assert published["creator"]["id"] == inside["creator"]["id"] == award.credential["issuer"]["id"]
    alike = [{**document, "creator": None, "@context": None} for document in (published, inside)]
    assert alike[0] == alike[1]


def test_an_issuer_is_a_profile_for_machines_and_a_page_for_people(issuer: Organisation, client: Client) -> None:
    profile = json.loads(client.get(f"/issuers/{issuer.slug}").content)
    assert (profile["id"], profile["type"]) == ("did:web:testserver:issuers:prairie-institute", ["Profile"])
    page = client.get(f"/issuers/{issuer.slug}", headers={"Accept": BROWSER})
    assert page["Location"] == f"/catalog/issuers/{issuer.slug}/"


def test_a_did_document_lists_every_key(key: IssuingKey, issuer: Organisation, client: Client) -> None:
    signing_keys.rotate(organisation=issuer, acting_person=None)
    answer = client.get(f"/issuers/{issuer.slug}/did.json")
    document = json.loads(answer.content)
    assert answer["Content-Type"] == "application/did+ld+json"
    assert document["id"] == "did:web:testserver:issuers:prairie-institute"
    assert len(document["verificationMethod"]) == len(document["assertionMethod"]) == 2
    assert key.public_multibase in answer.content.decode()


def test_the_host_s_own_did_is_the_agency_s(agency: Organisation, client: Client) -> None:
    assert client.get("/.well-known/did.json").status_code == 404
    signing_keys.create_key(organisation=agency, acting_person=None)
    document = json.loads(client.get("/.well-known/did.json").content)
    assert document["id"] == "did:web:testserver"
    assert document["alsoKnownAs"] == ["did:web:testserver:issuers:meadow-agency"]


@pytest.mark.parametrize(
    "address",
    [
        "/issuers/nobody/did.json",
        "/issuers/nobody",
        "/issuers/rivertown/did.json",
        "/achievements/00000000-0000-4000-8000-000000000000",
        "/achievements/00000000-0000-4000-8000-000000000000/badge.png",
        "/status/00000000-0000-4000-8000-000000000000",
        "/badges/00000000-0000-4000-8000-000000000000/",
        "/badges/00000000-0000-4000-8000-000000000000/credential.json",
    ],
)
def test_what_was_never_published_is_not_found(state: Any, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.get(address, headers={"Accept": BROWSER}).status_code == 404


def test_the_public_address_comes_from_the_setting_never_from_the_request(
    key: IssuingKey, make_award: MakeAward, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://badges.example:8443"
    found = make_award()
    assert found.credential is not None
    assert found.credential["issuer"]["id"] == "did:web:badges.example%3A8443:issuers:prairie-institute"
    assert found.credential["credentialStatus"]["id"].startswith("https://badges.example:8443/status/")
    assert verifying.verify_award(found).verdict is Verdict.VALID


@pytest.fixture
def published_addresses(award: Award, agency: Organisation, issuer: Organisation, version: Version) -> dict[str, str]:
    """Every document that anybody may read, with the name it goes by where nobody asks for another."""
    signing_keys.create_key(organisation=agency, acting_person=None)
    stated = endorsing.endorse(
        occasion="decision:1",
        endorser=agency,
        name="Recognition",
        comment="Recognized.",
        valid_from=EARNED_AT,
        valid_until=None,
        version=version,
        acting_person=None,
    )
    assert award.status_list is not None
    return {
        f"/badges/{award.uuid}/credential.json": "application/vc",
        f"/endorsements/{stated.uuid}": "application/vc",
        f"/status/{award.status_list.uuid}": "application/vc",
        f"/achievements/{version.uuid}": "application/ld+json",
        f"/issuers/{issuer.slug}": "application/ld+json",
        f"/issuers/{issuer.slug}/did.json": "application/did+ld+json",
        f"/issuers/{issuer.slug}/jwks.json": "application/jwk-set+json",
        "/.well-known/did.json": "application/did+ld+json",
        "/.well-known/jwks.json": "application/jwk-set+json",
    }


def test_every_document_can_be_had_under_the_name_that_is_asked_for(
    published_addresses: dict[str, str], client: Client
) -> None:
    for address, usual in published_addresses.items():
        for accept, kind in (
            ("", usual),
            ("*/*", usual),
            ("application/x-unheard-of", usual),
            ("application/json", "application/json"),
            ("application/json;q=0.5, application/x-unheard-of", "application/json"),
            (f"application/json;q=0.5, {usual}", usual),
        ):
            answer = client.get(address, headers={"Accept": accept})
            assert (answer.status_code, answer["Content-Type"]) == (200, kind), (address, accept)
            json.loads(answer.content)


def test_every_document_has_a_strong_etag_of_its_own_form_and_says_what_it_varies_by(
    published_addresses: dict[str, str], client: Client
) -> None:
    for address in published_addresses:
        answer = client.get(address)
        etag = answer["ETag"]
        assert etag.startswith('"')
        assert "Accept" in answer["Vary"]
        assert "Cookie" not in answer["Vary"] or address.startswith("/badges/")
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"]
        again = client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert again["Access-Control-Allow-Origin"] == "*"
        assert "Accept" in again["Vary"]
        assert client.get(address, headers={"If-None-Match": etag, "Accept": "application/json"}).status_code == 200


def test_asking_for_the_head_alone_gives_the_head_alone(published_addresses: dict[str, str], client: Client) -> None:
    for address in published_addresses:
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("ETag", "Content-Type", "Cache-Control", "Vary"):
            assert head[name] == whole[name], (address, name)
        assert client.head(address, headers={"If-None-Match": head["ETag"]}).status_code == 304
        assert client.post(address).status_code == 405


# joserfc prefers the name Ed25519 of RFC 9864, which verifiers do not know yet.
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_who_asks_for_a_token_gets_the_status_list_as_one(
    published_addresses: dict[str, str], award: Award, client: Client, key: IssuingKey
) -> None:
    assert award.status_list is not None
    address = f"/status/{award.status_list.uuid}"
    answer = client.get(address, headers={"Accept": "application/vc+jwt"})
    assert answer["Content-Type"] == "application/vc+jwt"
    assert client.get(address, headers={"Accept": "application/vc+jwt"}).content == answer.content
    head, _, _ = answer.content.decode().partition(".")
    assert json.loads(from_base64url(head)) == {"alg": "EdDSA", "typ": "JWT", "kid": signing_keys.method_of(key)}
    report = verify(answer.content, documents=OverTheWire(client), now=datetime(2099, 1, 1, tzinfo=UTC))
    assert report.verdict is Verdict.VALID, report.as_dict()
    as_json = json.loads(client.get(address).content)
    assert report.credential == {name: value for name, value in as_json.items() if name != "proof"}


# joserfc prefers the name Ed25519 of RFC 9864, which verifiers do not know yet.
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_a_status_list_as_a_token_shows_what_was_revoked(award: Award, client: Client, issuing_officer: Person) -> None:
    assert award.status_list is not None
    asked = {"Accept": "application/vc+jwt"}
    before = client.get(f"/status/{award.status_list.uuid}", headers=asked).content
    revoking.revoke(award=award, reason="By mistake.", acting_person=issuing_officer)
    after = client.get(f"/status/{award.status_list.uuid}", headers=asked).content
    assert before != after
    report = verify(after, documents=OverTheWire(client), now=datetime(2099, 1, 1, tzinfo=UTC))
    assert report.credential is not None
    assert award.status_index is not None
    assert status.bit(status.decoded(report.credential["credentialSubject"]["encodedList"]), award.status_index)


def test_a_key_set_holds_the_keys_that_are_still_believed(
    key: IssuingKey, issuer: Organisation, client: Client
) -> None:
    new = signing_keys.rotate(organisation=issuer, acting_person=None)
    listed = json.loads(client.get(f"/issuers/{issuer.slug}/jwks.json").content)["keys"]
    assert [each["kid"] for each in listed] == [signing_keys.method_of(key), signing_keys.method_of(new)]
    assert [public_key_from_jwk(each) for each in listed] == [
        public_key_from_multikey(each.public_multibase) for each in (key, new)
    ]
    assert all("d" not in each for each in listed)
    compromises.report(key=key, since=key.created_at, reason="Stolen.", acting_person=None)
    listed = json.loads(client.get(f"/issuers/{issuer.slug}/jwks.json").content)["keys"]
    assert [each["kid"] for each in listed] == [signing_keys.method_of(new)]
