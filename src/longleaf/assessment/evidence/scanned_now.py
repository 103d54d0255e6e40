"""Scanning what comes in by a form: nobody waits for it in the background, so it is clean now or not taken."""

from __future__ import annotations

from typing import IO

from longleaf.assessment.errors import FileInfected
from longleaf.assessment.evidence import scanning
from longleaf.assessment.evidence.inspecting import refused


def require_clean(file: IO[bytes], name: str) -> None:
    """Have a file looked at that whoever brings it calls `name`.

    Raises `FileInfected`, and `FileNotWelcome` where a scanner that must be heard is silent or does not look at it.
    """
    if not scanning.is_wanted():
        return
    try:
        found = scanning.finding(file)
    except scanning.NotLookedAt:
        if scanning.must_be_heard():
            raise refused(
                f"The virus scanner did not look at “{name}”: it may be too large for it. Bring a smaller file, or "
                "write to whoever runs this site."
            ) from None
        return
    except scanning.ScannerSilent:
        if scanning.must_be_heard():
            raise refused(f"“{name}” cannot be checked for viruses just now. Add it again in a few minutes.") from None
        return
    if found:
        raise FileInfected(name=name, finding=found)
