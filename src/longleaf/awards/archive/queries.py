"""Reads of everything that an archive holds, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from longleaf.awards.models import Award, Endorsement, IssuingKey, StatusList
from longleaf.awards.status import AwardStatus, EndorsementStatus, Visibility

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

AT_ONCE = 200
_SHOWN = ("earner", "issuer", "status_list", "version__micro_credential__family", "version__micro_credential__issuer")
_IN_LISTS = ("uuid", "earner_name", "earned_at", "version__title", "version__standing", "version__uuid")


def signed() -> QuerySet[Award]:
    """Every badge that was ever issued, revoked ones included."""
    return Award.objects.exclude(status=AwardStatus.QUEUED)


def published() -> QuerySet[Award]:
    """The badges whose earners let others open them: the public ones and those by link."""
    return signed().exclude(visibility=Visibility.PRIVATE)


def private() -> QuerySet[Award]:
    """The badges that nobody but their earners may open."""
    return signed().filter(visibility=Visibility.PRIVATE)


def one_after_another(awards: QuerySet[Award]) -> Iterator[Award]:
    """Awards with all that their pages tell, oldest first; never more than a few in memory."""
    return awards.select_related(*_SHOWN).order_by("pk").iterator(chunk_size=AT_ONCE)


def waiting() -> int:
    """How many awards wait for their signature, and so cannot be archived."""
    return Award.objects.filter(status=AwardStatus.QUEUED).count()


def listed_of(issuer: Organisation) -> QuerySet[Award]:
    """The badges of an issuer that may be listed, newest first, with what a list shows and nothing else."""
    found = published().filter(issuer=issuer, visibility=Visibility.PUBLIC, status=AwardStatus.ISSUED)
    return found.select_related("version").only(*_IN_LISTS).order_by("-earned_at", "-pk")


def issuers() -> list[Organisation]:
    """Every organisation of this installation's state that ever had a signing key, by name."""
    keys = IssuingKey.objects.filter(organisation__state_id=settings.STATE).select_related("organisation")
    keys = keys.order_by("organisation__name", "pk")
    return list({key.organisation_id: key.organisation for key in keys}.values())


def versions_of(issuer: Organisation) -> list[UUID]:
    """The versions of which an issuer issued badges, by title."""
    found = signed().filter(issuer=issuer).values_list("version__title", "version__uuid").distinct()
    return [uuid for _title, uuid in sorted(found)]


def counts() -> dict[str, int]:
    """How many badges there are of each visibility."""
    rows = signed().order_by().values_list("visibility").annotate(Count("pk"))
    return {str(visibility): count for visibility, count in rows}


def endorsements() -> Iterator[Endorsement]:
    """Every statement that was signed, withdrawn ones too: whoever holds a copy must find what became of it."""
    signed_ones = Endorsement.objects.exclude(status=EndorsementStatus.QUEUED)
    return signed_ones.order_by("pk").iterator(chunk_size=AT_ONCE)


def status_lists() -> Iterator[StatusList]:
    return StatusList.objects.select_related("organisation").order_by("pk").iterator(chunk_size=AT_ONCE)
