"""Whether the addresses that designs name can be opened: asked for by a designer, tried by a worker, kept by address.

They are strangers' addresses, so they are tried by the rules by which documents of others are fetched
(`awards.verification.fetching`): https only, no private networks, bounded in time; nothing is read of what they send.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from longleaf.awards.verification import fetching
from longleaf.catalog.studio import drafting, samples
from longleaf.catalog.studio.checking import as_published
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.quality.models import TriedLink
from longleaf.quality.self_check.checks import Tried, addresses_in
from longleaf.quality.status import LinkStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft
    from longleaf.directory.models import Person

LIMITS = fetching.Limits(seconds=8.0)
# A design names a few dozen works; more at once would make a tool of us.
MOST_OF_A_DESIGN = 100
LONGEST_ADDRESS = 2_000
# Whoever asks again sooner learns nothing new.
RESTS_FOR = timedelta(hours=1)
# Of one person so many wait at a time, whichever designs name them.
MOST_WAITING = 100
# So many in a round, and none begun after so many seconds of it, so that other work goes on between; a worker that died
# gives its own back after the lease.
AT_ONCE = 5
SECONDS = 8.0
LEASE = timedelta(minutes=5)
TRIED = frozenset(LinkStatus) - {LinkStatus.WAITING}
KEPT_FOR = timedelta(days=180)


@transaction.atomic
def ask(*, draft: Draft, acting_person: Person) -> int:
    """Have the addresses tried that a draft names; gives how many will be. What was tried within the hour rests, and
    what is more than `MOST_WAITING` of one person is left for the next time.

    Raises what `drafting.require_open` raises. No journal line: it decides nothing.
    """
    drafting.require_open(draft, acting_person=acting_person)
    now = timezone.now()
    others = [each for each in addresses_in(as_published(draft)) if not samples.is_ours(each)]
    named = [each for each in others if len(each) <= LONGEST_ADDRESS][:MOST_OF_A_DESIGN]
    by_digest = {_digest(each): each for each in named}
    known = {each.digest: each for each in TriedLink.objects.select_for_update().filter(digest__in=by_digest)}
    room = max(0, MOST_WAITING - TriedLink.objects.filter(asked_by=acting_person, status=LinkStatus.WAITING).count())
    unknown = [digest for digest in by_digest if digest not in known][:room]
    rested = [
        each.pk
        for each in known.values()
        if each.status != LinkStatus.WAITING and each.tried_at and each.tried_at <= now - RESTS_FOR
    ]
    again, asked = rested[: room - len(unknown)], {"asked_at": now, "asked_by": acting_person}
    TriedLink.objects.filter(pk__in=again).update(status=LinkStatus.WAITING, claimed_at=None, **asked)
    new = [TriedLink(digest=digest, address=by_digest[digest], **asked) for digest in unknown]
    TriedLink.objects.bulk_create(new, ignore_conflicts=True)
    return len(again) + len(new)


def tried_among(addresses: Iterable[str]) -> dict[str, Tried]:
    """What came of each address when it was tried last, in their order; one query."""
    by_digest = {_digest(each): each for each in addresses}
    known = {each.digest: each for each in TriedLink.objects.filter(digest__in=by_digest)}
    return {address: _told(known.get(digest)) for digest, address in by_digest.items()}


def try_some(*, now: datetime) -> int:
    """Try the addresses that wait the longest, and keep what came of each. Returns how many were tried.

    What was asked for last before `KEPT_FOR` goes.
    """
    TriedLink.objects.filter(status__in=TRIED, asked_at__lt=now - KEPT_FOR).delete()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - LEASE)
    waiting = TriedLink.objects.filter(free, status=LinkStatus.WAITING).order_by("asked_at", "pk")
    done, until = 0, time.monotonic() + SECONDS
    for row in list(waiting[:AT_ONCE]):
        if time.monotonic() >= until:
            break
        if TriedLink.objects.filter(free, pk=row.pk, status=LinkStatus.WAITING).update(claimed_at=now):
            status, reason = _try(row.address)
            TriedLink.objects.filter(pk=row.pk).update(
                status=status, reason=reason, tried_at=timezone.now(), asked_by=None
            )
            done += 1
    return done


def _try(address: str) -> tuple[LinkStatus, str]:
    try:
        fetching.reach(address, allow_private=settings.FETCH_PRIVATE_ADDRESSES, limits=LIMITS)
    except fetching.NotEntered as refused:
        return LinkStatus.NOT_TRIED, refused.reason
    except DocumentUnavailable as unavailable:
        return LinkStatus.NOT_ANSWERED, unavailable.reason
    return LinkStatus.ANSWERED, ""


def _told(row: TriedLink | None) -> Tried:
    if row is None:
        return Tried(LinkStatus.NOT_TRIED, "", None)
    return Tried(row.status, row.reason, timezone.localdate(row.tried_at) if row.tried_at else None)


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
