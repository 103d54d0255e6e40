"""What monitoring adds to the page of an issuer: how much it decides, and whether by the day it promised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from longleaf.directory.signed_in import person_of
from longleaf.kit import keeping
from longleaf.quality.monitoring import queries, wording
from longleaf.quality.monitoring.access import may_see_figures

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation


def how_it_keeps_up(request: HttpRequest, organisation: Organisation) -> str:
    """By whole months, so that nobody learns of a single decision; nothing where too little was decided to tell."""
    today = timezone.localdate()
    key = ("keeps up", organisation.pk, today.replace(day=1))
    return keeping.as_decided(*key, make=lambda: _drawn(organisation, today))


def its_figures(request: HttpRequest, organisation: Organisation) -> str:
    """The way to its figures for whoever may see them; nothing for anybody else."""
    person = person_of(request) if request.user.is_authenticated else None
    if person is None or not may_see_figures(person, organisation):
        return ""
    return render_to_string("quality/monitoring/its_figures.html", {"organisation": organisation}, request=request)


def _drawn(organisation: Organisation, today: date) -> str:
    monitored = queries.monitored_publicly(organisation, today=today)
    if monitored.figures.rounds < monitored.rules.smallest_told:
        return ""
    context = {"monitored": monitored, "smallest": monitored.rules.smallest_told, "told": wording.told}
    return render_to_string("quality/monitoring/how_it_keeps_up.html", context)
