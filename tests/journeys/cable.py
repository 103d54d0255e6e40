"""A cable between a browser and the server that a test can cut and mend, and that counts what goes up through it."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

AT_ONCE = 64 * 1024


class Cable:
    """Listens on a port of its own and passes everything on to another one, as it comes."""

    def __init__(self, url: str) -> None:
        self._to = ("127.0.0.1", urlsplit(url).port or 80)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.url = f"http://localhost:{self._listening.getsockname()[1]}"
        self.sent = 0
        self.is_cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Every connection breaks, and each new one does so at once."""
        self.is_cut = True
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            _close(end)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self.is_cut:
                    _close(near)
                    continue
                far = socket.create_connection(self._to)
                with self._lock:
                    self._ends |= {near, far}
                threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
                threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, come: socket.socket, go: socket.socket, is_up: bool) -> None:
        with suppress(OSError):
            while part := come.recv(AT_ONCE):
                if is_up:
                    with self._lock:
                        self.sent += len(part)
                go.sendall(part)
        for end in (come, go):
            with self._lock:
                self._ends.discard(end)
            _close(end)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
