"""Reading a document from somebody else's server without being made a tool of.

An address comes from a credential or from a form, so it is a stranger's. Only https is followed; the name is looked
up once, within the deadline, and the connection goes to the very address that was checked, so that a name cannot point
elsewhere a moment later; each redirect is checked in the same way; size, time and redirects are bounded. Private and
loopback addresses, and plain http to them, only where the installation allows it (`FETCH_PRIVATE_ADDRESSES`).
"""

from __future__ import annotations

import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from longleaf import __version__
from longleaf.engines.openbadges.errors import DocumentUnavailable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
ACCEPT = (
    "application/vc, application/ld+json, application/json, application/vc+jwt, image/png, image/svg+xml, */*;q=0.1"
)
PIECE = 64 * 1024
TOO_LONG = "the server takes too long."
# IPv4 addresses that travel inside IPv6 ones: what counts is the address inside.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


# Names that are being looked up in this process, those included that nobody waits for any more.
MOST_LOOK_UPS = 16
_LOOKING_UP = threading.BoundedSemaphore(MOST_LOOK_UPS)


@dataclass(frozen=True)
class Limits:
    """How long a whole fetch may take, redirects included, and how much may come."""

    seconds: float = 10.0
    most_bytes: int = 10 * 1024 * 1024


@dataclass(frozen=True)
class Fetched:
    """What came, from which address in the end, and what the server says it is ("" where it does not say)."""

    url: str
    media_type: str
    body: bytes


class NotEntered(DocumentUnavailable):
    """An address to which nobody was asked at all: it is none of the public web, or not secure."""


def fetch(url: str, *, allow_private: bool, limits: Limits | None = None) -> Fetched:
    """Read the document at a URL. Raises `DocumentUnavailable`, with a reason for people, whatever goes wrong."""
    return _followed(url, allow_private=allow_private, limits=limits or Limits(), reads=True)


def reach(url: str, *, allow_private: bool, limits: Limits | None = None) -> Fetched:
    """Find out whether a URL answers, by the same rules, and read nothing of what it would send.

    Raises `DocumentUnavailable` where it does not, and of these `NotEntered` where nobody was asked.
    """
    return _followed(url, allow_private=allow_private, limits=limits or Limits(), reads=False)


def _followed(url: str, *, allow_private: bool, limits: Limits, reads: bool) -> Fetched:
    with _deadline(limits.seconds) as watch:
        address = url
        for _ in range(MOST_REDIRECTS + 1):
            found = _fetch_one(address, allow_private=allow_private, limits=limits, watch=watch, reads=reads)
            if isinstance(found, Fetched):
                return found
            address = found
    raise DocumentUnavailable(url, f"it leads on more than {MOST_REDIRECTS} times.")


class _Watch:
    """Closes whatever connection is open when time runs out; a server that sends a byte now and then wins nothing."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.ran_out = False

    @property
    def seconds_left(self) -> float:
        # None would mean "wait for ever", and 0 "do not wait"; neither is meant.
        return max(0.001, self._ends - time.monotonic())

    def guard(self, opened: socket.socket) -> None:
        with self._lock:
            self._socket = opened
            if self.ran_out:
                _shut(opened)

    def run_out(self) -> None:
        with self._lock:
            self.ran_out = True
            if self._socket is not None:
                _shut(self._socket)


@contextmanager
def _deadline(seconds: float) -> Iterator[_Watch]:
    watch = _Watch(seconds)
    timer = threading.Timer(seconds, watch.run_out)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()


def _shut(opened: socket.socket) -> None:
    try:
        # The plain method: that of a TLS socket would take its state away from the thread that reads.
        socket.socket.shutdown(opened, socket.SHUT_RDWR)
    except OSError:
        return


def _fetch_one(url: str, *, allow_private: bool, limits: Limits, watch: _Watch, reads: bool) -> Fetched | str:
    """What one address answers with: a document, or the address that it leads on to."""
    parts = _checked_parts(url)
    addresses = _resolved(url, parts, watch, allow_private=allow_private)
    connection = _connection(parts, addresses, limits.seconds, watch)
    try:
        connection.request("GET", _target(parts), headers=_headers())
        answer = _answer(url, connection.getresponse(), limits, reads=reads)
    except (OSError, http.client.HTTPException, ValueError, DocumentUnavailable) as problem:
        raise DocumentUnavailable(url, _reason(problem, watch)) from None
    finally:
        connection.close()
    if watch.ran_out:
        # A connection that was closed under an answer of unknown length looks like its proper end.
        raise DocumentUnavailable(url, TOO_LONG)
    return answer


def _checked_parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotEntered(url, "it is not an address of the web.") from None
    if parts.scheme not in {"https", "http"} or not parts.hostname or port == 0:
        raise NotEntered(url, "it is not an address of the web.")
    if parts.username is not None or parts.password is not None:
        raise NotEntered(url, "it carries a name or password, which public documents do not need.")
    if any(character.isspace() or not character.isprintable() for character in url):
        raise NotEntered(url, "it holds spaces or invisible characters.")
    return parts


def _resolved(url: str, parts: SplitResult, watch: _Watch, *, allow_private: bool) -> list[str]:
    """The network addresses that the name stands for, looked up once. Every one of them must be allowed."""
    assert parts.hostname is not None
    found = _looked_up(url, parts.hostname, _port(parts), watch)
    for address in found:
        _refuse(url, parts, _inner(ipaddress.ip_address(address.partition("%")[0])), allow_private=allow_private)
    return list(dict.fromkeys(found))


def _looked_up(url: str, host: str, port: int, watch: _Watch) -> list[str]:
    """Ask the system for the addresses of a name, and leave it when time is up: the system knows no deadline.

    It is asked in a thread of its own, which ends when the answer comes, heard or not. A name server that never
    answers would pile them up, so there are only so many.
    """
    if not _LOOKING_UP.acquire(blocking=False):
        raise DocumentUnavailable(url, "too many names are being looked up. Try again in a minute.")
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()
    threading.Thread(target=_look_up, args=(host, port, answers), name="longleaf-look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=watch.seconds_left)
    except queue.Empty:
        raise DocumentUnavailable(url, TOO_LONG) from None
    if isinstance(answer, Exception):
        raise DocumentUnavailable(url, "no server of this name can be found.")
    return answer


def _look_up(host: str, port: int, answers: queue.SimpleQueue[list[str] | Exception]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put([str(entry[4][0]) for entry in found])
    except (OSError, UnicodeError) as problem:
        answers.put(problem)
    finally:
        _LOOKING_UP.release()


def _refuse(url: str, parts: SplitResult, address: Address, *, allow_private: bool) -> None:
    inside = address.is_private or address.is_loopback
    if address.is_link_local or address.is_multicast or address.is_unspecified or (address.is_reserved and not inside):
        raise NotEntered(url, "it leads to a network address that no public document has.")
    if not address.is_global and not (inside and allow_private):
        raise NotEntered(url, "it leads into a private network, which is not entered from here.")
    if parts.scheme == "http" and not (inside and allow_private):
        raise NotEntered(url, "it is not secure (https), so what comes from it cannot be trusted.")


def _inner(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour or address


def _connection(parts: SplitResult, addresses: list[str], seconds: float, watch: _Watch) -> http.client.HTTPConnection:
    """A connection that speaks to the host by its name but goes to an address that was checked."""
    assert parts.hostname is not None
    opened = _Pinned(parts.hostname, _port(parts), timeout=seconds)
    opened.addresses, opened.watch, opened.is_secure = addresses, watch, parts.scheme == "https"
    return opened


class _Pinned(http.client.HTTPConnection):
    addresses: list[str]
    watch: _Watch
    is_secure: bool

    def connect(self) -> None:
        plain = self._reached()
        self.watch.guard(plain)
        self.sock = plain
        if self.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(
                plain, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.watch.guard(self.sock)
            self.sock.do_handshake()

    def _reached(self) -> socket.socket:
        """The first address that takes a connection. A name may stand for many; all share the one deadline."""
        *others, last = self.addresses
        for address in others:
            try:
                return socket.create_connection((address, self.port), timeout=self.watch.seconds_left)
            except OSError:
                continue
        return socket.create_connection((last, self.port), timeout=self.watch.seconds_left)


def _answer(url: str, response: http.client.HTTPResponse, limits: Limits, *, reads: bool) -> Fetched | str:
    if response.status in REDIRECTS:
        location = response.headers.get("Location", "")
        if not location:
            raise DocumentUnavailable(url, "it leads on without saying where to.")
        return urljoin(url, location)
    if response.status != http.client.OK:
        raise DocumentUnavailable(url, f"the server answers {response.status}.")
    if not reads:
        return Fetched(url, response.headers.get_content_type(), b"")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise DocumentUnavailable(url, "the server sends it packed, though it was asked not to.")
    return Fetched(url, response.headers.get_content_type(), _body(url, response, limits))


def _body(url: str, response: http.client.HTTPResponse, limits: Limits) -> bytes:
    pieces, size = [], 0
    while piece := response.read(PIECE):
        size += len(piece)
        if size > limits.most_bytes:
            raise DocumentUnavailable(url, f"it is larger than {limits.most_bytes // 1024} KB.")
        pieces.append(piece)
    # Asked for in pieces, an answer that is cut off simply ends; what is left of its announced length tells.
    if response.length:
        raise DocumentUnavailable(url, "the answer is cut off.")
    return b"".join(pieces)


def _reason(problem: Exception, watch: _Watch) -> str:
    if watch.ran_out or isinstance(problem, TimeoutError):
        return TOO_LONG
    if isinstance(problem, DocumentUnavailable):
        return problem.reason
    if isinstance(problem, ssl.SSLError):
        return "its certificate is not trusted, so the answer could come from anybody."
    return "the server does not answer as web servers do."


def _headers() -> dict[str, str]:
    return {"Accept": ACCEPT, "Accept-Encoding": "identity", "User-Agent": f"Longleaf/{__version__} (badge verifier)"}


def _target(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
