"""How much room the files of one attempt may take, and how much of it is left."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Sum

from longleaf.assessment.errors import FileNotWelcome
from longleaf.assessment.models import Attempt, Upload
from longleaf.assessment.status import ON_THE_WAY, UploadStatus
from longleaf.kit.numbers import file_size

COUNTED = (*ON_THE_WAY, UploadStatus.READY)


def left_for(attempt: Attempt) -> int | None:
    """Bytes that may still be brought, over all rounds; None where there is no limit."""
    most: int = settings.EVIDENCE_BYTES_AN_ATTEMPT
    if not most:
        return None
    brought = Upload.objects.filter(response__submission__attempt=attempt, status__in=COUNTED)
    return max(0, most - (brought.aggregate(bytes=Sum("size"))["bytes"] or 0))


def require_left(attempt: Attempt, name: str, size: int) -> None:
    """Raise `FileNotWelcome` where a file of this size is more than is left. The attempt is held by the caller."""
    left = left_for(attempt)
    if left is not None and size > left:
        sentence = (
            f"“{name}” has {file_size(size)}, and {file_size(left)} are left for the files of this attempt. "
            "Make it smaller, or remove a file that you do not need."
        )
        raise FileNotWelcome(sentence, fields={"file": sentence})
