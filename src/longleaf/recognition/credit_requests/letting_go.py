"""Documents of requests that are over go after the days that the state says; their educator is reminded before.

The clock runs from the last thing that happened to the request: the ruling, the decision, the sending or, of a draft
that nobody sent, the adding of the document. While an office or the agency still has to decide, nothing goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from longleaf.assessment.evidence import taking_in
from longleaf.recognition.credit_requests.holding import hold, tell
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditRequest, RequestDocument
from longleaf.recognition.ruling import practice_in_force
from longleaf.recognition.status import RequestStatus

# In one round of a worker.
AT_ONCE = 20
UNDECIDED = (RequestStatus.SENT, RequestStatus.ASKED_BACK, RequestStatus.APPEALED)


def let_go(*, now: datetime) -> int:
    """Delete the documents whose time is over. Returns how many; a request that is decided meanwhile keeps its own."""
    until = now - timedelta(days=practice_in_force().documents_kept_days)
    over = ended_by(until).order_by("added_at").values_list("request", flat=True)
    return sum(_let_go_of(request, until, now) for request in dict.fromkeys(over[:AT_ONCE]))


def ended_by(moment: datetime) -> QuerySet[RequestDocument]:
    """Documents that are still here of requests that were over by a moment."""
    # A document is never younger than what its request ended by, so the index by its day finds all of them.
    kept = RequestDocument.objects.filter(let_go_at=None, added_at__lte=moment)
    ended = Coalesce("request__ruled_at", "request__decided_at", "request__sent_at", "added_at")
    return kept.exclude(request__status__in=UNDECIDED).annotate(ended_at=ended).filter(ended_at__lte=moment)


def kept_until(request: CreditRequest, documents: Iterable[RequestDocument]) -> date | None:
    """The last day on which a request's documents are here; None without any, or while something is undecided."""
    added = [each.added_at for each in documents if each.let_go_at is None]
    if not added or request.status in UNDECIDED:
        return None
    ended = max(request.ruled_at or request.decided_at or request.sent_at or max(added), max(added))
    return timezone.localdate(ended) + timedelta(days=practice_in_force().documents_kept_days)


@transaction.atomic
def _let_go_of(key: int, until: datetime, now: datetime) -> int:
    request = hold(CreditRequest(pk=key))
    going = list(ended_by(until).filter(request=request))
    for each in going:
        transaction.on_commit(partial(taking_in.forget, each.stored_as))
    RequestDocument.objects.filter(pk__in=[each.pk for each in going]).update(let_go_at=now, stored_as="")
    if going:
        tell(Event.DOCUMENTS_LET_GO, request, actor=None, number=len(going))
    return len(going)
