"""Verifying for somebody who waits at a page, so that no visitor and no slow server of others holds up the site.

One visitor may ask so often a minute. Only so many verifications of a process may be out at other people's servers at
once: each keeps a thread of the web server for as long as those servers take, up to `documents.SECONDS_FOR_ALL`. Who
comes too much or too many is told when to come back, and loses nothing that was typed. What needs no foreign server is
never kept waiting by one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from longleaf.awards.verification import badge_pages, documents, verifying
from longleaf.engines.openbadges.contents import members_of, token_in
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.shapes import is_record

if TYPE_CHECKING:
    from longleaf.awards.access import Reader

MINUTE = 60
TOO_MANY_REQUESTS = 429
UNAVAILABLE = 503


class MustWait(Exception):
    """Not now. Says until when, how many seconds that is, with which HTTP status and, for programs, by which code."""

    def __init__(self, title: str, *, code: str, status: int, seconds: int) -> None:
        super().__init__(title)
        self.title, self.code, self.status, self.seconds = title, code, status, seconds
        self.until = timezone.now() + timedelta(seconds=seconds)


@dataclass(frozen=True)
class Examined:
    """What was handed over or found, as it came, with the report on it and the documents that were read for it.

    Of a learner record, `parts` are the credentials in it, each with a report of its own.
    """

    material: bytes
    address: str
    report: Report
    documents: Mapping[str, Mapping[str, Any]]
    parts: tuple[Examined, ...] = ()


def verify(
    *,
    visitor: str,
    reader: Reader,
    material: bytes | str | None = None,
    address: str = "",
    at: datetime | None = None,
) -> Report:
    """Verify what was handed over or, where nothing was, what stands at an address; as of a moment, or now.

    Raises `MustWait`, and `DocumentUnavailable` when nothing can be had at the address.
    """
    return examine(visitor=visitor, reader=reader, material=material, address=address, at=at).report


def examine(
    *,
    visitor: str,
    reader: Reader,
    material: bytes | str | None = None,
    address: str = "",
    at: datetime | None = None,
    most_parts: int = 0,
) -> Examined:
    """The same for whoever keeps what was verified. Of a learner record up to `most_parts` are examined one by one.

    Raises what `verify` raises.
    """
    _count(visitor)
    with _going_out() as gate:
        began = time.monotonic()
        found: bytes | str | Mapping[str, Any] | None = material
        if found is None:
            outside = documents.Web(documents.MATERIAL_LIMITS, began=began, gate=gate)
            found, address = _found_at(address, reader, outside)
        loader = documents.Remembering(documents.everywhere(documents.Web(began=began, gate=gate)))
        whole = _examined(found, address, loader, at)
        # Each document is asked for once, so the parts cost no further visit to anybody's server.
        parts = [_examined(each, "", loader, at) for each in _parts_of(whole.report)[:most_parts]]
        read = loader.objects
        return replace(whole, documents=read, parts=tuple(replace(each, documents=read) for each in parts))


def _found_at(address: str, reader: Reader, outside: documents.Web) -> tuple[bytes | Mapping[str, Any], str]:
    """What stands at an address, and the address; of a page that shows a badge, the badge behind it."""
    try:
        found = verifying.material_at(address, reader=reader, web=outside)
    except DocumentUnavailable:
        # A product may refuse programs its pages and still serve them the badge.
        if not (served := badge_pages.served_for(address)):
            raise
        return outside.load(served), served
    if isinstance(found, bytes) and badge_pages.is_page(found):
        behind = badge_pages.badge_behind(found, address, loader=outside)
        return (behind.material, behind.address) if behind else (found, address)
    return found, address


def _examined(
    material: bytes | str | Mapping[str, Any], address: str, loader: documents.Remembering, at: datetime | None
) -> Examined:
    report = verifying.verify_material(material, loader=loader, now=at, found_at=address)
    return Examined(_as_bytes(material), address, report, {})


def _parts_of(report: Report) -> list[str | Mapping[str, Any]]:
    """The credentials in a learner record as they can be handed over on their own; none for anything else."""
    if not report.credential or not is_record(report.credential):
        return []
    tokens = (token_in(each) for each in members_of(report.credential))
    return [each for each in tokens if isinstance(each, str | Mapping)]


def _as_bytes(material: bytes | str | Mapping[str, Any]) -> bytes:
    if isinstance(material, Mapping):
        return json.dumps(dict(material), ensure_ascii=False, separators=(",", ":")).encode()
    return material.encode() if isinstance(material, str) else material


# --- How often --------------------------------------------------------------------------------------------------------


def _count(visitor: str) -> None:
    """Count one more in this minute. Raises `MustWait` when it is one too many."""
    now = int(time.time())
    name = f"awards:verifications:{_anonymous(visitor)}:{now // MINUTE}"
    cache.add(name, 0, 2 * MINUTE)
    try:
        count = cache.incr(name)
    except ValueError:
        # The cache has forgotten it in this very moment, because it is full. One more is no harm.
        return
    if count > settings.VERIFICATIONS_A_MINUTE:
        sentence = f"From where you are, {settings.VERIFICATIONS_A_MINUTE} badges a minute can be verified."
        raise MustWait(sentence, code="asks-too-often", status=TOO_MANY_REQUESTS, seconds=MINUTE - now % MINUTE)


def _anonymous(visitor: str) -> str:
    """Nothing keeps a visitor's address, not even for a minute."""
    return hmac.new(settings.SECRET_KEY.encode(), visitor.encode(), hashlib.sha256).hexdigest()[:32]


# --- How many at once -------------------------------------------------------------------------------------------------


class _Out:
    """How many verifications of this process are out at other people's servers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0

    def go(self) -> None:
        with self._lock:
            if self._count >= settings.VERIFICATIONS_OUT_AT_ONCE:
                raise MustWait(
                    "Another badge is being verified whose issuer answers slowly.",
                    code="others-are-waiting",
                    status=UNAVAILABLE,
                    seconds=round(documents.SECONDS_FOR_ALL),
                )
            self._count += 1

    def come_back(self) -> None:
        with self._lock:
            self._count -= 1


_out = _Out()


@contextmanager
def _going_out() -> Iterator[Callable[[], None]]:
    """Give a gate to be passed before each foreign server. The first time it takes a place; the end gives it back."""
    is_out = False

    def gate() -> None:
        nonlocal is_out
        if not is_out:
            _out.go()
            is_out = True

    try:
        yield gate
    finally:
        if is_out:
            _out.come_back()
