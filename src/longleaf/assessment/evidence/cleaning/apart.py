"""Running a cleaner in a process of its own, with bounds on its memory and its time.

A document that somebody made to harm its reader then harms a process that holds no secret, no connection and nobody
else's files, and that ends with it. The process is given two open files and says on its third stream what it took out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import IO

from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit

# A recording of two gigabytes is copied in about ten seconds; a document of a thousand pages is done in five.
LONGEST = 120
PASSED_ON = ("PATH", "TMPDIR", "LANG", "LC_ALL")


def clean(form: str, source: IO[bytes], into: IO[bytes]) -> list[TakenOut]:
    """Write the cleaned file into another one, and return what was taken out, sorted. `form` names a module of this
    package. Both must be files of the system. Raises `Unfit`."""
    source.flush()
    try:
        done = subprocess.run(  # noqa: S603 (this same Python, and a word that the other side knows)
            [sys.executable, "-I", "-m", "longleaf.assessment.evidence.cleaning", form],
            stdin=source,
            stdout=into,
            stderr=subprocess.PIPE,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unfit(Reason.TOO_LONG) from None
    return _told(done.stderr)


def _told(said: bytes) -> list[TakenOut]:
    """What the process said last; one that ended otherwise met a file that it could not bear."""
    try:
        answer = json.loads(said.splitlines()[-1])
        if "unfit" in answer:
            raise Unfit(Reason(answer["unfit"]))
        return sorted(TakenOut(each) for each in answer["taken_out"])
    except (ValueError, LookupError, TypeError):
        raise Unfit(Reason.DAMAGED) from None
