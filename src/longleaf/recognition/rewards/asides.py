"""What rewards add to the page of a micro-credential: what its reader gets for it, before they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit import keeping
from longleaf.recognition import overlays
from longleaf.recognition.rewards import asks, queries
from longleaf.recognition.rewards.money import dollars

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


def what_you_get(request: HttpRequest, version: Version) -> str:
    """The reader's own offers; for others, that there are some. Nothing where nothing is offered to anybody."""
    made, today = version.micro_credential_id, timezone.localdate()
    offered = keeping.as_decided("rewards for", made, today, make=lambda: _is_offered(version))
    if not offered:
        return ""
    lines = queries.offers_to(person_of(request), micro_credential_id=made) if request.user.is_authenticated else []
    asking = any(line.offer.result for line in lines)
    policy = overlays.policy_for(directory.employer_of(person_of(request)), today) if asking else None
    results = asks.results_in(policy)
    context = {"lines": lines, "version": version, "asks_of": asks.asks_of, "results": results, "dollars": dollars}
    return render_to_string("recognition/rewards/aside.html", context, request)


def _is_offered(version: Version) -> bool:
    return queries.open_offers(micro_credential=version.micro_credential).exists()
