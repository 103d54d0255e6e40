"""A verifier made of others' libraries, which is given what a site serves and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest

from tests.journeys.stage import Walker
from tests.peers import node
from tests.peers.answers import Answer

Verify = Callable[[Walker, dict[str, Any]], Answer]


@contextmanager
def another_verifier() -> Iterator[Verify]:
    """Runs while it is needed. Where it is not installed the test is skipped, and fails where everything must run."""
    if not node.is_installed():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(node.MISSING)
    with node.running() as peer:

        def verify(walker: Walker, statement: dict[str, Any]) -> Answer:
            get = walker.page.request.get
            issuer, listed = statement["issuer"]["id"], statement["credentialStatus"]["statusListCredential"]
            host, *path = issuer.removeprefix("did:web:").split(":")
            key = "/".join((f"https://{unquote(host)}", *path, "did.json"))
            documents = {key: get(key.replace("https://", "http://")).json(), listed: get(listed).json()}
            now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            (answer,) = peer.verify([statement], documents=documents, now=now)
            return answer

        yield verify
