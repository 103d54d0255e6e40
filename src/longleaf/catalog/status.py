"""The life of a version of a micro-credential, as a table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class VersionStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded by a newer version"
    RETIRED = "retired", "Retired"


VERSION_MOVES: Mapping[VersionStatus, frozenset[VersionStatus]] = {
    VersionStatus.DRAFT: frozenset({VersionStatus.PUBLISHED}),
    VersionStatus.PUBLISHED: frozenset({VersionStatus.SUPERSEDED, VersionStatus.RETIRED}),
    VersionStatus.SUPERSEDED: frozenset({VersionStatus.RETIRED}),
    VersionStatus.RETIRED: frozenset(),
}


class DraftStatus(models.TextChoices):
    OPEN = "open", "Being written"
    PUBLISHED = "published", "Published"
    SET_ASIDE = "set_aside", "Set aside"


DRAFT_MOVES: Mapping[DraftStatus, frozenset[DraftStatus]] = {
    DraftStatus.OPEN: frozenset({DraftStatus.PUBLISHED, DraftStatus.SET_ASIDE}),
    DraftStatus.SET_ASIDE: frozenset({DraftStatus.OPEN}),
    DraftStatus.PUBLISHED: frozenset(),
}


class Facet(models.TextChoices):
    """The facets that are kept as rows beside a version. Issuer, family and framework items have rows of their own."""

    ROLE = "role", "Role"
    GRADE_BAND = "grade_band", "Grade band"
    TOPIC = "topic", "Topic"
    LANGUAGE = "language", "Language"
    EFFORT = "effort", "Effort"
    CREDIT = "credit", "Counts toward"
    PROPOSED_STACK = "for_stack", "Proposed for a stack"
