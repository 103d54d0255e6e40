"""Documents of requests that are over go after the days that the state says; their educator is reminded before.

The clock of a document runs from the last thing that happened to the request, or from its own adding where that came
later: the ruling, the decision, the withdrawal or the sending; of a draft that nobody sent, from the adding alone.
While an office or the agency still has to decide, nothing goes. Days are those of the state: a document is there
through the last of them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from longleaf.assessment.evidence import taking_in
from longleaf.recognition.credit_requests.holding import hold, tell
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditRequest, RequestDocument
from longleaf.recognition.ruling import practice_in_force
from longleaf.recognition.status import RequestStatus

logger = logging.getLogger(__name__)
# In one round of a worker.
AT_ONCE = 20
UNDECIDED = (RequestStatus.SENT, RequestStatus.ASKED_BACK, RequestStatus.APPEALED)


def let_go(*, now: datetime) -> int:
    """Delete the documents whose time is over. Returns how many; a request that is decided meanwhile keeps its own."""
    day = timezone.localdate(now) - timedelta(days=practice_in_force().documents_kept_days)
    over = over_before(day).order_by("added_at").values_list("request", flat=True)
    return sum(_let_go_or_tell(request, day, now) for request in dict.fromkeys(over[:AT_ONCE]))


def over_before(day: date) -> QuerySet[RequestDocument]:
    """Documents that are still here and were over, with their request, before a day began."""
    moment = timezone.make_aware(datetime.combine(day, time.min))
    # A document is never younger than what it ended by, so the index by its day finds all of them.
    kept = RequestDocument.objects.filter(let_go_at=None, added_at__lt=moment)
    last = (F(f"request__{name}") for name in ("ruled_at", "decided_at", "withdrawn_at", "sent_at"))
    ended = Greatest(Coalesce(*last, F("added_at")), F("added_at"))
    return kept.exclude(request__status__in=UNDECIDED).annotate(ended_at=ended).filter(ended_at__lt=moment)


def kept_until(request: CreditRequest, documents: Iterable[RequestDocument]) -> date | None:
    """The last day on which all documents of a request are here; None without any, or while it is undecided."""
    added = [each.added_at for each in documents if each.let_go_at is None]
    if not added or request.status in UNDECIDED:
        return None
    ended = request.ruled_at or request.decided_at or request.withdrawn_at or request.sent_at or min(added)
    return timezone.localdate(max(ended, min(added))) + timedelta(days=practice_in_force().documents_kept_days)


def _let_go_or_tell(key: int, day: date, now: datetime) -> int:
    """What cannot be deleted, such as for a storage that is away, is tried again in the next round."""
    try:
        return _let_go_of(key, day, now)
    except Exception:
        ref = CreditRequest.objects.filter(pk=key).values_list("ref", flat=True).first()
        logger.exception("Documents of the request %s could not be deleted; they are tried again.", ref)
        return 0


@transaction.atomic
def _let_go_of(key: int, day: date, now: datetime) -> int:
    request = hold(CreditRequest(pk=key))
    going = list(over_before(day).filter(request=request))
    for each in going:
        # Before the row forgets its name: deleting what is gone does no harm, and a file without a name stays for ever.
        taking_in.forget(each.stored_as)
    RequestDocument.objects.filter(pk__in=[each.pk for each in going]).update(let_go_at=now, stored_as="")
    if going:
        tell(Event.DOCUMENTS_LET_GO, request, actor=None, number=len(going))
    return len(going)
