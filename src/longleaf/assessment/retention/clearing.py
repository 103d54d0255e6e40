"""Taking artifacts and files away for good. Their place stays, so that what a finding speaks of keeps its number.

Bytes are deleted after the rows have gone, and only where no other row shows them: rounds, copies that an appeal reads
and whoever else brought the same file share one upload. What is to be deleted is written down in the same transaction
(`Leftover`), so that a process that dies in between leaves nothing behind.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from longleaf.assessment.evidence import file_store
from longleaf.assessment.models import Artifact, Leftover, Upload

logger = logging.getLogger(__name__)
AT_ONCE = 500


def take_artifacts(artifacts: QuerySet[Artifact], now: datetime) -> dict[str, int]:
    """Take files and links away, with their captions. Returns how many of each went. Inside a transaction."""
    found = list(artifacts.filter(let_go_at__isnull=True).select_for_update(of=("self",)))
    uploads = {key for each in found for key in (each.upload_id, each.transcript_id) if key is not None}
    rows = Artifact.objects.filter(pk__in=[each.pk for each in found])
    rows.update(
        upload=None,
        transcript=None,
        link="",
        title="",
        let_go_at=now,
        taken_away_at=Coalesce("taken_away_at", now),
    )
    forget_uploads(uploads)
    files = sum(each.upload_id is not None for each in found)
    return {name: number for name, number in {"files": files, "links": len(found) - files}.items() if number}


def forget_uploads(uploads: Collection[int]) -> int:
    """Forget files that nothing shows any more; others stay. Returns how many went. Inside a transaction."""
    unused = Upload.objects.filter(pk__in=uploads, artifacts=None, tells=None)
    rows = list(unused.values_list("pk", "stored_as"))
    Upload.objects.filter(pk__in=[key for key, _ in rows]).delete()
    forget_files([name for _, name in rows])
    return len(rows)


def forget_files(names: Iterable[str]) -> None:
    """Delete the bytes of files whose rows go in this transaction, as soon as that is certain."""
    left = Leftover.objects.bulk_create([Leftover(name=name) for name in names if name])
    transaction.on_commit(lambda: _clear(left))


def clear_leftovers() -> int:
    """Delete the bytes that an earlier process did not come to, or could not delete. Returns how many."""
    done, last = 0, 0
    while left := list(Leftover.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        done, last = done + _clear(left), left[-1].pk
    return done


def _clear(left: Collection[Leftover]) -> int:
    """Delete some; what a storage does not let go stays written down. Returns how many went."""
    return sum(_is_cleared(each) for each in left)


def _is_cleared(left: Leftover) -> bool:
    try:
        file_store.forget(left.name)
    except Exception:
        # The rows are gone, so whoever asked for it has what they asked for.
        logger.exception("The file %s could not be deleted; it is tried again.", left.name)
        return False
    # Deleting twice is deleting once, in a folder as in a bucket.
    Leftover.objects.filter(pk=left.pk).delete()
    return True
