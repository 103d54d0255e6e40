"""A small HTTP/1.1 client that keeps its connections, spread evenly over the server's workers.

Threads with blocking sockets: one request costs the client less than a tenth of what the barest page costs the server,
and every answer is looked at. It speaks to the loopback address only.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.places import HOST, SITE

SECONDS_TO_ANSWER = 30
MOST_TRIES = 400
MOST_AT_ONCE = 262_144


class UnexpectedAnswer(Exception):
    """An answer that is not the page that was asked for."""


class HungUp(ConnectionError):
    """The server closed the connection before the first byte of its answer."""


@dataclass(frozen=True)
class Visit:
    """An address, and the session of whoever asks for it; nobody's when empty.

    `first` makes the worker forget all it has kept: so it is for whoever comes first after a decision.
    """

    path: str
    session: str = ""
    first: bool = False

    def request(self, question: str = "") -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {SITE}", "X-Forwarded-Proto: https", "Accept: text/html"]
        lines += [f"Cookie: sessionid={self.session}"] if self.session else []
        words = [word for word in ("first" if self.first else "", question) if word]
        lines += [f"X-Bench: {' '.join(words)}"] if words else []
        return "\r\n".join([*lines, "", ""]).encode()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Timing:
    """What a number of requests took: seconds each, and seconds altogether."""

    each: list[float] = field(default_factory=list)
    altogether: float = 0.0
    bytes: int = 0

    def add(self, other: Timing) -> None:
        self.each += other.each
        self.altogether += other.altogether
        self.bytes = max(self.bytes, other.bytes)

    def percentile(self, share: float) -> float:
        """The time, in milliseconds, within which such a share of the requests was answered."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1_000

    @property
    def a_second(self) -> float:
        return len(self.each) / self.altogether


class Connection:
    """One connection, kept open from request to request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = _connected(port)

    @property
    def is_open(self) -> bool:
        """Whether the server still listens: what it has closed can be read from, and gives nothing."""
        if self._socket.fileno() < 0:
            return False
        readable, _, _ = select.select([self._socket], [], [], 0)
        return not readable

    def ask(self, request: bytes) -> Answer:
        """Send a request and read the whole answer. The server names the length of each."""
        if not self.is_open:
            self._connect_anew()
        try:
            return self._ask(request)
        except HungUp:
            # The server takes a connection that was silent for half a minute for forgotten, as it should; it can do so
            # in the moment in which we speak again. It has answered nothing, and a page may be asked for twice.
            self._connect_anew()
            return self._ask(request)

    def close(self) -> None:
        self._socket.close()

    def _connect_anew(self) -> None:
        self.close()
        self._socket = _connected(self._port)

    def _ask(self, request: bytes) -> Answer:
        try:
            return self._answer_to(request)
        except (UnexpectedAnswer, OSError):
            # Whatever is still to come answers this request, and must not be taken for the answer to another.
            self.close()
            raise

    def _answer_to(self, request: bytes) -> Answer:
        received = self._first_of_answer(request)
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        status, headers = _read_head(bytes(received[:end]))
        if "content-length" not in headers:
            raise UnexpectedAnswer(f"An answer with status {status} does not say how long it is.")
        length = int(headers["content-length"])
        while len(received) < end + 4 + length:
            received += self._more()
        return Answer(status, headers, bytes(received[end + 4 :]))

    def _first_of_answer(self, request: bytes) -> bytearray:
        try:
            self._socket.sendall(request)
            first = self._socket.recv(MOST_AT_ONCE)
        except ConnectionError as closed:
            raise HungUp from closed
        if not first:
            raise HungUp
        return bytearray(first)

    def _more(self) -> bytes:
        some = self._socket.recv(MOST_AT_ONCE)
        if not some:
            raise UnexpectedAnswer("The server closed the connection before its answer was whole.")
        return some


class Crowd:
    """So many visitors at once, each on a connection of their own; every worker serves equally many."""

    def __init__(self, port: int, *, visitors: int, workers: int) -> None:
        self._port, self._visitors, self._workers = port, visitors, workers
        self.connections = self._connected()

    def visit(self, visits: Iterator[Visit]) -> Timing:
        """Let all of them ask, each one request after another, until the visits are over."""
        self._come_back()
        turn = _Turn(visits)
        threads = [threading.Thread(target=turn.take, args=(connection,)) for connection in self.connections]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        turn.timing.altogether = time.perf_counter() - began
        if turn.failures:
            raise turn.failures[0]
        return turn.timing

    def close(self) -> None:
        for connection in self.connections:
            connection.close()

    def _connected(self) -> Sequence[Connection]:
        return _spread(self._port, visitors=self._visitors, workers=self._workers)

    def _come_back(self) -> None:
        """Spread anew where somebody was hung up on: one alone would come to whichever worker the kernel likes, and
        would be timed while it connects."""
        if not all(connection.is_open for connection in self.connections):
            self.close()
            self.connections = self._connected()


class _Turn:
    """What the visitors of one turn share."""

    def __init__(self, visits: Iterator[Visit]) -> None:
        self._visits = visits
        self._lock = threading.Lock()
        self.timing = Timing()
        self.failures: list[Exception] = []

    def take(self, connection: Connection) -> None:
        times: list[float] = []
        try:
            while (visit := self._next()) is not None:
                times.append(self._time(connection, visit))
        except (UnexpectedAnswer, OSError) as failure:
            self.failures.append(failure)
        with self._lock:
            self.timing.each += times

    def _next(self) -> Visit | None:
        with self._lock:
            return next(self._visits, None)

    def _time(self, connection: Connection, visit: Visit) -> float:
        request = visit.request()
        began = time.perf_counter()
        answer = connection.ask(request)
        took = time.perf_counter() - began
        require_page(visit, answer)
        self.timing.bytes = max(self.timing.bytes, len(answer.body))
        return took


def require_page(visit: Visit, answer: Answer) -> None:
    """Raise `UnexpectedAnswer` unless it is a whole page, or a file of another kind."""
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    if answer.status != 200 or (is_page and not answer.body.rstrip().endswith(b"</html>")):
        where = answer.headers.get("location", "")
        raise UnexpectedAnswer(f"{visit.path} answered {answer.status} {where}".strip())


def _spread(port: int, *, visitors: int, workers: int) -> Sequence[Connection]:
    """The kernel gives a new connection to whichever worker it likes, so open some until each has its share."""
    served: Counter[str] = Counter()
    kept: list[Connection] = []
    spare: list[Connection] = []
    probe = Visit("/floor/jinja/").request()
    for _ in range(MOST_TRIES):
        connection = Connection(port)
        worker = connection.ask(probe).headers["x-bench-worker"]
        is_wanted = served[worker] < visitors // workers
        (kept if is_wanted else spare).append(connection)
        served[worker] += is_wanted
        if len(kept) == visitors:
            break
    for connection in spare:
        connection.close()
    if len(kept) < visitors:
        raise UnexpectedAnswer(f"Only {len(served)} of {workers} workers answer.")
    return kept


def _connected(port: int) -> socket.socket:
    connected = socket.create_connection((HOST, port), timeout=SECONDS_TO_ANSWER)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


def _read_head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    return int(first.split(" ")[1]), {name.lower(): value for name, value in headers.items()}
