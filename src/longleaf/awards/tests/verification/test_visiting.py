"""Verifying for visitors: none of them, and no slow server of others, holds up the site."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from longleaf.awards.models import Award
from longleaf.awards.tests.conftest import MakeAward
from longleaf.awards.verification import documents, visiting

VERIFY = "/verify/"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


class SlowServer:
    """A server that takes every connection and says nothing until it is let."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/badge.json"
        self.asked, self._let = threading.Semaphore(0), threading.Event()
        threading.Thread(target=self._take, daemon=True).start()

    def let(self) -> None:
        self._let.set()

    def close(self) -> None:
        self.let()
        self._listening.close()

    def _take(self) -> None:
        while True:
            try:
                taken, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._hold, args=(taken,), daemon=True).start()

    def _hold(self, taken: socket.socket) -> None:
        with taken:
            taken.recv(65536)
            self.asked.release()
            self._let.wait(30)
            taken.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture
def slow(settings: Any) -> Iterator[SlowServer]:
    settings.FETCH_PRIVATE_ADDRESSES = True
    server = SlowServer()
    yield server
    server.close()


def in_the_background(act: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    done: list[Any] = []

    def work() -> None:
        try:
            done.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread, done


@pytest.mark.django_db(transaction=True)
def test_while_one_badge_waits_for_a_slow_server_everything_else_goes_on(
    slow: SlowServer, award: Award, client: Client
) -> None:
    waiting, done = in_the_background(lambda: Client().post(VERIFY, {"address": slow.address}))
    assert slow.asked.acquire(timeout=20)
    second = client.post(VERIFY, {"address": slow.address})
    assert (second.status_code, second["Retry-After"]) == (503, str(round(documents.SECONDS_FOR_ALL)))
    assert "whose issuer answers slowly" in text_of(second)
    # Nothing that was typed is lost, and what needs no foreign server is not told to wait.
    assert slow.address in text_of(second)
    own = client.post(VERIFY, {"address": f"http://testserver/badges/{award.uuid}/"})
    assert (own.status_code, "This badge is valid" in text_of(own)) == (200, True)
    assert client.get(f"/badges/{award.uuid}/").status_code == 200
    slow.let()
    waiting.join(timeout=20)
    assert [(each.status_code, "the server answers 404" in text_of(each)) for each in done] == [(422, True)]
    # Whoever was out has come back, also when what was found was of no use.
    assert client.post(VERIFY, {"address": slow.address}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_how_many_may_be_out_at_once_is_a_setting(slow: SlowServer, settings: Any, client: Client) -> None:
    settings.VERIFICATIONS_OUT_AT_ONCE = 2
    out = [in_the_background(lambda: Client().post(VERIFY, {"address": slow.address})) for _ in range(2)]
    for _ in out:
        assert slow.asked.acquire(timeout=20)
    assert client.post(VERIFY, {"address": slow.address}).status_code == 503
    slow.let()
    for thread, _ in out:
        thread.join(timeout=20)
    assert client.post(VERIFY, {"address": slow.address}).status_code == 422


@pytest.mark.django_db
def test_a_visitor_who_asks_too_often_is_told_when_to_come_back(client: Client, settings: Any) -> None:
    settings.VERIFICATIONS_A_MINUTE, settings.TRUSTED_PROXIES = 3, 1
    visitor = {"X-Forwarded-For": "203.0.113.7"}
    answers = [client.post(VERIFY, {"text": f"Not a badge {number}"}, headers=visitor) for number in range(5)]
    # A minute may turn while this runs; whoever asks five times in two minutes is still told at least once.
    limited = [answer for answer in answers if answer.status_code == 429]
    assert limited
    assert 1 <= int(limited[0]["Retry-After"]) <= 60
    page = text_of(limited[0])
    assert "3 badges a minute can be verified. Try again in" in page
    assert "Not a badge" in page
    # Another visitor behind the same proxy, and whoever only looks, are not held up.
    assert client.post(VERIFY, {"text": "x"}, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 200
    assert client.get(VERIFY, headers=visitor).status_code == 200


@pytest.mark.django_db
def test_a_visitor_cannot_become_another_by_saying_so(client: Client, settings: Any) -> None:
    settings.VERIFICATIONS_A_MINUTE, settings.TRUSTED_PROXIES = 1, 1
    answers = [
        client.post(VERIFY, {"text": "x"}, headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"})
        for number in range(4)
    ]
    assert 429 in [answer.status_code for answer in answers]


@pytest.mark.django_db
def test_what_is_wrong_with_the_form_is_told_before_anything_is_counted(client: Client, settings: Any) -> None:
    settings.VERIFICATIONS_A_MINUTE = 1
    assert {client.post(VERIFY, {}).status_code for _ in range(4)} == {422}


@pytest.mark.django_db
def test_nothing_keeps_the_visitor_s_address(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    real = visiting.cache.add
    monkeypatch.setattr(visiting.cache, "add", lambda name, *rest, **how: kept.append(name) or real(name, *rest, **how))
    client.post(VERIFY, {"text": "x"}, REMOTE_ADDR="203.0.113.7")
    assert [name.startswith("awards:verifications:") for name in kept] == [True]
    assert "203.0.113.7" not in kept[0]


@pytest.mark.django_db
def test_a_badge_of_ours_needs_no_way_out(make_award: MakeAward, award: Award, settings: Any) -> None:
    settings.VERIFICATIONS_OUT_AT_ONCE = 0
    own = f"http://testserver/badges/{award.uuid}/"
    assert visiting.verify(address=own, reader=award.earner, visitor="a").verdict.value == "valid"
    with pytest.raises(visiting.MustWait):
        visiting.verify(address="https://elsewhere.example/1", reader=award.earner, visitor="a")
