"""The verbs by which a school unit adopts micro-credentials for its educators, and the reads of what it adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.catalog import queries as catalog
from longleaf.journal.recording import record
from longleaf.kit.errors import WrongState
from longleaf.recognition import access
from longleaf.recognition.errors import NotYoursToRecord, UnusableAdoption
from longleaf.recognition.events import Event
from longleaf.recognition.models import Adoption

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Organisation, Person

LONGEST_NOTE = 300
NOT_YOURS = "Only a professional learning officer of this school unit says what it adopts."


@transaction.atomic
def adopt(
    *, organisation: Organisation, micro_credential: MicroCredential, note: str, acting_person: Person
) -> Adoption:
    """Put a micro-credential before the educators of a school unit; adopted again, its note is brought up to date.

    Raises `NotYoursToRecord`, and `UnusableAdoption` for what is offered no more or a note that is too long.
    """
    if not access.may_set_values(acting_person, organisation):
        raise NotYoursToRecord(NOT_YOURS)
    if not catalog.offered().filter(micro_credential=micro_credential).exists():
        sentence = "This micro-credential is not offered now. Choose one that is listed."
        raise UnusableAdoption(sentence, fields={"micro_credential": sentence})
    if len(note.strip()) > LONGEST_NOTE:
        sentence = f"Say it in at most {LONGEST_NOTE} characters."
        raise UnusableAdoption(sentence, fields={"note": sentence})
    adoption, is_new = Adoption.objects.select_for_update().get_or_create(
        organisation=organisation,
        micro_credential=micro_credential,
        ended_on=None,
        defaults={"note": note.strip(), "adopted_on": timezone.localdate(), "adopted_by": acting_person},
    )
    if not is_new and adoption.note == note.strip():
        return adoption
    adoption.note = note.strip()
    adoption.save(update_fields=["note"])
    data = {"micro_credential": micro_credential.slug, "note": adoption.note}
    record(Event.ADOPTED, actor=acting_person, subject=f"organisation:{organisation.code}", data=data)
    return adoption


@transaction.atomic
def let_go(*, adoption: Adoption, acting_person: Person) -> Adoption:
    """End an adoption. What was earned keeps its worth. Raises `NotYoursToRecord`, and `WrongState` once it ended."""
    held = Adoption.objects.select_for_update(of=("self",)).select_related("organisation", "micro_credential")
    found = held.get(pk=adoption.pk)
    if not access.may_set_values(acting_person, found.organisation):
        raise NotYoursToRecord(NOT_YOURS)
    if found.ended_on is not None:
        raise WrongState("It is on the list no more. Reload the page.")
    found.ended_on = timezone.localdate()
    found.save(update_fields=["ended_on"])
    data = {"micro_credential": found.micro_credential.slug}
    record(Event.ADOPTION_ENDED, actor=acting_person, subject=f"organisation:{found.organisation.code}", data=data)
    return found


def adopted_for(organisation: Organisation | None) -> list[Adoption]:
    """What a school unit has adopted and is still offered, by title; one query, none without a unit."""
    if organisation is None:
        return []
    found = Adoption.objects.filter(organisation=organisation, ended_on=None, micro_credential__current__isnull=False)
    related = found.select_related(
        "organisation", "adopted_by", "micro_credential__current", "micro_credential__issuer"
    )
    heavy = [f"micro_credential__current__{name}" for name in ("document", "search_text")]
    return list(related.defer(*heavy).order_by("micro_credential__current__title", "pk"))


def adoption_of(micro_credential_id: int, *, by: Organisation | None) -> Adoption | None:
    """That a school unit has adopted a micro-credential, or None."""
    if by is None:
        return None
    found = Adoption.objects.filter(organisation=by, micro_credential=micro_credential_id, ended_on=None)
    return found.select_related("organisation").first()
