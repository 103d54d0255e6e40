"""Panels as their lead assessor sees them: how far they are, who reads, and what waits for a lead to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.desk.queries import titles_of
from longleaf.panels import queries as panels
from longleaf.panels.blindness import BLIND_LEAD, Fact
from longleaf.panels.errors import NoSuchPanel
from longleaf.panels.status import LIVE

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import Assignment, Panel

# What a lead assessor can take in at a glance; the next ones move up as these are decided.
MOST_WATCHED = 50


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


def panels_to_watch(person: Person) -> list[WaitingPanel]:
    """The most urgent panels of a lead assessor's pool that are still reading, in a constant number of queries."""
    watched = list(panels.panels_to_watch(person, kind=PANEL_KIND)[:MOST_WATCHED])
    titles = titles_of([panel.subject for panel in watched])
    return [WaitingPanel(panel, titles[panel.subject]) for panel in watched]


def panels_to_adjudicate(person: Person) -> list[WaitingPanel]:
    """The most urgent panels on whose differences a lead assessor decides, in a constant number of queries."""
    waiting = list(panels.panels_to_adjudicate(person, kind=PANEL_KIND)[:MOST_WATCHED])
    titles = titles_of([panel.subject for panel in waiting])
    return [WaitingPanel(panel, titles[panel.subject]) for panel in waiting]


def panel_to_lead(person: Person, ref: str) -> WaitingPanel:
    """A panel that has not decided, for a lead assessor without a seat on it. Raises `NoSuchPanel` otherwise."""
    found = panels.panels_to_be_told_of(person).filter(ref=ref, kind=PANEL_KIND, status__in=LIVE).first()
    if found is None:
        raise NoSuchPanel
    return WaitingPanel(found, titles_of([found.subject])[found.subject])
