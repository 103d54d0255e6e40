"""The keys with which issuers sign: made, rotated, sealed anew, and the one that signs now.

`signer_for` gives the engine a `Signer` and never a private key; where that is and what signs with it is a matter of
`awards.keys.custody`. What happens when a key is in wrong hands is told in `awards.keys.compromises`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from longleaf.awards import access, addresses
from longleaf.awards.contents import moments
from longleaf.awards.errors import AlreadyHasKey, MayNotManageKeys, NoUsableKey
from longleaf.awards.events import Event
from longleaf.awards.keys import custody, sealing
from longleaf.awards.keys.custody import CannotSign, HeldKey
from longleaf.awards.models import IssuingKey
from longleaf.awards.status import KEY_MOVES, KeyStatus
from longleaf.engines.openbadges.errors import OpenBadgesError
from longleaf.engines.openbadges.keys import Signer, public_key_from_multikey
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@dataclass(frozen=True)
class IssuerSigner:
    """What signs for an issuer now: the engine's `Signer`, with the key behind it."""

    key: IssuingKey
    inner: Signer

    @property
    def verification_method(self) -> str:
        return self.inner.verification_method

    @property
    def algorithm(self) -> str:
        """By what tokens are signed with it (RFC 8037)."""
        return "EdDSA"

    @property
    def public_jwk(self) -> Mapping[str, Any]:
        """The public half as a JSON Web Key."""
        return public_key_from_multikey(self.key.public_multibase).jwk

    def sign(self, data: bytes) -> bytes:
        """The signature. Raises `NoUsableKey` when the custody cannot sign now, or signs with another key."""
        try:
            signature = self.inner.sign(data)
        except CannotSign as problem:
            raise NoUsableKey(_cannot_be_used(self.key, problem)) from None
        if self.key.custody != custody.SEALED:
            # A device may be set up with somebody else's key: nothing that does not verify leaves the house.
            _check(self.key, signature, data)
        return signature

    def moment(self, now: datetime) -> datetime:
        """When a proof by it says that it was made (`awards.contents.moments`)."""
        return moments.proof_moment(now, key_made=self.key.created_at)


@transaction.atomic
def create_key(*, organisation: Organisation, acting_person: Person | None) -> IssuingKey:
    """Give an issuer its first key. `acting_person` None is the system itself, when a state's pack is loaded.

    Raises `MayNotManageKeys`, and `AlreadyHasKey` when there is one that signs: `rotate` takes its place.
    """
    require_right(organisation, acting_person)
    if _locked_active(organisation) is not None:
        raise AlreadyHasKey(f"{organisation} already has a signing key. Rotate it to have a new one.")
    return write_key(organisation, acting_person)


@transaction.atomic
def ensure_key(*, organisation: Organisation, acting_person: Person | None) -> IssuingKey:
    """The key with which an issuer signs, made now where it has none. Raises `MayNotManageKeys`."""
    require_right(organisation, acting_person)
    return _locked_active(organisation) or write_key(organisation, acting_person)


@transaction.atomic
def rotate(*, organisation: Organisation, acting_person: Person | None) -> IssuingKey:
    """Give an issuer a new key and retire the one it has. What the old one signed stays verifiable.

    Raises `MayNotManageKeys`, and `NoUsableKey` when there is none to rotate.
    """
    require_right(organisation, acting_person)
    old = _locked_active(organisation)
    if old is None:
        raise NoUsableKey(f"{organisation} has no signing key yet. Create one first.")
    require_move(KEY_MOVES, KeyStatus(old.status), KeyStatus.RETIRED, what="The key")
    old.status, old.retired_at = KeyStatus.RETIRED, timezone.now()
    old.save(update_fields=["status", "retired_at"])
    note(Event.KEY_RETIRED, old, acting_person)
    return write_key(organisation, acting_person)


@transaction.atomic
def reseal(*, old_secret: str, new_secret: str) -> int:
    """Seal every key of our own custody under a new secret; returns how many. All of them, or none.

    Keys that open with the new secret already are left as they are, so it may be repeated. Raises `NoUsableKey` for a
    key that opens with neither.
    """
    changed = 0
    for key in IssuingKey.objects.select_for_update(of=("self",)).select_related("organisation").order_by("pk"):
        if key.custody == custody.SEALED and _is_sealed_anew(key, old_secret, new_secret):
            changed += 1
            note(Event.KEY_RESEALED, key, None)
    return changed


def signer_for(organisation: Organisation) -> IssuerSigner:
    """Whatever signs for an issuer now. Raises `NoUsableKey`, with the reason, when nothing can.

    The key's row is locked until the transaction ends, so that no badge is signed with a key that is being retired.
    """
    found = _locked_active(organisation)
    if found is None:
        raise NoUsableKey(f"{organisation} has no signing key. Create one and the badge will be signed.")
    held = HeldKey(found.public_multibase, bytes(found.handle))
    try:
        inner = custody.at(found.custody).signer(held, verification_method=method_of(found))
    except CannotSign as problem:
        raise NoUsableKey(_cannot_be_used(found, problem)) from None
    return IssuerSigner(found, inner)


def method_of(key: IssuingKey) -> str:
    """The name under which everybody finds the key: the issuer's did:web with the key as its fragment."""
    return f"{addresses.issuer_id(key.organisation)}#{key.public_multibase}"


def require_right(organisation: Organisation, acting_person: Person | None) -> None:
    """Raise `MayNotManageKeys` unless this person, or the system itself, may manage an issuer's keys."""
    if acting_person is not None and not access.may_manage_keys(acting_person, organisation):
        raise MayNotManageKeys


def write_key(organisation: Organisation, acting_person: Person | None) -> IssuingKey:
    """Have a key made for an issuer that has none in use. Raises `NoUsableKey` when the custody cannot."""
    try:
        held = custody.at(settings.KEY_CUSTODY).make()
    except CannotSign as problem:
        raise NoUsableKey(f"No signing key can be made for {organisation}. {problem}") from None
    key = IssuingKey.objects.create(
        organisation=organisation, public_multibase=held.public, handle=held.handle, custody=settings.KEY_CUSTODY
    )
    note(Event.KEY_CREATED, key, acting_person)
    return key


def note(event: Event, key: IssuingKey, acting_person: Person | None, **data: str) -> None:
    """Write to the journal what happened to a key."""
    record(
        event,
        actor=acting_person,
        subject=f"issuer:{key.organisation.slug}",
        data={"key": key.public_multibase, **data},
    )


def _locked_active(organisation: Organisation) -> IssuingKey | None:
    found = IssuingKey.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.filter(organisation=organisation, status=KeyStatus.ACTIVE).first()


def _is_sealed_anew(key: IssuingKey, old_secret: str, new_secret: str) -> bool:
    public = key.public_multibase
    try:
        sealing.open_sealed(bytes(key.handle), public=public, secret=new_secret)
    except sealing.CannotOpen:
        seed = _opened_by(key, old_secret)
    else:
        return False
    key.handle = sealing.seal(seed, public=public, secret=new_secret)
    key.save(update_fields=["handle"])
    return True


def _opened_by(key: IssuingKey, secret: str) -> bytes:
    try:
        return sealing.open_sealed(bytes(key.handle), public=key.public_multibase, secret=secret)
    except sealing.CannotOpen:
        raise NoUsableKey(
            f"The key {key.public_multibase} of {key.organisation} opens with neither the old nor the new secret, so"
            " none was changed. Find the secret it was sealed with."
        ) from None


def _check(key: IssuingKey, signature: bytes, data: bytes) -> None:
    try:
        public_key_from_multikey(key.public_multibase).check_ed25519(signature, data)
    except OpenBadgesError:
        raise NoUsableKey(_cannot_be_used(key, "What came back is not its signature.")) from None


def _cannot_be_used(key: IssuingKey, problem: object) -> str:
    return f"The signing key of {key.organisation} cannot be used. {problem}"
