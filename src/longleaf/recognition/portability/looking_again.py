"""The chore on what was accepted: each badge is verified anew after a while, so that what its issuer withdrew is noted.

A few a round, and each claimed for a while: a worker that dies, or a site that does not answer, leaves it to a later
round. What cannot be found out changes nothing, not even the report; a silent site says nothing about a badge.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from longleaf.awards.verification import verifying
from longleaf.awards.verification.visiting import Examined
from longleaf.engines.openbadges.report import Verdict
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.portability.status import ImportStatus
from longleaf.recognition.portability.verifying_again import note_verification
from longleaf.recognition.ruling import practice_in_force

# In one round of a worker: each may wait for a slow site.
AT_ONCE = 2
# Before one that nothing could be found out about is tried again.
LEASE = timedelta(days=1)


def look_again(*, now: datetime) -> int:
    """Verify a few accepted badges anew that were not for so long as the state says. Returns how many were tried."""
    oldest = _to_look_at(now).order_by("verified_at").values_list("pk", flat=True)[:AT_ONCE]
    ours = [key for key in oldest if _is_ours(key, now)]
    for imported in ImportedBadge.objects.filter(pk__in=ours).order_by("pk"):
        _look_at(imported, now)
    return len(ours)


def _to_look_at(now: datetime) -> QuerySet[ImportedBadge]:
    since = now - timedelta(days=practice_in_force().verify_again_days)
    free = Q(looked_at=None) | Q(looked_at__lte=now - LEASE)
    return ImportedBadge.objects.filter(free, status=ImportStatus.ACCEPTED, verified_at__lte=since)


def _is_ours(key: int, now: datetime) -> bool:
    return bool(_to_look_at(now).filter(pk=key).update(looked_at=now))


def _look_at(imported: ImportedBadge, now: datetime) -> None:
    material = bytes(imported.material)
    report = verifying.verify_material(material, now=now, found_at=imported.address)
    if report.verdict is not Verdict.UNKNOWN:
        examined = Examined(material, imported.address, report, {})
        note_verification(imported=imported, examined=examined, acting_person=None)
