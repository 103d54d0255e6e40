"""Addresses of a design are tried by a worker, once asked for: at real servers on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import Client
from django.utils import timezone

from longleaf.catalog.errors import NoSuchDraft
from longleaf.catalog.models import Draft
from longleaf.catalog.studio import drafting
from longleaf.directory.models import Organisation, Person, State
from longleaf.quality import publishing
from longleaf.quality.models import TriedLink
from longleaf.quality.self_check import links
from longleaf.quality.self_check.looking import look_at
from longleaf.quality.tests.self_check.test_pages import component
from tests import cast

ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def server() -> Iterator[str]:
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404 if self.path == "/gone" else 200)
            self.end_headers()
            self.wfile.write(b"x" * 10)

        def log_message(self, *args: object) -> None:
            return

    made = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


@pytest.fixture
def rubric(state: State) -> None:
    one = component("A", ["automated"], {"name": "https-links"})
    standard = {"code": "S", "number": 1, "title": "One", "official_title": None, "official_text": None}
    document = {"levels": [], "panel_rule": {}, "standards": [{**standard, "components": [one]}]}
    publishing.publish_instrument(
        state=state, code="rubric", edition="1", title="A rubric", document=document, standing="synthetic"
    )


def named(issuer: Organisation, designer: Person, *addresses: str) -> Draft:
    resources = [{"title": f"Work {number}", "url": each, "note": "."} for number, each in enumerate(addresses)]
    return drafting.begin(issuer=issuer, acting_person=designer, document=cast.make_document(resources=resources))


def told(draft: Draft) -> dict[str, tuple[str, str, bool]]:
    return {address: (each.status, each.reason, bool(each.on)) for address, each in look_at(draft).links.items()}


def test_what_answers_and_what_does_not_is_kept_with_its_day(
    server: str, issuer: Organisation, designer: Person, settings: object
) -> None:
    settings.FETCH_PRIVATE_ADDRESSES = True  # type: ignore[attr-defined]
    draft = named(issuer, designer, f"{server}/here", f"{server}/gone", f"{server}/here")
    assert told(draft)[f"{server}/here"] == ("not_tried", "", False)
    assert links.ask(draft=draft, acting_person=designer) == 2
    assert links.ask(draft=draft, acting_person=designer) == 0
    assert told(draft)[f"{server}/here"][0] == "waiting"
    assert links.try_some(now=timezone.now()) == 2
    assert links.try_some(now=timezone.now()) == 0
    assert told(draft) == {
        f"{server}/here": ("answered", "", True),
        f"{server}/gone": ("not_answered", "the server answers 404.", True),
    }


def test_nobody_is_led_into_a_private_network(
    server: str, issuer: Organisation, designer: Person, settings: object
) -> None:
    settings.FETCH_PRIVATE_ADDRESSES = False  # type: ignore[attr-defined]
    draft = named(issuer, designer, f"{server}/here", "https://127.0.0.1/admin", "ftp://example.org/x", "nonsense")
    assert links.ask(draft=draft, acting_person=designer) == 4
    assert links.try_some(now=timezone.now()) == 4
    assert {status for status, _, _ in told(draft).values()} == {"not_tried"}


def test_it_is_tried_again_after_an_hour_and_a_dead_worker_gives_its_own_back(
    server: str, issuer: Organisation, designer: Person, settings: object
) -> None:
    settings.FETCH_PRIVATE_ADDRESSES = True  # type: ignore[attr-defined]
    draft, now = named(issuer, designer, f"{server}/here"), timezone.now()
    links.ask(draft=draft, acting_person=designer)
    TriedLink.objects.update(claimed_at=now)
    assert links.try_some(now=now) == 0
    assert links.try_some(now=now + links.LEASE) == 1
    assert links.ask(draft=draft, acting_person=designer) == 0
    TriedLink.objects.update(tried_at=now - timedelta(hours=2))
    assert links.ask(draft=draft, acting_person=designer) == 1


def test_only_who_writes_asks_and_the_page_tells_what_came_of_it(
    rubric: None, issuer: Organisation, designer: Person, issuing_officer: Person, client_of: ClientOf
) -> None:
    draft = named(issuer, designer, "https://127.0.0.1/a", "https://127.0.0.1/b")
    with pytest.raises(NoSuchDraft):
        links.ask(draft=draft, acting_person=issuing_officer)
    client, at = client_of(designer), f"/quality/self-check/{draft.ref}/"
    assert client.post(f"{at}addresses/try/").status_code == 302
    TriedLink.objects.update(status="not_answered", reason="the server answers 404.", tried_at=timezone.now())
    page = unescape(client.get(at).content.decode())
    assert "Not answered" in page
    assert "did not answer on" in page
    assert "nor 1 more" in page
    TriedLink.objects.update(status="answered", reason="")
    page = unescape(client.get(at).content.decode())
    assert "2 addresses answered when tried last" in page
    assert "Try the addresses" not in client_of(issuing_officer).get(at).content.decode()


def test_so_many_of_one_person_wait_at_a_time_and_a_round_ends(
    issuer: Organisation, designer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = named(issuer, designer, *(f"https://127.0.0.1/{number}" for number in range(60)))
    second = named(issuer, designer, *(f"https://127.0.0.1/{number}" for number in range(60, 120)))
    assert links.ask(draft=first, acting_person=designer) == 60
    assert links.ask(draft=second, acting_person=designer) == 40
    assert links.ask(draft=second, acting_person=designer) == 0
    monkeypatch.setattr(links, "SECONDS", 0)
    assert links.try_some(now=timezone.now()) == 0
    monkeypatch.setattr(links, "SECONDS", 8)
    assert links.try_some(now=timezone.now()) == links.AT_ONCE
    assert links.ask(draft=second, acting_person=designer) == links.AT_ONCE
    assert set(TriedLink.objects.exclude(status="waiting").values_list("asked_by", flat=True)) == {None}


def test_what_nobody_asked_for_in_half_a_year_goes(issuer: Organisation, designer: Person) -> None:
    draft, now = named(issuer, designer, "https://127.0.0.1/a", "https://127.0.0.1/b"), timezone.now()
    links.ask(draft=draft, acting_person=designer)
    links.try_some(now=now)
    TriedLink.objects.filter(address__endswith="a").update(asked_at=now - links.KEPT_FOR - timedelta(days=1))
    links.try_some(now=now)
    assert TriedLink.objects.get().address.endswith("b")
