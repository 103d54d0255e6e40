"""Neutral names of evidence: what everybody but its owner sees instead of a file's own name, which may name a child."""

from __future__ import annotations

from collections.abc import Sequence

from longleaf.assessment.inspecting import ENDINGS
from longleaf.assessment.models import Artifact, Upload


def neutral_title(artifact: Artifact, position: int) -> str:
    """What to call the piece that stands at a position (from 1) of its requirement: "Image 2"."""
    return f"{artifact.upload.get_kind_display() if artifact.upload else 'Link'} {position}"


def neutral_file_name(requirement: str, position: int, upload: Upload) -> str:
    """The name under which a file is handed out, such as `R2-1.jpg`."""
    ending = next((ending for ending, welcome in ENDINGS.items() if welcome.media_type == upload.media_type), "")
    return f"{requirement}-{position}{ending}"


def position_of(artifact: Artifact, artifacts: Sequence[Artifact]) -> int:
    """The place of a piece among those of its requirement, from 1."""
    return [each.pk for each in artifacts].index(artifact.pk) + 1
