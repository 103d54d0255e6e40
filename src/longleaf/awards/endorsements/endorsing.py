"""Endorsements: the state's decisions as signed statements, made once per decision and withdrawn with it.

`quality` decides and asks here; whether it may was asked there. An endorsement is written as queued and signed in the
same transaction where its endorser has a key that signs, otherwise by a worker. Withdrawing flips its bit in the
endorser's status list; where the end lies ahead, a worker does so on the day.

Locks are taken in the order of `awards.issuing`: the endorsement, the key, the status list.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from longleaf.awards import addresses, status_lists
from longleaf.awards.contents import achievements, proofs
from longleaf.awards.errors import NoUsableKey
from longleaf.awards.events import Event
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Endorsement, StatusList
from longleaf.awards.status import ENDORSEMENT_MOVES, EndorsementStatus
from longleaf.awards.status_lists import Place
from longleaf.engines.openbadges import endorsing
from longleaf.engines.openbadges.proving import add_proof
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person

logger = logging.getLogger(__name__)


@transaction.atomic
def endorse(
    *,
    occasion: str,
    endorser: Organisation,
    name: str,
    comment: str,
    valid_from: datetime,
    valid_until: datetime | None,
    acting_person: Person | None,
    version: Version | None = None,
    organisation: Organisation | None = None,
) -> Endorsement:
    """State something of a version or of an organisation (exactly one of the two), and sign it.

    Asked again on the same occasion it changes nothing and returns what was stated; only where its words were mended
    is it signed anew, at the same address. Without a usable key it stays queued.
    """
    found, is_new = Endorsement.objects.get_or_create(
        occasion=occasion,
        defaults={
            "endorser": endorser,
            "version": version,
            "organisation": organisation,
            "name": name,
            "comment": comment,
            "valid_from": valid_from,
            "valid_until": valid_until,
        },
    )
    if is_new:
        _record(Event.ENDORSEMENT_STATED, found, acting_person, occasion=occasion, about=subject_id(found))
    elif found.comment != comment and found.status != EndorsementStatus.ENDED:
        _mend(found, comment, acting_person)
    return sign(endorsement=found, acting_person=acting_person)


@transaction.atomic
def end(*, occasion: str, at: datetime, reason: str, acting_person: Person | None) -> Endorsement | None:
    """Withdraw what was stated on an occasion, from a moment on, which may lie ahead; None where nothing was.

    The earliest end that was ever given holds, and asking again changes nothing.
    """
    found = _locked().filter(occasion=occasion).first()
    if found is None:
        return None
    if found.ends_at is None or at < found.ends_at:
        found.ends_at, found.end_reason = at, reason
        found.save(update_fields=["ends_at", "end_reason"])
        _record(Event.ENDORSEMENT_TO_END, found, acting_person, at=at.isoformat(timespec="seconds"), reason=reason)
    return _ended_if_due(found, acting_person)


@transaction.atomic
def sign(*, endorsement: Endorsement, acting_person: Person | None = None) -> Endorsement:
    """Sign an endorsement that is queued; any other is returned as it is. Without a usable key it stays queued."""
    locked = _locked().get(pk=endorsement.pk)
    if locked.status != EndorsementStatus.QUEUED:
        return locked
    require_move(ENDORSEMENT_MOVES, EndorsementStatus.QUEUED, EndorsementStatus.ISSUED, what="The endorsement")
    try:
        signer = signing_keys.signer_for(locked.endorser)
        _write_credential(locked, signer)
    except NoUsableKey as problem:
        logger.warning("The endorsement %s waits for its signature: %s", locked.uuid, problem)
        return locked
    proof = proofs.digest(locked.credential or {})
    _record(Event.ENDORSEMENT_SIGNED, locked, acting_person, key=signer.verification_method, proof=proof)
    return _ended_if_due(locked, acting_person)


@transaction.atomic
def end_due(*, endorsement: Endorsement) -> Endorsement:
    """Withdraw an endorsement whose end has come; any other is returned as it is."""
    return _ended_if_due(_locked().get(pk=endorsement.pk), None)


def subject_id(endorsement: Endorsement) -> str:
    """The id of what is endorsed, as badges carry it."""
    if endorsement.version:
        return addresses.achievement(endorsement.version)
    assert endorsement.organisation is not None, "the database keeps that there is exactly one subject"
    return addresses.issuer_id(endorsement.organisation)


def unsigned_credential(endorsement: Endorsement, *, place: Place) -> dict[str, Any]:
    """The EndorsementCredential without its proof."""
    return endorsing.endorsement_credential(
        endorsing.Endorsement(
            id=addresses.endorsement(endorsement.uuid),
            name=endorsement.name,
            issuer=achievements.issuer_of(endorsement.endorser),
            subject=subject_id(endorsement),
            comment=endorsement.comment,
            valid_from=endorsement.valid_from,
            valid_until=endorsement.valid_until,
            status=place.entry,
            names_schema=True,
        )
    )


def _write_credential(locked: Endorsement, signer: signing_keys.IssuerSigner) -> None:
    """Sign it at its place in the list, which it keeps when its words are mended."""
    place = _place_of(locked)
    now = timezone.now()
    locked.credential = add_proof(unsigned_credential(locked, place=place), signer=signer, created=signer.moment(now))
    locked.status, locked.issued_at = EndorsementStatus.ISSUED, locked.issued_at or now
    locked.status_list, locked.status_index = place.status_list, place.index
    locked.save(update_fields=["credential", "status", "issued_at", "status_list", "status_index"])


def _place_of(locked: Endorsement) -> Place:
    if locked.status_list is not None and locked.status_index is not None:
        return Place(locked.status_list, locked.status_index)
    return status_lists.allot(organisation=locked.endorser)


def _mend(found: Endorsement, comment: str, acting_person: Person | None) -> None:
    """Write other words under the same statement. What it is about, and for how long, never changes."""
    locked = _locked().get(pk=found.pk)
    locked.comment = comment
    if locked.status == EndorsementStatus.ISSUED:
        require_move(ENDORSEMENT_MOVES, EndorsementStatus.ISSUED, EndorsementStatus.QUEUED, what="The endorsement")
        locked.status, locked.credential = EndorsementStatus.QUEUED, None
    locked.save(update_fields=["comment", "status", "credential"])
    _record(Event.ENDORSEMENT_MENDED, locked, acting_person, comment=comment)


def _ended_if_due(locked: Endorsement, acting_person: Person | None) -> Endorsement:
    is_due = locked.ends_at is not None and locked.ends_at <= timezone.now()
    if locked.status != EndorsementStatus.ISSUED or not is_due:
        return locked
    require_move(ENDORSEMENT_MOVES, EndorsementStatus.ISSUED, EndorsementStatus.ENDED, what="The endorsement")
    locked.status = EndorsementStatus.ENDED
    locked.save(update_fields=["status"])
    _flip(locked)
    _record(Event.ENDORSEMENT_ENDED, locked, acting_person, reason=locked.end_reason)
    return locked


def _flip(locked: Endorsement) -> None:
    """Set its bit. The key comes first, as in issuing, so that the two never wait for one another."""
    assert locked.status_list_id is not None, "the database keeps that what is signed has a place in a list"
    signer = status_lists.signer_or_none(locked.endorser)
    found = StatusList.objects.select_for_update(of=("self",)).select_related("organisation")
    status_lists.renew(status_list=found.get(pk=locked.status_list_id), signer=signer)


def _locked() -> QuerySet[Endorsement]:
    return Endorsement.objects.select_for_update(of=("self",)).select_related(
        "endorser", "organisation", "version__micro_credential__issuer", "status_list"
    )


def _record(event: Event, endorsement: Endorsement, acting_person: Person | None, **data: str | None) -> None:
    record(event, actor=acting_person, subject=f"endorsement:{endorsement.uuid}", data=data)
