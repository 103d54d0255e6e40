"""Whether what an organisation stated stands on a day: asked of the signed statement, verified like anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from longleaf.awards import addresses
from longleaf.awards.contents import moments
from longleaf.awards.models import Endorsement
from longleaf.awards.verification import verifying
from longleaf.engines.openbadges.report import Outcome


@dataclass(frozen=True)
class Statement:
    """A signed statement: where it is, and whether it stood on the day that was asked about."""

    address: str
    stands: bool


def statement_on(occasion: str, *, day: date) -> Statement | None:
    """What was signed on an occasion, and whether it stands at the end of a day, or now if the day is today.

    None where nothing is signed. Of a day that has passed its status list cannot tell, because a list says only how
    things stand now; our record of when it was withdrawn does.
    """
    today = timezone.localdate()
    found = Endorsement.objects.select_related("status_list").filter(occasion=occasion).first()
    if found is None or found.credential is None:
        return None
    moment = timezone.now() if day == today else moments.last_second(day)
    stands = _stands(found, moment, asks_list=day >= today)
    return Statement(addresses.endorsement(found.uuid), stands)


def _stands(endorsement: Endorsement, moment: datetime, *, asks_list: bool) -> bool:
    if endorsement.ends_at is not None and endorsement.ends_at <= moment:
        return False
    outcomes = {step.step: step.outcome for step in verifying.verify_endorsement(endorsement, at=moment).steps}
    del outcomes["recognition"]
    if not asks_list:
        del outcomes["status"]
    return set(outcomes.values()) == {Outcome.PASSED}
