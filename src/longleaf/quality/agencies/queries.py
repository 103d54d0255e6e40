"""Reads of applications: whose they are, what they show, and which may be begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.kit.dates import day as in_words
from longleaf.panels import queries as panels
from longleaf.quality import instruments
from longleaf.quality import queries as quality
from longleaf.quality.agencies.criteria import Area, Criterion, areas_of
from longleaf.quality.errors import NoSuchApplication, NoSuchDocument
from longleaf.quality.models import Application, Document, Instrument, Review, Showing
from longleaf.quality.reviewing.access import PANEL_KIND, applications_written_by
from longleaf.quality.reviewing.subjects import APPLIES, may_apply_for
from longleaf.quality.status import APPLIED_FOR, OPEN_APPLICATIONS, ApplicationStatus, Cause, Judges

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@dataclass(frozen=True)
class ShownCriterion:
    """A criterion with what is shown for it so far."""

    criterion: Criterion
    showing: Showing | None

    @property
    def text(self) -> str:
        return self.showing.text if self.showing else ""

    @property
    def links(self) -> str:
        return self.showing.links if self.showing else ""

    @property
    def addresses(self) -> list[str]:
        return [line.strip() for line in self.links.splitlines() if line.strip()]

    @property
    def documents(self) -> Sequence[Document]:
        return list(self.showing.documents.all()) if self.showing else []

    @property
    def is_shown(self) -> bool:
        return bool(self.text.strip() or self.addresses or self.documents)

    @property
    def is_carried(self) -> bool:
        return bool(self.showing and self.showing.carried and self.is_shown)


@dataclass(frozen=True)
class ShownArea:
    area: Area
    criteria: Sequence[ShownCriterion]

    @property
    def shown(self) -> int:
        return sum(each.is_shown for each in self.criteria)


@dataclass(frozen=True)
class File:
    """An application with everything that it shows."""

    application: Application
    areas: Sequence[ShownArea]

    @cached_property
    def criteria(self) -> list[ShownCriterion]:
        return [each for area in self.areas for each in area.criteria]

    @property
    def shown(self) -> int:
        return sum(each.is_shown for each in self.criteria)

    @property
    def carried(self) -> int:
        return sum(each.is_carried for each in self.criteria)

    def area(self, code: str) -> ShownArea:
        """Raises `NoSuchApplication` where the criteria have no such area."""
        found = next((each for each in self.areas if each.area.code == code), None)
        if found is None:
            raise NoSuchApplication
        return found

    def criterion(self, code: str) -> tuple[ShownArea, ShownCriterion]:
        """A criterion with its area. Raises `NoSuchApplication` where there is none such."""
        found = [(area, each) for area in self.areas for each in area.criteria if each.criterion.code == code]
        if not found:
            raise NoSuchApplication
        return found[0]

    def after(self, area: ShownArea) -> ShownArea | None:
        """The area that follows; None after the last one."""
        place = self.areas.index(area) + 1
        return self.areas[place] if place < len(self.areas) else None


@dataclass(frozen=True)
class Beginning:
    """An application that an organisation may begin; `from_day` where its approval holds for longer than that, and
    `asked` the one that the agency asks to have brought up to date."""

    organisation: Organisation
    instrument: Instrument
    from_day: str
    asked: Application | None = None

    @property
    def judged_as(self) -> Judges:
        return Judges(self.instrument.judges)

    @property
    def title(self) -> str:
        return APPLIED_FOR[self.judged_as]


def applications_of(person: Person) -> QuerySet[Application]:
    """Every application that somebody may write, the newest first."""
    listed = applications_written_by(person).select_related("organisation", "instrument")
    return listed.defer("instrument__document").order_by("-begun_at", "-pk")


def application_for(person: Person, ref: str) -> Application:
    """One of them. Raises `NoSuchApplication` for others."""
    related = ("organisation__state", "instrument", "renews")
    found = applications_written_by(person).select_related(*related).filter(ref=ref).first()
    if found is None:
        raise NoSuchApplication
    return found


def file_of(application: Application) -> File:
    """What it shows for each criterion, in the order of the criteria; two queries however many there are."""
    kept = Prefetch("documents", queryset=Document.objects.filter(removed_at__isnull=True))
    showings = {each.criterion: each for each in application.showings.prefetch_related(kept)}
    areas = [
        ShownArea(area, [ShownCriterion(each, showings.get(each.code)) for each in area.criteria])
        for area in areas_of(application.instrument.document)
    ]
    return File(application, areas)


def latest_review_of(application: Application) -> Review | None:
    """The review of what was handed in last; None while nothing was. One that the agency called in is not that."""
    handed_in = application.reviews.filter(cause=Cause.HANDED_IN)
    return handed_in.select_related("agency").order_by("-handed_in_at", "-pk").first()


def may_be_begun_by(person: Person) -> list[Beginning]:
    """What the organisations of an officer may apply for and have none of under way, by organisation."""
    organisations = list(directory.organisations_where(person, *APPLIES).select_related("state").order_by("name"))
    open_ones = set(
        Application.objects.filter(organisation__in=organisations, status__in=OPEN_APPLICATIONS).values_list(
            "organisation", "judged_as"
        )
    )
    in_use = {
        (instrument.state_id, instrument.judges): instrument
        for instrument in quality.texts_in_force({each.state_id for each in organisations})
        .filter(judges__in=list(APPLIED_FOR))
        .reverse()
    }
    return [
        Beginning(
            organisation, instrument, _from_day(organisation, instrument), asked_to_update(organisation, judges.value)
        )
        for organisation in organisations
        for judges in Judges
        if (instrument := in_use.get((organisation.state_id, judges)))
        and (organisation.pk, judges.value) not in open_ones
        and may_apply_for(organisation, instrument)
    ]


def document_written_by(person: Person, application_ref: str, ref: str) -> Document:
    """A document of an application, for whoever writes it, or an officer of the agency that reviews it. Raises
    `NoSuchDocument` for others."""
    found = Document.objects.filter(showing__application__ref=application_ref, ref=ref)
    mine = found.filter(showing__application__in=applications_written_by(person))
    agencies = directory.places_where(person, Role.STATE_OFFICER)
    overseen = found.filter(showing__application__reviews__agency__in=agencies)
    document = mine.first() or overseen.first()
    if document is None:
        raise NoSuchDocument
    return document


def document_read_by(person: Person, reading_ref: str, ref: str) -> Document:
    """A document that the text names which somebody reviews. Raises `panels.errors.NoSuchReading`, `NoSuchDocument`."""
    assignment = panels.reading_for(person, reading_ref, kind=PANEL_KIND)
    review = (
        Review.objects.select_related("design").filter(panel=assignment.panel_id, application__isnull=False).first()
    )
    named = {
        document["ref"]
        for shown in (review.design.document["showings"] if review else ())
        for document in shown["documents"]
    }
    found = Document.objects.filter(ref=ref).first() if ref in named else None
    if found is None:
        raise NoSuchDocument
    return found


def asked_to_update(organisation: Organisation, judged_as: str) -> Application | None:
    """What was decided last, where the agency asks to have it brought up to date."""
    decided = Application.objects.filter(
        organisation=organisation, judged_as=judged_as, status=ApplicationStatus.DECIDED
    )
    latest = decided.order_by("-submitted_at", "-pk").first()
    return latest if latest and latest.update_by else None


def opens_on(application: Application) -> str:
    """From which day on its renewal may be begun, in words; "" where nothing stands in the way today."""
    if asked_to_update(application.organisation, application.judged_as):
        return ""
    today = timezone.localdate()
    judged_as = [Judges(application.judged_as)]
    ends = [
        each.decision.valid_until
        for each in quality.holding_on_organisation(application.organisation, today, judged_as=judged_as)
        if each.recognises and each.decision.valid_until
    ]
    days = timedelta(days=instruments.terms_of(application.instrument.document).renewal_opens_days)
    return in_words(min(ends) - days) if ends and min(ends) - days > today else ""


def _from_day(organisation: Organisation, instrument: Instrument) -> str:
    return opens_on(Application(organisation=organisation, instrument=instrument, judged_as=instrument.judges))
