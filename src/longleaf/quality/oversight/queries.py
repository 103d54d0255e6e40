"""Reads of those who look after what was recognised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.quality.errors import NoSuchComplaint
from longleaf.quality.models import Complaint, QualityDecision
from longleaf.quality.oversight.access import complaints_visible_to
from longleaf.quality.queries import RECOGNISES, replaced

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


def recognised_by(agency: Organisation, *, today: date) -> QuerySet[QualityDecision]:
    """The recognitions of an agency that hold today, each with its version."""
    standing = QualityDecision.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today),
        ~replaced(by=today),
        decided_by=agency,
        version__isnull=False,
        outcome__in=RECOGNISES,
        valid_from__lte=today,
    )
    return standing.select_related("version__micro_credential__issuer", "version__micro_credential__state")


def complaints_of(person: Person) -> QuerySet[Complaint]:
    """The complaints that somebody may see, the open ones first, the oldest of them on top."""
    listed = complaints_visible_to(person).select_related("version")
    return listed.defer("version__document", "version__search_text").order_by("-status", "made_at", "pk")


def complaint_for(person: Person, ref: str) -> Complaint:
    """One of them with its version. Raises `NoSuchComplaint` for others."""
    related = ("version__micro_credential__issuer", "agency")
    found = complaints_visible_to(person).select_related(*related).filter(ref=ref).first()
    if found is None:
        raise NoSuchComplaint
    return found
