"""Status lists: giving out places, and the signed list as it is served until a bit changes."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from longleaf.awards import addresses
from longleaf.awards.contents import moments
from longleaf.awards.errors import NoUsableKey
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import StatusList
from longleaf.awards.models.status_list import LIST_LENGTH
from longleaf.awards.scattering import scattered
from longleaf.awards.status import AwardStatus, EndorsementStatus
from longleaf.engines.openbadges import status, tokens
from longleaf.engines.openbadges.keys import Signer
from longleaf.engines.openbadges.proving import add_proof

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

logger = logging.getLogger(__name__)

# Tokens are asked for by few; a key store need not sign the same one again for each of them.
SECONDS_KEPT = 300


@dataclass(frozen=True)
class Place:
    """A place in a list, given to one badge for ever."""

    status_list: StatusList
    index: int

    @property
    def entry(self) -> status.StatusEntry:
        return status.StatusEntry(list_url=addresses.status_list(self.status_list.uuid), index=self.index)


def allot(*, organisation: Organisation) -> Place:
    """Give out the next place in an issuer's list, in the transaction that writes the badge (see `allot_many`)."""
    (place,) = allot_many(organisation=organisation, count=1)
    return place


def allot_many(*, organisation: Organisation, count: int) -> list[Place]:
    """Give out the next places in an issuer's list; a full list is followed by a new one.

    Belongs into a transaction that holds the issuer's key (`signing_keys.signer_for`), so that two at once cannot both
    begin a list. A place that is given out and then not used is lost, which harms nobody: its bit is never set.
    """
    places: list[Place] = []
    while len(places) < count:
        found = _list_with_room(organisation)
        first, last = found.next_slot, min(found.next_slot + count - len(places), LIST_LENGTH)
        found.next_slot = last
        found.save(update_fields=["next_slot"])
        seed = bytes(found.scatter_seed)
        places += [Place(found, scattered(slot, seed=seed, length=LIST_LENGTH)) for slot in range(first, last)]
    return places


def _list_with_room(organisation: Organisation) -> StatusList:
    found = (
        StatusList.objects.select_for_update()
        .filter(organisation=organisation, purpose=status.REVOCATION, next_slot__lt=LIST_LENGTH)
        .order_by("pk")
        .first()
    )
    return found or StatusList.objects.create(organisation=organisation, purpose=status.REVOCATION)


def renew(*, status_list: StatusList, signer: Signer | None) -> StatusList:
    """Write the list anew after a badge in it changed. Without a signer it is signed when it is next asked for."""
    status_list.changed_at = timezone.now()
    status_list.credential = _signed_or_none(status_list, signer)
    status_list.save(update_fields=["changed_at", "credential"])
    return status_list


@transaction.atomic
def current(*, status_list: StatusList) -> dict[str, Any]:
    """The signed list as it stands now. Raises `NoUsableKey` when it has changed and cannot be signed."""
    if status_list.credential is not None:
        return dict(status_list.credential)
    signer = signing_keys.signer_for(status_list.organisation)
    locked = StatusList.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=status_list.pk)
    if locked.credential is None:
        locked.credential = _signed(locked, signer)
        locked.save(update_fields=["credential"])
    return dict(locked.credential)


@transaction.atomic
def current_token(*, status_list: StatusList) -> str:
    """The list as it stands now, signed as a token (VC-JWT) by the key in use. Raises `NoUsableKey`.

    The same list gives the same token: Ed25519 draws no random numbers.
    """
    listed = current(status_list=status_list)
    proof = listed.pop("proof")[0]["proofValue"]
    kept: str | None = cache.get(name := f"awards:list-token:{status_list.uuid}:{proof[-16:]}")
    if kept is None:
        kept = tokens.signed(listed, signer=signing_keys.signer_for(status_list.organisation))
        cache.set(name, kept, SECONDS_KEPT)
    return kept


def signer_or_none(organisation: Organisation) -> Signer | None:
    """The issuer's signer; None, and a line in the log, when nothing can sign now."""
    try:
        return signing_keys.signer_for(organisation)
    except NoUsableKey as problem:
        logger.warning("A status list waits for its signature: %s", problem)
        return None


def _signed_or_none(status_list: StatusList, signer: Signer | None) -> dict[str, Any] | None:
    """A key that cannot sign for the moment must keep nobody from withdrawing what should be withdrawn."""
    try:
        return _signed(status_list, signer) if signer else None
    except NoUsableKey as problem:
        logger.warning("A status list waits for its signature: %s", problem)
        return None


def _signed(status_list: StatusList, signer: Signer) -> dict[str, Any]:
    revoked = status_list.awards.filter(status=AwardStatus.REVOKED).values_list("status_index", flat=True)
    ended = status_list.endorsements.filter(status=EndorsementStatus.ENDED).values_list("status_index", flat=True)
    document = status.status_list_credential(
        url=addresses.status_list(status_list.uuid),
        issuer=addresses.issuer_id(status_list.organisation),
        unpacked=status.bits([index for index in (*revoked, *ended) if index is not None], entries=LIST_LENGTH),
        purpose=status_list.purpose,
        valid_from=moments.day_began(status_list.changed_at),
    )
    return add_proof(document, signer=signer, created=timezone.now())
