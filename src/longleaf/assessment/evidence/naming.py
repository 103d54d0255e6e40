"""The ending of a file's neutral name; the name itself is for `panels.blindness` to say."""

from __future__ import annotations

from longleaf.assessment.evidence.captions import PLAIN, VTT
from longleaf.assessment.evidence.inspecting import ENDINGS
from longleaf.assessment.models import Upload

WORDS = {VTT: ".vtt", PLAIN: ".txt"}


def ending_of(upload: Upload) -> str:
    """The ending for what a file is, such as `.jpg`, whatever its owner called it."""
    if upload.media_type in WORDS:
        return WORDS[upload.media_type]
    return next((ending for ending, welcome in ENDINGS.items() if welcome.media_type == upload.media_type), "")
