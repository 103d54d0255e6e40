"""Asking clamd whether a file carries a virus, by its INSTREAM command (clamd(8)): nothing but bytes goes over.

`CLAMD` is `host:port` or the path of a socket; where it is empty, nothing is scanned.
"""

from __future__ import annotations

import logging
import socket
import struct
from typing import IO

from django.conf import settings

logger = logging.getLogger(__name__)

AT_ONCE = 256 * 1024
# For each step, not for the whole: clamd looks at a long file for minutes, and says nothing meanwhile.
LONGEST_SILENCE = 300
LONGEST_ANSWER = 4096
CLEAN, FOUND = b"stream: OK", b" FOUND"


class ScannerSilent(Exception):
    """clamd cannot be reached, or hangs up without a word: it may look at any file later."""


class NotLookedAt(Exception):
    """clamd answered that it did not look at this file, such as one larger than its StreamMaxLength."""


def is_wanted() -> bool:
    """Whether files are scanned at all."""
    return bool(settings.CLAMD)


def must_be_heard() -> bool:
    """Whether a file waits while the scanner is silent. Otherwise it is taken unscanned."""
    return bool(settings.CLAMD_UNREACHABLE != "take")


def finding(file: IO[bytes]) -> str:
    """The name of what was found in a file, or "" for nothing. Raises `ScannerSilent` and `NotLookedAt`."""
    try:
        with _connected(settings.CLAMD) as line:
            answer = _ask(line, file)
    except OSError as problem:
        logger.error("clamd at %s cannot be asked: %s", settings.CLAMD, problem)
        raise ScannerSilent from problem
    if answer == CLEAN:
        return ""
    if answer.endswith(FOUND):
        return answer.removeprefix(b"stream: ").removesuffix(FOUND).decode(errors="replace")
    logger.error("clamd at %s did not look at a file: %s", settings.CLAMD, answer.decode(errors="replace"))
    raise NotLookedAt if answer else ScannerSilent


def _connected(address: str) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit() and "/" not in port:
        return socket.create_connection((host.strip("[]"), int(port)), timeout=LONGEST_SILENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(LONGEST_SILENCE)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _ask(line: socket.socket, file: IO[bytes]) -> bytes:
    file.seek(0)
    line.sendall(b"zINSTREAM\0")
    try:
        while part := file.read(AT_ONCE):
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
    except ConnectionError:
        # It hangs up on a file that is too long, and has said so before.
        pass
    return _answer(line)


def _answer(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER and (part := line.recv(LONGEST_ANSWER)):
        said += part
    return said.rstrip(b"\0\n")
