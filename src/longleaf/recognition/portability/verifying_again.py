"""The verb that verifies a badge once more: what its issuer withdrew meanwhile counts no more, and it is seen why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.engines.openbadges.report import Outcome
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.portability import access
from longleaf.recognition.portability.bringing import findings
from longleaf.recognition.portability.errors import NoSuchImport
from longleaf.recognition.portability.events import Event
from longleaf.recognition.portability.holding import move, told
from longleaf.recognition.portability.status import IMPORT_MOVES, ImportStatus

if TYPE_CHECKING:
    from longleaf.awards.verification.visiting import Examined
    from longleaf.directory.models import Person
    from longleaf.engines.openbadges.report import Report


@transaction.atomic
def note_verification(*, imported: ImportedBadge, examined: Examined, acting_person: Person | None) -> ImportedBadge:
    """Keep what a new verification of the same bytes found. `acting_person` None means that the system looked.

    A badge that its issuer has withdrawn moves to `revoked` and stops counting; a web site that does not answer changes
    nothing but the report. Raises `NoSuchImport` for whoever may not see it.
    """
    found = ImportedBadge.objects.select_for_update(of=("self",)).select_related("person").get(pk=imported.pk)
    if acting_person is not None and not may_verify(acting_person, found):
        raise NoSuchImport
    before = found.verdict
    for name, value in findings(examined.report).items():
        setattr(found, name, value)
    found.save(update_fields=list(findings(examined.report)))
    if found.verdict != before:
        told(Event.VERIFIED_AGAIN, found, acting_person, verdict=found.verdict, before=before)
    withdrawn = _is_withdrawn(examined.report)
    if withdrawn and ImportStatus.REVOKED in IMPORT_MOVES[ImportStatus(found.status)]:
        move(found, ImportStatus.REVOKED)
        found.withdrawn_at = timezone.now()
        found.save(update_fields=["status", "withdrawn_at"])
        told(Event.REVOKED, found, acting_person)
    return found


def may_verify(person: Person, imported: ImportedBadge) -> bool:
    """Whoever may see it may have it verified."""
    return imported.person_id == person.pk or access.imports_seen_by(person).filter(pk=imported.pk).exists()


def _is_withdrawn(report: Report) -> bool:
    return any(step.step == "status" and step.outcome is Outcome.FAILED for step in report.steps)
