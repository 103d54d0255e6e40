"""A badge to take along: certificate, token, links; safe for wallets, and closed to whoever may not see the badge."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from longleaf.awards import reissuing, revoking, tasks
from longleaf.awards.keys import compromises
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.sharing import links as share_links
from longleaf.awards.sharing import tokens as vc_tokens
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification import verifying
from longleaf.catalog.models import Version
from longleaf.directory.models import Person
from longleaf.engines.openbadges.report import Verdict
from tests.paper import unpacked

ClientOf = Callable[[Person | None], Client]


@pytest.mark.usefixtures("pango")
def test_the_certificate_is_a_tagged_pdf_with_title_language_and_described_pictures(
    award: Award, client: Client
) -> None:
    answer = client.get(f"/badges/{award.uuid}/certificate.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="certificate-{award.uuid}.pdf"'
    inside = unpacked(answer.content)
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (en)", b'pdfuaid:part="1"', b"/H1", b"/Figure", b"/Alt"):
        assert sign in inside, sign
    assert b"certificate of Erin Earner" in inside
    assert f"http://testserver/badges/{award.uuid}/".encode() in inside


@pytest.mark.usefixtures("pango")
def test_a_reissued_badge_has_a_new_certificate(award: Award, client: Client, educator: Person) -> None:
    before = client.get(f"/badges/{award.uuid}/certificate.pdf").content
    assert client.get(f"/badges/{award.uuid}/certificate.pdf").content == before
    reissuing.reissue(award=award, acting_person=educator, pieces=["plan"], consent=True)
    assert client.get(f"/badges/{award.uuid}/certificate.pdf").content != before


def test_without_pango_the_page_says_so_and_how_to_print(
    award: Award, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = client.get(f"/badges/{award.uuid}/certificate.pdf")
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "PDFs need the Pango library" in page
    assert f"/badges/{award.uuid}/" in page


def test_a_revoked_badge_has_no_certificate_and_one_that_waits_nothing_at_all(
    award: Award, issuing_officer: Person, client: Client
) -> None:
    revoking.revoke(award=award, reason="Another person was meant.", acting_person=issuing_officer)
    assert client.get(f"/badges/{award.uuid}/certificate.pdf").status_code == 409
    Award.objects.update(status="queued", credential=None)
    for name in ("certificate.pdf", "credential.jwt"):
        assert client.get(f"/badges/{award.uuid}/{name}").status_code == 409


def test_the_token_verifies_as_the_badge_does(award: Award, client: Client) -> None:
    answer = client.get(f"/badges/{award.uuid}/credential.jwt?download")
    assert answer["Content-Type"] == "application/vc+jwt"
    assert answer["Content-Disposition"] == f'attachment; filename="badge-{award.uuid}.jwt"'
    report = verifying.verify_material(answer.content)
    assert report.verdict is Verdict.VALID
    assert (report.credential or {})["id"] == (award.credential or {})["id"]
    assert verifying.material_at(f"http://testserver/badges/{award.uuid}/credential.jwt", reader=award.earner)


def test_a_token_that_was_altered_does_not_verify(award: Award) -> None:
    header, payload, signature = vc_tokens.token_of(award).split(".")
    assert verifying.verify_material(f"{header}.{payload[:-4]}AAAA.{signature}").verdict is Verdict.INVALID


def test_a_token_is_signed_once_and_anew_after_a_reissue(award: Award, educator: Person) -> None:
    before = vc_tokens.token_of(award)
    assert vc_tokens.token_of(award) == before
    after = reissuing.reissue(award=award, acting_person=educator, pieces=["plan"], consent=True)
    assert vc_tokens.token_of(after) != before


def test_a_token_by_a_key_in_wrong_hands_is_kept_no_longer(award: Award, key: IssuingKey) -> None:
    before = vc_tokens.token_of(award)
    compromises.report(key=key, since=key.created_at, reason="A laptop was stolen.", acting_person=None)
    tasks.sign_anew_after_compromise()
    after = vc_tokens.token_of(Award.objects.get())
    assert verifying.verify_material(before).verdict is Verdict.INVALID
    assert verifying.verify_material(after).verdict is Verdict.VALID


def test_a_private_badge_is_taken_along_by_its_earner_only(
    award: Award, client_of: ClientOf, educator: Person, other_educator: Person
) -> None:
    Award.objects.update(visibility="private")
    for name in ("certificate.pdf", "credential.jwt", "credential.json", "badge.png", "badge.svg", "qr.svg"):
        for person in (None, other_educator):
            assert client_of(person).get(f"/badges/{award.uuid}/{name}").status_code == 404
    answer = client_of(educator).get(f"/badges/{award.uuid}/credential.jwt")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize(
    "name",
    [
        "certificate.pdf",
        "credential.jwt?download",
        "credential.json?download",
        "badge.png?download",
        "badge.svg?download",
    ],
)
def test_files_have_names_that_no_wallet_trips_over(award: Award, client: Client, name: str) -> None:
    disposition = client.get(f"/badges/{award.uuid}/{name}")["Content-Disposition"]
    assert re.fullmatch(r'(attachment|inline); filename="[a-z0-9.-]+"', disposition)


def test_linkedin_gets_its_form_filled_in(award: Award) -> None:
    address = share_links.linkedin(award, expires_at=datetime(2031, 3, 4, 15, tzinfo=UTC))
    asked = urlsplit(address)
    assert (asked.scheme, asked.netloc, asked.path) == ("https", "www.linkedin.com", "/profile/add")
    assert parse_qs(asked.query) == {
        "startTask": ["CERTIFICATION_NAME"],
        "name": ["Feedback that moves learning"],
        "organizationName": ["Prairie Institute"],
        "issueYear": ["2026"],
        "issueMonth": ["3"],
        "expirationYear": ["2031"],
        "expirationMonth": ["3"],
        "certUrl": [f"http://testserver/badges/{award.uuid}/"],
        "certId": [str(award.uuid)],
    }
    assert "expiration" not in share_links.linkedin(award, expires_at=None)


def test_the_snippet_is_a_link_with_a_picture_and_nothing_that_runs(award: Award, version: Version) -> None:
    award.version.title = 'Say "yes" & <go>'
    tags: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            tags.append((tag, dict(attrs)))

    Reader().feed(share_links.snippet(award))
    (a, link), (img, picture) = tags
    assert (a, img) == ("a", "img")
    assert link == {"href": f"http://testserver/badges/{award.uuid}/"}
    assert picture["src"] == f"http://testserver/badges/{award.uuid}/badge.png"
    assert (picture["alt"] or "").startswith('Say "yes" & <go>, awarded by Prairie Institute')


def test_the_earner_finds_all_of_it_on_the_page_and_others_what_is_theirs(
    award: Award, client_of: ClientOf, educator: Person
) -> None:
    own = unescape(client_of(educator).get(f"/badges/{award.uuid}/").content.decode())
    other = client_of(None).get(f"/badges/{award.uuid}/").content.decode()
    for said in ("certificate.pdf", "credential.jwt?download"):
        assert said in own
        assert said in other
    for said in (
        "https://www.linkedin.com/profile/add?",
        f"/badges/{award.uuid}/contents/",
        share_links.snippet(award),
    ):
        assert said in own
        assert said not in other


def test_no_page_of_a_badge_may_be_framed(award: Award, client: Client) -> None:
    answer = client.get(f"/badges/{award.uuid}/")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_the_picture_may_be_shown_on_other_pages(key: IssuingKey, make_award: MakeAward, client: Client) -> None:
    answer = client.get(f"/badges/{make_award().uuid}/badge.png")
    assert "Cross-Origin-Resource-Policy" not in answer
