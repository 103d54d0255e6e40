"""Who may be asked to read for a panel, and what keeps everybody else out. All who draw ask here.

The rules stand in `panels.assigning.barring`, one by one; `panels.assigning.gathering` reads what they look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.panels.assigning import barring
from longleaf.panels.assigning.barring import Rule
from longleaf.panels.assigning.gathering import as_outsiders, raters_of, vacancies_of
from longleaf.panels.assigning.vacancies import Rater, Vacancy
from longleaf.panels.certification import decides_by
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.pool.queries import rules_of

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class Standing:
    """A panel's vacancy and the raters of its pool, as they are at one moment, with the rules in force."""

    vacancy: Vacancy
    raters: tuple[Rater, ...]
    rules: tuple[Rule, ...]

    @property
    def eligible(self) -> tuple[Rater, ...]:
        """Everybody who may be asked now."""
        return tuple(each for each in self.raters if barring.stands_outside(self.vacancy, each, self.rules))

    def against(self, rater: Rater) -> list[Rule]:
        """The rules that keep one of them out now."""
        return [rule for rule in self.rules if rule.keeps_out(self.vacancy, rater)]


def standing(panel: Panel, *, now: datetime | None = None) -> Standing:
    """Where everybody in the pool stands to a panel. As many queries for a large pool as for a small one."""
    moment, rules = now or timezone.now(), rules_of(panel.pool_id)
    (vacancy,) = vacancies_of([panel], rules=rules, now=moment)
    raters = raters_of(panel.pool_id, role=Role(panel.reader_role), rules=rules, now=moment)
    return Standing(vacancy, tuple(raters), barring.rules_in_force(vacancy, raters))


def may_adjudicate(person: Person, panel: Panel, *, now: datetime | None = None) -> bool:
    """Whether a lead assessor of the pool stands outside a panel by the rules that hold for its readers for good.

    A lead need not be a member of the pool, takes it up themselves, and is asked for no language they did not tell of.
    """
    moment, rules = now or timezone.now(), rules_of(panel.pool_id)
    (vacancy,) = vacancies_of([panel], rules=rules, now=moment)
    rater = as_outsiders([person.pk], pool_id=panel.pool_id, rules=rules, now=moment)[person.pk]
    kept_out = [rule for rule in barring.FOR_LEADS if rule.keeps_out(vacancy, rater)]
    leads = directory.people_with(Role.LEAD_ASSESSOR, organisation_id=panel.pool_id).filter(pk=person.pk)
    return not kept_out and leads.filter(decides_by(panel.edition)).exists()


def come_too_near(seats: Sequence[Assignment], panels: Sequence[Panel], *, now: datetime) -> list[Assignment]:
    """Those of some seats, on panels of one pool, whose readers a conflict keeps out by now (`barring.CONFLICTS`).

    As many queries for many seats as for one.
    """
    if not seats:
        return []
    pool_id, rules = panels[0].pool_id, rules_of(panels[0].pool_id)
    vacancies = {each.panel: each for each in vacancies_of(panels, rules=rules, now=now)}
    raters = as_outsiders({seat.rater_id for seat in seats}, pool_id=pool_id, rules=rules, now=now)
    return [
        seat
        for seat in seats
        if not barring.stands_outside(vacancies[seat.panel_id], raters[seat.rater_id], barring.CONFLICTS)
    ]


def who_may_be_asked(panel: Panel, *, now: datetime | None = None) -> QuerySet[Any]:
    """Everybody who may be asked to read for a panel now, as people."""
    keys = [rater.person for rater in standing(panel, now=now).eligible]
    return (
        directory.people_with(Role(panel.reader_role), organisation_id=panel.pool_id).filter(pk__in=keys).order_by("pk")
    )


def why_not(person: Person, panel: Panel, *, now: datetime | None = None) -> list[Rule]:
    """The rules that keep somebody from being asked, the least private first; none means that they may be asked.

    Whoever is not in the pool at all is kept out by that alone. Before a reason is shown beside a name, ask the rule
    whether it `tells_whose_work`: a lead assessor must not learn that either (`panels.blindness`).
    """
    found = standing(panel, now=now)
    rater = next((each for each in found.raters if each.person == person.pk), None)
    return [barring.NOT_ACTIVE] if rater is None else found.against(rater)
