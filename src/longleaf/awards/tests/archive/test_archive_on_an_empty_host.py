"""Served by nothing but a plain file server, every badge of an archive verifies: by us, and by a library of others."""

from __future__ import annotations

import json
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.utils import timezone

from longleaf.awards import revoking
from longleaf.awards.archive.archiving import archive
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award
from longleaf.awards.sharing import visibility
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification.documents import FirstOf, PinnedContexts
from longleaf.directory.models import Person
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.verifying import verify
from tests.peers import node

OLD_HOST = "https://badges.example"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        return


class EmptyHost:
    """The old host's addresses, answered by Python's own file server out of one folder. No Django, no database."""

    def __init__(self, port: int) -> None:
        self._at = f"http://127.0.0.1:{port}"

    def load(self, url: str) -> bytes:
        if not url.startswith(f"{OLD_HOST}/"):
            raise DocumentUnavailable(url, "it is on another host.")
        try:
            with urllib.request.urlopen(self._at + url.removeprefix(OLD_HOST)) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as problem:
            raise DocumentUnavailable(url, str(problem)) from None


@pytest.fixture
def awards(
    settings: Any, key: Any, make_award: MakeAward, educator: Person, issuing_officer: Person
) -> dict[str, Award]:
    """A public badge, one by link signed with a later key, and one that was revoked."""
    settings.PUBLIC_URL = OLD_HOST
    public = visibility.set_visibility(award=make_award("attempt:ATT-1"), visibility="public", acting_person=educator)
    signing_keys.rotate(organisation=public.issuer, acting_person=None)
    revoked = make_award("attempt:ATT-3")
    revoking.revoke(award=revoked, reason="Given by mistake.", acting_person=issuing_officer)
    return {"public": public, "by link": make_award("attempt:ATT-2"), "revoked": revoked}


@pytest.fixture
def host(awards: dict[str, Award], tmp_path: Path) -> Iterator[EmptyHost]:
    archive(folder=tmp_path / "site", acting_person=None)
    handler = partial(_Quiet, directory=str(tmp_path / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield EmptyHost(server.server_address[1])
    server.shutdown()
    serving.join()
    server.server_close()


def address_of(award: Award, form: str) -> str:
    return f"{OLD_HOST}/badges/{award.uuid}/{form}"


def test_the_page_of_a_badge_opens_at_its_old_address(host: EmptyHost, awards: dict[str, Award]) -> None:
    for award in awards.values():
        assert award.version.title in host.load(f"{OLD_HOST}/badges/{award.uuid}/").decode()
    assert b"Verify a badge" in host.load(f"{OLD_HOST}/verify/?address={OLD_HOST}/badges/x/")


def test_no_folder_is_listed(host: EmptyHost, awards: dict[str, Award]) -> None:
    for folder in ("", "badges/", "issuers/", "status/", "verify/"):
        try:
            assert str(awards["by link"].uuid) not in host.load(f"{OLD_HOST}/{folder}").decode()
        except DocumentUnavailable:
            continue


@pytest.mark.parametrize("form", ["credential.json", "credential.jwt", "badge.png", "badge.svg"])
def test_our_engine_verifies_every_badge_from_the_host_alone(
    host: EmptyHost, awards: dict[str, Award], form: str
) -> None:
    documents = FirstOf((PinnedContexts(), host))
    reports = {
        name: verify(host.load(address_of(award, form)), documents=documents, now=timezone.now())
        for name, award in awards.items()
    }
    assert {name: report.verdict for name, report in reports.items()} == {
        "public": "valid",
        "by link": "valid",
        "revoked": "invalid",
    }
    failed = [step.step for step in reports["revoked"].steps if step.outcome == "failed"]
    assert failed == ["status"]


def test_a_library_of_others_verifies_every_badge_from_the_host_alone(
    host: EmptyHost, awards: dict[str, Award]
) -> None:
    if not node.is_installed():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(node.MISSING)
    credentials = {name: json.loads(host.load(address_of(award, "credential.json"))) for name, award in awards.items()}
    altered = json.loads(json.dumps(credentials["public"]))
    altered["credentialSubject"]["achievement"]["name"] = "Master of everything"
    asked = {**credentials, "altered": altered}
    with node.running() as peer:
        answers = peer.verify(asked.values(), documents=_documents(host, credentials), now=timezone.now().isoformat())
    said = dict(zip(asked, answers, strict=True))
    assert {name: (answer.proof, answer.status) for name, answer in said.items()} == {
        "public": (True, True),
        "by link": (True, True),
        "revoked": (True, False),
        "altered": (False, None),
    }


def test_a_library_of_others_verifies_every_token_from_the_host_alone(
    host: EmptyHost, awards: dict[str, Award]
) -> None:
    for award in awards.values():
        token = host.load(address_of(award, "credential.jwt")).decode()
        issuer = json.loads(host.load(address_of(award, "credential.json")))["issuer"]["id"]
        keys = jwt.PyJWKSet.from_json(host.load(f"{OLD_HOST}/issuers/{award.issuer.slug}/jwks.json").decode())
        key = keys[jwt.get_unverified_header(token)["kid"]]
        said = jwt.decode(token, key, algorithms=["EdDSA"], issuer=issuer)
        assert (said["jti"], said["id"]) == (address_of(award, "credential.json"),) * 2
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(f"{token[:-6]}AAAAAA", key, algorithms=["EdDSA"])


def _documents(host: EmptyHost, credentials: dict[str, Any]) -> dict[str, Any]:
    """What a verifier of these credentials fetches, by the addresses in them."""
    found = {}
    for credential in credentials.values():
        _did, _web, _host, *path = credential["issuer"]["id"].split(":")
        keys_at = f"{OLD_HOST}/{'/'.join(path)}/did.json"
        list_at = credential["credentialStatus"]["statusListCredential"]
        found |= {address: json.loads(host.load(address)) for address in (keys_at, list_at)}
    return found
