"""What was adopted and has gone on where it came from: what changed there, and the verbs that take it or leave it.

A change that a draft took, or says already, is not shown again; nor is one that was left, until that place changes
anew. Once none is open, the draft is level with the newer version.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.catalog import publishing
from longleaf.catalog.errors import MayNotDesign, NothingUpstream, UpstreamWentOn
from longleaf.catalog.events import Event
from longleaf.catalog.models import Draft, MicroCredential, Version
from longleaf.catalog.studio import access, drafting, recoding, taking
from longleaf.catalog.studio.checking import origin_of
from longleaf.catalog.studio.comparing import Change
from longleaf.catalog.studio.documents import Typed, take_apart, value_at
from longleaf.catalog.studio.shapes import KEPT, Path
from longleaf.journal.recording import record
from longleaf.kit.standing import OFFICIAL

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class OpenChange:
    """A change upstream that is neither taken nor left. `yours` is what the draft says there, where it is its own
    wording; None where it has not that row. `is_own` is whether taking it would replace words of one's own; `placed` is
    the change as the draft would take it, whose own rows keep their codes."""

    key: str
    change: Change
    yours: str | None
    is_own: bool
    placed: Change

    @property
    def brought_as(self) -> str:
        """The code under which a row is brought whose own code the draft has for another; or nothing."""
        is_other = self.change.row == "added" and self.placed.path != self.change.path
        return self.placed.path[-1] if is_other else ""


@dataclass(frozen=True)
class OpenSection:
    title: str
    changes: Sequence[OpenChange]


def newer_than(upstream: Version | None) -> Version | None:
    """The version that took the place of the one with which something adopted is level; None where none did."""
    if upstream is None:
        return None
    current = upstream.micro_credential.current
    return current if current and current.pk != upstream.pk else None


def open_in_draft(draft: Draft) -> list[OpenSection]:
    """What changed upstream and is open in a draft, by part."""
    return _look(draft.upstream, draft.typed, draft.upstream_left)[0]


def open_in_published(made: MicroCredential) -> list[OpenSection]:
    """The same for what is offered now."""
    document = made.current.document if made.current else {}
    return _look(made.upstream, take_apart(document), made.upstream_left)[0]


@transaction.atomic
def take(*, draft: Draft, keys: Collection[str] | None, acting_person: Person, shown: int | None = None) -> int:
    """Put changes from upstream into a draft, those of these keys or all; gives how many were taken.

    `shown` is the number of the version upstream whose changes were shown. One that is open no more is passed over.
    Raises `NothingUpstream` where nothing has changed there, `UpstreamWentOn` where it has gone on since, `NoSuchField`
    where a list would get too long, `FieldTooLong`, and what `drafting.hold` raises.
    """
    draft = drafting.hold(draft, acting_person=acting_person)
    newer, before, taken = _require_newer(draft.upstream, shown), _fields(draft.typed), set[str]()
    # A level that is taken opens the texts for it, so that all of it takes a second look.
    while chosen := _take_some(draft, keys, taken):
        taken |= chosen
    if taken:
        drafting.heed_standing(draft.typed, newer.document.get("standing", OFFICIAL))
    after = _fields(draft.typed)
    drafting.outdate(draft, {path for path in before | after if before.get(path) != after.get(path)})
    _keep(draft, newer)
    return len(taken)


@transaction.atomic
def leave(*, draft: Draft, keys: Collection[str] | None, acting_person: Person, shown: int | None = None) -> int:
    """Leave changes from upstream, those of these keys or all, so that they are not shown again; gives how many.

    `shown` is as in `take`. Raises `NothingUpstream` where nothing has changed there, `UpstreamWentOn`, and what
    `drafting.hold` raises.
    """
    draft = drafting.hold(draft, acting_person=acting_person)
    newer = _require_newer(draft.upstream, shown)
    chosen = _chosen(open_in_draft(draft), keys)
    draft.upstream_left = sorted({*draft.upstream_left, *(each.key for each in chosen)})
    _keep(draft, newer)
    return len(chosen)


@transaction.atomic
def leave_all(*, micro_credential: MicroCredential, acting_person: Person, shown: int | None = None) -> MicroCredential:
    """Say of what is offered that nothing that changed upstream until now is taken. It becomes no new version.

    `shown` is as in `take`. Raises `MayNotDesign`, `NothingUpstream` and `UpstreamWentOn`.
    """
    publishing.lock(micro_credential.pk)
    made = MicroCredential.objects.select_related("issuer", "upstream__micro_credential__current").get(
        pk=micro_credential.pk
    )
    if not access.may_design(acting_person, made.issuer):
        raise MayNotDesign(f"Only designers of {made.issuer} say what it takes over. Ask one of them.")
    newer = _require_newer(made.upstream, shown)
    MicroCredential.objects.filter(pk=made.pk).update(upstream=newer, upstream_left=[])
    data = {"upstream": f"{newer.micro_credential.slug}/{newer.number}"}
    record(Event.UPSTREAM_LEFT, actor=acting_person, subject=f"micro-credential:{made.slug}", data=data)
    made.upstream, made.upstream_left = newer, []
    return made


def _look(upstream: Version | None, typed: Typed, left: Collection[str]) -> tuple[list[OpenSection], Typed]:
    """What is open, and the newer design as the draft would take it."""
    newer = newer_than(upstream)
    if upstream is None or newer is None:
        return [], {}
    # Looking for a place makes the mappings around it, and reading must change nothing.
    here, before, found = deepcopy(typed), take_apart(upstream.document), []
    there = recoding.recoded(here, before, take_apart(newer.document))
    for section in taking.offered(upstream.document, newer.document):
        placed = [(each, replace(each, path=there.path(each.path))) for each in section.changes]
        open_ones = [
            _open_one(here, change, at)
            for change, at in placed
            if recoding.has_level_of(here, at.path) and not taking.says_so(here, at, there.newer, before)
        ]
        found.append(OpenSection(section.title, [each for each in open_ones if each.key not in left]))
    return [each for each in found if each.changes], there.newer


def _open_one(typed: Typed, change: Change, placed: Change) -> OpenChange:
    yours = taking.said_at(typed, placed)
    is_own = yours is not None and yours != change.before
    return OpenChange(taking.key_of(change), change, yours, is_own, placed)


def _take_some(draft: Draft, keys: Collection[str] | None, taken: Collection[str]) -> set[str]:
    """Take what is open, but for what was taken before; gives the keys."""
    sections, newer = _look(draft.upstream, draft.typed, draft.upstream_left)
    chosen = [each for each in _chosen(sections, keys) if each.key not in taken]
    for each in chosen:
        taking.take(draft.typed, each.placed, newer)
    recoding.without_lost_levels(draft.typed)
    return {each.key for each in chosen}


def _chosen(sections: Sequence[OpenSection], keys: Collection[str] | None) -> list[OpenChange]:
    return [each for section in sections for each in section.changes if keys is None or each.key in keys]


def _require_newer(upstream: Version | None, shown: int | None) -> Version:
    newer = newer_than(upstream)
    if newer is None:
        raise NothingUpstream
    if shown is not None and shown != newer.number:
        raise UpstreamWentOn
    return newer


def _keep(draft: Draft, newer: Version) -> None:
    """Keep the draft, level with the newer version where nothing is open any more."""
    assert draft.upstream is not None
    if not open_in_draft(draft):
        kept: dict[str, Any] = draft.typed.get(KEPT) or {}
        note, origin = str(kept.get("note") or ""), origin_of(draft.upstream)
        if note.startswith(origin):
            draft.typed[KEPT] = {**kept, "note": origin_of(newer) + note.removeprefix(origin)}
        draft.upstream, draft.upstream_left = newer, []
    drafting.keep(draft, "upstream", "upstream_left")


def _fields(typed: Mapping[str, Any]) -> dict[Path, Any]:
    return {path: value_at(typed, path) for path in drafting.paths_in(dict(typed))}
