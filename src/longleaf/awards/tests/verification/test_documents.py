"""Where a verification gets its documents."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from longleaf.awards.models import Award
from longleaf.awards.verification import documents
from longleaf.awards.verification.documents import Folder, OwnDocuments, OwnDocumentUnavailable, UnreadableFolder
from longleaf.engines.openbadges.contexts import CREDENTIALS_V2, pinned
from longleaf.engines.openbadges.errors import DocumentUnavailable


def test_our_own_documents_come_without_a_connection(award: Award) -> None:
    assert award.status_list is not None
    for address in (
        "https://testserver/issuers/prairie-institute/did.json",
        "http://TESTSERVER/issuers/prairie-institute/did.json",
        "http://testserver/issuers/prairie-institute",
        f"http://testserver/achievements/{award.version.uuid}",
        f"http://testserver/status/{award.status_list.uuid}",
    ):
        assert documents.everywhere().load(address)


def test_badges_are_not_among_our_own_documents(award: Award) -> None:
    for form in ("", "credential.json", "badge.png"):
        with pytest.raises(DocumentUnavailable, match="not published here"):
            OwnDocuments().load(f"http://testserver/badges/{award.uuid}/{form}")


@pytest.mark.parametrize(
    "address",
    [
        "https://testserver/issuers/nobody/did.json",
        "https://testserver/status/00000000-0000-4000-8000-000000000000",
    ],
)
def test_what_was_never_published_is_not_looked_for_on_the_web(award: Award, address: str) -> None:
    with pytest.raises(OwnDocumentUnavailable):
        documents.everywhere().load(address)


@pytest.mark.parametrize(
    "address", ["http://testserver.evil.example/", "http://testserver@evil.example/", "x", "http://["]
)
def test_an_address_of_somebody_else_is_not_ours(address: str) -> None:
    with pytest.raises(DocumentUnavailable):
        OwnDocuments().load(address)
    assert documents.own_badge_at(address) is None


def test_contexts_are_pinned(tmp_path: Path) -> None:
    assert documents.everywhere().load(CREDENTIALS_V2) == pinned()[CREDENTIALS_V2]
    assert documents.only_in(Folder(tmp_path, {})).load(CREDENTIALS_V2) == pinned()[CREDENTIALS_V2]


def test_every_form_of_a_badge_leads_to_it(award: Award) -> None:
    for form in ("", "credential.json", "badge.png", "badge.svg"):
        assert documents.own_badge_at(f"http://testserver/badges/{award.uuid}/{form}") == award.uuid
    assert documents.own_badge_at("http://testserver/verify/") is None


@pytest.mark.parametrize(("index", "said"), [("[]", "one object"), ('{"a": 1}', "one object"), ("{", "not JSON")])
def test_a_folder_without_a_proper_index_is_refused(tmp_path: Path, index: str, said: str) -> None:
    (tmp_path / "index.json").write_text(index, encoding="utf-8")
    with pytest.raises(UnreadableFolder, match=said):
        Folder.read(tmp_path)


def test_all_servers_that_one_credential_names_share_the_time(settings: Any) -> None:
    settings.FETCH_PRIVATE_ADDRESSES = True
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        web = documents.Web(seconds=1.0)
        began = time.monotonic()
        for number in range(3):
            with pytest.raises(DocumentUnavailable):
                web.load(f"{address}/{number}")
    assert time.monotonic() - began < 3
