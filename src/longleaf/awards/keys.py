"""The keys with which issuers sign: made, rotated, and kept where only this installation can use them.

`signer_for` is the one place that knows where a private key is. It gives the engine a `Signer`; a hardware module or a
cloud service that signs by itself can stand behind it without anything else changing.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from longleaf.awards import access, addresses, sealing
from longleaf.awards.errors import AlreadyHasKey, MayNotManageKeys, NoUsableKey
from longleaf.awards.events import Event
from longleaf.awards.models import IssuingKey
from longleaf.awards.status import KEY_MOVES, KeyStatus
from longleaf.engines.openbadges.keys import LocalSigner, Signer
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

SEED_BYTES = 32


@transaction.atomic
def create_key(*, organisation: Organisation, acting_person: Person | None) -> IssuingKey:
    """Give an issuer its first key. `acting_person` None is the system itself, when a state's pack is loaded.

    Raises `MayNotManageKeys`, and `AlreadyHasKey` when there is one that signs: `rotate` takes its place.
    """
    _require_right(organisation, acting_person)
    if IssuingKey.objects.select_for_update().filter(organisation=organisation, status=KeyStatus.ACTIVE).exists():
        raise AlreadyHasKey(f"{organisation} already has a signing key. Rotate it to have a new one.")
    return _write_key(organisation, acting_person)


@transaction.atomic
def rotate(*, organisation: Organisation, acting_person: Person | None) -> IssuingKey:
    """Give an issuer a new key and retire the one it has. What the old one signed stays verifiable.

    Raises `MayNotManageKeys`, and `NoUsableKey` when there is none to rotate.
    """
    _require_right(organisation, acting_person)
    old = IssuingKey.objects.select_for_update().filter(organisation=organisation, status=KeyStatus.ACTIVE).first()
    if old is None:
        raise NoUsableKey(f"{organisation} has no signing key yet. Create one first.")
    require_move(KEY_MOVES, KeyStatus(old.status), KeyStatus.RETIRED, what="The key")
    old.status, old.retired_at = KeyStatus.RETIRED, timezone.now()
    old.save(update_fields=["status", "retired_at"])
    record(
        Event.KEY_RETIRED,
        actor=acting_person,
        subject=f"issuer:{organisation.slug}",
        data={"key": old.public_multibase},
    )
    return _write_key(organisation, acting_person)


def signer_for(organisation: Organisation) -> Signer:
    """Whatever signs for an issuer now. Raises `NoUsableKey`, with the reason, when nothing can.

    The key's row is locked until the transaction ends, so that no badge is signed with a key that is being retired.
    """
    found = IssuingKey.objects.select_for_update().filter(organisation=organisation, status=KeyStatus.ACTIVE).first()
    if found is None:
        raise NoUsableKey(f"{organisation} has no signing key. Create one and the badge will be signed.")
    try:
        seed = sealing.open_sealed(
            bytes(found.private_encrypted), public=found.public_multibase, secret=settings.KEY_ENCRYPTION_SECRET
        )
    except sealing.CannotOpen as problem:
        raise NoUsableKey(
            f"The signing key of {organisation} cannot be used. {problem} Set LONGLEAF_KEY_ENCRYPTION_SECRET to the"
            " secret it was made with."
        ) from None
    name = f"{addresses.issuer_id(organisation)}#{found.public_multibase}"
    return LocalSigner.from_seed(seed, verification_method=name)


def _require_right(organisation: Organisation, acting_person: Person | None) -> None:
    if acting_person is not None and not access.may_manage_keys(acting_person, organisation):
        raise MayNotManageKeys


def _write_key(organisation: Organisation, acting_person: Person | None) -> IssuingKey:
    seed = secrets.token_bytes(SEED_BYTES)
    public = LocalSigner.from_seed(seed).multikey
    key = IssuingKey.objects.create(
        organisation=organisation,
        public_multibase=public,
        private_encrypted=sealing.seal(seed, public=public, secret=settings.KEY_ENCRYPTION_SECRET),
    )
    record(Event.KEY_CREATED, actor=acting_person, subject=f"issuer:{organisation.slug}", data={"key": public})
    return key
