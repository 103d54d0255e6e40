"""The digest by which the journal knows a copy that was signed here: that of its proof's value, SHA-256 in hex.

A signature fits one statement only, also for whoever holds the key, so it stands for all that was signed; and it costs
a microsecond where the canonical form of a whole credential costs most of a millisecond. It tells nothing of what the
badge says (docs/decisions/0059).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any


def digest(credential: Mapping[str, Any]) -> str | None:
    """The digest of the one proof of a credential, or None where it carries none, several, or one without a value.

    With several, one could bring a good name for another: a proof of a kind that is not checked is passed over.
    """
    proofs = credential.get("proof", [])
    proofs = proofs if isinstance(proofs, list) else [proofs]
    value = proofs[0].get("proofValue") if len(proofs) == 1 and isinstance(proofs[0], Mapping) else None
    return hashlib.sha256(value.encode()).hexdigest() if isinstance(value, str) else None
