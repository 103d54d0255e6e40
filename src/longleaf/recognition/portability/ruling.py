"""Writing down what was ruled of a badge: one row, one move, one line of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from longleaf.recognition.models import ImportDecision, ImportedBadge, Precedent
from longleaf.recognition.portability.events import Event
from longleaf.recognition.portability.holding import move, told
from longleaf.recognition.portability.status import ImportStatus, Ruling

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

BECOMES = {
    Ruling.ASKED: (ImportStatus.ASKED, Event.ASKED),
    Ruling.ACCEPTED: (ImportStatus.ACCEPTED, Event.ACCEPTED),
    Ruling.REFUSED: (ImportStatus.REFUSED, Event.REFUSED),
}


def rule(
    held: ImportedBadge,
    ruling: Ruling,
    *,
    reason: str,
    organisation: Organisation,
    counts: Mapping[str, Any] | None = None,
    acting_person: Person | None = None,
    precedent: Precedent | None = None,
) -> ImportDecision:
    """Rule on a badge that is held. `counts` says as what an accepted one counts. Raises `WrongState`."""
    new, event = BECOMES[ruling]
    move(held, new)
    decision = ImportDecision.objects.create(
        imported=held,
        ruling=ruling,
        reason=reason,
        organisation=organisation,
        decided_by=acting_person,
        precedent=precedent,
        **(counts if counts and ruling == Ruling.ACCEPTED else {}),
    )
    held.ruling = decision if ruling != Ruling.ASKED else held.ruling
    held.save(update_fields=["status", "ruling"])
    told(event, held, acting_person, **_facts(decision))
    return decision


def _facts(decision: ImportDecision) -> dict[str, Any]:
    # The reason stays with the badge: the journal is read by more people than need it.
    return {
        "by": decision.organisation.code,
        "precedent": decision.precedent_id,
        "micro_credential": decision.micro_credential.slug if decision.micro_credential else None,
        "amount": str(decision.amount) if decision.amount is not None else None,
        "categories": decision.categories,
    }
