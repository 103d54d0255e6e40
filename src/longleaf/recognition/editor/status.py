"""The life of a draft of a policy, as a table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class DraftStatus(models.TextChoices):
    WRITING = "writing", "Being written"
    PROPOSED = "proposed", "Waiting for a second officer"
    PUBLISHED = "published", "Published"
    DROPPED = "dropped", "Dropped"


S = DraftStatus
DRAFT_MOVES: Mapping[DraftStatus, frozenset[DraftStatus]] = {
    S.WRITING: frozenset({S.PROPOSED, S.PUBLISHED, S.DROPPED}),
    S.PROPOSED: frozenset({S.WRITING, S.PUBLISHED}),
    # What is withdrawn before its day is written on.
    S.PUBLISHED: frozenset({S.WRITING}),
    S.DROPPED: frozenset(),
}
