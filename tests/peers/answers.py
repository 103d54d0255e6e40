"""What every peer is asked and says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# A parsed credential with embedded proofs, or a token.
Credential = Mapping[str, Any] | str
Documents = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Answer:
    """Whether a credential's proof holds, and whether it still stands; None where it names no status list."""

    proof: bool
    status: bool | None
    reason: str = ""

    @property
    def accepts(self) -> bool:
        return self.proof and self.status is not False
