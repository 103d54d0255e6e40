"""Issuing badges, exactly once per occasion.

An award is first written as queued; with a usable key of its issuer it is signed in the same transaction, otherwise a
worker signs it later (`awards.tasks`). The database keeps `occasion` unique, a signature is written only into a row
that is locked and still queued, and the index in the status list comes with it: so whoever asks, however often, in
however many processes, one occasion ends in one award with one credential.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from longleaf.awards import status_lists
from longleaf.awards.contents import credentials, proofs
from longleaf.awards.contents.finding import check_finding
from longleaf.awards.errors import NoUsableKey
from longleaf.awards.events import Event
from longleaf.awards.keys import signing_keys
from longleaf.awards.keys.signing_keys import IssuerSigner
from longleaf.awards.models import Award
from longleaf.awards.status import AWARD_MOVES, AwardStatus
from longleaf.engines.openbadges.proving import add_proof
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person

logger = logging.getLogger(__name__)

# Long enough for the slowest signature, short enough that nobody waits long for a worker that died.
LEASE = timedelta(minutes=2)


@transaction.atomic
def award(
    *,
    occasion: str,
    earner: Person,
    version: Version,
    finding: Mapping[str, Any],
    evidence: Sequence[Mapping[str, str]] = (),
    earned_at: datetime,
    acting_person: Person | None,
) -> Award:
    """Award a version to an earner on an occasion such as `attempt:ATT-7K3M-9QPD`, and sign the badge.

    Asked again for the same occasion it changes nothing and returns what was awarded. `finding` tells how it was judged
    (`awards.contents.finding` describes its shape); `evidence` holds only what the earner lets the badge tell of, each
    a mapping with `name` and, as wanted, `url`, `narrative`, `description`, `genre`. Without a usable key the award
    stays queued.

    Whether the earner deserves it was decided by the floor that calls; no page leads here. Raises `MalformedFinding`.
    """
    found, is_new = _written_once(occasion, earner, version, finding, evidence, earned_at)
    signed = sign(award=found, acting_person=acting_person)
    if is_new and signed.status == AwardStatus.QUEUED:
        _record_queued(signed, acting_person)
    return signed


@transaction.atomic
def queue_award(
    *,
    occasion: str,
    earner: Person,
    version: Version,
    finding: Mapping[str, Any],
    evidence: Sequence[Mapping[str, str]] = (),
    earned_at: datetime,
    acting_person: Person | None,
) -> Award:
    """Write an award that a worker will sign. What was already awarded on the occasion is returned as it is."""
    found, is_new = _written_once(occasion, earner, version, finding, evidence, earned_at)
    if is_new:
        _record_queued(found, acting_person)
    return found


def claim_queued() -> Award | None:
    """Lease one award that waits for its signature, or None when none does.

    The lease is taken by a conditional update, so two workers never get the same award; when a worker dies, its award
    can be claimed again as soon as the lease has run out.
    """
    now = timezone.now()
    free = Q(status=AwardStatus.QUEUED) & (Q(leased_until__isnull=True) | Q(leased_until__lt=now))
    for key in Award.objects.filter(free).order_by("pk").values_list("pk", flat=True)[:50]:
        if Award.objects.filter(free, pk=key).update(leased_until=now + LEASE):
            return Award.objects.get(pk=key)
    return None


@transaction.atomic
def sign(*, award: Award, acting_person: Person | None = None) -> Award:
    """Sign an award that is queued. One that is signed is returned as it is; without a usable key it stays queued."""
    locked = Award.objects.select_for_update(of=("self",)).select_related(*credentials.NEEDED).get(pk=award.pk)
    if locked.status != AwardStatus.QUEUED:
        return locked
    require_move(AWARD_MOVES, AwardStatus(locked.status), AwardStatus.ISSUED, what="The badge")
    try:
        signer = signing_keys.signer_for(locked.issuer)
        _write_credential(locked, signer)
    except NoUsableKey as problem:
        logger.warning("The award %s waits for its signature: %s", locked.uuid, problem)
        return locked
    record(
        Event.AWARD_ISSUED,
        actor=acting_person,
        subject=subject_of(locked),
        data=told(locked, signer),
    )
    return locked


def subject_of(award: Award) -> str:
    """How the journal names an award."""
    return f"award:{award.uuid}"


def told(award: Award, signer: IssuerSigner) -> dict[str, Any]:
    """What the journal says of a badge that was signed."""
    signed = {"key": signer.verification_method, "proof": proofs.digest(award.credential or {})}
    return {**_told(award), **signed, "issuer": award.issuer.slug}


def _written_once(
    occasion: str,
    earner: Person,
    version: Version,
    finding: Mapping[str, Any],
    evidence: Sequence[Mapping[str, str]],
    earned_at: datetime,
) -> tuple[Award, bool]:
    """The award of this occasion, and whether it was written just now. Two at once get the same row."""
    check_finding(finding, version=version)
    return Award.objects.get_or_create(
        occasion=occasion,
        defaults={
            "earner": earner,
            "earner_name": earner.name,
            "version": version,
            "issuer": version.micro_credential.issuer,
            "finding": dict(finding),
            "evidence": [dict(piece) for piece in evidence],
            "earned_at": earned_at,
        },
    )


def _write_credential(locked: Award, signer: IssuerSigner) -> None:
    place = status_lists.allot(organisation=locked.issuer)
    now = timezone.now()
    document = credentials.unsigned_credential(locked, place=place)
    locked.credential = add_proof(document, signer=signer, created=signer.moment(now))
    locked.status, locked.issued_at, locked.leased_until = AwardStatus.ISSUED, now, None
    locked.status_list, locked.status_index = place.status_list, place.index
    locked.save(update_fields=["credential", "status", "issued_at", "leased_until", "status_list", "status_index"])


def _record_queued(award: Award, acting_person: Person | None) -> None:
    record(Event.AWARD_QUEUED, actor=acting_person, subject=subject_of(award), data=_told(award))


def _told(award: Award) -> dict[str, str]:
    return {"occasion": award.occasion, "earner": award.earner.ref, "version": str(award.version.uuid)}
