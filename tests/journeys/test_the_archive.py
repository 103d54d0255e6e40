"""The platform is gone, and its badges verify: all that is left of a demonstration is a plain file server.

The archive is served from an address that is neither the old one nor a secure one, because that is the poorest host
there can be: what works there works anywhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import CHROMIUM, CHROMIUM_FLAGS
from tests.journeys.stage import BIN, ROOT, Site, Walker

pytestmark = pytest.mark.browser

HOST = "archive.example"
REVOKE = """
from longleaf.awards import revoking
from longleaf.awards.models import Award
from longleaf.directory.models import Person
from longleaf.awards.access import may_revoke
award = Award.objects.earliest("pk")
officer = next(each for each in Person.objects.all() if may_revoke(each, award))
revoking.revoke(award=award, reason="Given by mistake.", acting_person=officer)
"""
SHOW = """
from longleaf.awards.sharing import visibility
from longleaf.awards.models import Award
award = Award.objects.earliest("pk")
visibility.set_visibility(award=award, visibility="public", acting_person=award.earner)
print(award.uuid)
"""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A demonstration in which a badge was earned. It is filled and never served."""
    folder = tmp_path_factory.mktemp("archived")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "LONGLEAF_DEMO": "yes",
        "LONGLEAF_VAR": str(folder),
        "LONGLEAF_PUBLIC_URL": "https://badges.example",
    }
    filled = Site("https://badges.example", {}, environment)
    ran(filled, "demo", "--at", "badge")
    return filled


@pytest.fixture(scope="module")
def uuid(demonstration: Site) -> str:
    return ran(demonstration, "shell", "-c", SHOW).strip().splitlines()[-1]


@pytest.fixture(scope="module")
def archive(demonstration: Site, uuid: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    ran(demonstration, "archive", str(root))
    return root


@pytest.fixture(scope="module")
def far_browser(browser: Browser) -> Iterator[Browser]:
    """A browser for which the archive's host is this machine, and nothing but a name."""
    flags = [*CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    opened = browser.browser_type.launch(executable_path=CHROMIUM, args=flags)
    yield opened
    opened.close()


@pytest.fixture
def walker(archive: Path, far_browser: Browser) -> Iterator[Walker]:
    with plain_server(archive) as port:
        walking = Walker(Site(f"http://{HOST}:{port}", {}, {}), far_browser)
        asked: list[str] = []
        walking.page.on("request", lambda request: asked.append(request.url))
        yield walking
        assert walking.mistakes == []
        assert [url for url in asked if not url.startswith(walking.site.url)] == []
        walking.context.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        return


@contextmanager
def plain_server(root: Path) -> Iterator[int]:
    """Python's own file server, as it is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def ran(site: Site, *words: str) -> str:
    done = subprocess.run(
        [str(BIN / "longleaf"), *words], cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def verdict_of(page: Page) -> str:
    expect(page.locator("[data-report]")).to_be_visible()
    return str(page.locator("[data-report]").get_attribute("data-verdict"))


def outcome_of(page: Page, step: str) -> str:
    return page.locator(f"[data-report] [data-step={step}] .ll-checks__outcome").inner_text().strip()


def hand_over(page: Page, path: Path) -> str:
    """Give a file and verify it."""
    page.reload()
    page.get_by_label("Its file").set_input_files(path)
    page.get_by_role("button", name="Verify").click()
    return verdict_of(page)


def test_a_reader_finds_a_badge_and_verifies_it(walker: Walker, archive: Path, uuid: str) -> None:
    page = walker.page
    credential = json.loads((archive / "badges" / uuid / "credential.json").read_text())
    walker.go("/")
    assert page.evaluate("window.isSecureContext") is False
    walker.look("archive-home")
    page.get_by_role("link", name=credential["issuer"]["name"]).click()
    walker.look("archive-issuer")
    page.locator(f"a[href$='/{uuid}/']").click()
    expect(page.locator("h1")).to_be_visible()
    walker.look("archive-badge")
    page.get_by_role("link", name="Verify this badge").click()
    assert verdict_of(page) == "valid"
    assert [outcome_of(page, step) for step in ("format", "proof", "issuer", "status", "validity")] == ["Yes"] * 5
    expect(page.locator("#verdict")).to_be_focused()
    walker.look("archive-verified")
    walker.go("/standards/")
    walker.look("archive-standards")
    walker.go("/badges/")
    walker.look("archive-badges")


def test_what_a_badge_stands_for_is_there(walker: Walker, archive: Path) -> None:
    achievement, *_ = sorted((archive / "achievements").iterdir())
    walker.go(f"/achievements/{achievement.name}/")
    walker.look("archive-achievement")


def test_every_badge_of_the_archive_verifies(walker: Walker, archive: Path) -> None:
    found = [path.parent.name for path in (archive / "badges").glob("*/credential.json")]
    assert len(found) > 1
    for name in found:
        walker.go(f"/verify/?address=https://badges.example/badges/{name}/")
        assert verdict_of(walker.page) == "valid", name


@pytest.mark.parametrize("form", ["credential.json", "badge.png", "badge.svg"])
def test_every_form_of_a_badge_verifies(walker: Walker, archive: Path, uuid: str, form: str) -> None:
    walker.go("/verify/")
    assert hand_over(walker.page, archive / "badges" / uuid / form) == "valid"


def test_a_text_is_verified_by_keyboard_alone(walker: Walker, archive: Path, uuid: str) -> None:
    page = walker.page
    walker.go("/verify/")
    walker.look("archive-verify")
    page.get_by_label("Its text").focus()
    page.keyboard.insert_text((archive / "badges" / uuid / "credential.json").read_text())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert verdict_of(page) == "valid"


def test_an_altered_badge_is_refused(walker: Walker, archive: Path, uuid: str, tmp_path: Path) -> None:
    credential = json.loads((archive / "badges" / uuid / "credential.json").read_text())
    credential["name"] = "Master of everything"
    (tmp_path / "altered.json").write_text(json.dumps(credential))
    walker.go("/verify/")
    assert hand_over(walker.page, tmp_path / "altered.json") == "invalid"
    assert outcome_of(walker.page, "proof") == "No"
    assert outcome_of(walker.page, "status") == "Could not be checked"
    walker.look("archive-altered")


def test_pictures_that_were_tampered_with_are_refused(walker: Walker, archive: Path, uuid: str, tmp_path: Path) -> None:
    drawing = (archive / "badges" / uuid / "badge.svg").read_text()
    picture = (archive / "badges" / uuid / "badge.png").read_bytes()
    fakes = {
        "entities.svg": drawing.replace("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg', 1).encode(),
        "twice.svg": drawing.replace("</svg>", f"{drawing[drawing.index('<openbadges:') :]}", 1).encode(),
        "broken.svg": b"<svg",
        "behind.png": picture + b"more",
        "cut.png": picture[:-30],
        "changed.png": picture.replace(b"VerifiableCredential", b"UnverifiedCredential", 1),
    }
    walker.go("/verify/")
    for name, body in fakes.items():
        (tmp_path / name).write_bytes(body)
        assert hand_over(walker.page, tmp_path / name) == "invalid", name


def test_what_is_no_badge_is_said_and_nothing_is_lost(walker: Walker) -> None:
    page = walker.page
    walker.go("/verify/")
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("[data-complaint]")).to_contain_text("Choose the badge's file, or paste its text.")
    walker.look("archive-nothing-given")
    page.get_by_label("Its text").fill("hello")
    page.get_by_role("button", name="Verify").click()
    assert verdict_of(page) == "invalid"
    expect(page.get_by_label("Its text")).to_have_value("hello")
    walker.go("/verify/?address=https://badges.example/badges/none/")
    expect(page.locator("[data-complaint]")).to_contain_text("There is no badge of this archive at that address.")


def test_a_badge_that_was_revoked_before_the_end_is_refused(
    walker: Walker, demonstration: Site, archive: Path, uuid: str
) -> None:
    ran(demonstration, "shell", "-c", REVOKE)
    ran(demonstration, "archive", str(archive))
    walker.go(f"/badges/{uuid}/")
    expect(walker.page.locator("main")).to_contain_text("The issuer has revoked this badge")
    walker.look("archive-revoked-badge")
    walker.page.get_by_role("link", name="Verify this badge").click()
    assert verdict_of(walker.page) == "invalid"
    assert [outcome_of(walker.page, step) for step in ("proof", "issuer", "status")] == ["Yes", "Yes", "No"]
    walker.look("archive-revoked")


def test_without_its_status_lists_nothing_is_valid(walker: Walker, archive: Path, uuid: str) -> None:
    for path in (archive / "status").iterdir():
        path.unlink()
    walker.go("/verify/")
    assert hand_over(walker.page, archive / "badges" / uuid / "badge.png") == "unknown"
    assert outcome_of(walker.page, "status") == "Could not be checked"
    walker.look("archive-unknown")
