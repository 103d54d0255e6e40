"""The verb: writing the archive of a state's badges, or renewing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from longleaf.awards.archive import access, contents, queries
from longleaf.awards.archive.errors import MayNotArchive, PrivateWithinPublic
from longleaf.awards.archive.events import Event
from longleaf.awards.archive.folder import opened
from longleaf.awards.status import Visibility
from longleaf.engines.openbadges import times
from longleaf.journal.recording import record

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# After each badge: how many are written, and of how many.
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Archived:
    """What was archived. `manifest` is the SHA-256 of the manifest, which names that of every file."""

    listed: int
    by_link: int
    private: int
    handed_over: bool
    waiting: int
    files: int
    changed: int
    removed: int
    manifest: str


def archive(
    *, folder: Path, private: Path | None = None, acting_person: Person | None, told: Told = lambda _done, _of: None
) -> Archived:
    """Write the archive of every badge into `folder`, and private ones into a folder of their own where one is given.

    Run again it renews what changed and removes what must go: badges that were made private, above all. `acting_person`
    None is the system itself, asked by whoever runs its commands. Raises `MayNotArchive`, `NotAnArchive`,
    `PrivateWithinPublic`, `PagesNotBuilt`, and `NoUsableKey` where an issuer cannot sign its last status list.
    """
    if acting_person is not None and not access.may_archive(acting_person):
        raise MayNotArchive
    _refuse_nested(folder, private)
    counts = queries.counts()
    left_out = 0 if private else counts.get(Visibility.PRIVATE, 0)
    ticked = _Ticked(told, sum(counts.values()) - left_out)
    archived = _written(folder, private, counts, ticked)
    _record(archived, acting_person)
    return archived


class _Ticked:
    """Counts badges aloud."""

    def __init__(self, told: Told, of: int) -> None:
        self._told, self._done, self._of = told, 0, of

    def __call__(self) -> None:
        self._done += 1
        self._told(self._done, self._of)


def _written(folder: Path, private: Path | None, counts: dict[str, int], ticked: Callable[[], None]) -> Archived:
    moment, home = timezone.now().replace(microsecond=0), settings.PUBLIC_URL
    listed, by_link = counts.get(Visibility.PUBLIC, 0), counts.get(Visibility.LINK, 0)
    if private:
        _hand_over(private, home, ticked)
    with opened(folder, home=home) as public:
        for found in contents.public(moment=moment, each_badge=ticked):
            public.write(found.name, found.body, hidden=found.hidden)
        removed, manifest = public.finish({"made_at": times.written(moment), "listed": listed, "by_link": by_link})
    return Archived(
        listed=listed,
        by_link=by_link,
        private=counts.get(Visibility.PRIVATE, 0),
        handed_over=private is not None,
        waiting=queries.waiting(),
        files=public.written,
        changed=public.changed,
        removed=removed,
        manifest=manifest,
    )


def _hand_over(private: Path, home: str, ticked: Callable[[], None]) -> None:
    with opened(private, home=home, private=True) as kept:
        for found in contents.private(each_badge=ticked):
            kept.write(found.name, found.body)
        kept.finish({})


def _refuse_nested(folder: Path, private: Path | None) -> None:
    if private is None:
        return
    public, kept = folder.resolve(), private.resolve()
    if public.is_relative_to(kept) or kept.is_relative_to(public):
        raise PrivateWithinPublic


@transaction.atomic
def _record(archived: Archived, acting_person: Person | None) -> None:
    record(
        Event.ARCHIVE_WRITTEN,
        actor=acting_person,
        subject=f"state:{settings.STATE}",
        data={
            "home": settings.PUBLIC_URL,
            "listed": archived.listed,
            "by_link": archived.by_link,
            "private": archived.private,
            "handed_over": archived.handed_over,
            "files": archived.files,
            "manifest": archived.manifest,
        },
    )
