"""Who may read what of the catalog. What was published may be read by anybody, now and later; a draft by nobody yet."""

from __future__ import annotations

from django.db.models import QuerySet

from longleaf.catalog.models import Version
from longleaf.catalog.status import VersionStatus

OPEN_TO_ALL = frozenset({VersionStatus.PUBLISHED, VersionStatus.SUPERSEDED, VersionStatus.RETIRED})


def may_read(version: Version) -> bool:
    """Whether anybody may read this version."""
    return version.status in OPEN_TO_ALL


def versions_open_to_all() -> QuerySet[Version]:
    """Every version that anybody may read: what somebody was once judged by stays readable."""
    return Version.objects.filter(status__in=OPEN_TO_ALL)
