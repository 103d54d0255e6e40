"""Awarding many people: lists are handed in and confirmed, and two workers of the product's own do the rest.

`tools/bench.py --awards` runs it. It is no part of `make bench`, for it takes minutes. What it prints is written down
by hand in docs/reference/measurements-badges.md. Memory is read as Linux tells it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import django

from bench.places import ROOT, VAR, Database, python
from bench.seeding.size import QUICK

if TYPE_CHECKING:
    from longleaf.awards.models import BulkAward

MANY = 100_000
WORKERS = 2
EARNED_ON = date(2026, 5, 29)
JUDGED = "A panel of three read each portfolio on paper, by the rubric of this version."


def sqlite() -> Database:
    """A seed of its own, made anew each time: whom it awards would be awarded already in a second run."""
    var = VAR / "awarding"
    var.mkdir(parents=True, exist_ok=True)
    (var / "seed.json").unlink(missing_ok=True)
    return Database("SQLite", f"sqlite:///{var / 'longleaf.sqlite3'}", var)


def run(database: Database, count: int) -> None:
    """Seed a database, award so many people in it and print how long it took."""
    size = "quick" if count < QUICK.educators else "whole"
    for words in (["bench.seeding", size], ["bench.awarding", str(count)]):
        subprocess.run([python(), "-m", *words], env=database.environment, cwd=ROOT, check=True)


def award(count: int) -> None:
    """Hand in and confirm lists of so many people, and let workers award them."""
    began = time.perf_counter()
    lists = _confirmed(count)
    print(f"  {len(lists)} lists handed in and confirmed in {time.perf_counter() - began:.1f} s", flush=True)
    with _workers() as workers:
        began = time.perf_counter()
        while _waiting(lists):
            _check(workers)
            time.sleep(0.2)
        seconds = time.perf_counter() - began
        peaks = [_peak_of(worker) for worker in workers]
    awarded = _awarded(lists)
    print(f"  {awarded:,} awards in {seconds:.1f} s: {awarded / seconds:,.0f} a second with {WORKERS} workers")
    print(f"  peak memory of a worker: {', '.join(f'{peak:.0f} MB' for peak in peaks)}", flush=True)


def _confirmed(count: int) -> list[BulkAward]:
    """Lists as long as they may be, for the micro-credential that was published last."""
    from longleaf.awards.bulk import awarding as awarding_in_bulk  # noqa: PLC0415 (after setup)
    from longleaf.awards.bulk.reading import MOST_ROWS  # noqa: PLC0415
    from longleaf.catalog.models import Version  # noqa: PLC0415
    from longleaf.catalog.status import VersionStatus  # noqa: PLC0415
    from longleaf.directory.models import Person  # noqa: PLC0415

    version = Version.objects.filter(status=VersionStatus.PUBLISHED).latest("pk")
    refs = list(Person.objects.order_by("pk").values_list("ref", flat=True)[:count])
    lists = []
    for start in range(0, count, MOST_ROWS):
        content = "\n".join(["person", *refs[start : start + MOST_ROWS]]).encode()
        facts = {"file_name": "cohort.csv", "judged": JUDGED, "day": EARNED_ON}
        bulk = awarding_in_bulk.hand_in(version=version, content=content, acting_person=None, **facts)
        lists.append(awarding_in_bulk.confirm(bulk_award=bulk, acting_person=None))
    return lists


@contextmanager
def _workers() -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    """The product's own command, as often as there are cores, until the block ends."""
    started = [subprocess.Popen([python(), "-m", "django", "work"], cwd=ROOT) for _ in range(WORKERS)]
    try:
        yield started
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait(timeout=60)


def _check(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    if any(worker.poll() is not None for worker in workers):
        sys.exit("A worker ended before its work was done.")


def _peak_of(worker: subprocess.Popen[bytes]) -> float:
    """The most memory that a process ever held, in megabytes."""
    told = Path(f"/proc/{worker.pid}/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def _waiting(lists: Sequence[BulkAward]) -> bool:
    from longleaf.awards.models import BulkAward  # noqa: PLC0415
    from longleaf.awards.status import BulkStatus  # noqa: PLC0415

    keys = [each.pk for each in lists]
    return BulkAward.objects.filter(pk__in=keys).exclude(status=BulkStatus.DONE).exists()


def _awarded(lists: Sequence[BulkAward]) -> int:
    from longleaf.awards.models import BulkRow  # noqa: PLC0415
    from longleaf.awards.status import RowStatus  # noqa: PLC0415

    return BulkRow.objects.filter(bulk_award__in=lists, status=RowStatus.AWARDED).count()


if __name__ == "__main__":
    django.setup()
    award(int(sys.argv[1]))
