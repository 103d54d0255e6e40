"""What only this installation knows of a copy of one of its own badges: its journal, its reasons, its newer copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from longleaf.awards import addresses
from longleaf.awards.contents import proofs
from longleaf.awards.events import Event
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.awards.verification import documents
from longleaf.engines.openbadges.report import Outcome, Report, Step
from longleaf.journal import queries as journal
from longleaf.kit import dates

# The lines that are written with a signature, in one transaction.
SIGNED = (
    Event.AWARD_ISSUED,
    Event.AWARD_REISSUED,
    Event.AWARD_SIGNED_ANEW,
    Event.ENDORSEMENT_SIGNED,
    Event.ENDORSEMENT_SIGNED_ANEW,
)


def issued_at(credential: Mapping[str, Any]) -> datetime | None:
    """When the journal says that this very copy was signed here, or None where it knows of no such copy.

    Asked only of a copy whose proof fits and whose key was withdrawn; the lines of one subject are found by an index.
    """
    subject, digest = _subject_of(credential), proofs.digest(credential)
    if subject is None or digest is None:
        return None
    lines = journal.lines_about(subject).filter(event__in=SIGNED)
    return next((timezone.localtime(line.at) for line in lines if line.data.get("proof") == digest), None)


def told_in(report: Report) -> Report:
    """The report with what the engine cannot know: why a badge was revoked, and where there is a newer copy of it."""
    award = _award_of(report.credential or {})
    if award is None:
        return report
    said: dict[tuple[str, Outcome], str] = {**_on_newer_copy(award, report.credential or {}), **_on_revocation(award)}

    def told(step: Step) -> Step:
        sentence = said.get((step.step, step.outcome))
        return replace(step, reason=f"{step.reason} {sentence}") if sentence else step

    return replace(report, steps=tuple(told(step) for step in report.steps))


def _on_revocation(award: Award) -> dict[tuple[str, Outcome], str]:
    reason = award.revocation_reason
    return {("status", Outcome.FAILED): f"The issuer's reason: {reason}"} if reason else {}


def _on_newer_copy(award: Award, credential: Mapping[str, Any]) -> dict[tuple[str, Outcome], str]:
    said = dict[tuple[str, Outcome], str]()
    if _differs_in_proof_only(award, credential):
        sentence = (
            f"The issuer has signed this very badge anew: the copy that is good is at {addresses.badge(award.uuid)}."
        )
        said |= {("issuer", outcome): sentence for outcome in (Outcome.FAILED, Outcome.PASSED)}
    if award.status == AwardStatus.ISSUED and award.reissued_at and award.credential != credential:
        said["status", Outcome.PASSED] = (
            f"The earner had it reissued on {dates.day(award.reissued_at)}: this copy is an older one. The newer is at"
            f" {addresses.badge(award.uuid)}, if the earner shows it."
        )
    return said


def _differs_in_proof_only(award: Award, credential: Mapping[str, Any]) -> bool:
    ours, theirs = dict(award.credential or {}), dict(credential)
    return ours.pop("proof", None) != theirs.pop("proof", None) and ours == theirs


def _award_of(credential: Mapping[str, Any]) -> Award | None:
    """The award of ours that a credential says it is."""
    identifier = credential.get("id")
    own = documents.own_badge_at(identifier) if isinstance(identifier, str) else None
    found = Award.objects.filter(uuid=own).first() if own else None
    return found if found and addresses.credential(found.uuid) == identifier else None


def _subject_of(credential: Mapping[str, Any]) -> str | None:
    """How the journal names what a credential says it is, where that could be of ours."""
    identifier = credential.get("id")
    if not isinstance(identifier, str):
        return None
    if own := documents.own_badge_at(identifier):
        return f"award:{own}"
    stated = documents.own_endorsement_at(identifier)
    return f"endorsement:{stated}" if stated else None
