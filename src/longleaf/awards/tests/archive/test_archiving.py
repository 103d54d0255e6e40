"""An archive holds what keeps badges alive, at the addresses they name; it shows no more than earners allow."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from longleaf.awards import revoking
from longleaf.awards.archive import archiving, folder
from longleaf.awards.archive.errors import MayNotArchive, NotAnArchive, PrivateWithinPublic
from longleaf.awards.endorsements import endorsing
from longleaf.awards.errors import NoUsableKey
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, IssuingKey, StatusList
from longleaf.awards.sharing import visibility
from longleaf.awards.tests.conftest import MakeAward
from longleaf.directory.models import Organisation, Person
from longleaf.engines.openbadges import baking
from longleaf.engines.openbadges import status as bits
from longleaf.journal.models import JournalLine

FORMS = ("credential.json", "credential.jwt", "badge.png", "badge.svg", "qr.svg")


@pytest.fixture
def public_award(award: Award, educator: Person) -> Award:
    return visibility.set_visibility(award=award, visibility="public", acting_person=educator)


@pytest.fixture
def by_link(public_award: Award, make_award: MakeAward) -> Award:
    return make_award("attempt:ATT-2")


@pytest.fixture
def private_award(by_link: Award, make_award: MakeAward, educator: Person) -> Award:
    made = make_award("attempt:ATT-3")
    return visibility.set_visibility(award=made, visibility="private", acting_person=educator)


def archived(root: Path, **more: Any) -> archiving.Archived:
    return archiving.archive(folder=root, acting_person=None, **more)


def texts(root: Path) -> dict[str, str]:
    """Every file that is text, by name."""
    paths = [path for path in root.rglob("*") if path.suffix in {".html", ".json", ".jsonl", ".txt"}]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def names(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", FORMS)
def test_a_badge_is_the_bytes_of_its_live_address(public_award: Award, tmp_path: Path, form: str) -> None:
    archived(tmp_path / "site")
    live = Client().get(f"/badges/{public_award.uuid}/{form}")
    assert (tmp_path / "site/badges" / str(public_award.uuid) / form).read_bytes() == live.content


def test_what_badges_point_to_is_the_bytes_of_its_live_address(
    public_award: Award, agency: Organisation, tmp_path: Path
) -> None:
    signing_keys.create_key(organisation=agency, acting_person=None)
    archived(tmp_path / "site")
    slug, version = public_award.issuer.slug, public_award.version.uuid
    for address, name in {
        "/.well-known/did.json": ".well-known/did.json",
        f"/issuers/{slug}/did.json": f"issuers/{slug}/did.json",
        f"/issuers/{slug}": f"issuers/{slug}/index.json",
        f"/achievements/{version}": f"achievements/{version}/index.json",
        f"/achievements/{version}/badge.png": f"achievements/{version}/badge.png",
    }.items():
        assert (tmp_path / "site" / name).read_bytes() == Client().get(address).content, address


def test_every_address_for_machines_has_a_place(public_award: Award, agency: Organisation, tmp_path: Path) -> None:
    """A new address for machines must get a place in archives too, or badges lose what it answers."""
    from longleaf.awards import machine_views, urls

    signing_keys.create_key(organisation=agency, acting_person=None)
    stated = endorsing.endorse(
        occasion="quality-decision:1",
        endorser=agency,
        version=public_award.version,
        name="Recognition",
        comment="Recognized.",
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        valid_until=None,
        acting_person=None,
    )
    archived(tmp_path / "site")
    assert public_award.status_list is not None
    given = {
        "endorsement_uuid": stated.uuid,
        "award_uuid": public_award.uuid,
        "version_uuid": public_award.version.uuid,
        "list_uuid": public_award.status_list.uuid,
        "slug": public_award.issuer.slug,
    }
    for found in urls.urlpatterns:
        if found.callback.__module__ == machine_views.__name__:
            wanted = {name: given[name] for name in found.pattern.converters}
            place = tmp_path / "site" / reverse(f"awards:{found.name}", kwargs=wanted).lstrip("/")
            assert place.is_file() or (place / "index.json").is_file(), found.name


def test_a_status_list_has_the_live_bits_and_is_good_for_a_hundred_years(
    public_award: Award, issuing_officer: Person, tmp_path: Path
) -> None:
    revoking.revoke(award=public_award, reason="Given by mistake.", acting_person=issuing_officer)
    archived(tmp_path / "site")
    found = StatusList.objects.get()
    listed = json.loads((tmp_path / "site/status" / str(found.uuid)).read_bytes())
    live = json.loads(Client().get(f"/status/{found.uuid}").content)
    assert listed["credentialSubject"] == live["credentialSubject"]
    assert public_award.status_index is not None
    assert bits.bit(bits.decoded(listed["credentialSubject"]["encodedList"]), public_award.status_index)
    begin, end = (datetime.fromisoformat(listed[name]) for name in ("validFrom", "validUntil"))
    assert end.year - begin.year == 100
    assert datetime.now(UTC) - begin < timedelta(minutes=10)


def test_a_revoked_badge_stays_and_says_so(public_award: Award, issuing_officer: Person, tmp_path: Path) -> None:
    revoking.revoke(award=public_award, reason="Given by mistake.", acting_person=issuing_officer)
    archived(tmp_path / "site")
    page = (tmp_path / "site/badges" / str(public_award.uuid) / "index.html").read_text()
    assert "has revoked this badge" in page
    assert "Given by mistake." in page


def test_only_public_badges_are_listed(by_link: Award, public_award: Award, tmp_path: Path) -> None:
    archived(tmp_path / "site")
    own = f"badges/{by_link.uuid}/"
    elsewhere = {name: text for name, text in texts(tmp_path / "site").items() if not name.startswith(own)}
    assert [name for name, text in elsewhere.items() if str(by_link.uuid) in text] == []
    assert str(public_award.uuid) in elsewhere[f"issuers/{public_award.issuer.slug}/index.html"]
    assert (tmp_path / "site" / own / "index.html").is_file()


def test_a_page_by_link_asks_to_be_forgotten_and_a_public_one_does_not(
    by_link: Award, public_award: Award, tmp_path: Path
) -> None:
    archived(tmp_path / "site")
    pages = [(tmp_path / "site/badges" / str(each.uuid) / "index.html").read_text() for each in (by_link, public_award)]
    assert ["noindex" in page for page in pages] == [True, False]
    assert all('name="referrer" content="no-referrer"' in page for page in pages)


def test_no_folder_above_a_badge_is_left_for_a_server_to_list(by_link: Award, tmp_path: Path) -> None:
    archived(tmp_path / "site")
    assert (tmp_path / "site/badges/index.html").is_file()
    assert (tmp_path / "site/index.html").is_file()


def test_private_badges_are_not_published_but_handed_over(private_award: Award, tmp_path: Path) -> None:
    found = archived(tmp_path / "site", private=tmp_path / "kept")
    assert (found.listed, found.by_link, found.private, found.handed_over) == (1, 1, 1, True)
    assert [name for name in names(tmp_path / "site") if str(private_award.uuid) in name] == []
    assert [name for name, text in texts(tmp_path / "site").items() if str(private_award.uuid) in text] == []
    kept = tmp_path / "kept/badges" / str(private_award.uuid)
    assert json.loads((kept / "credential.json").read_bytes()) == private_award.credential
    assert json.loads(baking.unbake_png((kept / "badge.png").read_bytes())) == private_award.credential
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_without_a_folder_for_them_private_badges_are_written_nowhere(private_award: Award, tmp_path: Path) -> None:
    found = archived(tmp_path / "site")
    assert (found.private, found.handed_over) == (1, False)
    assert [name for name in names(tmp_path) if str(private_award.uuid) in name] == []


def test_run_again_it_renews_only_what_speaks_of_its_moment(by_link: Award, tmp_path: Path) -> None:
    root = tmp_path / "site"
    with time_machine.travel(timezone.now(), tick=False):
        archived(root)
    before = {name: (root / name).read_bytes() for name in names(root)}
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        found = archived(root)
    assert set(before) == names(root)
    renewed = {name for name, body in before.items() if (root / name).read_bytes() != body}
    # The verifier tells what was recognised on the day of the archive.
    lists = f"status/{StatusList.objects.get().uuid}"
    assert renewed == {"index.html", "verify/index.html", lists, folder.MANIFEST}
    assert (found.changed, found.removed) == (3, 0)


def test_run_again_it_removes_a_badge_that_was_made_private(
    by_link: Award, public_award: Award, educator: Person, tmp_path: Path
) -> None:
    archived(tmp_path / "site")
    for each in (by_link, public_award):
        visibility.set_visibility(award=each, visibility="private", acting_person=educator)
    found = archived(tmp_path / "site")
    assert found.removed == 12
    assert [path.name for path in (tmp_path / "site/badges").iterdir()] == ["index.html"]


def test_what_an_interrupted_run_left_behind_goes_too(public_award: Award, educator: Person, tmp_path: Path) -> None:
    """It stands in no manifest, so only its place tells that it is the archive's."""
    archived(tmp_path / "site")
    left = tmp_path / "site/badges/0000/credential.json.new"
    left.parent.mkdir()
    left.write_text("{}")
    archived(tmp_path / "site")
    assert not left.parent.exists()


def test_what_a_host_needs_beside_the_archive_is_left_alone(public_award: Award, tmp_path: Path) -> None:
    archived(tmp_path / "site")
    own = [tmp_path / "site" / name for name in ("CNAME", ".well-known/security.txt", ".git/config")]
    for path in own:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    archived(tmp_path / "site")
    assert [path.read_text() for path in own] == ["mine"] * 3


def test_it_never_writes_into_a_folder_of_something_else(public_award: Award, tmp_path: Path, settings: Any) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(NotAnArchive, match="not empty and is no archive"):
        archived(tmp_path)
    archived(tmp_path / "site")
    settings.PUBLIC_URL = "http://elsewhere.example"
    with pytest.raises(NotAnArchive, match="of http://testserver"):
        archived(tmp_path / "site")


def test_private_badges_never_land_inside_the_public_folder(private_award: Award, tmp_path: Path) -> None:
    for private in (tmp_path / "site", tmp_path / "site/private", tmp_path):
        with pytest.raises(PrivateWithinPublic):
            archived(tmp_path / "site", private=private)
    archived(tmp_path / "kept", private=tmp_path / "other")
    with pytest.raises(NotAnArchive):
        archived(tmp_path / "other")


def test_a_link_that_leads_out_of_the_archive_is_not_followed(public_award: Award, tmp_path: Path) -> None:
    archived(tmp_path / "site")
    (tmp_path / "outside").mkdir()
    page = tmp_path / "site/verify/index.html"
    for path in page.parent.iterdir():
        path.unlink()
    page.parent.rmdir()
    page.parent.symlink_to(tmp_path / "outside")
    with pytest.raises(NotAnArchive, match="leads out"):
        archived(tmp_path / "site")
    assert list((tmp_path / "outside").iterdir()) == []


def test_the_manifest_names_every_file_with_its_digest(by_link: Award, tmp_path: Path) -> None:
    root = tmp_path / "site"
    archived(root)
    lines = list(folder.read_manifest(root))
    listed = {line["file"]: line["sha256"] for line in lines if "file" in line}
    hidden = {line["hidden"]: line["sha256"] for line in lines if "hidden" in line}
    for name in names(root) - {folder.MANIFEST}:
        digest = hashlib.sha256((root / name).read_bytes()).hexdigest()
        assert digest in (listed.get(name), hidden.get(hashlib.sha256(name.encode()).hexdigest()))
    assert len(listed) + len(hidden) == len(names(root)) - 1 == lines[-1]["end"]["files"]


def test_every_link_and_source_of_every_page_is_a_file_of_the_archive(
    by_link: Award, public_award: Award, tmp_path: Path
) -> None:
    root = tmp_path / "site"
    archived(root)
    pages = list(root.rglob("*.html"))
    assert len(pages) == 8
    for path in pages:
        for target in re.findall(r'(?:href|src)="([^"#]+)"', path.read_text()):
            if target.startswith(("http:", "https:")):
                continue
            found = (path.parent / target.partition("?")[0]).resolve()
            assert (found / "index.html" if found.is_dir() else found).is_file(), f"{path}: {target}"
        styles = re.findall(r"url\(([^)]+)\)", (root / "assets/longleaf.css").read_text())
    assert styles
    assert [each for each in styles if not (root / "assets" / each.strip("\"'")).is_file()] == []


def test_no_page_holds_what_its_own_policy_refuses(by_link: Award, tmp_path: Path) -> None:
    archived(tmp_path / "site")
    for path in (tmp_path / "site").rglob("*.html"):
        text = path.read_text()
        assert "default-src 'none'; script-src 'self'" in text.partition("<title>")[0], path
        assert re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=", text) is None, path


def test_lists_are_split_into_pages(
    public_award: Award, make_award: MakeAward, educator: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longleaf.awards.archive.pages.BADGES_ON_A_PAGE", 2)
    for number in range(2, 6):
        made = make_award(f"attempt:ATT-{number}", earned_at=datetime(2026, 3, 4 + number, tzinfo=UTC))
        visibility.set_visibility(award=made, visibility="public", acting_person=educator)
    archived(tmp_path / "site")
    folder_of_issuer = tmp_path / "site/issuers" / public_award.issuer.slug
    found = [
        len(re.findall(r"/badges/[0-9a-f-]{36}/", (folder_of_issuer / name).read_text()))
        for name in ("index.html", "badges-2.html", "badges-3.html")
    ]
    assert found == [2, 2, 1]


def test_an_issuer_that_cannot_sign_its_last_list_stops_it(public_award: Award, tmp_path: Path) -> None:
    IssuingKey.objects.update(status="retired")
    with pytest.raises(NoUsableKey):
        archived(tmp_path / "site")
    assert next(iter(folder.read_manifest(tmp_path / "site")))["complete"] is False


def test_who_archived_what_stands_in_the_journal(by_link: Award, state_officer: Person, tmp_path: Path) -> None:
    found = archiving.archive(folder=tmp_path / "site", acting_person=state_officer)
    line = JournalLine.objects.get(event="state:archive:written")
    assert (line.actor, line.subject) == (state_officer.ref, f"state:{by_link.issuer.state_id}")
    assert line.data["manifest"] == found.manifest
    assert found.manifest == hashlib.sha256((tmp_path / "site/manifest.jsonl").read_bytes()).hexdigest()
    assert (line.data["listed"], line.data["by_link"], line.data["private"]) == (1, 1, 0)


def test_nobody_but_a_state_officer_may(by_link: Award, issuing_officer: Person, tmp_path: Path) -> None:
    with pytest.raises(MayNotArchive):
        archiving.archive(folder=tmp_path / "site", acting_person=issuing_officer)
    assert not (tmp_path / "site").exists()


def test_it_tells_how_far_it_has_come(private_award: Award, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    archived(tmp_path / "site", private=tmp_path / "kept", told=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_queries_of_a_badge_do_not_grow_with_their_number(
    public_award: Award, make_award: MakeAward, tmp_path: Path, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """Each badge more costs what its own page asks for, and nothing of all the others."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as found:
            archived(tmp_path / name)
        return len(found)

    one = asked("one")
    for number in range(2, 5):
        make_award(f"attempt:ATT-{number}")
    # Its token asks which key signs now.
    assert asked("four") - one <= 3 * 3


def test_a_badge_that_was_judged_elsewhere_says_so_and_nothing_of_readers(
    key: IssuingKey, make_award: MakeAward, educator: Person, tmp_path: Path
) -> None:
    made = make_award("bulk:1", finding={"elsewhere": "Two coaches watched three lessons in May and agreed."})
    visibility.set_visibility(award=made, visibility="public", acting_person=educator)
    archived(tmp_path / "site")
    page = (tmp_path / "site/badges" / str(made.uuid) / "index.html").read_text()
    assert "Two coaches watched three lessons in May and agreed." in page
    assert "saw whose work it was" not in page
    assert "Result per criterion" not in page
