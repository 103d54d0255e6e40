"""What every question about a credential is asked with: documents, a moment, the pinned contexts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .contexts import Contexts
from .errors import DocumentUnavailable, NotCheckable
from .issuers import Documents

CANNOT_BE_TOLD = (NotCheckable, DocumentUnavailable)


@dataclass(frozen=True)
class Circumstances:
    """Where documents come from, as of when it is asked, and what the words of credentials mean."""

    documents: Documents
    now: datetime
    contexts: Contexts
