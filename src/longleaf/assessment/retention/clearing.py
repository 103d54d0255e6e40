"""Taking artifacts and files away for good. Their place stays, so that what a finding speaks of keeps its number.

Bytes are deleted after the rows have gone, and only where no other row shows them: rounds, copies that an appeal reads
and whoever else brought the same file share one upload. What is to be deleted is written down in the same transaction
(`Leftover`), so that a process that dies in between leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from longleaf.assessment.evidence import file_store
from longleaf.assessment.models import Artifact, Leftover, Upload

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
    left = Leftover.objects.bulk_create([Leftover(name=name) for _, name in rows if name])
    Upload.objects.filter(pk__in=[key for key, _ in rows]).delete()
    transaction.on_commit(lambda: _clear(left))
    return len(rows)


def clear_leftovers() -> int:
    """Delete the bytes that an earlier process did not come to. Returns how many."""
    done = 0
    while left := list(Leftover.objects.order_by("pk")[:AT_ONCE]):
        _clear(left)
        done += len(left)
    return done


def _clear(left: Collection[Leftover]) -> None:
    for each in left:
        file_store.forget(each.name)
        # Deleting twice is deleting once, in a folder as in a bucket.
        Leftover.objects.filter(pk=each.pk).delete()
