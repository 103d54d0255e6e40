"""Fetching for strangers: real servers on this machine that lie, dawdle, flood and lead astray."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from longleaf.awards.verification import fetching
from longleaf.awards.verification.fetching import Limits, fetch
from longleaf.engines.openbadges.errors import DocumentUnavailable

Serve = Callable[[Callable[[socket.socket, str], None]], str]
QUICK = Limits(seconds=1.0, most_bytes=100_000)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a server that hands every connection, with its request, to a function; give its address."""
    opened: list[socket.socket] = []

    def start(answer: Callable[[socket.socket, str], None]) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        opened.append(listening)
        threading.Thread(target=_accept, args=(listening, answer), daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    for listening in opened:
        listening.close()


def _accept(listening: socket.socket, answer: Callable[[socket.socket, str], None]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_hand_over, args=(connection, answer), daemon=True).start()


def _hand_over(connection: socket.socket, answer: Callable[[socket.socket, str], None]) -> None:
    with connection:
        try:
            answer(connection, connection.recv(65536).decode("latin-1"))
        except OSError:
            return


def says(text: str) -> Callable[[socket.socket, str], None]:
    return lambda connection, _request: connection.sendall(text.replace("\n", "\r\n").encode())


def test_it_reads_a_document(serve: Serve) -> None:
    home = serve(says('HTTP/1.1 200 OK\nContent-Type: application/vc; x=y\nContent-Length: 7\n\n{"a":1}'))
    found = fetch(f"{home}/a/b?c=d", allow_private=True)
    assert (found.url, found.media_type, found.body) == (f"{home}/a/b?c=d", "application/vc", b'{"a":1}')


def test_it_says_who_asks_and_sends_nothing_else_of_ours(serve: Serve) -> None:
    asked: list[str] = []

    def answer(connection: socket.socket, request: str) -> None:
        asked.append(request)
        says("HTTP/1.1 200 OK\nContent-Length: 0\n\n")(connection, request)

    fetch(f"{serve(answer)}/x?y", allow_private=True)
    lines = asked[0].split("\r\n")
    assert lines[0] == "GET /x?y HTTP/1.1"
    assert {line.partition(":")[0] for line in lines[1:] if line} == {
        "Host",
        "Accept",
        "Accept-Encoding",
        "User-Agent",
    }


def test_it_enters_no_private_network_unless_allowed(serve: Serve) -> None:
    home = serve(says("HTTP/1.1 200 OK\nContent-Length: 0\n\n"))
    port = home.rpartition(":")[2]
    # The name stands for this very machine, as a stranger's name may.
    for address in (
        home,
        f"http://localhost:{port}",
        f"https://127.0.0.1:{port}",
        f"https://[::ffff:127.0.0.1]:{port}",
    ):
        with pytest.raises(DocumentUnavailable, match="private network"):
            fetch(address, allow_private=False)


@pytest.mark.parametrize(
    "host",
    [
        *("10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.2", "100.64.0.1", "192.0.2.1"),
        *("0x7f000001", "2130706433", "127.1", "0177.0.0.1", "①②⑦.⓪.⓪.①", "LOCALHOST"),
        *("[::1]", "[fd00::1]", "[64:ff9b::7f00:1]", "[::ffff:10.0.0.1]", "[2002:7f00:1::]"),
        *("[::7f00:1]", "[64:ff9b:1::7f00:1]", "[2001:db8::1]", "198.18.0.1", "255.255.255.255", "240.0.0.1"),
    ],
)
def test_private_addresses_are_refused_however_they_are_written(host: str) -> None:
    with pytest.raises(DocumentUnavailable, match=r"private network|no public document has"):
        fetch(f"https://{host}/", allow_private=False)


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "0.0.0.0", "[::]", "224.0.0.1", "[ff02::1]"])
@pytest.mark.parametrize("allow_private", [True, False])
def test_some_addresses_are_refused_always(host: str, allow_private: bool) -> None:
    with pytest.raises(DocumentUnavailable, match=r"no public document has|private network"):
        fetch(f"https://{host}/latest/meta-data/", allow_private=allow_private)


def test_a_public_address_needs_https() -> None:
    with pytest.raises(DocumentUnavailable, match="not secure"):
        fetch("http://93.184.216.34/", allow_private=True)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "not an address of the web"),
        ("ftp://example.org/", "not an address of the web"),
        ("https://", "not an address of the web"),
        ("https://example.org:99999/", "not an address of the web"),
        ("https://[::1", "not an address of the web"),
        ("https://user:secret@example.org/", "carries a name or password"),
        ("https://example.org/a b", "spaces or invisible characters"),
        ("https://no-such-name.invalid/", "no server of this name"),
    ],
)
def test_odd_addresses_are_refused_before_anything_is_opened(address: str, reason: str) -> None:
    with pytest.raises(DocumentUnavailable, match=reason):
        fetch(address, allow_private=True)


@pytest.mark.parametrize(
    "onward", ["http://169.254.169.254/latest", "file:///etc/passwd", "http://93.184.216.34/", "https://u:p@localhost/"]
)
def test_each_redirect_is_checked_like_the_first_address(serve: Serve, onward: str) -> None:
    home = serve(says(f"HTTP/1.1 302 Found\nLocation: {onward}\nContent-Length: 0\n\n"))
    with pytest.raises(DocumentUnavailable) as refused:
        fetch(home, allow_private=True)
    assert refused.value.url == onward


def test_a_redirect_to_a_private_address_is_refused(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public server leads inside. Its name is made to stand for a public address, and its connection for ours."""
    inside: list[str] = []

    def secret(connection: socket.socket, request: str) -> None:
        inside.append(request)

    lure = serve(says(f"HTTP/1.1 302 Found\nLocation: {serve(secret)}/secret\nContent-Length: 0\n\n"))
    port = int(lure.rpartition(":")[2])
    connect = socket.create_connection
    monkeypatch.setattr(fetching.ssl, "create_default_context", lambda: _Plain())
    monkeypatch.setattr(
        fetching.socket,
        "create_connection",
        lambda address, **options: connect(
            ("127.0.0.1", port) if address[0] == "93.184.216.34" else address, **options
        ),
    )
    with pytest.raises(DocumentUnavailable, match="private network"):
        fetch("https://93.184.216.34/", allow_private=False)
    assert inside == []


class _Plain:
    """A TLS context that leaves the connection as it is, so that the server needs no certificate."""

    def wrap_socket(self, plain: socket.socket, **options: Any) -> socket.socket:
        timeout = plain.gettimeout()
        shaken = _Shaken(fileno=plain.detach())
        shaken.settimeout(timeout)
        return shaken


class _Shaken(socket.socket):
    def do_handshake(self) -> None:
        return


def test_it_gives_up_after_a_few_redirects(serve: Serve) -> None:
    home = serve(says("HTTP/1.1 307 Temporary Redirect\nLocation: /again\nContent-Length: 0\n\n"))
    with pytest.raises(DocumentUnavailable, match="leads on more than 3 times"):
        fetch(home, allow_private=True)


def test_a_name_is_looked_up_once_and_the_connection_goes_where_was_checked(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    hosts: list[str] = []

    def answer(connection: socket.socket, request: str) -> None:
        hosts.append(request.split("Host: ")[1].split("\r\n")[0])
        says("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")(connection, request)

    port = serve(answer).rpartition(":")[2]
    real = socket.getaddrinfo

    def changing(host: str, *rest: Any, **options: Any) -> Any:
        if host != "badges.example":
            return real(host, *rest, **options)
        asked.append(host)
        # The second answer would lead elsewhere: that is how rebinding works.
        return real("127.0.0.1" if len(asked) == 1 else "169.254.169.254", *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    assert fetch(f"http://badges.example:{port}/", allow_private=True).body == b"ok"
    assert (asked, hosts) == (["badges.example"], [f"badges.example:{port}"])


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(DocumentUnavailable, match="private network"):
        fetch("https://badges.example/", allow_private=False)


class SlowNames:
    """A name server that does not answer: the system's own lookup hangs until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.let = threading.Event()
        self.asked = threading.Semaphore(0)
        self._real = socket.getaddrinfo
        monkeypatch.setattr(fetching.socket, "getaddrinfo", self._look_up)

    def _look_up(self, host: str, *rest: Any, **options: Any) -> Any:
        if not host.endswith(".slow.example"):
            return self._real(host, *rest, **options)
        self.asked.release()
        self.let.wait(30)
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")


def test_a_name_server_that_does_not_answer_is_left_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    names = SlowNames(monkeypatch)
    with pytest.raises(DocumentUnavailable, match="takes too long"):
        fetch("https://a.slow.example/", allow_private=True, limits=Limits(seconds=0.2))
    names.let.set()


def test_a_redirect_to_a_name_that_nobody_answers_for_shares_the_deadline(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = SlowNames(monkeypatch)
    home = serve(says("HTTP/1.1 302 Found\nLocation: https://b.slow.example/\nContent-Length: 0\n\n"))
    with pytest.raises(DocumentUnavailable, match="takes too long"):
        fetch(home, allow_private=True, limits=Limits(seconds=0.5))
    names.let.set()


def test_names_that_nobody_answers_for_do_not_pile_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    names = SlowNames(monkeypatch)
    home = serve(says("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"))
    for number in range(fetching.MOST_LOOK_UPS):
        with pytest.raises(DocumentUnavailable, match="takes too long"):
            fetch(f"https://n{number}.slow.example/", allow_private=True, limits=Limits(seconds=0.05))
        assert names.asked.acquire(timeout=5)
    with pytest.raises(DocumentUnavailable, match="too many names"):
        fetch(home, allow_private=True, limits=QUICK)
    assert not names.asked.acquire(blocking=False)
    names.let.set()
    # Each gives its place back when its answer comes, though nobody listens any more.
    for _ in range(fetching.MOST_LOOK_UPS):
        assert fetching._LOOKING_UP.acquire(timeout=5)
    fetching._LOOKING_UP.release(fetching.MOST_LOOK_UPS)
    assert fetch(home, allow_private=True, limits=QUICK).body == b"ok"


def drip(text: str) -> Callable[[socket.socket, str], None]:
    def answer(connection: socket.socket, _request: str) -> None:
        connection.sendall(text.replace("\n", "\r\n").encode())
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.1)

    return answer


@pytest.mark.parametrize(
    "beginning",
    [
        "",
        "HTTP/1.1 200 OK\nX-Slow: ",
        "HTTP/1.1 200 OK\nContent-Length: 5000\n\n",
        "HTTP/1.1 200 OK\nConnection: close\n\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5000\n",
    ],
)
def test_a_server_that_drips_is_left_when_time_is_up(serve: Serve, beginning: str) -> None:
    with pytest.raises(DocumentUnavailable, match="takes too long"):
        fetch(serve(drip(beginning)), allow_private=True, limits=QUICK)


def test_redirects_share_one_deadline(serve: Serve) -> None:
    def slowly_onward(connection: socket.socket, request: str) -> None:
        time.sleep(0.5)
        says("HTTP/1.1 302 Found\nLocation: /again\nContent-Length: 0\n\n")(connection, request)

    began = time.monotonic()
    with pytest.raises(DocumentUnavailable, match="takes too long"):
        fetch(serve(slowly_onward), allow_private=True, limits=QUICK)
    assert time.monotonic() - began < 3


def test_all_addresses_of_a_name_share_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody accepts here, and the queue is full: whoever comes next waits as before a wall.
    with socket.create_server(("0.0.0.0", 0), backlog=0) as wall, ExitStack() as queue:
        port = wall.getsockname()[1]
        for _ in range(3):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        many = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"127.0.0.{number}", port)) for number in range(1, 9)]
        looked_up = socket.getaddrinfo
        monkeypatch.setattr(
            fetching.socket,
            "getaddrinfo",
            lambda host, *asked, **how: many if host == "many.example" else looked_up(host, *asked, **how),
        )
        began = time.monotonic()
        with pytest.raises(DocumentUnavailable, match="takes too long"):
            fetch(f"http://many.example:{port}/", allow_private=True, limits=QUICK)
        assert time.monotonic() - began < 3


def test_a_flood_is_cut_off(serve: Serve) -> None:
    sent: list[int] = []

    def flood(connection: socket.socket, _request: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(10_000):
            sent.append(connection.send(b"x" * 65536))

    with pytest.raises(DocumentUnavailable, match="larger than 97 KB"):
        fetch(serve(flood), allow_private=True, limits=QUICK)
    assert sum(sent) < 50_000_000


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("HTTP/1.1 404 Not Found\nContent-Length: 0\n\n", "the server answers 404"),
        ("HTTP/1.1 200 OK\nContent-Length: 9\n\nshort", "cut off"),
        ("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n9\nshort", "does not answer as web servers do"),
        ("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 1\n\nx", "packed"),
        ("HTTP/1.1 302 Found\nContent-Length: 0\n\n", "without saying where"),
        ("SSH-2.0-OpenSSH_9.2\n", "does not answer as web servers do"),
        ("", "does not answer as web servers do"),
    ],
)
def test_odd_answers_are_refused_with_a_reason(serve: Serve, answer: str, reason: str) -> None:
    with pytest.raises(DocumentUnavailable, match=reason):
        fetch(serve(says(answer)), allow_private=True)


def test_a_closed_port_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(DocumentUnavailable, match="does not answer"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    chain = _self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def shake() -> None:
            connection, _ = listening.accept()
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

        thread = threading.Thread(target=shake, daemon=True)
        thread.start()
        with pytest.raises(DocumentUnavailable, match="certificate is not trusted"):
            fetch(f"https://localhost:{listening.getsockname()[1]}/", allow_private=True)
        thread.join(timeout=5)


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "chain.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
