"""When a private key is, or may be, in wrong hands: it is believed no more, and what it signed is signed anew.

A proof carries the time that its maker wrote into it, and whoever has the key writes what they like. So from the
moment that the issuer names, nothing the key signed is believed, whatever date it bears; and every badge and
endorsement that this installation has in its records is signed anew, once each, with the key that took its place.
Nobody's badge changes its address or what it says (docs/decisions/0039).

Locks are taken in this order: the compromised key, the award, the key that signs now, the status list.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.awards.contents import proofs
from longleaf.awards.errors import CompromiseNeedsReason, CompromiseNotPlausible
from longleaf.awards.events import Event
from longleaf.awards.issuing import subject_of
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, Endorsement, IssuingKey, StatusList
from longleaf.awards.status import KEY_MOVES, KeyStatus
from longleaf.engines.openbadges.proving import add_proof
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person

logger = logging.getLogger(__name__)

LONGEST_REASON = 2000
# One transaction signs so many: short enough that nobody waits long for the locks.
MOST_AT_ONCE = 50


@transaction.atomic
def report(*, key: IssuingKey, since: datetime, reason: str, acting_person: Person | None) -> IssuingKey:
    """Say that a key is not to be believed from a moment on. It cannot be taken back.

    A key in use is followed by a new one at once; a worker then signs anew what the old one signed (`sign_anew`).
    Raises `MayNotManageKeys`, `CompromiseNeedsReason`, `CompromiseNotPlausible` for a moment in the future or before
    the key was made, and `WrongState` for a key that was reported before.
    """
    locked = IssuingKey.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key.pk)
    signing_keys.require_right(locked.organisation, acting_person)
    before = KeyStatus(locked.status)
    require_move(KEY_MOVES, before, KeyStatus.COMPROMISED, what="The key")
    locked.compromise_reason = _checked_reason(reason)
    locked.status, locked.compromised_since = KeyStatus.COMPROMISED, _checked_moment(since, locked)
    locked.save(update_fields=["status", "compromised_since", "compromise_reason"])
    signing_keys.note(
        Event.KEY_COMPROMISED,
        locked,
        acting_person,
        since=locked.compromised_since.isoformat(timespec="seconds"),
        reason=locked.compromise_reason,
    )
    # Signed by the key or not: each is signed when it is next asked for, and then by a key that is believed. Reports
    # that were kept for a minute are about lists of before.
    StatusList.objects.filter(organisation=locked.organisation).update(credential=None, changed_at=timezone.now())
    if before == KeyStatus.ACTIVE:
        signing_keys.write_key(locked.organisation, acting_person)
    return locked


def sign_anew() -> int:
    """The chore: sign anew what compromised keys have signed, a batch a key; returns how many it did."""
    waiting = IssuingKey.objects.filter(status=KeyStatus.COMPROMISED, signed_anew_at__isnull=True)
    return sum(sign_batch_anew(key_id=key_id) for key_id in waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def sign_batch_anew(*, key_id: int, most: int = MOST_AT_ONCE) -> int:
    """Sign anew the next awards of a compromised key, with the last of them its endorsements; returns how many.

    Two at once take turns, and what one has signed the other leaves as it is.

    Raises `NoUsableKey` when nothing can sign for the issuer now; then nothing has changed.
    """
    key = IssuingKey.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key_id)
    if key.status != KeyStatus.COMPROMISED or key.signed_anew_at:
        return 0
    awards = Award.objects.filter(issuer=key.organisation, pk__gt=key.signed_anew_through)
    numbers = list(awards.order_by("pk").values_list("pk", flat=True)[:most])
    done = sum(_award_is_signed_anew(number, key) for number in numbers)
    key.signed_anew_through = max(numbers, default=key.signed_anew_through)
    if len(numbers) < most:
        done += _endorsements_signed_anew(key)
        key.signed_anew_at = timezone.now()
    key.save(update_fields=["signed_anew_through", "signed_anew_at"])
    return done


def made_with(credential: Mapping[str, Any] | None, key: IssuingKey) -> bool:
    """Whether a credential's proof is by this key."""
    method = signing_keys.method_of(key)
    return any(proof.get("verificationMethod") == method for proof in (credential or {}).get("proof", []))


def with_new_proof(credential: Mapping[str, Any], signer: signing_keys.IssuerSigner) -> dict[str, Any]:
    """The same credential with a proof by another key in the place of its proof."""
    unsigned = {name: value for name, value in credential.items() if name != "proof"}
    return add_proof(unsigned, signer=signer, created=signer.moment(timezone.now()))


def _award_is_signed_anew(number: int, key: IssuingKey) -> bool:
    locked = Award.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=number)
    if locked.credential is None or not made_with(locked.credential, key):
        return False
    signer = signing_keys.signer_for(locked.issuer)
    locked.credential = with_new_proof(locked.credential, signer)
    locked.save(update_fields=["credential"])
    record(
        Event.AWARD_SIGNED_ANEW,
        actor=None,
        subject=subject_of(locked),
        data=_told(locked.credential, signer, key),
    )
    return True


def _endorsements_signed_anew(key: IssuingKey) -> int:
    """All at once: an organisation states a few things, and awards many badges."""
    stated = Endorsement.objects.select_for_update().filter(endorser=key.organisation, credential__isnull=False)
    return sum(_endorsement_is_signed_anew(each, key) for each in stated.order_by("pk"))


def _endorsement_is_signed_anew(locked: Endorsement, key: IssuingKey) -> bool:
    if locked.credential is None or not made_with(locked.credential, key):
        return False
    signer = signing_keys.signer_for(key.organisation)
    locked.credential = with_new_proof(locked.credential, signer)
    locked.save(update_fields=["credential"])
    record(
        Event.ENDORSEMENT_SIGNED_ANEW,
        actor=None,
        subject=f"endorsement:{locked.uuid}",
        data=_told(locked.credential, signer, key),
    )
    return True


def _told(credential: Mapping[str, Any], signer: signing_keys.IssuerSigner, old: IssuingKey) -> dict[str, Any]:
    """What the journal says of what was signed anew."""
    return {
        "key": signer.verification_method,
        "instead_of": signing_keys.method_of(old),
        "proof": proofs.digest(credential),
    }


def _checked_reason(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        sentence = f"Say in at most {LONGEST_REASON} characters how it came to light. It is kept in the journal."
        raise CompromiseNeedsReason(sentence, fields={"reason": sentence})
    return said


def _checked_moment(since: datetime, key: IssuingKey) -> datetime:
    if since > timezone.now():
        sentence = "This is in the future. Give the first day on which somebody else may have had the key."
        raise CompromiseNotPlausible(sentence, fields={"since": sentence})
    if timezone.localdate(since) < timezone.localdate(key.created_at):
        made = timezone.localdate(key.created_at).isoformat()
        sentence = f"The key was made on {made}, so nobody can have had it before."
        raise CompromiseNotPlausible(sentence, fields={"since": sentence})
    return max(since, key.created_at)
