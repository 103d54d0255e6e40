"""The process that cleans one file: from its first stream into its second. Started by `apart`, never by hand."""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module

from longleaf.assessment.evidence.cleaning.outcome import Unfit

FORMS = ("mp3", "mp4", "office", "ogg", "pdf", "wav", "webm")
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 100
# A cleaned file is about as large as it was; this keeps one that is made to grow from filling the disk.
MOST_WRITTEN = 8 * 1024 * 1024 * 1024


def main(form: str) -> None:
    """Say on the third stream what was taken out, or why the file cannot be taken."""
    if form not in FORMS:
        raise SystemExit(2)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cleaner = import_module(f"longleaf.assessment.evidence.cleaning.{form}")
    try:
        # Opened for both: what was written is looked at again. Neither is closed here, as `apart` goes on with them.
        with open(0, "rb", closefd=False) as source, open(1, "w+b", closefd=False) as into:
            answer: dict[str, object] = {"taken_out": sorted(cleaner.clean(source, into))}
    except Unfit as unfit:
        answer = {"unfit": unfit.reason}
    sys.stderr.write(json.dumps(answer) + "\n")


main(sys.argv[1])
