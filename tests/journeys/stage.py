"""A served demonstration of its own, and a browser to walk through it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
SCREENSHOTS = ROOT / "var" / "screenshots"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
SECONDS_TO_START = 90
# A page that answers 404 or 409 on purpose is a "failed resource" to the browser; a refused script is not. An answer
# that is dropped because something newer was asked is told by htmx as an error; one that failed says sendError.
NO_MISTAKES = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")


@dataclass(frozen=True)
class Site:
    """Where the demonstration is served, what it announced, and how its commands are run."""

    url: str
    told: dict[str, Any]
    environment: dict[str, str]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a `longleaf` command on the demonstration's database."""
        return subprocess.run(
            [str(BIN / "longleaf"), *words], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )


@contextmanager
def served(folder: Path, *, moment: str, **of: Path) -> Iterator[Site]:
    """Fill a database in `folder` up to a moment, serve it on a free port with the real server, and stop it after.

    `of` may name another `pack` or `script` than those that ship.
    """
    port = _free_port()
    url = f"http://localhost:{port}"
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "LONGLEAF_DEMO": "yes",
        "LONGLEAF_VAR": str(folder),
        "LONGLEAF_PUBLIC_URL": url,
    }
    announced = folder / "demo.json"
    subprocess.run(
        [
            *(str(BIN / "longleaf"), "demo", "--at", moment, "--announce", str(announced)),
            *(word for name, path in of.items() for word in (f"--{name}", str(path))),
        ],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [str(BIN / "longleaf"), "serve", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait_for(f"{url}/health", server)
        yield Site(url, json.loads(announced.read_text()), environment)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


class Walker:
    """Somebody with a browser: goes, looks (a picture at both widths, and axe), and is somebody at a time."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site = site
        self.context: BrowserContext = browser.new_context(viewport=DESKTOP, accept_downloads=True)
        self.mistakes: list[str] = []
        self.looked_at = 0
        self.page: Page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.mistakes.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def close_and_reopen(self) -> Page:
        """Close the page as somebody does who shuts the laptop, and come back with an empty one."""
        self.page.close()
        self.page = self._new_page()
        return self.page

    def go(self, path: str) -> None:
        """Open a page of the site; it must answer 200."""
        answer = self.page.goto(path if path.startswith("http") else self.site.url + path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"

    def be(self, name: str) -> None:
        """Sign in as one of the synthetic people, by the page on which they are picked."""
        self.context.clear_cookies()
        self.go("/demo/")
        self.page.get_by_role("button", name=f"Be {name}").click()
        expect(self.page.locator("h1")).to_contain_text(name)

    def tick(self, box: str) -> None:
        """Tick a box by its label, as a hand does: the box itself is drawn by the style sheet."""
        self.page.locator(f"label[for='{box}']").click()

    def wait_until(self, holds: Callable[[], bool], *, tries: int = 40) -> None:
        """Wait for something that no page shows, such as what the server holds."""
        for _ in range(tries):
            if holds():
                return
            self.page.wait_for_timeout(250)
        raise AssertionError("It did not come true in time.")

    def look(self, name: str) -> None:
        """Keep a picture at desktop and phone width; what sticks out or axe finds is a mistake."""
        self.looked_at += 1
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for viewport, width in ((PHONE, "phone"), (DESKTOP, "desktop")):
            self.page.set_viewport_size(viewport)  # type: ignore[arg-type]
            beyond = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if beyond:
                self.mistakes.append(f"{name}: {beyond} px stick out at {viewport['width']} px")
            # What sticks to the window is drawn where the page is scrolled to.
            self.page.evaluate("window.scrollTo(0, 0)")
            picture = SCREENSHOTS / f"{self.looked_at:02d}-{name}-{width}.png"
            self.page.screenshot(path=picture, full_page=True)
        found = Axe().run(self.page)
        if found.violations_count:
            self.mistakes.append(f"{name}: {found.generate_report()}")

    def _hear(self, message: Any) -> None:
        if message.type == "error" and not message.text.startswith(NO_MISTAKES):
            self.mistakes.append(f"{self.page.url}: {message.text}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssertionError(f"The server stopped with code {server.returncode}.")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(f"{url} did not answer within {SECONDS_TO_START} seconds.")
