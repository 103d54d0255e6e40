"""Reads of endorsements as they are published: what is stated of a version, or of an organisation."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from longleaf.awards.models import Endorsement
from longleaf.awards.status import EndorsementStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation

Document = dict[str, Any]


def document_of(endorsement_uuid: uuid.UUID) -> Document | None:
    """The signed statement at an address, withdrawn ones too; None where nothing is signed."""
    found = Endorsement.objects.filter(uuid=endorsement_uuid).first()
    return dict(found.credential) if found and found.credential else None


def documents_on_version(version: Version) -> list[Document]:
    """The signed statements on a version that hold now."""
    return _documents(Endorsement.objects.filter(version=version))


def documents_on_organisation(organisation: Organisation) -> list[Document]:
    """The signed statements on an organisation that hold now."""
    return _documents(Endorsement.objects.filter(organisation=organisation))


def documents_on(*, versions: Collection[int], organisations: Collection[int]) -> list[Document]:
    """The signed statements that hold now on any of the versions or organisations, by key. One query."""
    return _documents(Endorsement.objects.filter(Q(version__in=versions) | Q(organisation__in=organisations)))


def _documents(about: QuerySet[Endorsement]) -> list[Document]:
    now = timezone.now()
    begun = Q(valid_from__lte=now) & (Q(valid_until__isnull=True) | Q(valid_until__gt=now))
    held = Q(status=EndorsementStatus.ISSUED) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    return [dict(each.credential or {}) for each in about.filter(begun & held).order_by("valid_from", "pk")]
