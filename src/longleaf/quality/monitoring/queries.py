"""Reads of figures and alarms. Each reads in a constant number of queries, however much there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.panels.leading.overview import PoolAndRubric, agreement_by
from longleaf.quality.errors import NoSuchAlarm, NoSuchFigures
from longleaf.quality.models import Alarm, Complaint
from longleaf.quality.monitoring.access import alarms_visible_to, issuer_of, may_see_figures, may_watch
from longleaf.quality.monitoring.equity import Division, divisions_of
from longleaf.quality.monitoring.figures import Complained, Figures, agreements_on, figures_of
from longleaf.quality.monitoring.measuring import Reading, reading_of
from longleaf.quality.monitoring.rules import Rules
from longleaf.quality.monitoring.ruling import rules_in_force
from longleaf.quality.monitoring.sources import Work, shared_out, work_in
from longleaf.quality.monitoring.windows import Window, up_to, whole_months
from longleaf.quality.status import LETS_ISSUE, AlarmStatus, ComplaintStatus, Judges, Measure

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person
    from longleaf.engines.rubrics.agreement.measuring import Agreement

ALARM_STATES = {
    "": "Not closed",
    AlarmStatus.OPEN.value: "Nobody has looked yet",
    AlarmStatus.LOOKED_AT.value: "Looked at, and followed up",
    AlarmStatus.CLOSED.value: "Closed",
}


@dataclass(frozen=True)
class Seen:
    """All that is known of the versions that were ever published, by title; figures are made of it when they are asked
    for."""

    window: Window
    versions: Sequence[Version]
    work: Work
    complained: Sequence[Complained]
    agreement: Mapping[PoolAndRubric, Agreement]

    @cached_property
    def by_version(self) -> Sequence[tuple[Version, Figures]]:
        """Each version with its figures."""
        work = shared_out(self.work, {each.pk: each.pk for each in self.versions})
        said = _grouped((each.version, each) for each in self.complained)
        return [(each, self._figures(work.get(each.pk), said.get(each.pk, ()))) for each in self.versions]

    @cached_property
    def by_issuer(self) -> Sequence[tuple[Organisation, Figures]]:
        """Each issuer with the figures of its versions together and what was said of itself, by name."""
        issuer_of_each = {each.pk: each.micro_credential.issuer_id for each in self.versions}
        work = shared_out(self.work, issuer_of_each)
        said = _grouped((each.issuer or issuer_of_each.get(each.version or 0), each) for each in self.complained)
        issuers = {each.micro_credential.issuer_id: each.micro_credential.issuer for each in self.versions}
        return [
            (each, self._figures(work.get(each.pk), said.get(each.pk, ()), is_of_issuer=True))
            for each in sorted(issuers.values(), key=lambda each: each.name)
        ]

    def _figures(self, work: Work | None, said: Sequence[Complained], *, is_of_issuer: bool = False) -> Figures:
        done = work or Work(self.work.kind)
        agreements = agreements_on(done, self.agreement)
        return figures_of(done, said, self.window, agreements, is_of_issuer=is_of_issuer)


@dataclass(frozen=True)
class Monitored:
    """One issuer with its figures over all and for each of its versions."""

    organisation: Organisation
    figures: Figures
    versions: Sequence[tuple[Version, Figures]]
    rules: Rules
    is_live: bool
    workplaces: Mapping[int, Organisation]
    today: date

    @property
    def window(self) -> Window:
        return self.figures.window

    @cached_property
    def divisions(self) -> list[Division]:
        """Its earners by where they work."""
        smallest = self.rules.smallest_told
        return divisions_of(self.figures.cohorts, self.workplaces, smallest=smallest, today=self.today)


def everything(window: Window, issuer: int | None = None) -> Seen:
    """The figures of all issuers, or of one by its key."""
    organisations = directory.organisations_to_choose()
    versions = list(catalog.ever_published_by(organisations.filter(pk=issuer) if issuer is not None else organisations))
    work = work_in(window, issuer=issuer)
    agreement = agreement_by({(each.pool, each.rubric) for each in work.read_by}, kind=work.kind)
    return Seen(window, versions, work, _complained(window, issuer), agreement)


def monitored(person: Person, code: str, *, today: date) -> Monitored:
    """An issuer for an officer of the agency, live, or for one of its own, by whole months. Raises `NoSuchFigures`."""
    organisation = directory.organisations_to_choose().filter(code=code).first()
    if organisation is None or not person.is_authenticated or not may_see_figures(person, organisation):
        raise NoSuchFigures
    return _monitored(organisation, today, is_live=may_watch(person))


def monitored_publicly(organisation: Organisation, *, today: date) -> Monitored:
    """An issuer as everybody may see it: by whole months."""
    return _monitored(organisation, today, is_live=False)


def version_figures(version: Version, *, today: date) -> tuple[Figures, Rules]:
    """The live figures of one version, for officers of the agency, and the rules by which they are taken."""
    rules = rules_in_force()
    seen = everything(up_to(today, months=rules.months), version.micro_credential.issuer_id)
    found = next((figures for each, figures in seen.by_version if each.pk == version.pk), None)
    return found or Figures(up_to(today, months=rules.months)), rules


def alarms_of(person: Person, state: str = "") -> QuerySet[Alarm]:
    """The alarms that somebody may see, in one state, or all that are not closed; the newest first."""
    related = ("version__micro_credential__issuer", "organisation")
    found = alarms_visible_to(person).select_related(*related).defer("version__document", "version__search_text")
    asked = Q(status=state) if state in AlarmStatus.values else ~Q(status=AlarmStatus.CLOSED)
    return found.filter(asked).order_by("-raised_on", "-pk")


def alarm_for(person: Person, ref: str) -> Alarm:
    """One of them. Raises `NoSuchAlarm` for others."""
    related = ("version__micro_credential__issuer", "organisation", "agency", "looked_at_by")
    found = alarms_visible_to(person).select_related(*related).filter(ref=ref).first()
    if found is None:
        raise NoSuchAlarm
    return found


def alarms_on(organisation: Organisation, person: Person) -> QuerySet[Alarm]:
    """Those of them about an issuer and its versions that are not closed."""
    about = Q(organisation=organisation) | Q(version__micro_credential__issuer=organisation)
    return alarms_of(person).filter(about)


def alarm_today(alarm: Alarm, *, today: date) -> Reading | None:
    """What an alarm is about, as it is today; None where there is nothing to measure any more."""
    rules = rules_in_force()
    seen = everything(up_to(today, months=rules.months), issuer_of(alarm))
    subjects = seen.by_issuer if alarm.organisation_id else seen.by_version
    figures = next((each for about, each in subjects if about in {alarm.organisation, alarm.version}), None)
    return reading_of(Measure(alarm.measure), figures, rules.confidence) if figures else None


def _monitored(organisation: Organisation, today: date, *, is_live: bool) -> Monitored:
    rules = rules_in_force()
    window = (up_to if is_live else whole_months)(today, months=rules.months)
    seen = everything(window, organisation.pk)
    figures = next((found for _, found in seen.by_issuer), Figures(window))
    workplaces = {each.workplace for each in figures.cohorts if each.workplace is not None}
    return Monitored(
        organisation, figures, seen.by_version, rules, is_live, directory.organisations_by_key(workplaces), today
    )


def _complained(window: Window, issuer: int | None) -> list[Complained]:
    answered = Q(answered_at__gte=window.begins, answered_at__lt=window.ends)
    # What is said of a local plan is no matter of what an organisation issues.
    complaints = Complaint.objects.filter(judged_as__in=[Judges.DESIGN, *LETS_ISSUE])
    if issuer is not None:
        complaints = complaints.filter(Q(version__micro_credential__issuer=issuer) | Q(organisation=issuer))
    rows = complaints.values("version", "organisation").annotate(
        made=Count("pk", filter=Q(made_at__gte=window.begins, made_at__lt=window.ends)),
        answered=Count("pk", filter=answered),
        upheld=Count("pk", filter=answered & Q(status=ComplaintStatus.UPHELD)),
    )
    told = rows.order_by("version", "organisation").values_list("version", "organisation", "made", "answered", "upheld")
    return [Complained(*row) for row in told]


def _grouped(pairs: Iterable[tuple[int | None, Complained]]) -> dict[int | None, list[Complained]]:
    found: dict[int | None, list[Complained]] = {}
    for key, each in pairs:
        found.setdefault(key, []).append(each)
    return found
