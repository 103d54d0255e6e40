"""What a verification says of an older copy of one of our own badges: it was issued, and there is a newer one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from longleaf.awards import addresses
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.awards.verification import documents
from longleaf.engines.openbadges.report import Outcome, Report
from longleaf.kit import dates


def told_in(report: Report) -> Report:
    """The report, saying in its step on status that a newer copy exists, where we issued one."""
    award = _reissued_since(report.credential or {})
    if award is None:
        return report
    sentence = (
        f"The earner had it reissued on {dates.day(award.reissued_at)}: this copy is an older one. The newer is at"
        f" {addresses.badge(award.uuid)}, if the earner shows it."
    )
    steps = tuple(
        replace(step, reason=f"{step.reason} {sentence}")
        if step.step == "status" and step.outcome is Outcome.PASSED
        else step
        for step in report.steps
    )
    return replace(report, steps=steps)


def _reissued_since(credential: Mapping[str, Any]) -> Award | None:
    identifier = credential.get("id")
    own = documents.own_badge_at(identifier) if isinstance(identifier, str) else None
    if own is None:
        return None
    found = Award.objects.filter(uuid=own, status=AwardStatus.ISSUED, reissued_at__isnull=False).first()
    is_ours = found is not None and addresses.credential(found.uuid) == identifier
    return found if is_ours and found and found.credential != credential else None
