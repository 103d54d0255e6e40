"""What every question about a credential is asked with: documents, a moment, the pinned contexts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .contexts import Contexts
from .errors import DocumentUnavailable, NotCheckable, OpenBadgesError
from .issuers import Documents

CANNOT_BE_TOLD = (NotCheckable, DocumentUnavailable)


@dataclass(frozen=True)
class Circumstances:
    """Where documents come from, as of when it is asked, and what the words of credentials mean.

    `lists` keeps what was found out about each status list: the credentials of a record are often on the same one.
    """

    documents: Documents
    now: datetime
    contexts: Contexts
    lists: dict[tuple[str, str, str], bytes | OpenBadgesError] = field(default_factory=dict)
