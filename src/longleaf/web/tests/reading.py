"""Reading a page as a strict browser does: what it shows, and what its security policy would have refused."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

NOT_SCRIPTS = {"application/ld+json", "application/json"}


class _Inline(HTMLParser):
    """Notes every inline script, style and handler."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") not in NOT_SCRIPTS):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.found.append(f"<{tag} {name}>")
            if (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value}>")


def inline_parts(html: str) -> list[str]:
    """What the policy of no inline script and no inline style would refuse."""
    reader = _Inline()
    reader.feed(html)
    return reader.found


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def main_of(response: Any) -> str:
    """The page without the frame around it."""
    found = re.search(r"<main.*?</main>", text_of(response), re.DOTALL)
    assert found, "the page has a main part"
    return found.group()


def links_of(response: Any) -> list[dict[str, str]]:
    """Title and address of each place in the main navigation, in their order."""
    found = re.search(r'<nav class="ll-nav".*?</nav>', text_of(response), re.DOTALL)
    links = re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', found.group()) if found else []
    return [{"url": url, "title": title} for url, title in links]


def navigation_of(response: Any) -> list[str]:
    """The titles in the main navigation, in their order."""
    return [place["title"] for place in links_of(response)]


def here_of(response: Any) -> list[str]:
    """What the navigation marks as the page that is open."""
    return re.findall(r'aria-current="page">([^<]+)</a>', text_of(response))


def require_strict(response: Any) -> None:
    """The policy stands in the header, and the page keeps it."""
    policy = response.headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert "*" not in policy
    if response.headers["Content-Type"].startswith("text/html"):
        assert inline_parts(response.content.decode()) == []
