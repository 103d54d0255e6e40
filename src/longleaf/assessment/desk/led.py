"""Panels as their lead assessor sees them: how far they are, who reads, and what waits for a lead to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists

from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.desk.queries import title_of
from longleaf.assessment.titles import titles_of
from longleaf.panels import queries as panels
from longleaf.panels.blindness import BLIND_LEAD, Fact
from longleaf.panels.errors import NoSuchPanel
from longleaf.panels.status import LIVE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.directory.models import Person
    from longleaf.panels.models import Assignment, Panel

# What stands on the queue; the next ones move up as these are decided.
MOST_DIFFERING = 10


@dataclass(frozen=True)
class WaitingPanel:
    """A panel as its lead assessor sees it: how far it is, and whether it is short of raters or late."""

    panel: Panel
    title: str

    @property
    def missing(self) -> int:
        return int(self.panel.seats - getattr(self.panel, "taken", 0))

    @property
    def readings_in(self) -> int:
        return int(getattr(self.panel, "in_hand", 0))

    @property
    def is_in_hand(self) -> bool:
        """Whether somebody has what its readers differ on."""
        return bool(getattr(self.panel, "in_hand", False))

    @property
    def seats(self) -> list[Assignment]:
        """Who reads it, by seat; empty where names of readers are not shown."""
        return panels.seated_on(self.panel) if BLIND_LEAD.shows(Fact.RATER_NAMES) else []


@dataclass(frozen=True)
class Waits:
    """`differing`: panels whose readers differ. `notes`: what readers told a lead and nobody put away yet."""

    differing: bool = False
    notes: bool = False


class Watched:
    """Panels as rows for a lead assessor, read as far as they are asked for."""

    def __init__(self, found: QuerySet[Panel]) -> None:
        self._found = found

    def __getitem__(self, rows: slice) -> list[WaitingPanel]:
        return [WaitingPanel(each, str(each.title)) for each in self._found[rows]]  # type: ignore[attr-defined]


def panels_to_watch(person: Person) -> Watched:
    """The panels of a lead assessor's pool that are still reading, the most urgent first, page by page."""
    return Watched(panels.panels_to_watch(person, kind=PANEL_KIND).annotate(title=title_of("subject")))


def what_waits(person: Person) -> Waits:
    """Whether anything waits for a lead assessor beside what they check, in one query."""
    differing = panels.panels_to_adjudicate(person, kind=PANEL_KIND)
    notes = panels.panels_with_notes(person, kind=PANEL_KIND)
    row = get_user_model().objects.filter(pk=person.pk).values_list(Exists(differing), Exists(notes))
    return Waits(*row.get())


def panels_to_adjudicate(person: Person) -> list[WaitingPanel]:
    """The most urgent panels on whose differences a lead assessor decides, in one query; one more than is shown tells
    that there are more."""
    waiting = panels.panels_to_adjudicate(person, kind=PANEL_KIND).annotate(title=title_of("subject"))
    return list(Watched(waiting)[: MOST_DIFFERING + 1])


def panel_to_lead(person: Person, ref: str) -> WaitingPanel:
    """A panel that has not decided, for a lead assessor without a seat on it. Raises `NoSuchPanel` otherwise."""
    found = panels.panels_to_be_told_of(person).filter(ref=ref, kind=PANEL_KIND, status__in=LIVE).first()
    if found is None:
        raise NoSuchPanel
    return WaitingPanel(found, titles_of([found.subject])[found.subject])
