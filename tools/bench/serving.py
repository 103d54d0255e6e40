"""Serving for the bench: `longleaf serve` itself, told at its last word to load the bench's application."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.places import HOST, ROOT, Database, python

WORKERS = 2
SECONDS_TO_START = 60
PRODUCT, BENCH = "longleaf.config.wsgi:application", "bench.wsgi:application"


class ServerDidNotStart(Exception):
    """The server gave no answer in time; what it wrote is in the message."""


@contextmanager
def served(database: Database) -> Iterator[int]:
    """Serve a database on a free port of the loopback address, and stop when the block ends. Gives the port."""
    port = _free_port()
    log = (database.var / "server.log").open("w+")
    server = subprocess.Popen(
        [python(), "-m", "bench.serving", str(port)],
        env=database.environment,
        cwd=ROOT,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait_for(port, server)
        yield port
    except ServerDidNotStart as late:
        log.seek(0)
        raise ServerDidNotStart(f"{late}\n{log.read()[-2_000:]}") from None
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)
        log.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise ServerDidNotStart("The server did not start.")


def _serve(port: int) -> None:
    """Run the product's own command, which ends by becoming the server; only what it loads is another."""
    import django  # noqa: PLC0415 (in the server's process only)
    from django.core.management import call_command  # noqa: PLC0415

    become = os.execv

    def become_bench(program: str, words: list[str]) -> None:
        become(program, [BENCH if word == PRODUCT else word for word in words])

    os.execv = become_bench  # type: ignore[assignment]
    django.setup()
    call_command("serve", port=port, workers=WORKERS)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
