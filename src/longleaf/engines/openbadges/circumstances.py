"""What every question about a credential is asked with: documents, a moment, the pinned contexts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .contexts import Contexts
from .errors import DocumentUnavailable, NotCheckable, OpenBadgesError
from .issuers import Documents

# Asked with a credential whose proof fits; answers when the issuer's own journal says that it signed this very copy.
Issued = Callable[[Mapping[str, Any]], datetime | None]

CANNOT_BE_TOLD = (NotCheckable, DocumentUnavailable)


@dataclass(frozen=True)
class FoundList:
    """A status list that is signed by the issuer and in force: its bits, and the address it says is its own."""

    unpacked: bytes
    named: str


@dataclass(frozen=True)
class Circumstances:
    """Where documents come from, as of when it is asked, and what the words of credentials mean.

    `known_by` is up to when the documents may know: whoever asks as of an earlier moment still gets today's documents.
    `issued` is asked only where a key was withdrawn.

    `lists` keeps what was found out about each status list: the credentials of a record are often on the same one.
    """

    documents: Documents
    now: datetime
    contexts: Contexts
    known_by: datetime
    issued: Issued
    lists: dict[tuple[str, str, str], FoundList | OpenBadgesError] = field(default_factory=dict)
