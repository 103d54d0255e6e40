"""Reads of the register of organisations: what holds of each, as what, and how it came to that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet

from longleaf.catalog import queries as catalog
from longleaf.panels.blindness import PUBLIC
from longleaf.quality.models import Condition, QualityDecision, Review
from longleaf.quality.pathways.naming import in_words
from longleaf.quality.queries import Holding, holding_among, replaced_on_organisation
from longleaf.quality.register.queries import NOT_TOLD
from longleaf.quality.reviewing.conditions import in_force
from longleaf.quality.reviewing.findings import ComponentFinding, findings_of
from longleaf.quality.status import ORGANISATIONS

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation


@dataclass(frozen=True)
class Reviewed:
    """A review on which a decision rests, as everybody may know it."""

    review: Review
    conditions: Sequence[Condition]
    findings: Sequence[ComponentFinding]


@dataclass(frozen=True)
class OrganisationReport:
    """All that the register tells of one organisation."""

    organisation: Organisation
    decisions: Sequence[QualityDecision]
    today: date

    def in_words(self, pathways: Sequence[str]) -> list[str]:
        """What it may run, by the titles of today."""
        return in_words(pathways)

    @cached_property
    def holding(self) -> list[Holding]:
        """What holds today, as what and by whom."""
        decided = QualityDecision.objects.filter(organisation=self.organisation).exclude(NOT_TOLD)
        return sorted(holding_among(decided, self.today), key=lambda each: each.decision.judged_as)

    @cached_property
    def reviewed(self) -> list[Reviewed]:
        """The newest review for each thing as what it is judged, where there is one; three questions for each."""
        newest: dict[str, Review] = {}
        for each in self.decisions:
            if hasattr(each, "review"):
                newest.setdefault(each.judged_as, each.review)
        return [
            Reviewed(review, list(review.conditions.all()), findings_of(review, PUBLIC)) for review in newest.values()
        ]

    @cached_property
    def asked(self) -> frozenset[int]:
        """The keys of the conditions that what holds today asks for, here and elsewhere."""
        return frozenset(each.pk for each in in_force(self.today))


def organisations_decided_on(*, today: date) -> QuerySet[QualityDecision]:
    """The decision that holds today of each organisation, as what and by whom, by name."""
    standing = QualityDecision.objects.filter(~replaced_on_organisation(by=today), valid_from__lte=today)
    found = standing.filter(state=settings.STATE, judged_as__in=ORGANISATIONS).exclude(NOT_TOLD)
    related = found.select_related("organisation", "decided_by", "instrument")
    return related.defer("instrument__document").order_by("organisation__name", "judged_as", "pk")


def report_on_organisation(slug: str, *, today: date) -> OrganisationReport:
    """What the register tells of an organisation, the newest decision first. Raises `NoSuchIssuer`."""
    organisation = catalog.issuer(slug)
    related = ("decided_by", "instrument", "review__design", "review__instrument", "review__panel__rubric")
    decided = QualityDecision.objects.filter(organisation=organisation).exclude(NOT_TOLD)
    listed = decided.select_related(*related, "organisation").order_by("-valid_from", "-pk")
    return OrganisationReport(organisation, list(listed), today)
