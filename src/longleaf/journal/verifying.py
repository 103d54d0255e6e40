"""Proving that no line was changed, taken out or put in."""

from __future__ import annotations

from dataclasses import dataclass

from longleaf.journal.models import JournalHead, JournalLine
from longleaf.journal.recording import FIRST_DIGEST, digest_of


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the number of the line, and why, in a sentence."""

    number: int
    reason: str


@dataclass(frozen=True)
class Verification:
    """How many lines were read, where the chain ends, and the first break if there is one."""

    lines: int
    digest: str
    first_break: Break | None


def verify() -> Verification:
    """Read the whole journal in order and stop at the first line that does not fit. Memory stays bounded."""
    number, digest = 0, FIRST_DIGEST
    for line in JournalLine.objects.order_by("number").iterator(chunk_size=2000):
        reason = _mismatch(line, expected_number=number + 1, expected_previous=digest)
        if reason:
            return Verification(number, digest, Break(line.number, reason))
        number, digest = line.number, line.digest
    head = JournalHead.objects.get(pk=1)
    if (head.number, head.digest) != (number, digest):
        reason = f"The journal ends at line {number}, but its head says {head.number}: lines are missing at the end."
        return Verification(number, digest, Break(head.number, reason))
    return Verification(number, digest, None)


def _mismatch(line: JournalLine, *, expected_number: int, expected_previous: str) -> str:
    if line.number != expected_number:
        return f"Line {expected_number} is missing: after it comes line {line.number}."
    if line.previous != expected_previous:
        return f"Line {line.number} does not continue the line before it."
    if line.digest != digest_of(line):
        return f"Line {line.number} was changed after it was written."
    return ""
