"""Background work: signing what waits for it, and awarding lists of people (see `longleaf.kit.working`)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from django.utils import timezone

from longleaf.awards import issuing
from longleaf.awards.bulk import working as working_in_bulk
from longleaf.awards.endorsements import endorsing
from longleaf.awards.keys import compromises
from longleaf.awards.models import Award, Endorsement
from longleaf.awards.status import AwardStatus, EndorsementStatus

logger = logging.getLogger(__name__)

# One round gives the worker's other chores their turn.
MOST_IN_A_ROUND = 50
MOST_CLAIMS_IN_A_ROUND = 5


def sign_queued_awards() -> int:
    """Claim awards that wait for their signature one after another, sign them, and return how many were signed."""
    return sum(_is_signed(award) for award in _claimed())


def keep_endorsements() -> int:
    """Sign endorsements that wait for it, withdraw those whose end has come; returns how many of either."""
    queued = Endorsement.objects.filter(status=EndorsementStatus.QUEUED).order_by("pk")[:MOST_IN_A_ROUND]
    done = sum(_is_moved(each, endorsing.sign) for each in queued)
    due = Endorsement.objects.filter(status=EndorsementStatus.ISSUED, ends_at__lte=timezone.now()).order_by("pk")
    return done + sum(_is_moved(each, endorsing.end_due) for each in due[:MOST_IN_A_ROUND])


def sign_anew_after_compromise() -> int:
    """Sign anew what compromised keys have signed, batch by batch; returns how many were signed."""
    return compromises.sign_anew()


def award_listed_people() -> int:
    """Claim rows of confirmed lists, award them, and return how many badges were issued.

    What fails is left to its lease: the rows are claimed again when it has run out. A list that has to wait, because
    its issuer has no usable key, does not hold up the others.
    """
    issued, waiting = 0, set[int]()
    for _ in range(MOST_CLAIMS_IN_A_ROUND):
        claim = working_in_bulk.claim(without=waiting)
        if claim is None:
            break
        done = working_in_bulk.award_claimed(claim)
        issued += done
        if not done:
            waiting.add(claim.bulk_award.pk)
    return issued


def _claimed() -> Iterator[Award]:
    for _ in range(MOST_IN_A_ROUND):
        found = issuing.claim_queued()
        if found is None:
            return
        yield found


def _is_signed(award: Award) -> bool:
    """Sign one. What fails is logged and left to be claimed again, so that one bad award does not hold up the rest."""
    try:
        return issuing.sign(award=award).status == AwardStatus.ISSUED
    except Exception:
        logger.exception("The award %s could not be signed; it is tried again when its lease has run out.", award.uuid)
        return False


def _is_moved(endorsement: Endorsement, act: Callable[..., Endorsement]) -> bool:
    """Sign or end one. What fails is logged and tried again in the next round, and does not hold up the rest."""
    try:
        return act(endorsement=endorsement).status != endorsement.status
    except Exception:
        logger.exception("The endorsement %s could not be signed or ended; it is tried again.", endorsement.uuid)
        return False
