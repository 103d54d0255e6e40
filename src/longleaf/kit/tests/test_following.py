"""What others wrote as an address leads to the web or nowhere, on every page that makes a link of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines

from longleaf.kit.following import NOWHERE, followable

SOURCE = Path(__file__).resolve().parents[2]
LINK = re.compile(r'\b(?:href|cite|action|formaction|src)="\{\{(.*?)\}\}', re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# Addresses that views, pages and components make themselves, of named pages or files: nobody types them.
OURS = {
    "action", "action_url", "address", "address ~ of_this_version", "address(each.number)", "art", "art_url",
    "artwork", "at", "clear_url", "download_url", "download_url or url", "each.link", "each.url", "editor",
    "file_of(number + 1)", "file_of(number - 1)", "here", "item.url", "link.url", "page", "page.address",
    "page.linkedin", "page.next_address", "page.previous_address", "person.url", "place.url", "qr", "remove_url",
    "row.url", "sign_in_url", "sign_out_url", "state.stylesheet", "track.url", "url",
}  # fmt: skip
# Of these the same name is elsewhere what somebody typed, so they are ours in these templates alone.
OURS_ONLY_IN = {
    "address": {
        "catalog/list.html", "catalog/show.html", "catalog/show_body.html", "panels/leading/period.html",
        "recognition/certificates/body.html",
    },
    "each.url": {"quality/agencies/application.html", "web/home.html"},
    "each.link": {"reminders/mine.html"},
    "address(each.number)": {"recognition/licences/parts.html"},
}  # fmt: skip
UNSAFE = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "mailto:a@school.example",
    "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "http://", "https:///x", "http://[",
    "elsewhere.example", "", None,
]  # fmt: skip


def links() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        name = path.as_posix().rsplit("/templates/", 1)[1]
        for found in LINK.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))):
            yield name, found.strip()


def is_ours(template: str, expression: str) -> bool:
    if re.match(r"\(?(url|static)\(|root\b", expression):
        return True
    return expression in OURS and template in OURS_ONLY_IN.get(expression, {template})


@pytest.mark.parametrize("address", UNSAFE)
def test_what_leads_to_no_page_leads_nowhere(address: str | None) -> None:
    assert followable(address) == NOWHERE


@pytest.mark.parametrize(
    "address", ["https://school.example/a?b=c#d", "http://school.example", "HTTPS://school.example/", "/catalog/"]
)
def test_what_leads_to_a_page_stays_as_it_was_written(address: str) -> None:
    assert followable(address) == address


def test_every_link_on_our_pages_is_of_our_own_making_or_guarded() -> None:
    found = [each for each in links() if not is_ours(*each) and not each[1].endswith("| followable")]
    assert found == []
    guarded = {template for template, expression in links() if expression.endswith("| followable")}
    assert {"quality/agencies/area.html", "recognition/portability/parts.html", "catalog/parts.html"} <= guarded


@pytest.mark.parametrize("address", UNSAFE[:6])
@pytest.mark.parametrize(
    "drawn",
    ["ui.exhibit('A page', 'link', url=it)", "ui.quotation('Words', source='Her', url=it)",
     "ui.standing('official', source='A board', source_url=it)"],
)  # fmt: skip
def test_components_make_no_link_of_it_but_show_what_was_written(address: str, drawn: str) -> None:
    page = engines["jinja2"].from_string("{{ " + drawn + " }}").render({"it": address})
    assert not re.search(r'(?:href|cite)="(?!#")', page)
    assert "exhibit" not in drawn or "script" not in address.lower() or "script" in page.lower()
