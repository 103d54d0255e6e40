"""What things are called to those who judge; the names themselves are for `panels.blindness` to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.assessment.evidence.captions import PLAIN, VTT
from longleaf.assessment.evidence.inspecting import ENDINGS
from longleaf.assessment.models import Upload
from longleaf.panels.instruments import Instrument

if TYPE_CHECKING:
    from longleaf.catalog.models import Version

WORDS = {VTT: ".vtt", PLAIN: ".txt"}


def ending_of(upload: Upload) -> str:
    """The ending for what a file is, such as `.jpg`, whatever its owner called it."""
    if upload.media_type in WORDS:
        return WORDS[upload.media_type]
    return next((ending for ending, welcome in ENDINGS.items() if welcome.media_type == upload.media_type), "")


def instrument_of(version: Version) -> Instrument:
    """What a version's rubric belongs to: its micro-credential, through all its versions."""
    return Instrument(version.micro_credential.slug, version.labelled_title)
