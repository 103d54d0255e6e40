"""Is it within its dates? The step `validity` of a verification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from . import times
from .report import Step

BEGINS = ("validFrom", "issuanceDate")
ENDS = ("validUntil", "expirationDate")


def asked(
    credential: Mapping[str, Any],
    now: datetime,
    *,
    begins: tuple[str, ...] = BEGINS,
    ends: tuple[str, ...] = ENDS,
) -> Step:
    """The step `validity`: good from its first moment until just before its last.

    `begins` and `ends` name the members that say so: where two say it, the narrower counts.
    """
    firsts = [times.read(credential[name]) for name in begins if name in credential]
    lasts = [times.read(credential[name]) for name in ends if name in credential]
    if None in firsts or None in lasts:
        return Step.failed("validity", "One of its dates cannot be read. Ask the issuer for a corrected copy.")
    first = max((moment for moment in firsts if moment), default=None)
    last = min((moment for moment in lasts if moment), default=None)
    if first and first > now:
        return Step.failed("validity", f"It is not valid before {times.for_people(first)}. Come back then.")
    if last and last <= now:
        return Step.failed("validity", f"It expired on {times.for_people(last)}. {_what_then(credential)}")
    until = f"until {times.for_people(last)}" if last else "and does not expire"
    return Step.passed("validity", f"It is valid {until}.")


def _what_then(credential: Mapping[str, Any]) -> str:
    service = credential.get("refreshService")
    newer = service.get("id") if isinstance(service, Mapping) else None
    if isinstance(newer, str):
        return f"It was good until then; its issuer says that a newer copy may be had at {newer}."
    return "It was good until then; ask the earner about a renewal."
