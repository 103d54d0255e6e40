"""A custody in a process of its own, as a hardware module would be: it makes keys, signs, and gives none away.

Run as a program it listens on a Unix socket until it is ended; each connection brings one line of JSON and is answered
with one. Imported, it is the custody that a setting may name, speaking to that program.
"""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from longleaf.awards.keys.custody import CannotSign, HeldKey
from longleaf.engines.openbadges.keys import Signer, multikey

Said = dict[str, Any]


class InAnotherProcess:
    """What `settings.KEY_CUSTODY` names in the tests. The handle is a number that means nothing elsewhere."""

    def make(self) -> HeldKey:
        made = _ask({"do": "make"})
        return HeldKey(multikey(bytes.fromhex(made["public"])), made["name"].encode())

    def signer(self, held: HeldKey, *, verification_method: str) -> Signer:
        return _Remote(held.handle.decode(), verification_method)


@dataclass(frozen=True)
class _Remote:
    name: str
    verification_method: str

    def sign(self, data: bytes) -> bytes:
        return bytes.fromhex(_ask({"do": "sign", "name": self.name, "data": data.hex()})["signature"])


def _ask(said: Said) -> Said:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(settings.TEST_CUSTODIAN)
            line.sendall(json.dumps(said).encode() + b"\n")
            answer: Said = json.loads(line.makefile().readline())
            return answer
    except (OSError, ValueError) as problem:
        raise CannotSign(f"The key custodian does not answer ({problem}).") from None


def serve(path: str) -> None:
    keys: dict[str, Ed25519PrivateKey] = {}
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        print("ready", flush=True)
        while True:
            line, _ = listening.accept()
            with line:
                line.sendall(json.dumps(_answer(json.loads(line.makefile().readline()), keys)).encode() + b"\n")


def _answer(said: Said, keys: dict[str, Ed25519PrivateKey]) -> Said:
    if said["do"] == "make":
        name = f"key-{len(keys) + 1}"
        keys[name] = Ed25519PrivateKey.generate()
        return {"name": name, "public": keys[name].public_key().public_bytes_raw().hex()}
    if said["do"] == "mix-up":
        # A device that was set up wrongly: every name now stands for another key.
        keys.update({name: Ed25519PrivateKey.generate() for name in keys})
        return {}
    return {"signature": keys[said["name"]].sign(bytes.fromhex(said["data"])).hex()}


if __name__ == "__main__":
    serve(sys.argv[1])
