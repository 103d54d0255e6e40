"""Background work of assessment. Each chore claims what is due and says how much it did (`kit.working`)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from longleaf.assessment.evidence import uploading
from longleaf.panels import drawing, expiring

# A file that has not arrived whole after so long will not: the browser that knew of it is gone.
KEPT_UNFINISHED = timedelta(days=7)


def release_expired_assignments() -> int:
    """Give on what nobody took up in time, and seat raters on panels that are short of them."""
    return expiring.release_expired(now=timezone.now()) + drawing.assign_waiting()


def forget_abandoned_uploads() -> int:
    """Forget files of which pieces lie about and that nobody went on with."""
    return uploading.forget_abandoned(begun_before=timezone.now() - KEPT_UNFINISHED)
