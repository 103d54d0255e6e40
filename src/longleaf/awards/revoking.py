"""Revoking a badge: the issuer takes it back, says why, and every verifier can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.awards import access, status_lists
from longleaf.awards.errors import MayNotRevoke, RevocationNeedsReason
from longleaf.awards.events import Event
from longleaf.awards.issuing import subject_of
from longleaf.awards.models import Award, StatusList
from longleaf.awards.status import AWARD_MOVES, AwardStatus
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_REASON = 2000


@transaction.atomic
def revoke(*, award: Award, reason: str, acting_person: Person) -> Award:
    """Revoke a badge, for a reason that everybody will read on its page. It cannot be undone; a new one can be awarded.

    Raises `MayNotRevoke`, `RevocationNeedsReason`, and `WrongState` for a badge that is not issued or already revoked.
    """
    locked = Award.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=award.pk)
    if not access.may_revoke(acting_person, locked):
        raise MayNotRevoke
    require_move(AWARD_MOVES, AwardStatus(locked.status), AwardStatus.REVOKED, what="This badge")
    locked.revocation_reason = _checked_reason(reason)
    locked.status, locked.revoked_at = AwardStatus.REVOKED, timezone.now()
    locked.save(update_fields=["revocation_reason", "status", "revoked_at"])
    _flip(locked)
    record(
        Event.AWARD_REVOKED,
        actor=acting_person,
        subject=subject_of(locked),
        data={"reason": locked.revocation_reason},
    )
    return locked


def _checked_reason(reason: str) -> str:
    said = reason.strip()
    if not said:
        sentence = "Say why the badge is revoked. Whoever looks at it will read your reason."
        raise RevocationNeedsReason(sentence, fields={"reason": sentence})
    if len(said) > LONGEST_REASON:
        sentence = f"The reason has {len(said)} characters. Say it in {LONGEST_REASON}."
        raise RevocationNeedsReason(sentence, fields={"reason": sentence})
    return said


def _flip(locked: Award) -> None:
    """Set the badge's bit. The key comes first, as in issuing, so that the two never wait for one another."""
    assert locked.status_list_id is not None, "the database keeps that an issued badge has a place in a list"
    signer = status_lists.signer_or_none(locked.issuer)
    found = StatusList.objects.select_for_update(of=("self",)).select_related("organisation")
    status_lists.renew(status_list=found.get(pk=locked.status_list_id), signer=signer)
