"""The bench asks over connections that it keeps, and a server closes those that were silent for long."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import repeat
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parent.parent / "tools"
PATIENCE, WORKERS = 0.2, 2


class Impatient(ThreadingTCPServer):
    """A server that hangs up on whoever says nothing for a while, as granian does, and counts what it is asked."""

    daemon_threads = True
    breaks_off = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.connected = 0
        self.asked: Counter[int] = Counter()
        self.hung_up = threading.Semaphore(0)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Talk(StreamRequestHandler):
    timeout = PATIENCE
    server: Impatient

    def handle(self) -> None:
        self.server.connected += 1
        number = self.server.connected
        while self._was_asked():
            self.server.asked[number] += 1
            self.wfile.write(_answer(worker=number % WORKERS)[: 40 if self.server.breaks_off else None])
            if self.server.breaks_off:
                return

    def finish(self) -> None:
        super().finish()
        self.request.close()
        self.server.hung_up.release()

    def _was_asked(self) -> bool:
        try:
            return any(line == b"\r\n" for line in iter(self.rfile.readline, b""))
        except TimeoutError:
            return False


def _answer(*, worker: int) -> bytes:
    page = b"<html></html>"
    head = f"HTTP/1.1 200 OK\r\nX-Bench-Worker: {worker}\r\nContent-Type: text/html\r\nContent-Length: {len(page)}"
    return head.encode() + b"\r\n\r\n" + page


@pytest.fixture
def server() -> Iterator[Impatient]:
    with Impatient() as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    return import_module("bench.client")


def hung_up(server: Impatient, times: int) -> None:
    for _ in range(times):
        assert server.hung_up.acquire(timeout=10)
    # The last bytes of a conversation may still be on their way.
    time.sleep(0.05)


def test_a_connection_that_was_closed_meanwhile_is_made_anew(server: Impatient, client: Any) -> None:
    connection, request = client.Connection(server.port), client.Visit("/").request()
    connection.ask(request)
    assert connection.is_open
    hung_up(server, 1)
    assert not connection.is_open
    assert connection.ask(request).status == 200
    assert server.asked == {1: 1, 2: 1}
    connection.close()


def test_a_crowd_that_was_hung_up_on_is_spread_evenly_again(server: Impatient, client: Any) -> None:
    crowd = client.Crowd(server.port, visitors=4, workers=WORKERS)
    hung_up(server, server.connected)
    timing = crowd.visit(repeat(client.Visit("/"), 40))
    assert len(timing.each) == 40
    assert all(connection.is_open for connection in crowd.connections)
    workers = Counter(each.ask(client.Visit("/").request()).headers["x-bench-worker"] for each in crowd.connections)
    assert workers == {"0": 2, "1": 2}
    crowd.close()


def test_an_answer_that_breaks_off_is_told_and_not_asked_for_again(server: Impatient, client: Any) -> None:
    server.breaks_off = True
    connection = client.Connection(server.port)
    with pytest.raises(client.UnexpectedAnswer):
        connection.ask(client.Visit("/").request())
    assert server.asked == {1: 1}
    server.breaks_off = False
    assert connection.ask(client.Visit("/").request()).status == 200, "the next question has a connection of its own"
    assert server.asked == {1: 1, 2: 1}
    connection.close()
