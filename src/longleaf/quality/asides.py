"""What quality adds to pages of lower floors: who recognised a micro-credential, an issuer, a badge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from longleaf.awards.endorsements.statements import Statement
from longleaf.kit import keeping
from longleaf.quality import queries, stating
from longleaf.quality.status import ORGANISATIONS

if TYPE_CHECKING:
    from longleaf.awards.models import Award
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation


@dataclass(frozen=True)
class Recognition:
    """A decision that recognises something, and the signed statement of it."""

    holding: queries.Holding
    statement: Statement


def recognised_by(request: HttpRequest, version: Version) -> str:
    """Who recognised this version and for how long; or that nobody has decided on it."""
    return keeping.as_decided("recognised by", version.pk, make=lambda: _recognised_by(version, timezone.localdate()))


def issuer_approved(request: HttpRequest, organisation: Organisation) -> str:
    """Who approved this organisation, as what and for how long; nothing where nobody did."""
    holding = queries.holding_on_organisation(organisation, timezone.localdate(), judged_as=ORGANISATIONS)
    told = [each for each in holding if queries.replaces(each.decision)]
    return _drawn("issuer_approved", organisation=organisation, holding=told) if told else ""


def badge_recognised_by(request: HttpRequest, award: Award) -> str:
    """Who recognised what this badge stands for, on the day it was earned and today."""
    earned, today = timezone.localdate(award.earned_at), timezone.localdate()
    then, now = _recognising(award.version, earned), _recognising(award.version, today)
    return _drawn("badge_recognised_by", then=then, now=now, earned=earned)


def _recognised_by(version: Version, today: date) -> str:
    holding = queries.holding_on_version(version, today)
    earlier = None if holding else queries.earlier_version_recognised(version, today)
    return _drawn("recognised_by", holding=holding, earlier=earlier, version=version)


def _recognising(version: Version, day: date) -> list[Recognition]:
    """What is recognised on a day, as far as a signed statement of it stood on that day."""
    found = [(each, stating.stated(each)) for each in queries.holding_on_version(version, day) if each.recognises]
    return [Recognition(each, statement) for each, statement in found if statement and statement.stands]


def _drawn(name: str, **context: Any) -> str:
    return render_to_string(f"quality/{name}.html", context)
