"""Reads of those who look after what was recognised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from longleaf.catalog import queries as catalog
from longleaf.quality.errors import NoSuchComplaint
from longleaf.quality.models import Application, Complaint, QualityDecision
from longleaf.quality.oversight.access import complaints_visible_to
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.queries import (
    RECOGNISES,
    earlier_version_recognised,
    holding_on_version,
    replaced,
    replaced_on_organisation,
)
from longleaf.quality.status import OPEN_APPLICATIONS, UNDER_WAY, ApplicationStatus, ComplaintStatus, Judges

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person


def recognised_by(agency: Organisation, *, today: date) -> QuerySet[QualityDecision]:
    """The recognitions of an agency that hold today, each with its version."""
    standing = _standing(agency, today).filter(~replaced(by=today), version__isnull=False)
    return standing.select_related("version__micro_credential__issuer", "version__micro_credential__state")


def version_to_complain_about(slug: str, number: int | None) -> Version:
    """The version of that number, or else the newest one that is recognised; the newest one where none is.

    Raises `NoSuchMicroCredential`.
    """
    version, today = catalog.bare_version(slug, number), timezone.localdate()
    if number or any(each.recognises for each in holding_on_version(version, today)):
        return version
    earlier = earlier_version_recognised(version, today)
    return catalog.bare_version(slug, earlier.number) if earlier else version


def approved_by(agency: Organisation, *, today: date) -> QuerySet[QualityDecision]:
    """The approvals of an agency that hold today, each with its organisation."""
    standing = _standing(agency, today).filter(~replaced_on_organisation(by=today), organisation__isnull=False)
    return standing.select_related("organisation")


def application_behind(subject: AsWhat) -> Application | None:
    """The application of an organisation that was decided last; None where it was approved without one."""
    decided = Application.objects.filter(
        organisation=subject.organisation, judged_as=subject.judged_as, status=ApplicationStatus.DECIDED
    )
    return decided.select_related("organisation__state", "instrument").order_by("-submitted_at", "-pk").first()


def is_under_way(subject: AsWhat) -> bool:
    """Whether an application of the organisation is written, or any of the same kind is read."""
    same = Application.objects.filter(organisation=subject.organisation, judged_as=subject.judged_as)
    return same.filter(Q(status__in=OPEN_APPLICATIONS) | Q(reviews__status__in=UNDER_WAY)).exists()


def last_text_of(application: Application) -> Mapping[str, Any] | None:
    """The text of it that reviewers read last; None where it was never handed in."""
    last = application.reviews.select_related("design").order_by("-handed_in_at", "-pk").first()
    return last.design.document if last else None


def to_read_anew(agency: Organisation, *, today: date) -> list[AsWhat]:
    """What an agency approved by an application of which no review is under way, by name. Three queries."""
    decided = Application.objects.filter(status=ApplicationStatus.DECIDED).values_list("organisation", "judged_as")
    in_review = set(decided.filter(reviews__status__in=UNDER_WAY))
    behind = set(decided) - in_review
    return [
        AsWhat(each.organisation, Judges(each.judged_as))
        for each in approved_by(agency, today=today).order_by("organisation__name", "judged_as", "pk")
        if each.organisation and (each.organisation_id, each.judged_as) in behind
    ]


def complaints_of(person: Person) -> QuerySet[Complaint]:
    """The complaints that somebody may see, the open ones first, the oldest of them on top."""
    listed = complaints_visible_to(person).select_related("version", "organisation")
    return listed.defer("version__document", "version__search_text").order_by("-status", "made_at", "pk")


def complaints_that_wait(subject: AsWhat, agency: Organisation) -> QuerySet[Complaint]:
    """The complaints about an organisation, as what it was approved, that an agency has not answered."""
    about = {"organisation": subject.organisation, "judged_as": subject.judged_as}
    return Complaint.objects.filter(agency=agency, status=ComplaintStatus.OPEN, **about)


def complaint_for(person: Person, ref: str) -> Complaint:
    """One of them with its subject. Raises `NoSuchComplaint` for others."""
    related = ("version__micro_credential__issuer", "organisation", "agency")
    found = complaints_visible_to(person).select_related(*related).filter(ref=ref).first()
    if found is None:
        raise NoSuchComplaint
    return found


def _standing(agency: Organisation, today: date) -> QuerySet[QualityDecision]:
    runs = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return QualityDecision.objects.filter(runs, decided_by=agency, outcome__in=RECOGNISES, valid_from__lte=today)
